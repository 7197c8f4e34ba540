"""Verbs of custom fields. Values are never touched by them: keys and kinds stay as they were chosen."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from shuke.platform import clock, jobs
from shuke.platform.db import Session

from .errors import FieldChanged, FieldNotFound, KeyTaken, TooManyFields
from .queries import get_field, list_fields
from .rules.definitions import checked
from .rules.fields import MOST_FIELDS, MOST_FILTERABLE, Field
from .tables import custom_field

INDEX_JOB = "custom_fields.index"
# Counting up to a limit and adding one more are one step.
_ONE_AT_A_TIME = text("select pg_advisory_xact_lock(hashtext('customization'))")
_WITH_INDEX = ("building", "ready", "failed")


async def add_field(session: Session, field: Field, *, is_filterable: bool) -> Field:
    """A new field, after the others. Raises BadDefinition, KeyTaken or TooManyFields."""
    await session.execute(_ONE_AT_A_TIME)
    fitting = checked(field, is_filterable=is_filterable)
    used = await session.scalar(select(func.count()).select_from(custom_field).where(~custom_field.c.is_archived))
    if (used or 0) >= MOST_FIELDS:
        raise TooManyFields(limit=MOST_FIELDS, filterable=MOST_FILTERABLE)
    last = await session.scalar(select(func.coalesce(func.max(custom_field.c.position), 0)))
    values = {
        **_values(replace(fitting, position=(last or 0) + 1)),
        "key": field.key,
        "kind": field.kind,
        "is_personal": field.is_personal,
        "is_archived": False,
        "index_state": "none",
        "index_progress": 0,
        "version": 1,
        "added_at": clock.now(),
    }
    added = await session.scalar(
        insert(custom_field).values(**values).on_conflict_do_nothing().returning(custom_field.c.field_id)
    )
    if added is None:
        raise KeyTaken(key=field.key)
    if is_filterable:
        await set_filterable(session, field.key, is_filterable=True)
    return await get_field(session, field.key)


async def change_field(session: Session, changed: Field, *, version: int | None) -> Field:
    """Write a field's words, limits and choices anew. Key, kind and whether it is personal never change.

    Raises FieldNotFound, FieldChanged or BadDefinition.
    """
    present = await get_field(session, changed.key, hold=True)
    if version is not None and version != present.version:
        raise FieldChanged(version=present.version)
    fitting = checked(
        replace(changed, kind=present.kind, is_personal=present.is_personal),
        is_filterable=present.index_state in _WITH_INDEX,
    )
    await _write(session, present, _values(replace(fitting, position=present.position)))
    return await get_field(session, changed.key)


async def archive_field(session: Session, key: str) -> Field:
    """Take a field out of use; what was filled in stays. Its index goes. Raises FieldNotFound."""
    present = await get_field(session, key, hold=True)
    if not present.is_archived:
        if present.index_state in _WITH_INDEX:
            await _ask_for_index(session, present, "dropping")
        await _write(session, present, {"is_archived": True})
    return await get_field(session, key)


async def restore_field(session: Session, key: str) -> Field:
    """Bring an archived field back, with what was filled in. Raises FieldNotFound or TooManyFields."""
    await session.execute(_ONE_AT_A_TIME)
    present = await get_field(session, key, hold=True)
    if present.is_archived:
        if len(await list_fields(session)) >= MOST_FIELDS:
            raise TooManyFields(limit=MOST_FIELDS, filterable=MOST_FILTERABLE)
        await _write(session, present, {"is_archived": False})
    return await get_field(session, key)


async def arrange_fields(session: Session, keys: Sequence[str]) -> list[Field]:
    """Show the fields in this order; those that are not named come after. Raises FieldNotFound."""
    await session.execute(_ONE_AT_A_TIME)
    present = await list_fields(session, with_archived=True)
    places = {key: place for place, key in enumerate(dict.fromkeys(keys), 1)}
    if not places.keys() <= {field.key for field in present}:
        raise FieldNotFound
    ordered = sorted(present, key=lambda field: places.get(field.key, len(places) + field.position + 1))
    new = func.array_position([field.key for field in ordered], custom_field.c.key)
    await session.execute(update(custom_field).values(position=new))
    return await list_fields(session)


async def set_filterable(session: Session, key: str, *, is_filterable: bool) -> Field:
    """Ask for a field's index, or for its end; background work does it. Asking again after a failure tries again.

    Raises FieldNotFound, BadDefinition (not a field to be filtered by) or TooManyFields.
    """
    await session.execute(_ONE_AT_A_TIME)
    present = await get_field(session, key, hold=True)
    if not is_filterable:
        if present.index_state in _WITH_INDEX:
            await _ask_for_index(session, present, "dropping")
        return await get_field(session, key)
    checked(present, is_filterable=True)
    if present.is_archived:
        raise FieldNotFound
    others = [one for one in await list_fields(session) if one.index_state in _WITH_INDEX and one.key != key]
    if len(others) >= MOST_FILTERABLE:
        raise TooManyFields(limit=MOST_FIELDS, filterable=MOST_FILTERABLE)
    if present.index_state != "ready":
        await _ask_for_index(session, present, "building")
    return await get_field(session, key)


async def note_index(
    session: Session, field_id: int, *, expected: str, state: str, progress: int = 0, problem: str | None = None
) -> bool:
    """Note how far an index is, unless something else was asked for meanwhile. Whether it was noted."""
    done = await session.execute(
        update(custom_field)
        .where(custom_field.c.field_id == field_id, custom_field.c.index_state == expected)
        .values(index_state=state, index_progress=progress, index_problem=problem)
    )
    return done.rowcount == 1


async def _ask_for_index(session: Session, field: Field, state: str) -> None:
    values: dict[str, Any] = {"index_state": state, "index_progress": 0, "index_problem": None}
    await session.execute(update(custom_field).where(custom_field.c.field_id == field.id).values(**values))
    await jobs.enqueue(session, INDEX_JOB, {"field_id": field.id})


async def _write(session: Session, field: Field, values: dict[str, Any]) -> None:
    written = {**values, "version": field.version + 1}
    await session.execute(update(custom_field).where(custom_field.c.field_id == field.id).values(**written))


def _values(field: Field) -> dict[str, Any]:
    return {
        "label_zh": field.label.zh,
        "label_en": field.label.en,
        "help_zh": field.help.zh,
        "help_en": field.help.en,
        "group_zh": field.group.zh,
        "group_en": field.group.en,
        "position": field.position,
        "is_required": field.is_required,
        "limits": {name: value for name, value in vars(field.limits).items() if value is not None},
        "choices": [
            {"code": one.code, "zh": one.name.zh, "en": one.name.en, "is_archived": one.is_archived}
            for one in field.choices
        ],
        "default_value": field.default,
    }
