"""What members said: answers, withdrawals, stops, guardians. The log is added to and never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson
from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert

from shuke.foundation import organization
from shuke.people import members
from shuke.platform import clock, events
from shuke.platform.actor import SYSTEM, Actor, Sight
from shuke.platform.db import Session, copy_rows, raw

from .. import queries, rules
from ..errors import (
    BadChannel,
    GuardianNeeded,
    NoConsentNeeded,
    NoticeMissing,
    NoticeOutdated,
    SeparateConsent,
)
from ..events import BY_KIND
from ..queries import NoticeVersion
from ..rules import Hand, How, Kind, Purpose, Stop
from ..tables import (
    consent_change,
    consent_evidence,
    consent_member,
    consent_merge,
)

_COLUMNS = (
    "member_id",
    "change_no",
    "topic",
    "channel",
    "kind",
    "at",
    "recorded_at",
    "notice_code",
    "notice_version",
    "notice_hash",
    "how",
    "hand",
    "source",
    "screen",
    "actor",
    "store_id",
    "evidence_no",
)
# A row of their own, so that two who write about one member wait for each other and are numbered in that order.
_NUMBER = """
    insert into consent_member (member_id, change_count) values ($1, $2)
    on conflict (member_id) do update set change_count = consent_member.change_count + $2
    returning change_count
"""
_STATE = """
    insert into consent_state (member_id, topic, channel, kind, change_no, at, notice_version, is_by_guardian)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
    on conflict (member_id, topic, channel) do update
    set kind = excluded.kind, change_no = excluded.change_no, at = excluded.at,
        notice_version = excluded.notice_version, is_by_guardian = excluded.is_by_guardian
"""
_READABLE = Sight(fields={"birthday": "readable"})


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a member said of one purpose on one channel."""

    purpose: str
    channel: str
    kind: Kind


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """How it is known what a member said. `address` and `note` are sealed; the rest names nobody."""

    how: How
    hand: Hand
    source: str = ""
    screen: str = ""
    store_id: int | None = None
    address: str | None = None
    note: str | None = None
    # The version that the person saw, where the caller knows it; then only the newest is taken.
    notice_version: int | None = None


@dataclass(frozen=True, kw_only=True)
class _Line:
    topic: str
    channel: str
    kind: Kind
    notice: NoticeVersion | None = None


async def record(session: Session, member_id: int, answers: Sequence[Answer], evidence: Evidence, actor: Actor) -> None:
    """Write down what a member said. What is given needs the newest notice, and for a minor a guardian.

    Raises PurposeNotFound, BadChannel, NoConsentNeeded, NoticeMissing, NoticeOutdated, SeparateConsent, GuardianNeeded.
    """
    purposes = await queries.get_purposes(session, sorted({answer.purpose for answer in answers}))
    for answer in answers:
        if answer.channel not in purposes[answer.purpose].channels:
            raise BadChannel(purpose=answer.purpose, channel=answer.channel)
    given = {answer.purpose for answer in answers if answer.kind == "given"}
    await _require_givable(session, member_id, [purposes[code] for code in sorted(given)], evidence)
    newest = {one.code: one for one in reversed(await queries.list_notices(session)) if one.published_at is not None}
    lines = []
    for answer in answers:
        notice = newest.get(purposes[answer.purpose].notice_code)
        _require_notice(purposes[answer.purpose], answer, notice, evidence)
        lines.append(_Line(topic=answer.purpose, channel=answer.channel, kind=answer.kind, notice=notice))
    await _write(session, member_id, lines, evidence, actor)


async def withdraw(
    session: Session, member_id: int, codes: Sequence[str] | None, evidence: Evidence, actor: Actor
) -> None:
    """Take consents back in one call, on every channel: of these purposes, or (None) of all that stand on consent.

    Raises PurposeNotFound.
    """
    if codes is None:
        purposes = [one for one in await queries.list_purposes(session) if one.basis == "consent"]
    else:
        purposes = list((await queries.get_purposes(session, codes)).values())
    lines = [
        _Line(topic=purpose.code, channel=channel, kind="withdrawn")
        for purpose in purposes
        for channel in purpose.channels
    ]
    await _write(session, member_id, lines, evidence, actor)


