"""Attribution and transfers over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Path, Query

from shuke.foundation import organization, staff
from shuke.platform import audit
from shuke.platform.actor import Sight
from shuke.platform.conditions import ConditionInvalid, FactNotForSets
from shuke.platform.db import Session
from shuke.platform.http import CurrentActor, CurrentSight, RequestSession, Router, allowed, declares

from ..errors import BadSource, ConditionTooSlow, MemberNotFound
from ..permissions import ATTRIBUTE, READ
from ..queries.listing import matching_ids
from ..queries.references import get_id, get_ids
from ..rules.values import MemberFilters, WantedCondition
from .actions import attribute
from .errors import BadTargets, NothingToAttribute, TooManyAtOnce, TransferBusy, TransferNotFound
from .queries import Transfer, list_changes, list_transfers, named_in
from .schemas import (
    LARGEST,
    AttributionChangeOut,
    AttributionChangesOut,
    AttributionsIn,
    AttributionsOut,
    MembersFilterIn,
    MemberTransferIn,
    MemberTransferOut,
    MemberTransfersOut,
    NamedOut,
    ShareOut,
)
from .targets import require_targets
from .transfers import Preview, Wanted, begin_transfer, get_transfer, preview_transfer, undo_transfer

router = Router(tags=["members"])

MOST = 20_000
PathId = Annotated[int, Path(ge=1, le=LARGEST)]


@router.post(
    "/v1/members/attributions",
    dependencies=[allowed(ATTRIBUTE, reach="narrowed")],
    responses=declares(
        NothingToAttribute,
        TooManyAtOnce,
        BadSource,
        MemberNotFound,
        organization.EmployeeNotFound,
        organization.EmployeeHasLeft,
        *(ConditionInvalid, FactNotForSets, ConditionTooSlow),
    ),
)
async def attribute_members(session: RequestSession, actor: CurrentActor, body: AttributionsIn) -> AttributionsOut:
    """Give members another store, employee or account manager. `dry_run` says how many it would be."""
    wanted = body.wanted()
    await require_targets(session, wanted, actor.sight)
    member_ids = await _meant(session, body, actor.sight)
    if wanted.is_empty or not member_ids:
        raise NothingToAttribute
    if body.dry_run:
        return AttributionsOut(members=len(member_ids), changed=0, dry_run=True)
    changed = await attribute(session, member_ids, wanted, actor=actor.name, reason=body.reason)
    details = {"members": len(member_ids), "changed": len(changed), "reason": body.reason}
    await audit.record(session, actor, "members.attributed", "members", "many", details)
    return AttributionsOut(members=len(member_ids), changed=len(changed), dry_run=False)


@router.get(
    "/v1/members/{member}/attributions",
    dependencies=[allowed(READ, reach="narrowed")],
    responses=declares(MemberNotFound),
)
async def get_attributions(
    session: RequestSession,
    sight: CurrentSight,
    member: str,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> AttributionChangesOut:
    """Where a member belonged, newest change first."""
    changes = await list_changes(session, await get_id(session, member, sight), limit)
    stores = await organization.get_stores(session, named_in(changes, "store"))
    people = await organization.get_employees(session, named_in(changes, "employee", "manager"))
    by = await staff.actor_names(session, [change["actor"] for change in changes])
    return AttributionChangesOut(
        items=[
            AttributionChangeOut(
                changed_at=change["changed_at"],
                by=by.get(change["actor"], change["actor"]),
                reason=change["reason"],
                transfer_id=change["transfer_id"],
                store_before=_named(stores, change["store_before"]),
                store_after=_named(stores, change["store_after"]),
                employee_before=_named(people, change["employee_before"]),
                employee_after=_named(people, change["employee_after"]),
                manager_before=_named(people, change["manager_before"]),
                manager_after=_named(people, change["manager_after"]),
            )
            for change in changes
        ]
    )


@router.post(
    "/v1/member-transfers",
    dependencies=[allowed(ATTRIBUTE)],
    responses=declares(organization.EmployeeNotFound, BadTargets, TransferBusy),
)
async def transfer_members(session: RequestSession, actor: CurrentActor, body: MemberTransferIn) -> MemberTransferOut:
    """Move all members of an employee to others. `dry_run` says who would get how many.

    Up to 1,000 are moved at once; more in the background: see `GET /v1/member-transfers/{transfer}`.
    """
    wanted = Wanted(employee_id=body.employee_id, target_ids=tuple(body.target_ids), how=body.how, reason=body.reason)
    if body.dry_run:
        return await _previewed(session, wanted, await preview_transfer(session, wanted))
    begun = await begin_transfer(session, wanted, actor.name)
    details = {"employee_id": body.employee_id, "members": begun.members, "reason": body.reason}
    await audit.record(session, actor, "members.transferred", "member-transfers", begun.id, details)
    return (await _shown(session, [begun]))[0]


@router.get("/v1/member-transfers", dependencies=[allowed(ATTRIBUTE)])
async def get_transfers(
    session: RequestSession, employee: Annotated[int | None, Query(ge=1, le=LARGEST)] = None
) -> MemberTransfersOut:
    """The latest transfers, newest first."""
    return MemberTransfersOut(items=await _shown(session, await list_transfers(session, employee, 50)))


@router.get("/v1/member-transfers/{transfer}", dependencies=[allowed(ATTRIBUTE)], responses=declares(TransferNotFound))
async def get_one_transfer(session: RequestSession, transfer: PathId) -> MemberTransferOut:
    """One transfer, and how far it is."""
    return (await _shown(session, [await get_transfer(session, transfer)]))[0]


@router.post(
    "/v1/member-transfers/{transfer}/undo",
    dependencies=[allowed(ATTRIBUTE)],
    responses=declares(TransferNotFound, TransferBusy),
)
async def undo(session: RequestSession, actor: CurrentActor, transfer: PathId) -> MemberTransferOut:
    """Give the members back, but for those who went elsewhere since."""
    undone = await undo_transfer(session, transfer, actor.name)
    await audit.record(session, actor, "members.transfer_undone", "member-transfers", transfer, {})
    return (await _shown(session, [undone]))[0]


async def _meant(session: Session, body: AttributionsIn, sight: Sight) -> list[int]:
    if body.members is not None:
        found = await get_ids(session, body.members, sight, hold=True)
        if len(found) < len(set(body.members)):
            raise MemberNotFound
        return sorted(set(found.values()))
    if body.filter is None:
        return []
    found_ids = await matching_ids(session, _filters(body.filter), sight, limit=MOST + 1)
    if len(found_ids) > MOST:
        raise TooManyAtOnce(count=f"{MOST}+", limit=MOST)
    return found_ids


def _filters(said: MembersFilterIn) -> MemberFilters:
    values: dict[str, Any] = said.model_dump(exclude_none=True)
    for name in ("store", "region", "employee"):
        if name in values:
            values[f"{name}_id"] = values.pop(name)
    if "tiers" in values:
        values["tiers"] = tuple(values["tiers"])
    if "condition" in values:
        values["condition"] = WantedCondition(text=values["condition"])
    return MemberFilters(**values)


async def _previewed(session: Session, wanted: Wanted, preview: Preview) -> MemberTransferOut:
    people = await organization.get_employees(session, [wanted.employee_id, *preview.shares])
    return MemberTransferOut(
        id=None,
        employee=NamedOut(id=wanted.employee_id, name=people[wanted.employee_id].name),
        how=wanted.how,
        shares=[
            ShareOut(employee=NamedOut(id=one, name=people[one].name), members=count)
            for one, count in preview.shares.items()
        ],
        reason=wanted.reason,
        by=None,
        begun_at=None,
        state="preview",
        members=preview.members + preview.accounts,
        accounts=preview.accounts,
        moved=0,
        finished_at=None,
        undone_at=None,
    )


async def _shown(session: Session, found: list[Transfer]) -> list[MemberTransferOut]:
    named = {one.employee_id for one in found} | {target for one in found for target, _ in one.plan.targets}
    people = await organization.get_employees(session, sorted(named))
    by = await staff.actor_names(session, [one.actor for one in found])
    return [
        MemberTransferOut(
            id=one.id,
            employee=NamedOut(id=one.employee_id, name=people[one.employee_id].name),
            how=one.plan.how,
            shares=[
                ShareOut(employee=NamedOut(id=target, name=people[target].name), members=None)
                for target, _ in one.plan.targets
            ],
            reason=one.reason,
            by=by.get(one.actor, one.actor),
            begun_at=one.begun_at,
            state=one.state,  # type: ignore[arg-type]  # the table's constraint allows no other
            members=one.members,
            accounts=None,
            moved=one.moved,
            finished_at=one.finished_at,
            undone_at=one.undone_at,
        )
        for one in found
    ]


def _named(found: Mapping[int, Any], wanted: int | None) -> NamedOut | None:
    return NamedOut(id=wanted, name=found[wanted].name) if wanted is not None and wanted in found else None
