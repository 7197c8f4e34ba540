"""Giving members another store or employee."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from shuke.people import members
from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from ..extensions import BulkAction, BulkRun, Outcome, Plan

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
    return Plan(skipped={one: "already" for one, place in places.items() if _named(place, wanted) == wanted})


async def perform(
    session: Session, run: BulkRun, parameters: AttributionParameters, member_ids: Sequence[int]
) -> list[Outcome]:
    """Each change stands in the member's history, as if it had been made one by one."""
    wanted = parameters.wanted()
    before = await members.list_places(session, member_ids, hold=True)
    changed = await members.attribute(
        session, member_ids, members.Attribution(**wanted), actor=run.actor.name, reason=run.reason
    )
    moved = set(changed)
    return [
        Outcome(member_id=one, before=_named(before[one], wanted))
        if one in moved
        else Outcome(member_id=one, why="already")
        for one in member_ids
    ]


async def undo(
    session: Session, run: BulkRun, parameters: AttributionParameters, before: Mapping[int, Mapping[str, Any]]
) -> set[int]:
    """Back to where they came from, unless somebody has moved them since."""
    wanted = parameters.wanted()
    places = await members.list_places(session, list(before), hold=True)
    back = {one: members.Attribution(**before[one]) for one, place in places.items() if _named(place, wanted) == wanted}
    return set(await members.attribute_each(session, back, actor=run.actor.name, reason=run.reason))


def _named(place: members.Place, wanted: Mapping[str, Any]) -> dict[str, int | None]:
    return {name: getattr(place, name) for name in wanted}


ATTRIBUTION = BulkAction(
    key="attribution",
    label=LocalName("改归属（导购、门店）", "Change store or assistant"),
    permission=members.ATTRIBUTE.code,
    parameters=AttributionParameters,
    reasons={"already": LocalName("本来就属于这里", "belongs there already")},
    check=check,
    plan=plan,
    perform=perform,
    undo=undo,
)
