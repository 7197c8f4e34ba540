"""Tiers as they are shown: the scheme in words, a member's way to the next level, and the history."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from shuke.foundation import organization
from shuke.platform import clock
from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.i18n import Language

from .actions import lock_standings
from .explain import sentence
from .measuring import measure
from .queries import ChangeView, LevelView, SchemeView, count_members_by_rank, find_scheme_view, list_changes
from .rules import Need, Scheme, Standing, Way, way_to
from .schemas import (
    ChangeExplanationOut,
    ChangeOut,
    LevelOut,
    SchemeOut,
    TierGrantOut,
    TierKeepOut,
    TierNeedOut,
    TierNextOut,
    TierParameters,
    TierRefOut,
    TierSectionOut,
    TiersOut,
)
from .schemes import find_scheme
from .sentences import NamedLevel, tell_scheme
from .telling import tell_keep, tell_need, tell_next
from .wording import UNITS


async def show_tiers(session: Session, scheme: SchemeView, sight: Sight, language: Language) -> TiersOut:
    """The scheme and its levels with the number of members, of those whom the caller sees, that have each."""
    counts = await count_members_by_rank(session, scheme.scheme_id, sight)
    return TiersOut(
        scheme=SchemeOut(
            code=scheme.code,
            name=scheme.name,
            version=scheme.version,
            metric=scheme.parameters.metric,
            unit=UNITS[scheme.parameters.metric],
            currency=scheme.parameters.money,
            parameters=TierParameters.model_validate(scheme.parameters.model_dump()),
            sentences=tell_scheme(scheme.parameters, named_levels(scheme), language),
        ),
        levels=[
            LevelOut(
                **vars(ref(level)),
                threshold=level.threshold,
                keep_threshold=level.keep_threshold,
                deduct=level.deduct,
                is_floor=level.is_floor,
                member_count=counts.get(level.rank, 0),
            )
            for level in scheme.levels
        ],
    )


def named_levels(scheme: SchemeView) -> list[NamedLevel]:
    """The levels as the rules want them, with their names."""
    return [NamedLevel(level.as_rule(), level.name) for level in scheme.levels]


async def show_member_tier(session: Session, member_id: int, language: Language) -> TierSectionOut | None:
    """A member's level, the way to the next, what keeps this one, and why it is so; None where there are no tiers."""
    scheme, shown = await find_scheme(session), await find_scheme_view(session)
    if scheme is None or shown is None:
        return None
    zone, now = (await organization.get_shop(session)).zone, clock.now()
    standing = (await lock_standings(session, scheme, [member_id], is_locked=False))[member_id]
    measures = (await measure(session, scheme, [standing], now, zone))[member_id]
    way = way_to(scheme, standing, measures, clock.business_day(now, zone), zone)
    newest = await list_changes(session, scheme.scheme_id, member_id, limit=1, cursor=None)
    level = shown.level(standing.rank)
    return TierSectionOut(
        scheme=shown.name,
        level=ref(level) if level else None,
        since=clock.business_day(standing.since, zone) if standing.since else None,
        valid_until=last_day(standing.valid_until, zone),
        currency=scheme.money,
        next=_next(way, scheme, shown, language),
        keep=_keep(way, standing, scheme, language) if level else None,
        grant=TierGrantOut(until=last_day(standing.valid_until, zone)) if standing.basis == "manual" else None,
        why=tell_change(newest.items[0], shown, zone, language) if newest.items else None,
    )


def show_change(change: ChangeView, scheme: SchemeView, zone: ZoneInfo, language: Language) -> ChangeOut:
    """One change of level in words."""
    before = scheme.level(change.from_rank) if change.from_rank else None
    metric = change.facts.get("metric")
    return ChangeOut(
        change_no=change.change_no,
        at=change.at,
        from_=ref(before) if before else None,
        to=ref(level_of(scheme, change.to_rank)),
        reason=change.reason,
        valid_until=last_day(change.valid_until, zone),
        explanation=ChangeExplanationOut(
            metric=metric,
            unit=UNITS[metric] if metric else None,
            amount=change.facts.get("amount_minor"),
            threshold=change.facts.get("threshold_minor"),
            window_from=change.facts.get("window_from"),
            window_to=change.facts.get("window_to"),
            text=tell_change(change, scheme, zone, language),
        ),
    )


def tell_change(change: ChangeView, scheme: SchemeView, zone: ZoneInfo, language: Language) -> str:
    """Why a level changed, as a sentence."""
    until = last_day(change.valid_until, zone)
    to = level_of(scheme, change.to_rank).name.pick(language)
    return sentence(change.reason, change.facts, to=to, language=language, until=until.isoformat() if until else None)


def level_of(scheme: SchemeView, rank: int) -> LevelView:
    """The level of a rank; history only names ranks of its scheme."""
    return next(level for level in scheme.levels if level.rank == rank)


def ref(level: LevelView) -> TierRefOut:
    """A level as other things point to it."""
    return TierRefOut(code=level.code, rank=level.rank, name=level.name, colour=level.colour)


def last_day(until: datetime | None, zone: ZoneInfo) -> date | None:
    """The last local day on which a level holds, given the first instant at which it no longer does."""
    return clock.business_day(until - timedelta(microseconds=1), zone) if until else None


def _next(way: Way, scheme: Scheme, shown: SchemeView, language: Language) -> TierNextOut | None:
    if way.next_rank is None or way.reach is None:
        return None
    level = level_of(shown, way.next_rank)
    told = tell_next(way.reach, scheme, level.name.pick(language), language)
    return TierNextOut(level=ref(level), need=_need(way.reach, told))


def _keep(way: Way, standing: Standing, scheme: Scheme, language: Language) -> TierKeepOut:
    return TierKeepOut(
        by=way.keep_by,
        join=way.keep_join,
        needs=[_need(need, tell_need(need, scheme, language)) for need in way.keep],
        is_kept=way.is_kept,
        is_in_grace=way.is_in_grace,
        takes=way.takes,
        text=tell_keep(way, standing, scheme, language),
    )


def _need(need: Need, text: str) -> TierNeedOut:
    return TierNeedOut(
        metric=need.metric,
        unit=UNITS[need.metric],
        threshold=need.threshold,
        have=need.have,
        missing=need.missing,
        since=need.since,
        by=need.by,
        text=text,
    )
