"""Verbs on benefits as they are set up: add, change, delete. Every change stands in the audit trail."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from shuke.loyalty import ledger, tiers
from shuke.platform import audit, clock
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName
from shuke.platform.module import contributions

from ..errors import (
    BenefitChanged,
    BenefitExists,
    BenefitInUse,
    BenefitKindStays,
    GiftImpossible,
    LevelUnknown,
    PeriodWrong,
)
from ..extensions import CouponGifts
from ..queries.benefits import get_benefit, has_grants, lock_benefit
from ..rules.benefit import Benefit, BenefitState
from ..rules.kinds import CouponGift, GiftBenefit, OneBenefit, PointsGift
from ..tables import benefit


@dataclass(frozen=True, kw_only=True)
class BenefitWish:
    """A benefit as somebody wants it."""

    name: LocalName
    description: LocalName
    levels: tuple[str, ...]
    what: OneBenefit
    active_from: date | None
    active_until: date | None
    state: BenefitState

    def columns(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "kind": self.what.kind,
            "name_zh": self.name.zh,
            "name_en": self.name.en,
            "description_zh": self.description.zh,
            "description_en": self.description.en,
            "levels": list(self.levels),
            "parameters": self.what.model_dump(mode="json"),
            "active_from": self.active_from,
            "active_until": self.active_until,
            "state": self.state,
        }


async def add_benefit(session: Session, code: str, wish: BenefitWish) -> Benefit:
    """Set up a benefit. Raises BenefitExists, LevelUnknown, GiftImpossible and PeriodWrong."""
    await _require_possible(session, wish)
    values = {"code": code, **wish.columns(), "version": 1, "added_at": clock.now()}
    added = await session.execute(insert(benefit).values(values).on_conflict_do_nothing(index_elements=["code"]))
    if not added.rowcount:
        raise BenefitExists(benefit=code)
    audit.describe(object_id=code, details={"kind": wish.what.kind})
    return await get_benefit(session, code)


async def change_benefit(session: Session, code: str, wish: BenefitWish, seen: int | None) -> Benefit:
    """Change a benefit that is at the version seen (None: whichever). What was granted stays as it was promised.

    Raises BenefitNotFound, BenefitChanged, BenefitKindStays, LevelUnknown, GiftImpossible and PeriodWrong.
    """
    before = await lock_benefit(session, code)
    _require_seen(before, seen)
    if before.kind != wish.what.kind:
        raise BenefitKindStays
    await _require_possible(session, wish)
    values = {**wish.columns(), "version": before.version + 1}
    await session.execute(benefit.update().where(benefit.c.benefit_id == before.benefit_id).values(values))
    after = await get_benefit(session, code)
    audit.describe(object_id=code, changes=_changes(before, after))
    return after


async def delete_benefit(session: Session, code: str, seen: int | None) -> None:
    """Delete a benefit that nobody was ever granted. Raises BenefitNotFound, BenefitChanged and BenefitInUse."""
    known = await lock_benefit(session, code)
    _require_seen(known, seen)
    if await has_grants(session, known.benefit_id):
        raise BenefitInUse
    await session.execute(benefit.delete().where(benefit.c.benefit_id == known.benefit_id))
    audit.describe(object_id=code, details={"kind": known.kind})


def _require_seen(known: Benefit, seen: int | None) -> None:
    if seen is not None and seen != known.version:
        raise BenefitChanged(version=known.version, seen=seen)


async def _require_possible(session: Session, wish: BenefitWish) -> None:
    if wish.active_from and wish.active_until and wish.active_until < wish.active_from:
        raise PeriodWrong
    scheme = await tiers.find_scheme_view(session)
    known = {level.code for level in scheme.levels} if scheme else set()
    unknown = sorted(set(wish.levels) - known)
    if unknown:
        raise LevelUnknown(levels=", ".join(unknown))
    if isinstance(wish.what, GiftBenefit):
        await _require_gift(session, wish.what)


async def _require_gift(session: Session, what: GiftBenefit) -> None:
    gift = what.gift
    if isinstance(gift, PointsGift) and gift.currency not in await ledger.currencies(session):
        raise GiftImpossible(what=gift.currency)
    if isinstance(gift, CouponGift):
        givers = contributions(CouponGifts)
        if not givers or not await givers[0].has(session, gift.template):
            raise GiftImpossible(what=gift.template)


def _changes(before: Benefit, after: Benefit) -> dict[str, tuple[Any, Any]]:
    old, new = _flat(before), _flat(after)
    return {name: (old.get(name), new.get(name)) for name in sorted(old.keys() | new.keys())}


def _flat(one: Benefit) -> dict[str, Any]:
    return {
        "name_zh": one.name.zh,
        "name_en": one.name.en,
        "description_zh": one.description.zh,
        "description_en": one.description.en,
        "levels": list(one.levels),
        "active_from": one.active_from.isoformat() if one.active_from else None,
        "active_until": one.active_until.isoformat() if one.active_until else None,
        "state": one.state,
        **one.what.model_dump(mode="json"),
    }
