"""What the gate knows of a template: read from the database a few times a second, however many ask."""

from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg
import orjson

from shuke.platform import clock
from shuke.platform.db import Session, raw

from ..issuing.errors import IssuingClosed, NotOpenYet
from ..issuing.taking import is_any_free
from ..promises import Template, find_templates_by_id
from .errors import NotARush, RushPaused, TicketInvalid

# Of templates with more coupons than this, every ticket is looked up in the database.
MOST_KNOWN = 50_000

_COUPONS = """
    select coupon_id, grant_key, c.code, issued_at, valid_from, expires_at, t.code as template
    from coupon c join coupon_template t using (template_id)
"""
_OF_TEMPLATE = _COUPONS + "where template_id = $1 and grant_key like 'ticket:%' order by coupon_id limit $2"
_OF_IDS = _COUPONS + "where coupon_id = any($1::bigint[])"


@dataclass(frozen=True)
class RushState:
    """A template as it was a moment ago. Sold out: no unit is free, nor locked by somebody who may let go of it."""

    template: Template
    is_sold_out: bool

    def require_open(self) -> None:
        """Refuse where claims are not taken. Raises RushPaused, IssuingClosed, NotARush, NotOpenYet."""
        template = self.template
        claiming = template.issuing.claiming
        if template.state == "paused":
            raise RushPaused(template=template.name)
        if template.state != "published":
            raise IssuingClosed(template=template.name)
        if not (claiming.is_rush and claiming.is_open):
            raise NotARush(template=template.name)
        now = clock.now()
        if claiming.opens_at is not None and now < claiming.opens_at:
            raise NotOpenYet(template=template.name, at=claiming.opens_at.isoformat())
        if claiming.closes_at is not None and now >= claiming.closes_at:
            raise IssuingClosed(template=template.name)


async def read_state(session: Session, template_id: int) -> RushState:
    """The template now. Raises TicketInvalid when there is none."""
    found = (await find_templates_by_id(session, [template_id])).get(template_id)
    if found is None:
        raise TicketInvalid
    is_limited = found.issuing.stock is not None
    return RushState(found, is_sold_out=is_limited and not await is_any_free(session, template_id))


async def read_holders(session: Session, template_id: int) -> dict[str, bytes] | None:
    """What each ticket of a template has got, as its answer; None when they are too many to be kept."""
    rows = await (await raw(session)).fetch(_OF_TEMPLATE, template_id, MOST_KNOWN + 1)
    return None if len(rows) > MOST_KNOWN else {row["grant_key"]: _answer(row) for row in rows}


async def read_answers(session: Session, coupon_ids: Sequence[int]) -> dict[int, bytes]:
    """What is answered to those who got these coupons, by coupon."""
    rows = await (await raw(session)).fetch(_OF_IDS, coupon_ids)
    return {row["coupon_id"]: _answer(row) for row in rows}


def _answer(row: asyncpg.Record) -> bytes:
    names = ("template", "issued_at", "valid_from", "expires_at")
    return orjson.dumps({"id": row["coupon_id"], "coupon": row["code"]} | {name: row[name] for name in names})
