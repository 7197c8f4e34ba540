"""Questions about activities: by natural key, by number, by member."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson

from shuke.loyalty import earning
from shuke.people import members
from shuke.platform.actor import Sight
from shuke.platform.db import Session, raw
from shuke.platform.pages import BadCursor, Page, decode_cursor, encode_cursor

from .errors import ActivityNotFound
from .model import ActivityKind, Role
from .rules import ActivityAward

_SORT = "-occurred_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityView:
    """One member's part in an activity as it is stored, what came with it in clear.

    `member_id` is who they were at the time. `payload` None: nobody can read it any more.
    """

    member_id: int
    activity_id: int
    kind: ActivityKind
    event: str | None
    role: Role | None
    other_member_id: int | None
    source: str
    key: str
    occurred_at: datetime
    business_day: date
    payload: Mapping[str, Any] | None
    received_at: datetime
    actor: str
    outcome: Mapping[str, Any]
    cancelled_at: datetime | None
    cancelled_by: str | None
    cancel_reason: str | None


def place(member_id: int, activity_id: int) -> str:
    """The place of what came with an activity: moved to another row, it does not open."""
    return f"activity:{member_id}:{activity_id}"


_BY_ID = "select * from activity where activity_id = any($1::bigint[]) order by activity_id, role desc nulls first"
_KEYS = """
    select k.source, k.key, k.activity_id, k.member_id
    from activity_key k join unnest($1::text[], $2::text[]) as wanted(source, key) using (source, key)
"""
_PAGE = """
    select * from activity
    where member_id = any($1::bigint[])
        and ($2::text is null or kind = $2)
        and ($3::timestamptz is null or (occurred_at, activity_id, member_id) < ($3, $4, $5))
    order by occurred_at desc, activity_id desc, member_id desc limit $6
"""
_BEFORE = """
    select * from activity
    where member_id = $1 and ($2::timestamptz is null or (occurred_at, activity_id) < ($2, $3))
    order by occurred_at desc, activity_id desc limit $4
"""


async def find_keys(session: Session, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Which of these natural keys are taken, with the activity's number."""
    driver = await raw(session)
    rows = await driver.fetch(_KEYS, [source for source, _ in keys], [key for _, key in keys])
    return {(row["source"], row["key"]): row["activity_id"] for row in rows}


async def get_parts(session: Session, ids: Sequence[int]) -> dict[int, list[ActivityView]]:
    """Every member's part in these activities, the inviter first; unknown ones are left out."""
    if not ids:
        return {}
    driver = await raw(session)
    found: dict[int, list[ActivityView]] = {}
    for view in await _opened(session, await driver.fetch(_BY_ID, sorted(set(ids)))):
        found.setdefault(view.activity_id, []).append(view)
    return found


async def get_activity(session: Session, activity_id: int, sight: Sight) -> list[ActivityView]:
    """Every member's part in an activity, if the caller sees all of them. Raises ActivityNotFound."""
    parts = (await get_parts(session, [activity_id])).get(activity_id, [])
    by_now = await members.roots(session, [part.member_id for part in parts])
    seen = await members.seen_among(session, list(by_now.values()), sight)
    if not parts or not all(member_id in seen for member_id in by_now.values()):
        raise ActivityNotFound
    return parts


async def list_activities(
    session: Session, member_ids: Sequence[int], *, kind: str | None, limit: int, cursor: str | None
) -> Page[ActivityView]:
    """The activities of everybody who is one member, the newest first. Raises BadCursor."""
    at, last_id, last_member = _place_in(cursor)
    driver = await raw(session)
    rows = await driver.fetch(_PAGE, list(member_ids), kind, at, last_id, last_member, limit + 1)
    shown = await _opened(session, rows[:limit])
    following = None
    if len(rows) > limit:
        last = shown[-1]
        following = encode_cursor(_SORT, [last.occurred_at.isoformat(), last.activity_id, last.member_id])
    return Page(items=shown, next=following)


async def list_before(
    session: Session, member_id: int, before: tuple[datetime, int] | None, limit: int
) -> list[ActivityView]:
    """One member's own activities before a place in the timeline, the newest first; what came with them stays shut."""
    driver = await raw(session)
    at, number = before or (None, 0)
    return [_view(row, None) for row in await driver.fetch(_BEFORE, member_id, at, number, limit)]


async def load_awards(
    session: Session, versions: Sequence[earning.RuleVersion], member_id: int, activity_id: int
) -> tuple[ActivityAward, ...]:
    """What is left of what one member's part in an activity gave."""
    driver = await raw(session)
    rows = await driver.fetch(
        """
        select rule_version_id, currency, awarded from activity_award
        where member_id = $1 and activity_id = $2 and taken_back = 0 order by rule_version_id, currency
        """,
        member_id,
        activity_id,
    )
    known = {version.rule_version_id: version for version in versions}
    return tuple(
        ActivityAward(
            version=known[row["rule_version_id"]],
            currency=row["currency"],
            entitled=row["awarded"],
            awarded=row["awarded"],
        )
        for row in rows
    )


async def who_did(session: Session, member_ids: Sequence[int], kind: ActivityKind) -> set[int]:
    """Those of these members of whom an activity of a kind is recorded."""
    driver = await raw(session)
    rows = await driver.fetch(
        "select distinct member_id from activity where member_id = any($1::bigint[]) and kind = $2",
        list(member_ids),
        kind,
    )
    return {row["member_id"] for row in rows}


async def load_visits(session: Session, member_ids: Sequence[int], since: date) -> list[tuple[int, date, int]]:
    """How often these members checked in on each day from a day on; what was cancelled does not count."""
    driver = await raw(session)
    rows = await driver.fetch(
        """
        select member_id, business_day, count(*) as count from activity
        where member_id = any($1::bigint[]) and kind = 'check_in' and business_day >= $2 and cancelled_at is null
        group by member_id, business_day
        """,
        list(member_ids),
        since,
    )
    return [(row["member_id"], row["business_day"], row["count"]) for row in rows]


def _place_in(cursor: str | None) -> tuple[datetime | None, int, int]:
    if cursor is None:
        return None, 0, 0
    at, activity_id, member_id = decode_cursor(cursor, _SORT, 3)
    try:
        place_at = datetime.fromisoformat(at)
        numbers = int(activity_id), int(member_id)
    except (ValueError, TypeError):
        raise BadCursor from None
    if place_at.tzinfo is None or not all(0 <= number < 2**63 for number in numbers):
        raise BadCursor
    return place_at, *numbers


async def _opened(session: Session, rows: Sequence[Any]) -> list[ActivityView]:
    sealed = {
        place(row["member_id"], row["activity_id"]): (row["member_id"], row["payload"])
        for row in rows
        if row["payload"] is not None
    }
    clear = await members.open_for(session, sealed) if sealed else {}
    return [_view(row, clear.get(place(row["member_id"], row["activity_id"]))) for row in rows]


def _view(row: Any, payload: bytes | None) -> ActivityView:
    values = {name: value for name, value in row.items() if name != "payload"}
    return ActivityView(**values, payload=orjson.loads(payload) if payload is not None else None)
