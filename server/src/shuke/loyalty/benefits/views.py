"""Benefits as they are shown: told in words, with the names of currencies, stores and employees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from shuke.foundation import organization
from shuke.loyalty import ledger, tiers
from shuke.people import members
from shuke.platform import clock
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName
from shuke.platform.money import format_money

from .queries import (
    Entitlement,
    Use,
    get_benefits,
    list_benefits,
    list_entitlements,
    list_uses,
    running_for,
    uses_of_benefits,
)
from .rules.benefit import Benefit
from .rules.kinds import AnyGift, Gift, Telling
from .schemas import (
    BenefitOut,
    BenefitSectionOut,
    BenefitsOut,
    BenefitStoreOut,
    BenefitUseOut,
    EntitlementOut,
    MemberBenefitsOut,
    RunningBenefitOut,
)

_GIFT: TypeAdapter[AnyGift] = TypeAdapter(Gift)
_GIFT_FIELDS = {
    "points": ("kind", "currency", "amount"),
    "goods": ("kind", "text_zh", "text_en"),
    "coupon": ("kind", "template"),
}
_OCCASIONS = {
    "birthday": LocalName("{rest} 年生日", "birthday of {rest}"),
    "anniversary": LocalName("{rest} 年入会纪念日", "anniversary of {rest}"),
    "date": LocalName("{rest} 年节日", "date of {rest}"),
    "month": LocalName("{rest} 月礼", "month {rest}"),
    "level": LocalName("升级到{rest}", "reached {rest}"),
    "hand": LocalName("手工发放", "granted by hand"),
}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What every view needs to know of the shop."""

    telling: Telling
    zone: ZoneInfo
    today: date
    levels: Mapping[str, LocalName]


async def look(session: Session) -> Shown:
    """The shop's names and day."""
    shop = await organization.get_shop(session)
    names = await ledger.currency_names(session)
    scheme = await tiers.find_scheme_view(session)
    return Shown(
        telling=Telling(
            currencies={one.code: one.name for one in names},
            money=lambda amount: format_money(amount, shop.currency),
        ),
        zone=shop.zone,
        today=clock.business_day(clock.now(), shop.zone),
        levels={level.code: level.name for level in scheme.levels} if scheme else {},
    )


async def show_benefits(session: Session) -> BenefitsOut:
    """Every benefit, with how much of it was granted and used."""
    shown = await look(session)
    uses = await uses_of_benefits(session)
    return BenefitsOut(
        items=[_benefit(one, shown, uses.get(one.benefit_id, (0, 0))) for one in await list_benefits(session)]
    )


async def show_benefit(session: Session, benefit: Benefit) -> BenefitOut:
    """One benefit."""
    uses = await uses_of_benefits(session)
    return _benefit(benefit, await look(session), uses.get(benefit.benefit_id, (0, 0)))


async def show_member_benefits(session: Session, member_id: int) -> MemberBenefitsOut:
    """What a member has by level and date, and what they were granted."""
    shown = await look(session)
    everybody = await members.aliases(session, member_id)
    found = await list_entitlements(session, everybody)
    uses = await list_uses(session, everybody, [one.entitlement_id for one in found])
    by_code = {one.code: one for one in await list_benefits(session)}
    return MemberBenefitsOut(
        running=[
            RunningBenefitOut(
                code=one.code,
                kind=one.kind,
                kind_name=one.what.label,
                name=one.name,
                description=by_code[one.code].description,
                told=one.what.told(shown.telling),
            )
            for one in await running_for(session, member_id, await _rank(session, member_id), clock.now())
        ],
        entitlements=await _entitlements(session, found, uses, shown),
    )


async def show_entitlement(session: Session, member_id: int, entitlement_id: int) -> EntitlementOut:
    """One entitlement of a member."""
    everybody = await members.aliases(session, member_id)
    found = [one for one in await list_entitlements(session, everybody) if one.entitlement_id == entitlement_id]
    uses = await list_uses(session, everybody, [entitlement_id])
    (one,) = await _entitlements(session, found, uses, await look(session))
    return one


