"""Verbs of earning rules: draft, publish, retire, copy."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from shuke.foundation import organization
from shuke.platform import clock, events
from shuke.platform.actor import SYSTEM, Actor
from shuke.platform.db import Session, dump_json
from shuke.platform.i18n import Language, LocalName

from .check import check_definition
from .errors import (
    BadDraft,
    DayInThePast,
    DraftChanged,
    DraftNotFound,
    DraftUnchanged,
    NothingToRetire,
    RuleCodeTaken,
    RuleNotFound,
    RuleWasPublished,
    TooManyRules,
)
from .events import EarningRulePublished, EarningRuleRetired
from .queries import MOST_RULES, RuleRecord, get_rule
from .rules import read_definition, written
from .tables import earning_rule, earning_rule_draft, earning_rule_version, earning_stamp

_MOST_KB = 256


async def add_rule(session: Session, *, code: str, name: LocalName) -> RuleRecord:
    """Make a rule that says nothing yet. Raises RuleCodeTaken, TooManyRules."""
    count = await session.scalar(select(func.count()).select_from(earning_rule))
    if (count or 0) >= MOST_RULES:
        raise TooManyRules(limit=MOST_RULES)
    made = await session.execute(
        insert(earning_rule)
        .values(code=code, name_zh=name.zh, name_en=name.en)
        .on_conflict_do_nothing(index_elements=["code"])
        .returning(earning_rule.c.rule_id)
    )
    if made.first() is None:
        raise RuleCodeTaken(rule=code)
    return await get_rule(session, code)


async def rename_rule(session: Session, code: str, name: LocalName) -> RuleRecord:
    """Give a rule another name; explanations show it at once. Raises RuleNotFound."""
    await _lock_rule(session, code)
    await session.execute(
        update(earning_rule).where(earning_rule.c.code == code).values(name_zh=name.zh, name_en=name.en)
    )
    return await get_rule(session, code)


async def save_draft(
    session: Session, code: str, definition: dict[str, Any], *, note: str, seen: int | None, actor: Actor
) -> RuleRecord:
    """Save what waits to be published. `seen`: the revision that the caller has read, 0 where there was none.

    Raises RuleNotFound, DraftChanged, BadDraft.
    """
    if len(dump_json(definition)) > _MOST_KB * 1024:
        raise BadDraft(limit=_MOST_KB)
    rule = await _lock_rule(session, code)
    _require_seen(rule, seen)
    values = {"definition": definition, "note": note, "saved_at": clock.now(), "saved_by": actor.name}
    revision = rule.draft.revision + 1 if rule.draft else 1
    await session.execute(
        insert(earning_rule_draft)
        .values(rule_id=rule.rule_id, revision=revision, **values)
        .on_conflict_do_update(index_elements=["rule_id"], set_={**values, "revision": revision})
    )
    return await get_rule(session, code)


async def discard_draft(session: Session, code: str, *, seen: int | None) -> None:
    """Throw a draft away. Raises RuleNotFound, DraftNotFound, DraftChanged."""
    rule = await _lock_rule(session, code)
    if rule.draft is None:
        raise DraftNotFound(rule=code)
    _require_seen(rule, seen)
    await session.execute(delete(earning_rule_draft).where(earning_rule_draft.c.rule_id == rule.rule_id))


async def remove_rule(session: Session, code: str) -> None:
    """Remove a rule that was never published. Raises RuleNotFound, RuleWasPublished."""
    rule = await _lock_rule(session, code)
    if rule.versions:
        raise RuleWasPublished(rule=code)
    await session.execute(delete(earning_rule_draft).where(earning_rule_draft.c.rule_id == rule.rule_id))
    await session.execute(delete(earning_rule).where(earning_rule.c.rule_id == rule.rule_id))


async def copy_rule(session: Session, code: str, *, new_code: str, name: LocalName, actor: Actor) -> RuleRecord:
    """Make a new rule whose draft says what this one's draft, or else its newest version, says.

    Raises RuleNotFound, RuleCodeTaken, TooManyRules.
    """
    source = await get_rule(session, code)
    await add_rule(session, code=new_code, name=name)
    said = source.draft or source.newest
    if said is not None:
        await save_draft(session, new_code, said.definition, note="", seen=None, actor=actor)
    return await get_rule(session, new_code)


async def publish_draft(
    session: Session,
    code: str,
    *,
    from_day: date | None,
    seen: int | None,
    actor: Actor,
    language: Language = "en",
) -> RuleRecord:
    """Publish a draft for ever, in force from the start of a day; None: at once. `language`: of what is wrong with it.

    Raises RuleNotFound, DraftNotFound, DraftChanged, DefinitionInvalid, EffectNotAvailable, DraftUnchanged,
    DayInThePast.
    """
    rule = await _lock_rule(session, code)
    if rule.draft is None:
        raise DraftNotFound(rule=code)
    _require_seen(rule, seen)
    definition = written(await check_definition(session, rule.draft.definition, language=language))
    begins = await _instant(session, from_day)
    newest = rule.newest
    if newest and newest.effective_until is None and written(read_definition(newest.definition)) == definition:
        raise DraftUnchanged(version=newest.version)
    await _write_version(session, rule, definition, begins, rule.draft.note, actor)
    await session.execute(delete(earning_rule_draft).where(earning_rule_draft.c.rule_id == rule.rule_id))
    return await get_rule(session, code)


async def retire_rule(session: Session, code: str, *, from_day: date | None, actor: Actor) -> RuleRecord:
    """End a rule from the start of a day; None: at once. What has not begun by then never will.

    Raises RuleNotFound, NothingToRetire, DayInThePast.
    """
    rule = await _lock_rule(session, code)
    if rule.newest is None or rule.newest.effective_until is not None:
        raise NothingToRetire(rule=code)
    ends = await _instant(session, from_day)
    return await end_rule(session, code, ends=ends, actor=actor)


async def end_rule(session: Session, code: str, *, ends: datetime, actor: Actor) -> RuleRecord:
    """End a rule at an instant, which may lie in the past where a programme is imported. Raises RuleNotFound."""
    rule = await _lock_rule(session, code)
    now = clock.now()
    version = earning_rule_version.c
    await session.execute(
        update(earning_rule_version)
        .where(version.rule_id == rule.rule_id, version.effective_until.is_(None))
        .values(effective_until=ends, retired_at=now, retired_by=actor.name)
    )
    await _draw_stamp(session)
    retired = EarningRuleRetired(member_id=0, occurred_at=now, rule=rule.code, effective_until=ends.isoformat())
    await events.publish(session, [retired])
    return await get_rule(session, rule.code)


async def publish_definition(
    session: Session,
    *,
    code: str,
    name: LocalName,
    definition: dict[str, Any],
    effective_from: datetime,
    actor: Actor,
    note: str = "",
) -> int:
    """Publish a version as it stands, making the rule when its code is new; for setting up and importing a programme,
    which may reach back. Returns the rule version's id.
    """
    names = {"name_zh": name.zh, "name_en": name.en}
    await session.execute(
        insert(earning_rule).values(code=code, **names).on_conflict_do_update(index_elements=["code"], set_=names)
    )
    rule = await _lock_rule(session, code)
    return await _write_version(session, rule, written(read_definition(definition)), effective_from, note, actor)


async def publish_rule(
    session: Session,
    *,
    code: str,
    name_zh: str,
    name_en: str,
    effective_from: datetime,
    parameters: dict[str, Any],
) -> int:
    """Publish a rule with one effect for every paid order: what a shop starts with. Returns the rule version's id."""
    return await publish_definition(
        session,
        code=code,
        name=LocalName(name_zh, name_en),
        definition={"activity": "order_paid", "branches": [{"when": None, "effects": [parameters]}]},
        effective_from=effective_from,
        actor=SYSTEM,
    )


