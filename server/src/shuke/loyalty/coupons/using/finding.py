"""Coupons for a cart: those that its member holds, or those whose codes were shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from shuke.platform import clock
from shuke.platform.db import Session, raw
from shuke.platform.errors import AppError

from ..codes import is_mistyped, normal
from ..errors import CodeMistyped, CouponOfSomebodyElse, CouponUnknown
from ..promises import find_promises
from ..rules import Held
from ..standing import Standing, refuse_standing

# More than anybody holds; those that end first are looked at.
_MOST = 200


@dataclass(frozen=True)
class Owner:
    """Who uses coupons, and for which cart. `member_ids`: everybody who is the member by now; none: a guest.

    `source_id` and `number` name the cart; None: it has no number yet.
    """

    member_ids: tuple[int, ...]
    source_id: int | None = None
    number: str | None = None


@dataclass(frozen=True)
class Kept:
    """A coupon as it was found. `version`: what a step on it has to name."""

    held: Held
    state: str
    version: int
    source_id: int | None
    number: str | None
    locked_until: datetime | None
    redeemed_at: datetime | None

    def is_with(self, owner: Owner) -> bool:
        """Whether it is locked or redeemed by the owner's own cart."""
        return owner.number is not None and (self.source_id, self.number) == (owner.source_id, owner.number)

    def is_free(self, owner: Owner) -> bool:
        """Whether the owner may use it as far as its state goes."""
        return self.state == "issued" or (self.state == "locked" and (self.is_with(owner) or not self.is_locked()))

    def is_locked(self) -> bool:
        """Whether a lock is not over yet, by our clock: no till's clock ends or revives a lock."""
        return self.locked_until is not None and self.locked_until > clock.now()


async def find_held(session: Session, owner: Owner, at: datetime) -> list[Kept]:
    """What a member holds and may use at an instant, what ends first first; at most 200."""
    if not owner.member_ids:
        return []
    driver = await raw(session)
    rows = await driver.fetch(_HELD, list(owner.member_ids), at, _MOST)
    return [one for one in await _kept(session, rows) if one.is_free(owner)]


async def find_shown(session: Session, codes: Sequence[str]) -> dict[str, Kept]:
    """Coupons by code, as it was typed or scanned. Raises CouponUnknown and CodeMistyped."""
    shown = {text: normal(text) for text in codes}
    driver = await raw(session)
    rows = await driver.fetch(_SHOWN, sorted(set(shown.values())))
    found = {one.held.code: one for one in await _kept(session, rows)}
    for text, code in shown.items():
        if code not in found:
            raise CodeMistyped(coupon=text) if is_mistyped(code) else CouponUnknown(coupon=text)
    return {text: found[code] for text, code in shown.items()}


def refusal(kept: Kept, owner: Owner, at: datetime, zone: ZoneInfo) -> AppError | None:
    """Why a coupon that was shown may not be used by this member and cart, as far as its state goes."""
    held = kept.held
    if held.member_id and held.member_id not in owner.member_ids:
        return CouponOfSomebodyElse(coupon=held.code)
    if kept.state == "redeemed" and kept.is_with(owner):
        return None
    is_own_lock = kept.state == "locked" and kept.is_with(owner) and kept.is_locked()
    is_over = held.expires_at is not None and held.expires_at <= at
    state = kept.state
    if state in {"issued", "locked"}:
        state = "expired" if is_over and not is_own_lock else "issued" if kept.is_free(owner) else "locked"
    standing = Standing(
        code=held.code,
        state=state,
        redeemed_at=kept.redeemed_at,
        expires_at=held.expires_at,
        locked_until=kept.locked_until,
    )
    return refuse_standing(standing, zone)


async def _kept(session: Session, rows: Sequence[Any]) -> list[Kept]:
    promises = await find_promises(session, [(row["template_id"], row["terms_version"]) for row in rows])
    return [
        Kept(
            held=Held(
                member_id=row["member_id"],
                coupon_id=row["coupon_id"],
                code=row["code"],
                promise=promises[row["template_id"], row["terms_version"]],
                valid_from=row["valid_from"],
                expires_at=row["expires_at"],
            ),
            state=row["state"],
            version=row["version"],
            source_id=row["cart_source_id"],
            number=row["cart_number"],
            locked_until=row["locked_until"],
            redeemed_at=row["redeemed_at"],
        )
        for row in rows
    ]


_HELD = """
    select * from coupon
    where member_id = any($1::bigint[]) and state in ('issued', 'locked') and (expires_at is null or expires_at > $2)
    order by expires_at, coupon_id limit $3
"""
_SHOWN = """
    select c.* from coupon c join coupon_code k using (member_id, coupon_id) where k.code = any($1::text[])
    order by c.coupon_id
"""
