"""The rankings as they are shown: with names, ranks and the period before."""

from collections.abc import Mapping
from datetime import date

from shuke.foundation import organization
from shuke.platform import clock
from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.money import divide

from ..schemas import PeriodOut
from ..views import read_period
from .queries import By, Standing, standings
from .schemas import RankedOut, RankingOut, SortBy, StandingOut

_TEN_THOUSAND = 10_000
# Name, code, note, whether it is still there.
_Words = tuple[str, str, str | None, bool]


async def show_ranking(
    session: Session, by: By, first: date | None, last: date | None, sort: SortBy, sight: Sight
) -> RankingOut:
    """Stores or employees by a figure, best first, beside the period of the same length before. Raises BadPeriod."""
    shop = await organization.get_shop(session)
    period = read_period(first, last, clock.business_day(clock.now(), shop.zone))
    now = _shown(await standings(session, by, period, shop.currency, sight))
    before = _shown(await standings(session, by, period.previous, shop.currency, sight))
    words = await (_stores(session, list(now)) if by == "stores" else _employees(session, list(now)))
    ranks, former = _ranks(now, sort), _ranks(before, sort)
    ordered = sorted((key for key in now if key in words), key=lambda key: (ranks[key], words[key][1]))
    return RankingOut(
        period=PeriodOut(from_=period.first, to=period.last),
        previous=PeriodOut(from_=period.previous.first, to=period.previous.last),
        currency=shop.currency,
        sort=sort,
        items=[
            RankedOut(
                rank=ranks[key],
                id=key,
                name=words[key][0],
                code=words[key][1],
                note=words[key][2],
                is_active=words[key][3],
                now=now[key],
                previous=before.get(key),
                previous_rank=former.get(key),
            )
            for key in ordered
        ],
    )


def _shown(found: Mapping[int, Standing]) -> dict[int, StandingOut]:
    return {
        key: StandingOut(
            members_gained=one.members_gained,
            net_sales_minor=one.net_sales_minor,
            orders=one.orders,
            average_order_minor=divide(one.net_sales_minor, one.orders),
            returning_share=divide(one.returning_orders * _TEN_THOUSAND, one.member_orders),
        )
        for key, one in found.items()
    }


def _ranks(found: Mapping[int, StandingOut], sort: SortBy) -> dict[int, int]:
    """The place of each, the best first; those without the figure come last, equal ones share a place."""
    values: dict[int, int] = {key: _value(one, sort) for key, one in found.items()}
    ordered = sorted(values.values(), reverse=True)
    return {key: ordered.index(value) + 1 for key, value in values.items()}


def _value(one: StandingOut, sort: SortBy) -> int:
    value: int | None = getattr(one, sort)
    return -(2**63) if value is None else value


async def _stores(session: Session, ids: list[int]) -> dict[int, _Words]:
    regions = {region.id: region.name for region in await organization.list_regions(session)}
    found = await organization.get_stores(session, ids)
    return {
        one.id: (one.name, one.code, regions.get(one.region_id or 0), one.status == "open") for one in found.values()
    }


async def _employees(session: Session, ids: list[int]) -> dict[int, _Words]:
    found = await organization.get_employees(session, ids)
    stores = await organization.get_stores(session, [one.store_id for one in found.values() if one.store_id])
    return {
        one.id: (
            one.name,
            one.code,
            stores[one.store_id].name if one.store_id in stores else None,
            one.state == "active",
        )
        for one in found.values()
    }
