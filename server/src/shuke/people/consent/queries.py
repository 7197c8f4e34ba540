"""Questions about consent; nothing here writes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Row, any_, bindparam, func, literal, select, tuple_
from sqlalchemy.dialects.postgresql import ARRAY

from shuke.foundation import organization
from shuke.people import members
from shuke.platform import clock
from shuke.platform.db import Session, raw
from shuke.platform.i18n import LocalName
from shuke.platform.pages import DEFAULT_LIMIT, BadCursor, Page, decode_cursor, encode_cursor

from . import rules
from .errors import NoticeNotFound, PurposeNotFound
from .rules import Ask, Branch, Decision, Notice, Purpose, Standing, State
from .tables import consent_change, consent_notice, consent_policy, consent_purpose

# A person is a member and everybody who was merged into it, and into those.
_TREES = """
    with recursive part as (
        select id as root, id as member_id, null::bigint as parent, null::integer as mark
        from unnest($1::bigint[]) as given (id)
        union all
        select part.root, m.absorbed_id, m.survivor_id, m.change_count
        from part join consent_merge m on m.survivor_id = part.member_id
    )
    select part.root, part.member_id, part.parent, part.mark, own.minor_until
    from part left join consent_member own on own.member_id = part.member_id
"""
_STATES = """
    select member_id, topic, channel, kind, change_no, at, notice_version, is_by_guardian
    from consent_state
    where member_id = any($1::bigint[]) and ($2::text[] is null or topic = any($2::text[]))
"""
_LEFT = """
    select member_id, at from consent_state
    where topic = $1 and channel = '' and kind = 'withdrawn' and at < $2
    order by at, member_id limit $3
"""
# Evidence goes when none of its changes is newer, and none of them still says yes.
_EVIDENCE = """
    with held as (
        select e.member_id, e.evidence_no, max(c.at) as newest, min(c.at) as oldest,
               bool_or(s.kind is not distinct from 'given') as is_live
        from consent_evidence e
        join consent_change c using (member_id, evidence_no)
        left join consent_state s on s.member_id = c.member_id and s.topic = c.topic and s.channel = c.channel
            and s.change_no = c.change_no
        group by e.member_id, e.evidence_no
        having bool_or(c.topic = $1)
    )
    select count(*) as held, min(oldest) as oldest,
           count(*) filter (where newest < $2 and not is_live and member_id <> all($3::bigint[])) as overdue
    from held
"""
_ALWAYS = (*(rules.stop_topic(stop) for stop in rules.STOPS), rules.GONE, rules.GUARDIAN)


@dataclass(frozen=True, kw_only=True)
class Policy:
    """How the shop asks: how long a no is respected, and who is a minor."""

    cooldown_days: int
    minor_age: int


@dataclass(frozen=True, kw_only=True)
class NoticeVersion:
    """One version of a notice. Without `published_at` it is a draft."""

    code: str
    version: int
    text: LocalName
    change: LocalName
    is_substantial: bool
    purposes: Sequence[Mapping[str, Any]]
    hash: str | None
    written_at: datetime
    written_by: str
    published_at: datetime | None
    published_by: str | None


@dataclass(frozen=True, kw_only=True)
class ChannelView:
    """What holds for one purpose on one channel."""

    channel: str
    state: State | None
    decision: Decision
    ask: Ask


@dataclass(frozen=True, kw_only=True)
class PurposeView:
    """What holds for one purpose."""

    purpose: Purpose
    channels: Sequence[ChannelView]


@dataclass(frozen=True, kw_only=True)
class ConsentView:
    """Everything that a member said."""

    member_id: int
    standing: Standing
    is_minor: bool
    purposes: Sequence[PurposeView]


async def get_policy(session: Session) -> Policy:
    """How the shop asks."""
    row = (await session.execute(select(consent_policy))).one()
    return Policy(cooldown_days=row.cooldown_days, minor_age=row.minor_age)


async def list_purposes(session: Session) -> list[Purpose]:
    """Every purpose, by code."""
    rows = await session.execute(select(consent_purpose).order_by(consent_purpose.c.code))
    return [_purpose(row) for row in rows]


async def get_purposes(session: Session, codes: Sequence[str]) -> dict[str, Purpose]:
    """Purposes by code. Raises PurposeNotFound."""
    found = {one.code: one for one in await list_purposes(session)}
    for code in codes:
        if code not in found:
            raise PurposeNotFound(purpose=code)
    return {code: found[code] for code in codes}


async def notices_that_count(session: Session) -> dict[str, Notice]:
    """The published notices by code: newest version, and the oldest that consents may stand on."""
    published = consent_notice.c.published_at.is_not(None)
    rows = await session.execute(
        select(
            consent_notice.c.code,
            func.max(consent_notice.c.version).label("newest"),
            func.max(consent_notice.c.version).filter(consent_notice.c.is_substantial).label("needed"),
        )
        .where(published)
        .group_by(consent_notice.c.code)
    )
    return {row.code: Notice(newest=row.newest, needed=row.needed or 1) for row in rows}


async def allows(session: Session, member_id: int, purpose: str, channel: str, at: datetime) -> Decision:
    """Whether a member's data may be used for a purpose on a channel. The one question that senders ask."""
    return (await allows_many(session, [member_id], purpose, channel, at))[member_id]


