"""Why a coupon does not go, as the error that a cashier reads."""

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from shuke.foundation import organization
from shuke.platform.db import Session
from shuke.platform.errors import AppError
from shuke.platform.i18n import LocalName

from ..errors import CouponDoesNotApply, CouponOver
from ..holding.queries import CouponView, last_uses
from ..reasons import told
from ..rules import Unused
from ..standing import local_end, local_minute, refuse_standing
from .errors import (
    AmountNeeded,
    BelowThreshold,
    CouponNotYet,
    CouponOffered,
    GoodsNeeded,
    NotForMember,
    NothingForIt,
    OrderNeeded,
    WhoIsAsked,
    WrongChannel,
    WrongHour,
    WrongStore,
    WrongWeekday,
)
from .rules import Missing

_WEEKDAYS = (
    LocalName("周一", "Monday"),
    LocalName("周二", "Tuesday"),
    LocalName("周三", "Wednesday"),
    LocalName("周四", "Thursday"),
    LocalName("周五", "Friday"),
    LocalName("周六", "Saturday"),
    LocalName("周日", "Sunday"),
)
_MISSING: Mapping[Missing, type[AppError]] = {
    "member": WhoIsAsked,
    "amount": AmountNeeded,
    "goods": GoodsNeeded,
    "order": OrderNeeded,
}


def is_missing(coupon: CouponView, missing: Missing) -> AppError:
    """What has to be said before the coupon can be judged."""
    return _MISSING[missing](coupon=coupon.code)


async def refuse_state(session: Session, coupon: CouponView, zone: ZoneInfo) -> AppError | None:
    """Why a coupon does not go as it stands now; None: it may be used."""
    if coupon.state == "locked" and coupon.cart_number is None:
        return CouponOffered(coupon=coupon.code, at=local_minute(coupon.locked_until, zone))
    used = await _when_and_where(session, coupon, zone) if coupon.state == "redeemed" else None
    return refuse_standing(coupon.standing, zone, used=used)


async def refuse_terms(session: Session, coupon: CouponView, unused: Unused, money: str, zone: ZoneInfo) -> AppError:
    """Why its terms do not fit."""
    code, facts, why = coupon.code, unused.facts, told(unused, money)
    if unused.why == "not_yet":
        return CouponNotYet(coupon=code, at=local_minute(coupon.valid_from, zone))
    if unused.why == "over":
        return CouponOver(coupon=code, at=local_end(coupon.expires_at, zone))
    if unused.why == "store":
        return WrongStore(coupon=code, stores=await _stores(session, facts["stores"]))
    if unused.why == "source":
        return WrongChannel(coupon=code, channels=_listed(LocalName(one, one) for one in facts["sources"]))
    if unused.why == "weekday":
        return WrongWeekday(coupon=code, days=_listed(_WEEKDAYS[number - 1] for number in facts["weekdays"]))
    if unused.why == "hour":
        return WrongHour(coupon=code, hours=_listed(LocalName(one, one) for one in facts["hours"]))
    if unused.why in {"tier", "member"}:
        return NotForMember(coupon=code, why=why)
    if unused.why == "nothing_eligible":
        return NothingForIt(coupon=code)
    if unused.why == "threshold":
        return BelowThreshold(coupon=code, why=why)
    return CouponDoesNotApply(coupon=code, why=why)


async def _when_and_where(session: Session, coupon: CouponView, zone: ZoneInfo) -> LocalName | str:
    use = (await last_uses(session, [coupon.coupon_id])).get(coupon.coupon_id)
    at = local_minute(coupon.redeemed_at, zone)
    if use is None or use.store_id is None:
        return at
    store = (await organization.get_stores(session, [use.store_id]))[use.store_id].name
    return LocalName(f"{at} 在{store}", f"{at} at {store}")


async def _stores(session: Session, codes: Iterable[str]) -> LocalName:
    wanted = list(codes)
    ids = await organization.find_store_ids(session, wanted)
    stores = await organization.get_stores(session, list(ids.values()))
    names = {store.code: store.name for store in stores.values()}
    return _listed(LocalName(names.get(code, code), names.get(code, code)) for code in wanted)


def _listed(names: Iterable[LocalName]) -> LocalName:
    """Names one after the other, as each language puts them; a long list is cut."""
    known = list(names)
    shown, rest = known[:_MOST_NAMED], len(known) - _MOST_NAMED
    zh, en = "、".join(one.zh for one in shown), ", ".join(one.en for one in shown)
    return LocalName(f"{zh}等 {len(known)} 个", f"{en} and {rest} more") if rest > 0 else LocalName(zh, en)


_MOST_NAMED = 10