async def stop(session: Session, member_id: int, stops: Mapping[Stop, bool], evidence: Evidence, actor: Actor) -> None:
    """Set or lift stops: of all processing, of all marketing, of personalisation, of automated decisions."""
    lines = [
        _Line(topic=rules.stop_topic(name), channel=rules.NO_CHANNEL, kind="withdrawn" if is_stopped else "given")
        for name, is_stopped in sorted(stops.items())
    ]
    await _write(session, member_id, lines, evidence, actor)


async def record_guardian(
    session: Session, member_id: int, *, is_given: bool, evidence: Evidence, actor: Actor
) -> None:
    """Write down whether a minor's guardian agrees to the membership. Raises GuardianNeeded."""
    if is_given and evidence.hand != "guardian":
        raise GuardianNeeded(age=(await queries.get_policy(session)).minor_age)
    kind: Kind = "given" if is_given else "withdrawn"
    line = _Line(topic=rules.GUARDIAN, channel=rules.NO_CHANNEL, kind=kind)
    await _write(session, member_id, [line], evidence, actor)


async def note_left(session: Session, member_ids: Mapping[int, bool]) -> None:
    """Note who has left (True), and who came back: who left is sent nothing."""
    for member_id, has_left in sorted(member_ids.items()):
        line = _Line(topic=rules.GONE, channel=rules.NO_CHANNEL, kind="withdrawn" if has_left else "given")
        evidence = Evidence(how="system", hand="system", source="status")
        await _write(session, member_id, [line], evidence, SYSTEM)


async def note_birthdays(session: Session, member_ids: Sequence[int]) -> None:
    """Note who of these members is a minor, and until when; nothing is kept about the others."""
    policy = await queries.get_policy(session)
    today = clock.business_day(clock.now(), (await organization.get_shop(session)).zone)
    found = await members.get_members(session, member_ids, _READABLE)
    ends = {one.id: rules.minor_until(one.birthday, policy.minor_age) for one in found}
    minors = {member_id: end for member_id, end in ends.items() if end is not None and end > today}
    await session.execute(
        update(consent_member)
        .where(consent_member.c.member_id.in_([one for one in ends if one not in minors]))
        .where(consent_member.c.minor_until.is_not(None))
        .values(minor_until=None)
    )
    if minors:
        new = insert(consent_member).values(
            [{"member_id": one, "change_count": 0, "minor_until": end} for one, end in sorted(minors.items())]
        )
        await session.execute(
            new.on_conflict_do_update(index_elements=["member_id"], set_={"minor_until": new.excluded.minor_until})
        )


async def note_merge(session: Session, merging: members.Merging) -> None:
    """From now on the absorbed member's answers count for the survivor, the stricter one of each."""
    await session.execute(
        insert(consent_merge).values(
            absorbed_id=merging.absorbed_id,
            survivor_id=merging.survivor_id,
            change_count=await _change_count(session, merging.survivor_id),
        )
    )


async def forget_merge(session: Session, merging: members.Merging) -> None:
    """Both members have their own answers again."""
    await session.execute(delete(consent_merge).where(consent_merge.c.absorbed_id == merging.absorbed_id))


async def forget_evidence(session: Session, before: Mapping[str, datetime], spared: Sequence[int], limit: int) -> int:
    """Delete evidence whose time is over: of changes that say nothing any more, by topic. How many rows went."""
    driver = await raw(session)
    done = 0
    for topic, until in sorted(before.items()):
        status = await driver.execute(
            """
            delete from consent_evidence where (member_id, evidence_no) in (
                select e.member_id, e.evidence_no from consent_evidence e
                where exists (
                    select from consent_change c
                    where c.member_id = e.member_id and c.evidence_no = e.evidence_no and c.topic = $1
                ) and not exists (
                    select from consent_change c
                    left join consent_state s on s.member_id = c.member_id and s.topic = c.topic
                        and s.channel = c.channel and s.change_no = c.change_no
                    where c.member_id = e.member_id and c.evidence_no = e.evidence_no
                        and (c.at >= $2 or s.kind = 'given')
                ) and e.member_id <> all($3::bigint[])
                limit $4
            )
            """,
            topic,
            until,
            list(spared),
            limit,
        )
        done += int(status.split()[-1])
    return done