async def show_section(session: Session, member_id: int) -> BenefitSectionOut:
    """The figures of the member's page."""
    shop = await organization.get_shop(session)
    found = await list_entitlements(session, await members.aliases(session, member_id))
    usable = [one for one in found if one.state == "open"]
    ends = [clock.last_day(one.expires_at, shop.zone) for one in usable if one.expires_at is not None]
    running = await running_for(session, member_id, await _rank(session, member_id), clock.now())
    return BenefitSectionOut(
        running_count=len(running), usable_count=len(usable), next_expires_on=min(ends, default=None)
    )


async def _rank(session: Session, member_id: int) -> int:
    scheme = await tiers.find_scheme_view(session)
    standing = await tiers.find_standing(session, scheme.scheme_id, member_id) if scheme else None
    return standing.rank if standing else 0


def _benefit(one: Benefit, shown: Shown, uses: tuple[int, int]) -> BenefitOut:
    return BenefitOut(
        code=one.code,
        kind=one.kind,
        kind_name=one.what.label,
        name=one.name,
        description=one.description,
        levels=list(one.levels),
        what=one.what,
        told=one.what.told(shown.telling),
        active_from=one.active_from,
        active_until=one.active_until,
        state=one.state,
        is_on=one.holds_on(shown.today),
        version=one.version,
        units_granted=uses[0],
        units_used=uses[1],
    )


async def _entitlements(
    session: Session, found: Sequence[Entitlement], uses: Sequence[Use], shown: Shown
) -> list[EntitlementOut]:
    benefits = await get_benefits(session, [one.benefit_id for one in found])
    stores = await organization.get_stores(session, sorted({one.store_id for one in uses if one.store_id}))
    employees = await organization.get_employees(session, sorted({one.employee_id for one in uses if one.employee_id}))
    handed: dict[int, list[BenefitUseOut]] = {}
    for one in uses:
        store = stores.get(one.store_id or 0)
        employee = employees.get(one.employee_id or 0)
        handed.setdefault(one.entitlement_id, []).append(
            BenefitUseOut(
                unit_no=one.unit_no,
                used_at=one.used_at,
                store=BenefitStoreOut(id=store.id, name=store.name) if store else None,
                employee=employee.name if employee else None,
                order_number=one.order_number,
            )
        )
    return [_entitlement(one, benefits[one.benefit_id], handed.get(one.entitlement_id, []), shown) for one in found]


def _entitlement(one: Entitlement, benefit: Benefit, uses: list[BenefitUseOut], shown: Shown) -> EntitlementOut:
    gift = _GIFT.validate_python({name: one.gift[name] for name in _GIFT_FIELDS[one.gift["kind"]]})
    return EntitlementOut(
        id=one.entitlement_id,
        benefit=benefit.code,
        kind=benefit.kind,
        kind_name=benefit.what.label,
        name=benefit.name,
        gift=gift,
        gift_told=gift.told(shown.telling),
        occasion=one.occasion,
        occasion_told=_occasion(one.occasion, shown),
        units=one.units,
        used=one.used,
        state=one.state,
        granted_at=one.granted_at,
        reason=one.reason,
        expires_on=clock.last_day(one.expires_at, shown.zone) if one.expires_at else None,
        ended_at=one.ended_at,
        ended_because=one.ended_because,
        uses=uses,
    )


def _occasion(occasion: str, shown: Shown) -> LocalName:
    kind, _, rest = occasion.partition(":")
    words = _OCCASIONS.get(kind, LocalName("{rest}", "{rest}"))
    level = shown.levels.get(rest.partition(":")[0]) if kind == "level" else None
    zh, en = (level.zh, level.en) if level else (rest.partition(":")[0],) * 2
    return LocalName(words.zh.replace("{rest}", zh), words.en.replace("{rest}", en))