async def _write_version(
    session: Session,
    rule: RuleRecord,
    definition: dict[str, Any],
    effective_from: datetime,
    note: str,
    actor: Actor,
) -> int:
    now = clock.now()
    version = len(rule.versions) + 1
    version_id: int | None = await session.scalar(
        earning_rule_version.insert()
        .values(
            rule_id=rule.rule_id,
            version=version,
            definition=definition,
            note=note,
            effective_from=effective_from,
            # What holds from before today is there from its first day on: orders of that time are judged by it.
            published_at=min(effective_from, now),
            published_by=actor.name,
        )
        .returning(earning_rule_version.c.rule_version_id)
    )
    assert version_id is not None
    await _draw_stamp(session)
    published = EarningRulePublished(
        member_id=0, occurred_at=now, rule=rule.code, version=version, effective_from=effective_from.isoformat()
    )
    await events.publish(session, [published])
    return version_id


async def _lock_rule(session: Session, code: str) -> RuleRecord:
    """The rule, kept from others until the transaction ends. Raises RuleNotFound."""
    locked = select(earning_rule.c.rule_id).where(earning_rule.c.code == code).with_for_update()
    if await session.scalar(locked) is None:
        raise RuleNotFound(rule=code)
    return await get_rule(session, code)


async def _draw_stamp(session: Session) -> None:
    await session.execute(update(earning_stamp).values(stamp=func.gen_random_uuid()))


async def _instant(session: Session, day: date | None) -> datetime:
    """When a change begins: now, or at the start of a later day. Raises DayInThePast."""
    now = clock.now()
    zone = (await organization.get_shop(session)).zone
    today = clock.business_day(now, zone)
    if day is None or day == today:
        return now
    if day < today:
        raise DayInThePast(today=today.isoformat())
    return clock.start_of_day(day, zone)


def _require_seen(rule: RuleRecord, seen: int | None) -> None:
    """Raises DraftChanged."""
    revision = rule.draft.revision if rule.draft else 0
    if seen is not None and seen != revision:
        raise DraftChanged(rule=rule.code, revision=revision)