async def _change_count(session: Session, member_id: int) -> int:
    driver = await raw(session)
    count: int | None = await driver.fetchval(_NUMBER, member_id, 0)
    return count or 0


async def _require_givable(session: Session, member_id: int, purposes: Sequence[Purpose], evidence: Evidence) -> None:
    if not purposes:
        return
    for purpose in purposes:
        if purpose.basis != "consent":
            raise NoConsentNeeded(purpose=purpose.code)
        if purpose.is_separate and len(purposes) > 1:
            raise SeparateConsent(purpose=purpose.code)
    await members.require_active(session, member_id)
    await note_birthdays(session, [member_id])
    standing = (await queries.get_standings(session, [member_id], ()))[member_id]
    today = clock.business_day(clock.now(), (await organization.get_shop(session)).zone)
    if rules.is_minor(standing, today) and evidence.hand != "guardian":
        raise GuardianNeeded(age=(await queries.get_policy(session)).minor_age)


def _require_notice(purpose: Purpose, answer: Answer, notice: NoticeVersion | None, evidence: Evidence) -> None:
    if answer.kind != "given":
        return
    if notice is None:
        raise NoticeMissing(notice=purpose.notice_code)
    if evidence.notice_version not in (None, notice.version):
        raise NoticeOutdated(notice=notice.code, version=notice.version)


async def _write(session: Session, member_id: int, lines: Sequence[_Line], evidence: Evidence, actor: Actor) -> None:
    """Add the lines to the log, and move the state; one evidence for all of them."""
    if not lines:
        return
    driver = await raw(session)
    count: int = await driver.fetchval(_NUMBER, member_id, len(lines))
    first = count - len(lines) + 1
    evidence_no = await _keep_evidence(session, member_id, first, evidence)
    now, wall = clock.now(), clock.wall()
    rows, states, facts = [], [], []
    for change_no, line in enumerate(lines, first):
        seen = line.notice
        version = seen.version if seen is not None else None
        rows.append(
            (
                *(member_id, change_no, line.topic, line.channel, line.kind, now, wall),
                *(seen.code if seen else None, version, bytes.fromhex(seen.hash) if seen and seen.hash else None),
                *(evidence.how, evidence.hand, evidence.source, evidence.screen, actor.name, evidence.store_id),
                evidence_no,
            )
        )
        is_by_guardian = evidence.hand == "guardian"
        states.append((member_id, line.topic, line.channel, line.kind, change_no, now, version, is_by_guardian))
        facts.append(
            BY_KIND[line.kind](
                member_id=member_id,
                occurred_at=now,
                topic=line.topic,
                channel=line.channel,
                change_no=change_no,
                notice_version=version,
            )
        )
    await copy_rows(session, consent_change, _COLUMNS, rows)
    await driver.executemany(_STATE, states)
    await events.publish(session, facts)


async def _keep_evidence(session: Session, member_id: int, evidence_no: int, evidence: Evidence) -> int | None:
    said = {name: value for name in ("address", "note") if (value := getattr(evidence, name))}
    if not said:
        return None
    sealed = await members.seal_for(session, member_id, orjson.dumps(said), evidence_place(member_id, evidence_no))
    if sealed is None:
        return None
    await session.execute(insert(consent_evidence).values(member_id=member_id, evidence_no=evidence_no, sealed=sealed))
    return evidence_no


def evidence_place(member_id: int, evidence_no: int) -> str:
    """The place of a piece of evidence: moved to another row, it does not open."""
    return f"consent:{member_id}:{evidence_no}"
