"""Tickets: who may claim what, when. Signed in advance, and verified in memory: whoever has none costs nothing.

`T1.<template>.<member>.<from>.<until>.<nonce>.<signature>`: ids, seconds since 1970, 96 random bits, and a keyed hash
of everything before it. A ticket is good for one coupon: its nonce is the key under which the coupon is given.
"""

import base64
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from shuke.platform import clock, ids, keys
from shuke.platform.keys import Blind

from .errors import TicketInvalid, TicketOver, TicketTooEarly

_DOMAIN = "coupon_ticket"
_NONCE = 16
_FORM = re.compile(r"T1\.(\d{1,18})\.(\d{1,18})\.(\d{1,11})\.(\d{1,11})\.([\w-]{16})\.([\w-]{22})", re.ASCII)
LONGEST = 140


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a ticket says. `opens` and `closes` in seconds since 1970."""

    template_id: int
    member_id: int
    opens: int
    closes: int
    nonce: str

    @property
    def grant_key(self) -> str:
        """What its coupon is given for, once and for ever."""
        return f"ticket:{self.template_id}:{self.nonce}"


def new_ticket(template_id: int, member_id: int, *, opens_at: datetime, closes_at: datetime) -> str:
    """A ticket of a member, as text."""
    nonce = ids.new_token()[:_NONCE]
    body = f"T1.{template_id}.{member_id}.{int(opens_at.timestamp())}.{int(closes_at.timestamp())}.{nonce}"
    return f"{body}.{_text(_signature(body))}"


def read_ticket(text: str) -> Ticket:
    """What a ticket of this shop says, whatever its time. Raises TicketInvalid."""
    found = _FORM.fullmatch(text)
    if found is None:
        raise TicketInvalid
    template_id, member_id, opens, closes, nonce, signature = found.groups()
    body = text[: found.end(5)]
    # While one key takes the place of another, both count.
    if not any(hmac.compare_digest(_text(made), signature) for _, made in _signature(body).by_version):
        raise TicketInvalid
    return Ticket(int(template_id), int(member_id), int(opens), int(closes), nonce)


def require_its_time(ticket: Ticket) -> None:
    """Refuse a ticket before and after its time. Raises TicketTooEarly, TicketOver."""
    now = clock.now().timestamp()
    if now < ticket.opens:
        raise TicketTooEarly(at=_instant(ticket.opens), retry_after=max(1, min(3_600, round(ticket.opens - now))))
    if now >= ticket.closes:
        raise TicketOver(at=_instant(ticket.closes))


def _signature(body: str) -> Blind:
    return keys.ring().blind(_DOMAIN, body)


def _text(signature: bytes) -> str:
    return base64.urlsafe_b64encode(signature).rstrip(b"=").decode()


def _instant(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()
