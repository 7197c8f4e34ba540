"""Giving a custom field of many members one value."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from shuke.foundation import customization
from shuke.people import members
from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from ..errors import FieldNotForMany
from ..extensions import BulkAction, BulkRun, Outcome, Plan
from .replacing import ALREADY, already, outcomes, untouched


class FieldParameters(BaseModel):
    """A field by its key, and its value; null empties it."""

    model_config = ConfigDict(extra="forbid")

    key: Annotated[str, Field(min_length=1, max_length=60)]
    value: Any = None


async def check(session: Session, actor: Actor, parameters: FieldParameters) -> None:
    """Raises FieldNotForMany and BadValue."""
    del actor
    await _value(session, parameters)


async def _value(session: Session, parameters: FieldParameters) -> customization.Value | None:
    """The value in the form in which it is kept."""
    field = (await customization.find_fields(session, [parameters.key])).get(parameters.key)
    if field is None or field.is_personal:
        raise FieldNotForMany
    kept = customization.read_all([field], {}, {parameters.key: parameters.value}, is_new=False)
    return kept.get(parameters.key)


async def plan(session: Session, actor: Actor, parameters: FieldParameters, member_ids: Sequence[int]) -> Plan:
    """Who has this value already is skipped."""
    del actor
    value = await _value(session, parameters)
    present = await members.values_of(session, member_ids, parameters.key)
    return Plan(skipped={one: ALREADY for one, held in present.items() if held == value})


async def perform(
    session: Session, run: BulkRun, parameters: FieldParameters, member_ids: Sequence[int]
) -> list[Outcome]:
    """Set it, and remember what was there."""
    del run
    value = await _value(session, parameters)
    before = await members.set_values(session, parameters.key, dict.fromkeys(member_ids, value))
    made = await members.last_field_changes(session, list(before), parameters.key)
    return outcomes(member_ids, {one: {"value": was} for one, was in before.items()}, made)


async def undo(
    session: Session, run: BulkRun, parameters: FieldParameters, before: Mapping[int, Mapping[str, Any]]
) -> set[int]:
    """Back to what stood there, unless somebody has changed it since."""
    del run
    present = await members.values_of(session, list(before), parameters.key, hold=True)
    last = await members.last_field_changes(session, list(present), parameters.key)
    back = {one: before[one]["value"] for one in untouched(before, last)}
    return set(await members.set_values(session, parameters.key, back))


FIELD = BulkAction(
    key="field",
    label=LocalName("改自定义字段", "Set a custom field"),
    permission=members.WRITE.code,
    parameters=FieldParameters,
    reasons=already("已经是这个值", "has this value already"),
    check=check,
    plan=plan,
    perform=perform,
    undo=undo,
)