async def allows_many(
    session: Session, member_ids: Sequence[int], purpose: str, channel: str, at: datetime
) -> dict[int, Decision]:
    """The same for many, by the ids that were given; through merges."""
    known = {one.code: one for one in await list_purposes(session)}.get(purpose)
    notice = (await notices_that_count(session)).get(known.notice_code) if known else None
    roots = await members.roots(session, member_ids)
    standings = await get_standings(session, sorted(set(roots.values())), (purpose, *_ALWAYS))
    today = clock.business_day(at, (await organization.get_shop(session)).zone)
    unknown = Decision(allowed=False, reason="no_member")
    return {
        member_id: rules.decide(known, channel, standings[roots[member_id]], notice, at=at, today=today)
        if member_id in roots
        else unknown
        for member_id in member_ids
    }


async def may_ask(session: Session, member_id: int, purpose: str, channel: str, at: datetime) -> Ask:
    """Whether a member may be asked for a consent now."""
    decision = await allows(session, member_id, purpose, channel, at)
    known = {one.code: one for one in await list_purposes(session)}.get(purpose)
    root = (await members.roots(session, [member_id])).get(member_id, member_id)
    standing = (await get_standings(session, [root], (purpose, *_ALWAYS)))[root]
    policy = await get_policy(session)
    return rules.may_ask(decision, known, channel, standing, at=at, cooldown_days=policy.cooldown_days)


async def get_standings(
    session: Session, member_ids: Sequence[int], topics: Sequence[str] | None = None
) -> dict[int, Standing]:
    """What decides about these people by now; topics: only these."""
    driver = await raw(session)
    parts = await driver.fetch(_TREES, list(member_ids))
    rows = await driver.fetch(
        _STATES, sorted({part["member_id"] for part in parts}), list(topics) if topics is not None else None
    )
    states: dict[int, dict[rules.Key, State]] = defaultdict(dict)
    for row in rows:
        states[row["member_id"]][row["topic"], row["channel"]] = State(
            kind=row["kind"],
            change_no=row["change_no"],
            at=row["at"],
            notice_version=row["notice_version"],
            is_by_guardian=row["is_by_guardian"],
        )
    minors = {part["member_id"]: part["minor_until"] for part in parts}
    absorbed: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for part in {(part["parent"], part["member_id"], part["mark"]) for part in parts if part["parent"] is not None}:
        absorbed[part[0]].append((part[2], part[1]))

    def branch(member_id: int) -> Branch:
        children = tuple((mark, branch(child)) for mark, child in sorted(absorbed[member_id]))
        return Branch(states=states[member_id], absorbed=children, minor_until=minors.get(member_id))

    return {member_id: rules.combined(branch(member_id)) for member_id in member_ids}


async def get_consents(session: Session, member_id: int) -> ConsentView:
    """Everything that a member said, and what follows from it now."""
    at = clock.now()
    today = clock.business_day(at, (await organization.get_shop(session)).zone)
    policy = await get_policy(session)
    notices = await notices_that_count(session)
    standing = (await get_standings(session, [member_id]))[member_id]

    def view(purpose: Purpose, channel: str) -> ChannelView:
        notice = notices.get(purpose.notice_code)
        decision = rules.decide(purpose, channel, standing, notice, at=at, today=today)
        ask = rules.may_ask(decision, purpose, channel, standing, at=at, cooldown_days=policy.cooldown_days)
        return ChannelView(
            channel=channel, state=standing.states.get((purpose.code, channel)), decision=decision, ask=ask
        )

    purposes = [one for one in await list_purposes(session) if one.is_active]
    views = [PurposeView(purpose=one, channels=[view(one, channel) for channel in one.channels]) for one in purposes]
    return ConsentView(member_id=member_id, standing=standing, is_minor=rules.is_minor(standing, today), purposes=views)


