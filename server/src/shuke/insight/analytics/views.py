"""The dashboard and the RFM map as they are shown."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from datetime import date

from shuke.foundation import organization
from shuke.loyalty import tiers
from shuke.platform import clock
from shuke.platform.db import Session
from shuke.platform.money import divide

from .errors import AsOfNotKept, BadPeriod
from .queries import DayFigures, Figures, figures, first_day, list_days, list_levels, list_stores, map_in_use
from .rules import SEGMENTS, Comparison, Period, choose_period, months_of, segment_of
from .schemas import (
    CellOut,
    ComparedOut,
    CutsOut,
    DashboardOut,
    DayOut,
    FiguresOut,
    MonthOut,
    PeriodOut,
    RfmOut,
    SegmentOut,
    StoreRefOut,
    StoreSalesOut,
    TierMembersOut,
    TierRefOut,
)

LONGEST_DAYS = 1_830
_FIRST_YEAR, _LAST_YEAR = 1970, 2199
_TOP_STORES = 10
_TEN_THOUSAND = 10_000
_FIFTHS = range(1, 6)


async def show_dashboard(
    session: Session, first: date | None, last: date | None, comparison: Comparison = "previous"
) -> DashboardOut:
    """The figures of a period beside those of another. Raises BadPeriod."""
    shop = await organization.get_shop(session)
    period = read_period(first, last, clock.business_day(clock.now(), shop.zone))
    now = await figures(session, period, shop.currency)
    days = await list_days(session, period, shop.currency)
    other = period.beside(comparison)
    before = await _before(session, other, shop.currency)
    return DashboardOut(
        period=PeriodOut(from_=period.first, to=period.last),
        previous=None if other is None else PeriodOut(from_=other.first, to=other.last),
        currency=shop.currency,
        as_of=clock.now(),
        figures=_compare(now, before[0] if before else None),
        months=_months(period, days),
        days=_days(days),
        previous_days=_days(before[1]) if before else [],
        tiers=await _tiers(session, now.members),
        stores=await _stores(session, period, shop.currency),
    )


async def show_rfm(session: Session, as_of: date | None) -> RfmOut:
    """The RFM map of the shop's today. Raises AsOfNotKept for another day."""
    shop = await organization.get_shop(session)
    today = require_today(as_of, shop)
    found = await map_in_use(session, today, shop.time_zone)
    sizes = {(cell.r, cell.f): cell for cell in found.cells}
    return RfmOut(
        as_of=today,
        members=found.members,
        segments=[
            SegmentOut(
                code=code,
                members=members,
                share=divide(members * _TEN_THOUSAND, found.members) or 0,
                net_spend_minor=sum(cell.net_spend_minor for cell in found.cells if segment_of(cell.r, cell.f) == code),
            )
            for code in SEGMENTS
            for members in [sum(cell.members for cell in found.cells if segment_of(cell.r, cell.f) == code)]
        ],
        cells=[
            CellOut(r=r, f=f, members=sizes[r, f].members if (r, f) in sizes else 0, segment=segment_of(r, f))
            for r in _FIFTHS
            for f in _FIFTHS
        ],
        cuts=CutsOut(
            recency_days=list(found.cuts.recency_days) if found.cuts else [],
            frequency_rank=list(found.cuts.frequency_rank) if found.cuts else [],
        ),
        currency=shop.currency,
    )


def require_today(as_of: date | None, shop: organization.Shop) -> date:
    """The shop's today. Raises AsOfNotKept when another day was asked for."""
    today = clock.business_day(clock.now(), shop.zone)
    if as_of not in {None, today}:
        raise AsOfNotKept(today=today)
    return today


def read_period(first: date | None, last: date | None, today: date) -> Period:
    """The days that a request means. Raises BadPeriod."""
    if any(day is not None and not _FIRST_YEAR <= day.year <= _LAST_YEAR for day in (first, last)):
        raise BadPeriod(days=LONGEST_DAYS)
    period = choose_period(first, last, today=today)
    if not 1 <= period.day_count <= LONGEST_DAYS:
        raise BadPeriod(days=LONGEST_DAYS)
    return period


async def _before(
    session: Session, period: Period | None, currency: str
) -> tuple[Figures, Sequence[DayFigures]] | None:
    """Figures and days of the period to compare with, where the records reach back to its beginning."""
    began = await first_day(session)
    if period is None or began is None or began > period.first:
        return None
    return await figures(session, period, currency), await list_days(session, period, currency)


def _days(days: Sequence[DayFigures]) -> list[DayOut]:
    return [
        DayOut(
            day=day.day,
            sales_minor=day.sales_minor,
            member_sales_minor=day.member_sales_minor,
            orders=day.orders,
            new_members=day.new_members,
        )
        for day in days
    ]


def _compare(now: Figures, before: Figures | None) -> FiguresOut:
    values = _values(now)
    previous = _values(before) if before else dict.fromkeys(values)
    return FiguresOut(**{name: ComparedOut(value=value, previous=previous[name]) for name, value in values.items()})


def _values(found: Figures) -> dict[str, int | None]:
    return {
        "members": found.members,
        "active_members": found.active_members,
        "new_members": found.new_members,
        "sales_minor": found.sales_minor,
        "orders": found.orders,
        "average_order_minor": divide(found.sales_minor, found.orders),
        "repurchase_rate": divide(found.returning_members * _TEN_THOUSAND, found.active_members),
        "points_issued": found.points_issued,
        "points_used": found.points_used,
        "points_expired": found.points_expired,
        "points_outstanding": found.points_outstanding,
        "member_sales_share": divide(found.member_sales_minor * _TEN_THOUSAND, found.sales_minor),
    }


def _months(period: Period, days: Sequence[DayFigures]) -> list[MonthOut]:
    sums = [field.name for field in fields(DayFigures) if field.name != "day"]
    months = {month: Counter[str]() for month in months_of(period)}
    for day in days:
        months[f"{day.day:%Y-%m}"].update({name: getattr(day, name) for name in sums})
    return [MonthOut(month=month, **{name: found[name] for name in sums}) for month, found in months.items()]


async def _tiers(session: Session, members: int) -> list[TierMembersOut]:
    """Members by level as they are now, lowest first; null: those without a level yet."""
    scheme = await tiers.find_scheme_view(session)
    if scheme is None:
        return []
    counts = await list_levels(session, scheme.code)
    shown = [
        TierMembersOut(
            tier=TierRefOut(code=level.code, rank=level.rank, name=level.name, colour=level.colour),
            members=counts.get(level.code, 0),
        )
        for level in scheme.levels
    ]
    without = members - sum(counts.values())
    return [*shown, TierMembersOut(tier=None, members=without)] if without > 0 else shown


async def _stores(session: Session, period: Period, currency: str) -> list[StoreSalesOut]:
    found = await list_stores(session, period, currency, _TOP_STORES)
    names = await organization.get_stores(session, [one.store_id for one in found])
    return [
        StoreSalesOut(
            store=StoreRefOut(id=one.store_id, name=names[one.store_id].name),
            sales_minor=one.sales_minor,
            orders=one.orders,
        )
        for one in found
    ]
