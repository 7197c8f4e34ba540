"""Relations over HTTP."""

from shuke.foundation import organization
from shuke.platform import audit
from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.http import CurrentActor, CurrentSight, RequestSession, Router, allowed, declares

from ..attribution.actions import Attribution, attribute
from ..errors import MemberNotFound
from ..permissions import ATTRIBUTE, READ, WRITE
from ..queries.references import get_id
from .actions import remove_family, set_family, set_inviter
from .errors import InviterGoesRound, RelationNotFound, RelationToSelf, TooManyRelatives
from .queries import get_relations
from .schemas import FamilyIn, InviterIn, ManagerIn, ManagerOut, RelationsOut, RelativeOut

router = Router(tags=["members"])


@router.get(
    "/v1/members/{member}/relations",
    dependencies=[allowed(READ, reach="narrowed")],
    responses=declares(MemberNotFound),
)
async def get_all(session: RequestSession, sight: CurrentSight, member: str) -> RelationsOut:
    """Who belongs to a member: inviter, invited, family, account manager."""
    return await _shown(session, await get_id(session, member, sight), sight)


@router.put(
    "/v1/members/{member}/inviter",
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(MemberNotFound, RelationToSelf, InviterGoesRound),
)
async def put_inviter(session: RequestSession, actor: CurrentActor, member: str, body: InviterIn) -> RelationsOut:
    """Say who brought a member, or nobody."""
    member_id = await get_id(session, member, actor.sight, hold=True)
    inviter_id = await get_id(session, body.member, actor.sight, hold=True) if body.member is not None else None
    await set_inviter(session, member_id, inviter_id)
    await audit.record(session, actor, "members.inviter_set", "members", member_id, {"inviter_id": inviter_id})
    return await _shown(session, member_id, actor.sight)


@router.put(
    "/v1/members/{member}/manager",
    dependencies=[allowed(ATTRIBUTE, reach="narrowed")],
    responses=declares(MemberNotFound, organization.EmployeeNotFound, organization.EmployeeHasLeft),
)
async def put_manager(session: RequestSession, actor: CurrentActor, member: str, body: ManagerIn) -> RelationsOut:
    """Say who is the account manager of a member, or nobody."""
    member_id = await get_id(session, member, actor.sight, hold=True)
    if body.employee_id is not None:
        found = await organization.get_employee(session, body.employee_id, actor.sight)
        if found.state != "active":
            raise organization.EmployeeHasLeft(name=found.name)
    wanted = Attribution(manager_id=body.employee_id)
    await attribute(session, [member_id], wanted, actor=actor.name, reason=body.reason)
    return await _shown(session, member_id, actor.sight)


@router.post(
    "/v1/members/{member}/family",
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(MemberNotFound, RelationToSelf, TooManyRelatives),
)
async def add_relative(session: RequestSession, actor: CurrentActor, member: str, body: FamilyIn) -> RelationsOut:
    """Say what another member is to this one. Both sides show it; saying it again corrects it."""
    member_id = await get_id(session, member, actor.sight, hold=True)
    other_id = await get_id(session, body.member, actor.sight, hold=True)
    await set_family(session, member_id, other_id, body.role, actor.name)
    return await _shown(session, member_id, actor.sight)


@router.delete(
    "/v1/members/{member}/family/{other}",
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(MemberNotFound, RelationNotFound),
)
async def remove_relative(session: RequestSession, actor: CurrentActor, member: str, other: str) -> RelationsOut:
    """Say that two members are no family after all."""
    member_id = await get_id(session, member, actor.sight, hold=True)
    await remove_family(session, member_id, await get_id(session, other, actor.sight, hold=True))
    return await _shown(session, member_id, actor.sight)


async def _shown(session: Session, member_id: int, sight: Sight) -> RelationsOut:
    found = await get_relations(session, member_id, sight)
    return RelationsOut(
        inviter=found.inviter,
        invited=found.invited,
        invited_count=found.invited_count,
        family=[RelativeOut(member=one.member, role=one.role) for one in found.family],
        manager=ManagerOut(id=found.manager.id, name=found.manager.name) if found.manager else None,
    )