async def list_history(
    session: Session, member_id: int, *, limit: int = DEFAULT_LIMIT, cursor: str | None = None
) -> Page[Row[Any]]:
    """The consent log of a person, newest first, merged members included. Raises BadCursor."""
    of_person = consent_change.c.member_id == any_(
        bindparam(None, await members.aliases(session, member_id), type_=ARRAY(BigInteger))
    )
    order = (consent_change.c.recorded_at, consent_change.c.member_id, consent_change.c.change_no)
    statement = select(consent_change).where(of_person).order_by(*(part.desc() for part in order)).limit(limit + 1)
    if cursor is not None:
        statement = statement.where(_before(order, cursor))
    rows = (await session.execute(statement)).all()
    following = None
    if len(rows) > limit:
        last = rows[limit - 1]
        following = encode_cursor("consents", [last.recorded_at.isoformat(), last.member_id, last.change_no])
    return Page(items=rows[:limit], next=following)


def _before(order: Sequence[Any], cursor: str) -> Any:
    at, member_id, change_no = decode_cursor(cursor, "consents", 3)
    if not all(type(number) is int and abs(number) < 2**62 for number in (member_id, change_no)):
        raise BadCursor
    return tuple_(*order) < tuple_(*(literal(value) for value in (_instant(at), member_id, change_no)))


def _instant(value: Any) -> datetime:
    try:
        instant = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise BadCursor from None
    if instant.tzinfo is None:
        raise BadCursor
    return instant


async def list_notices(session: Session, code: str | None = None) -> list[NoticeVersion]:
    """Every version of every notice, or of one; newest first."""
    statement = select(consent_notice).order_by(consent_notice.c.code, consent_notice.c.version.desc())
    if code is not None:
        statement = statement.where(consent_notice.c.code == code)
    return [_notice(row) for row in await session.execute(statement)]


async def get_notice(session: Session, code: str, version: int) -> NoticeVersion:
    """One version of a notice. Raises NoticeNotFound."""
    found = [one for one in await list_notices(session, code) if one.version == version]
    if not found:
        raise NoticeNotFound
    return found[0]


async def list_left(  # allow: sight — for a job
    session: Session, before: datetime, limit: int
) -> list[tuple[int, datetime]]:
    """Members who left before an instant, longest gone first: (member id, when)."""
    driver = await raw(session)
    rows = await driver.fetch(_LEFT, rules.GONE, before, limit)
    return [(row["member_id"], row["at"]) for row in rows]


async def measure_evidence(
    session: Session, topic: str, before: datetime, spared: Sequence[int]
) -> tuple[int, datetime | None, int]:
    """Evidence of a purpose: how much, since when, and how much of it is older than its time."""
    driver = await raw(session)
    row = await driver.fetchrow(_EVIDENCE, topic, before, list(spared))
    assert row is not None
    return row["held"], row["oldest"], row["overdue"]


def _purpose(row: Row[Any]) -> Purpose:
    return Purpose(
        code=row.code,
        name=LocalName(row.name_zh, row.name_en),
        basis=row.basis,
        kinds=tuple(row.kinds),
        retention_days=row.retention_days,
        recipients=LocalName(row.recipients_zh, row.recipients_en),
        channels=tuple(row.channels),
        notice_code=row.notice_code,
        is_separate=row.is_separate,
        is_marketing=row.is_marketing,
        is_personalised=row.is_personalised,
        is_automated=row.is_automated,
        is_active=row.is_active,
        version=row.version,
    )


def _notice(row: Row[Any]) -> NoticeVersion:
    return NoticeVersion(
        code=row.code,
        version=row.version,
        text=LocalName(row.text_zh, row.text_en),
        change=LocalName(row.change_zh, row.change_en),
        is_substantial=row.is_substantial,
        purposes=row.purposes,
        hash=row.hash.hex() if row.hash is not None else None,
        written_at=row.written_at,
        written_by=row.written_by,
        published_at=row.published_at,
        published_by=row.published_by,
    )
