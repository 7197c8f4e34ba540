"""What members did, as far as the scheme goes by it: loaded for a set of members at once."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from shuke.commerce import orders
from shuke.loyalty import ledger
from shuke.people import members
from shuke.platform import clock
from shuke.platform.db import Session
from shuke.platform.module import contributions

from .extensions import MeasureSource
from .rules import Measures, Metric, Scheme, Standing, look_back

_CURRENCIES: Mapping[Metric, str] = {"growth": "growth", "earned_points": "points"}


async def measure(
    session: Session, scheme: Scheme, standings: Sequence[Standing], at: datetime, zone: ZoneInfo
) -> dict[int, Measures]:
    """What the members did, as far as judging their standings by an instant asks for it. Lock the standings first."""
    counted = await members.get_counts(session, [standing.member_id for standing in standings])
    day = clock.business_day(at, zone)
    found = {
        member_id: Measures(
            clock.business_day(one.joined_at, zone), lifetime={"net_spend": _number(one.facts.net_spend_minor)}
        )
        for member_id, one in counted.items()
    }
    since = min((look_back(scheme, one, found[one.member_id].joined_on, day, zone) for one in standings), default=day)
    known = {one: found[member_id] for member_id, row in counted.items() for one in (member_id, *row.followers)}
    await load_measures(session, scheme, known, since)
    return found


async def load_measures(session: Session, scheme: Scheme, known: Mapping[int, Measures], since: date) -> None:
    """Fill in what the scheme goes by, from a day on. `known`: whose measures each member's acts count towards,
    whoever was merged into whom. `lifetime` of spending is the caller's.
    """
    ids = list(known)
    if scheme.metrics & {"net_spend", "order_count"}:
        await _load_orders(session, scheme, known, since)
    for metric, currency in _accounts(scheme):
        for one in await ledger.daily_sums(session, ids, currency, since):
            _count(known[one.member_id], metric, one.business_day, one.amount)
        for member_id, amount in (await ledger.total_sums(session, ids, currency)).items():
            lifetime = known[member_id].lifetime
            lifetime[metric] = lifetime.get(metric, 0) + amount
    for source in contributions(MeasureSource):
        if source.metric in scheme.metrics:
            for member_id, day, amount in await source.load(session, ids, since):
                _count(known[member_id], source.metric, day, amount)


async def _load_orders(session: Session, scheme: Scheme, known: Mapping[int, Measures], since: date) -> None:
    spends, counts_orders = "net_spend" in scheme.metrics, "order_count" in scheme.metrics
    for spent in await orders.goods_spent(session, list(known), since):
        measures = known[spent.member_id]
        if spends:
            _count(measures, "net_spend", spent.business_day, spent.amount_minor)
        if counts_orders:
            _count(measures, "order_count", spent.business_day, spent.order_count)


def currency_of(scheme: Scheme, metric: Metric) -> str | None:
    """The currency of the ledger that a metric counts; None for what is no value in accounts."""
    return scheme.parameters.custom_currency if metric == "custom" else _CURRENCIES.get(metric)


def metrics_of(scheme: Scheme, currency: str) -> list[Metric]:
    """What of the scheme a currency of the ledger counts towards: whoever folds adds what accounts gained to these."""
    return [metric for metric, counted in _accounts(scheme) if counted == currency]


def _accounts(scheme: Scheme) -> list[tuple[Metric, str]]:
    named = ((metric, currency_of(scheme, metric)) for metric in sorted(scheme.metrics))
    return [(metric, currency) for metric, currency in named if currency is not None]


def _count(measures: Measures, metric: Metric, day: date, amount: int) -> None:
    days = measures.by_day.setdefault(metric, {})
    days[day] = days.get(day, 0) + amount


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
