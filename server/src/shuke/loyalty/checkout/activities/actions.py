"""Verbs of activities: record them with what they earn, and cancel one. One or a thousand: the same fold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

import orjson

from shuke.loyalty import earning
from shuke.people import members
from shuke.platform import clock, events
from shuke.platform.db import Session, copy_rows, raw, take_ids

from .. import books
from ..rules import Book, Programme, bring_forward
from . import queries
from .events import ActivityCancelled, ActivityRecorded
from .model import ActivityKind, Happened
from .queries import ActivityView
from .rules import ActivityOutcome, Undone, apply_activity, document, take_back
from .tables import activity, activity_award


@dataclass(frozen=True, slots=True, kw_only=True)
class NewActivity:
    """An activity as it arrives, checked, its members resolved and held; its natural key not yet claimed."""

    source: str
    key: str
    kind: ActivityKind
    member_id: int
    occurred_at: datetime
    event: str | None = None
    # In a referral: who came.
    invited_id: int | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> tuple[str, str]:
        """Its natural key."""
        return self.source, self.key


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of an activity. `state`: new, unchanged (already here, the same), taken (the key is held by another
    one, and nothing was written). `parts`: one for each member with a part in it, the inviter first.
    """

    state: Literal["new", "unchanged", "taken"]
    parts: list[ActivityView]


async def record(session: Session, programme: Programme, incoming: Sequence[NewActivity], actor: str) -> list[Recorded]:
    """Record activities with everything they move, in the order of business time for each member.

    Answers in the order given. Keys already recorded are left alone.
    """
    first: dict[tuple[str, str], NewActivity] = {}
    for one in incoming:
        first.setdefault(one.name, one)
    claimed = await _claim(session, list(first.values()))
    fresh = [one for name, one in first.items() if claimed[name].is_new]
    if fresh:
        await _record_fresh(session, programme, [(one, claimed[one.name].activity_id) for one in fresh], actor)
    parts = await queries.get_parts(session, [claim.activity_id for claim in claimed.values()])
    by_now = await _roots(session, parts)
    results: list[Recorded] = []
    seen: set[tuple[str, str]] = set()
    for one in incoming:
        found = parts[claimed[one.name].activity_id]
        if claimed[one.name].is_new and one.name not in seen:
            results.append(Recorded("new", found))
        else:
            results.append(Recorded("unchanged" if _is_same(one, found, by_now) else "taken", found))
        seen.add(one.name)
    return results


async def cancel(
    session: Session, programme: Programme, parts: Sequence[ActivityView], *, actor: str, reason: str
) -> list[ActivityView]:
    """Cancel an activity for everybody with a part in it, and take back what it gave. Cancelled before: nothing."""
    activity_id = parts[0].activity_id
    driver = await raw(session)
    # Behind the lock, so that two who cancel at once take back once.
    open_parts = await driver.fetch(
        "select member_id from activity where activity_id = $1 and cancelled_at is null order by member_id for update",
        activity_id,
    )
    still_open = {row["member_id"] for row in open_parts}
    if still_open:
        by_now = await members.roots(session, sorted(still_open), hold=True)
        await _cancel_parts(session, programme, [part for part in parts if part.member_id in still_open], by_now, actor)
        await driver.execute(
            """
            update activity set cancelled_at = $2, cancelled_by = $3, cancel_reason = $4
            where activity_id = $1 and cancelled_at is null
            """,
            activity_id,
            clock.now(),
            actor,
            reason,
        )
    return (await queries.get_parts(session, [activity_id]))[activity_id]


@dataclass(frozen=True, slots=True)
class _Claimed:
    activity_id: int
    is_new: bool


async def _claim(session: Session, wanted: Sequence[NewActivity]) -> dict[tuple[str, str], _Claimed]:
    """Take the natural keys that are free, say of the others whose they are. Waits for a rival still writing."""
    ordered = sorted(wanted, key=lambda one: one.name)
    known = await queries.find_keys(session, [one.name for one in ordered])
    free = [one for one in ordered if one.name not in known]
    claimed = {name: _Claimed(activity_id, is_new=False) for name, activity_id in known.items()}
    if not free:
        return claimed
    ids = await take_ids(session, "activity_activity_id_seq", len(free))
    driver = await raw(session)
    taken = await driver.fetch(
        """
        insert into activity_key (source, key, member_id, activity_id)
        select * from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[])
        on conflict do nothing returning source, key, activity_id
        """,
        [one.source for one in free],
        [one.key for one in free],
        [one.member_id for one in free],
        ids,
    )
    claimed |= {(row["source"], row["key"]): _Claimed(row["activity_id"], is_new=True) for row in taken}
    lost = [one.name for one in free if one.name not in claimed]
    if lost:
        theirs = await queries.find_keys(session, lost)
        claimed |= {name: _Claimed(activity_id, is_new=False) for name, activity_id in theirs.items()}
    return claimed


