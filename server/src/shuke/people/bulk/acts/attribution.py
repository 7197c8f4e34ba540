"""Giving members another store or employee."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from shuke.people import members
from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from ..extensions import BulkAction, BulkRun, Outcome, Plan
from .replacing import ALREADY, already, outcomes, untouched

_Id = Annotated[int, Field(ge=1, le=2**63 - 1)]


class AttributionParameters(BaseModel):
    """Where members belong from now on: what is left out stays, null is nobody."""

    model_config = ConfigDict(extra="forbid")

    store_id: _Id | None = None
    employee_id: _Id | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "AttributionParameters":
        if not self.model_fields_set:
            raise ValueError("store_id, employee_id")
        return self

    def wanted(self) -> dict[str, int | None]:
        """What is said, by the name of the column."""
        return self.model_dump(exclude_unset=True)


async def check(session: Session, actor: Actor, parameters: AttributionParameters) -> None:
    """Raises BadSource, EmployeeNotFound and EmployeeHasLeft."""
    await members.require_targets(session, members.Attribution(**parameters.wanted()), actor.sight)


async def plan(session: Session, actor: Actor, parameters: AttributionParameters, member_ids: Sequence[int]) -> Plan:
    """Who belongs there already is skipped."""
    del actor
    places = await members.list_places(session, member_ids)
    wanted = parameters.wanted()
    return Plan(skipped={one: ALREADY for one, place in places.items() if _named(place, wanted) == wanted})


async def perform(
    session: Session, run: BulkRun, parameters: AttributionParameters, member_ids: Sequence[int]
) -> list[Outcome]:
    """Each change stands in the member's history, as if it had been made one by one."""
    wanted = parameters.wanted()
    before = await members.list_places(session, member_ids, hold=True)
    changed = await members.attribute(
        session, member_ids, members.Attribution(**wanted), actor=run.actor.name, reason=run.reason
    )
    made = await members.last_attributions(session, changed, list(wanted))
    return outcomes(member_ids, {one: _named(before[one], wanted) for one in changed}, made)


async def undo(
    session: Session, run: BulkRun, parameters: AttributionParameters, before: Mapping[int, Mapping[str, Any]]
) -> set[int]:
    """Back to where they came from, unless somebody has moved them since."""
    wanted = parameters.wanted()
    held = await members.list_places(session, list(before), hold=True)
    last = await members.last_attributions(session, list(held), list(wanted))
    were = {one: {name: before[one][name] for name in wanted} for one in untouched(before, last)}
    back = {one: members.Attribution(**place) for one, place in were.items()}
    return set(await members.attribute_each(session, back, actor=run.actor.name, reason=run.reason))


def _named(place: members.Place, wanted: Mapping[str, Any]) -> dict[str, int | None]:
    return {name: getattr(place, name) for name in wanted}


ATTRIBUTION = BulkAction(
    key="attribution",
    label=LocalName("改归属（导购、门店）", "Change store or assistant"),
    permission=members.ATTRIBUTE.code,
    parameters=AttributionParameters,
    reasons=already("本来就属于这里", "belongs there already"),
    check=check,
    plan=plan,
    perform=perform,
    undo=undo,
)
