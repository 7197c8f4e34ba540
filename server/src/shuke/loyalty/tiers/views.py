"""Tiers as they are shown: a member's level with what the next one needs, and the history in words."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from shuke.commerce import orders
from shuke.foundation import organization
from shuke.people import members
from shuke.platform import clock
from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.i18n import Language

from .explain import sentence
from .queries import ChangeView, LevelView, SchemeView, StandingView, count_members_by_rank, find_standing
from .schemas import (
    ChangeExplanationOut,
    ChangeOut,
    KeepOut,
    LevelOut,
    NextOut,
    SchemeOut,
    TierRefOut,
    TierSectionOut,
    TiersOut,
)


async def show_tiers(session: Session, scheme: SchemeView, sight: Sight) -> TiersOut:
    """The scheme and its levels with the number of members, of those whom the caller sees, that have each."""
    counts = await count_members_by_rank(session, scheme.scheme_id, sight)
    rules = scheme.parameters
    return TiersOut(
        scheme=SchemeOut(
            code=scheme.code,
            name=scheme.name,
            metric=rules["metric"],
            window_days=rules["window_days"],
            validity_months=rules["validity_months"],
            promote=rules["promote"],
            demote=rules["demote"],
            on_refund=rules["on_refund"],
            currency=rules["money"],
        ),
        levels=[
            LevelOut(**vars(ref(level)), threshold_minor=level.threshold_minor, member_count=counts.get(level.rank, 0))
            for level in scheme.levels
        ],
    )


async def show_member_tier(session: Session, scheme: SchemeView, member_id: int) -> TierSectionOut:
    """A member's level, what the window holds, what the next level needs and what keeps this one."""
    zone = (await organization.get_shop(session)).zone
    standing = await find_standing(session, scheme.scheme_id, member_id)
    today = clock.business_day(clock.now(), zone)
    first = today - timedelta(days=scheme.parameters["window_days"] - 1)
    # The window that ends with the level's last day begins later than today's: one question answers both.
    spent = await orders.goods_spent(session, await members.aliases(session, member_id), first)
    amount = _spent_since(spent, first)
    level = scheme.level(standing.rank) if standing else None
    return TierSectionOut(
        scheme=scheme.name,
        level=ref(level) if level else None,
        since=clock.business_day(standing.since, zone) if standing else None,
        valid_until=last_day(standing.valid_until, zone) if standing else None,
        metric=scheme.parameters["metric"],
        window_days=scheme.parameters["window_days"],
        amount_minor=amount,
        currency=scheme.parameters["money"],
        next=_next(scheme, standing, amount),
        keep=_keep(scheme, standing, spent, zone),
    )


def show_change(change: ChangeView, scheme: SchemeView, zone: ZoneInfo, language: Language) -> ChangeOut:
    """One change of level in words."""
    before = scheme.level(change.from_rank) if change.from_rank else None
    after = level_of(scheme, change.to_rank)
    facts = change.facts
    return ChangeOut(
        at=change.at,
        from_=ref(before) if before else None,
        to=ref(after),
        reason=change.reason,
        valid_until=last_day(change.valid_until, zone),
        explanation=ChangeExplanationOut(
            metric=facts["metric"],
            amount_minor=facts["amount_minor"],
            threshold_minor=facts["threshold_minor"],
            window_from=facts["window_from"],
            window_to=facts["window_to"],
            text=sentence(change.reason, facts, to=after.name.pick(language), language=language),
        )
        if facts
        else None,
    )


def level_of(scheme: SchemeView, rank: int) -> LevelView:
    """The level of a rank; history only names ranks of its scheme."""
    return next(level for level in scheme.levels if level.rank == rank)


def ref(level: LevelView) -> TierRefOut:
    """A level as other things point to it."""
    return TierRefOut(code=level.code, rank=level.rank, name=level.name, colour=level.colour)


def last_day(until: datetime | None, zone: ZoneInfo) -> date | None:
    """The last local day on which a level holds, given the first instant at which it no longer does."""
    return clock.business_day(until - timedelta(microseconds=1), zone) if until else None


def _next(scheme: SchemeView, standing: StandingView | None, amount: int) -> NextOut | None:
    rank = standing.rank if standing else 0
    above = next((level for level in scheme.levels if level.rank > rank), None)
    if above is None:
        return None
    return NextOut(level=ref(above), needed_minor=max(0, above.threshold_minor - amount))


def _keep(
    scheme: SchemeView, standing: StandingView | None, spent: Sequence[orders.GoodsSpent], zone: ZoneInfo
) -> KeepOut | None:
    by = last_day(standing.valid_until, zone) if standing else None
    if standing is None or by is None:
        return None
    # The level is judged on its last day, by the window that ends with it: what was spent early will have left it.
    counts = _spent_since(spent, by - timedelta(days=scheme.parameters["window_days"] - 1))
    threshold = level_of(scheme, standing.rank).threshold_minor
    return KeepOut(threshold_minor=threshold, needed_minor=max(0, threshold - counts), by=by)


def _spent_since(spent: Sequence[orders.GoodsSpent], first: date) -> int:
    return sum(one.amount_minor for one in spent if one.business_day >= first)