async def _roots(session: Session, parts: Mapping[int, Sequence[ActivityView]]) -> dict[int, int]:
    everybody = {part.member_id for found in parts.values() for part in found}
    return await members.roots(session, sorted(everybody))


def _is_same(one: NewActivity, parts: Sequence[ActivityView], by_now: Mapping[int, int]) -> bool:
    """Whether an activity that comes again says the same, of people who may have been merged since."""
    known = parts[0]
    people = [by_now.get(part.member_id, part.member_id) for part in parts]
    wanted = [one.member_id] if one.invited_id is None else [one.member_id, one.invited_id]
    return (
        (known.kind, known.event, known.occurred_at) == (one.kind, one.event, one.occurred_at)
        and people == wanted
        # Of somebody who was erased nobody knows what came with it.
        and known.payload in (None, dict(one.payload))
    )


async def _record_fresh(
    session: Session, programme: Programme, fresh: Sequence[tuple[NewActivity, int]], actor: str
) -> None:
    recorded_at = clock.now()
    by_member: dict[int, list[Happened]] = {}
    happened = [part for one, number in fresh for part in _parts(one, number, programme, actor)]
    for part in sorted(happened, key=lambda part: (part.occurred_at, part.activity_id)):
        by_member.setdefault(part.member_id, []).append(part)
    loaded = await books.load(
        session,
        programme,
        sorted(by_member),
        since=min(part.business_day for part in happened),
        documents=[document(part) for part in happened],
    )
    outcomes: list[tuple[Happened, ActivityOutcome, dict[str, Any]]] = []
    for member_id, parts in by_member.items():
        book = loaded[member_id]
        for part in parts:
            # A clock that runs ahead must not end anybody's day early.
            bring_forward(book, programme, min(part.occurred_at, recorded_at), recorded_at)
            outcome = apply_activity(book, programme, part, recorded_at)
            outcomes.append((part, outcome, _outcome(book, programme, outcome)))
    await _store(session, outcomes, recorded_at)
    await books.save(session, programme, [loaded[member_id] for member_id in by_member])
    await earning.apply_effects(session, [given for part, outcome, _ in outcomes for given in _effects(part, outcome)])


def _effects(part: Happened, outcome: ActivityOutcome) -> list[earning.GivenEffect]:
    """What it earned beside value, for the modules that carry it out."""
    return earning.given_effects(
        outcome.effects,
        member_id=part.member_id,
        origin_kind="activity",
        origin_id=part.activity_id,
        at=part.occurred_at,
    )


def _parts(one: NewActivity, activity_id: int, programme: Programme, actor: str) -> list[Happened]:
    part = Happened(
        activity_id=activity_id,
        member_id=one.member_id,
        kind=one.kind,
        event=one.event,
        role="inviter" if one.kind == "referral" else None,
        other_member_id=one.invited_id,
        source=one.source,
        key=one.key,
        occurred_at=one.occurred_at,
        business_day=clock.business_day(one.occurred_at, programme.zone),
        payload=one.payload,
        actor=actor,
    )
    if one.invited_id is None:
        return [part]
    return [part, replace(part, member_id=one.invited_id, role="invited", other_member_id=one.member_id)]


def _outcome(book: Book, programme: Programme, outcome: ActivityOutcome) -> dict[str, Any]:
    """What is kept of what an activity did, so that the same activity again hears the same."""
    points, growth = book.accounts["points"], book.accounts["growth"]
    rank = book.standing.rank
    return {
        "given": [
            {
                "rule_version_id": award.version.rule_version_id,
                "currency": award.currency,
                "entitled": award.entitled,
                "amount": award.awarded,
            }
            for award in outcome.awards
        ],
        "effects": [
            {
                "rule_version_id": effect.version.rule_version_id,
                "kind": effect.kind,
                "parameters": dict(effect.parameters),
            }
            for effect in outcome.effects
        ],
        "passed_over": outcome.passed_over,
        "balance": points.available,
        "debt": points.debt,
        "growth": growth.balance,
        "tier": programme.scheme.levels[rank - 1].code if programme.scheme and rank else None,
        "rank": rank,
    }


