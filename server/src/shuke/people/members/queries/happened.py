"""What happened to a member, for the timeline: joined, status, profile, identities, merges, whose they are."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, DateTime, Row, literal, or_, select, tuple_

from shuke.foundation import staff
from shuke.platform.audit import audit
from shuke.platform.db import Session
from shuke.platform.events import event_log
from shuke.platform.i18n import Language
from shuke.platform.pages import merged_id, position_in

from ..attribution.tables import member_attribution_change
from ..rules import happened
from ..rules.timeline import TimelineItem, TimelinePlace, merged, status_item, status_joined
from ..tables import member, member_merge, member_status_change
from .labels import employee_names, store_refs

_UNMASKED = "members.unmask"
_LOOKED = {"zh": "{who}查看了未脱敏的信息", "en": "{who} saw data in clear"}
_SOMEBODY = {"zh": "有人", "en": "Somebody"}
_BETWEEN = {"zh": "、", "en": ", "}
_VALUES = {
    "phone": {"zh": "手机号", "en": "phone"},
    "email": {"zh": "邮箱", "en": "e-mail"},
    "identities": {"zh": "身份", "en": "identities"},
}


async def load_member_timeline(
    session: Session, member_id: int, before: TimelinePlace | None, limit: int, language: Language
) -> list[TimelineItem]:
    """The members' own kind of the timeline."""
    joined_at = (
        await session.execute(select(member.c.joined_at).where(member.c.member_id == member_id))
    ).scalar_one_or_none()
    if joined_at is None:
        return []
    items = [status_joined(joined_at, language)]
    items += await _status(session, member_id, language)
    items += await _merges(session, member_id, language)
    items += await _attributions(session, member_id, language)
    items = [item for item in items if before is None or (item.at, item.id) < before]
    return merged([items, await _events(session, member_id, before, limit, language)], limit)


async def load_access_timeline(
    session: Session, member_id: int, before: TimelinePlace | None, limit: int, language: Language
) -> list[TimelineItem]:
    """Who asked to see what of a member in clear, and why."""
    line = audit.c
    wanted = select(line.id, line.at, line.actor, line.details).where(
        line.member_id == member_id, line.action == _UNMASKED, line.result == "ok"
    )
    stop = position_in("access", before)
    if stop is not None:
        wanted = wanted.where(tuple_(line.at, line.id) < _place(stop))
    rows = (await session.execute(wanted.order_by(line.at.desc(), line.id.desc()).limit(limit))).all()
    names = await staff.actor_names(session, sorted({row.actor for row in rows}))
    return [_access_item(row, names, language) for row in rows]


async def _status(session: Session, member_id: int, language: Language) -> list[TimelineItem]:
    rows = await session.execute(
        select(member_status_change)
        .where(member_status_change.c.member_id == member_id)
        .order_by(member_status_change.c.version)
    )
    return [status_item(row.version, row.changed_at, row.after, language) for row in rows]


async def _merges(session: Session, member_id: int, language: Language) -> list[TimelineItem]:
    column = member_merge.c
    was_absorbed = (column.absorbed_id == member_id) & column.undone_at.is_not(None)
    rows = (await session.execute(select(member_merge).where(or_(column.survivor_id == member_id, was_absorbed)))).all()
    if not rows:
        return []
    others = {row.merge_id: row.absorbed_id if row.survivor_id == member_id else row.survivor_id for row in rows}
    found = await session.execute(
        select(member.c.member_id, member.c.number).where(member.c.member_id.in_(sorted(set(others.values()))))
    )
    numbers = {row.member_id: row.number for row in found}
    actors = {one for row in rows for one in (row.actor, row.undone_by) if one}
    names = await staff.actor_names(session, sorted(actors))
    return [
        item
        for row in rows
        for item in happened.merge_items(row._asdict(), member_id, numbers[others[row.merge_id]], names, language)
    ]


async def _attributions(session: Session, member_id: int, language: Language) -> list[TimelineItem]:
    column = member_attribution_change.c
    rows = (await session.execute(select(member_attribution_change).where(column.member_id == member_id))).all()
    if not rows:
        return []
    stores = {one for row in rows for one in (row.store_before, row.store_after) if one is not None}
    people = {
        one
        for row in rows
        for one in (row.employee_before, row.employee_after, row.manager_before, row.manager_after)
        if one is not None
    }
    places = {store_id: store.name for store_id, store in (await store_refs(session, sorted(stores))).items()}
    names = await employee_names(session, sorted(people))
    return [
        happened.attribution_item(row.change_id, row.changed_at, _moved(row, places, names), language) for row in rows
    ]


def _moved(
    row: Row[Any], stores: Mapping[int, str], people: Mapping[int, str]
) -> Sequence[tuple[str, str | None, str | None]]:
    sides = (
        ("store", row.store_before, row.store_after, stores),
        ("employee", row.employee_before, row.employee_after, people),
        ("manager", row.manager_before, row.manager_after, people),
    )
    return [(which, names.get(was), names.get(now)) for which, was, now, names in sides if was != now]


async def _events(
    session: Session, member_id: int, before: TimelinePlace | None, limit: int, language: Language
) -> list[TimelineItem]:
    column = event_log.c
    number = (column.id + literal(happened.EVENTS, BigInteger())).label("number")
    wanted = select(event_log, number).where(column.member_id == member_id, column.name.in_(happened.TOLD))
    stop = position_in("member", before)
    if stop is not None:
        wanted = wanted.where(tuple_(column.occurred_at, number) < _place(stop))
    rows = await session.execute(wanted.order_by(column.occurred_at.desc(), column.id.desc()).limit(limit))
    return [happened.event_item(row.id, row.name, row.occurred_at, row.body, language) for row in rows]


def _access_item(row: Any, names: Mapping[str, str], language: Language) -> TimelineItem:
    fields = [str(field) for field in row.details.get("fields", ())]
    told = [
        _VALUES[field][language] if field in _VALUES else happened.field_names([field], language)[0] for field in fields
    ]
    reason = row.details.get("reason")
    parts = [_BETWEEN[language].join(dict.fromkeys(told)), str(reason) if reason else ""]
    return TimelineItem(
        id=merged_id("access", row.id),
        at=row.at,
        kind="access",
        type="access.unmasked",
        title=_LOOKED[language].format(who=_who(names.get(row.actor), language)),
        summary=" · ".join(part for part in parts if part) or None,
    )


def _who(name: str | None, language: Language) -> str:
    if name is None:
        return _SOMEBODY[language]
    return name if language == "en" else f"{name} "


def _place(stop: tuple[Any, int]) -> Any:
    return tuple_(literal(stop[0], DateTime(timezone=True)), literal(stop[1], BigInteger()))