_ACTIVITY = (
    "member_id", "activity_id", "kind", "event", "role", "other_member_id", "source", "key", "occurred_at",
    "business_day", "payload", "received_at", "actor", "outcome",
)  # fmt: skip
_AWARD = ("member_id", "activity_id", "rule_version_id", "currency", "awarded", "taken_back")


async def _store(
    session: Session, outcomes: Sequence[tuple[Happened, ActivityOutcome, dict[str, Any]]], received_at: datetime
) -> None:
    clear = {
        queries.place(part.member_id, part.activity_id): (part.member_id, orjson.dumps(dict(part.payload)))
        for part, _, _ in outcomes
    }
    sealed = await members.seal_all_for(session, clear)
    await copy_rows(session, activity, _ACTIVITY, [_row(part, told, sealed, received_at) for part, _, told in outcomes])
    awards = [
        (part.member_id, part.activity_id, one.version.rule_version_id, one.currency, one.awarded, 0)
        for part, outcome, _ in outcomes
        for one in outcome.awards
        if one.awarded
    ]
    if awards:
        await copy_rows(session, activity_award, _AWARD, awards)
    await events.publish(session, [_recorded(part, outcome) for part, outcome, _ in outcomes])


def _row(
    part: Happened, told: Mapping[str, Any], sealed: Mapping[str, bytes], received_at: datetime
) -> tuple[Any, ...]:
    return (
        *(part.member_id, part.activity_id, part.kind, part.event, part.role, part.other_member_id),
        *(part.source, part.key, part.occurred_at, part.business_day),
        *(sealed.get(queries.place(part.member_id, part.activity_id)), received_at, part.actor),
        orjson.dumps(told).decode(),
    )


def _recorded(part: Happened, outcome: ActivityOutcome) -> events.Event:
    return ActivityRecorded(
        member_id=part.member_id,
        occurred_at=part.occurred_at,
        activity_id=part.activity_id,
        kind=part.kind,
        event=part.event,
        role=part.role,
        source=part.source,
        key=part.key,
        business_day=part.business_day.isoformat(),
        earned=outcome.earned,
    )


async def _cancel_parts(
    session: Session,
    programme: Programme,
    parts: Sequence[ActivityView],
    by_now: Mapping[int, int],
    actor: str,
) -> None:
    now = clock.now()
    today = clock.business_day(now, programme.zone)
    ids = sorted({by_now[part.member_id] for part in parts})
    since = min(today, *(part.business_day for part in parts))
    undone = [document(_happened(part)) for part in parts]
    loaded = await books.load(session, programme, ids, since=since, documents=undone)
    told: list[events.Event] = []
    for part in parts:
        book = loaded[by_now[part.member_id]]
        awards = await queries.load_awards(session, programme.rule_versions, part.member_id, part.activity_id)
        bring_forward(book, programme, now, now)
        taken = take_back(
            book,
            programme,
            Undone(happened=_happened(part), awards=awards, at=now, business_day=today, actor=actor),
            now,
        )
        told.append(_cancelled(part, taken, now))
    await books.save(session, programme, list(loaded.values()))
    driver = await raw(session)
    await driver.execute("update activity_award set taken_back = awarded where activity_id = $1", parts[0].activity_id)
    await earning.withdraw_effects(
        session,
        [
            earning.StillEarned(
                member_id=part.member_id,
                origin_kind="activity",
                origin_id=part.activity_id,
                at=now,
                actor=actor,
                effects=(),
            )
            for part in parts
        ],
    )
    await events.publish(session, told)


def _happened(part: ActivityView) -> Happened:
    return Happened(
        activity_id=part.activity_id,
        member_id=part.member_id,
        kind=part.kind,
        event=part.event,
        role=part.role,
        other_member_id=part.other_member_id,
        source=part.source,
        key=part.key,
        occurred_at=part.occurred_at,
        business_day=part.business_day,
        payload=part.payload or {},
        actor=part.actor,
    )


def _cancelled(part: ActivityView, taken: dict[str, int], at: datetime) -> events.Event:
    return ActivityCancelled(
        member_id=part.member_id,
        occurred_at=at,
        activity_id=part.activity_id,
        kind=part.kind,
        event=part.event,
        role=part.role,
        source=part.source,
        key=part.key,
        business_day=part.business_day.isoformat(),
        earned=taken,
    )
