"""Identities and status of a member over HTTP."""

from fastapi import Response

from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.http import CurrentActor, RequestSession, Router, allowed, declares
from shuke.platform.refusals import NotAllowed

from ..actions import set_status
from ..errors import BadEmail, BadIdentity, BadPhone, IdentityTaken, IdentityTakenElsewhere, MemberNotFound
from ..permissions import MERGE, STATUS, WRITE
from ..queries import get_id, get_member
from ..rules.values import Member, NewIdentity
from .actions import add_identity, remove_identity, verify_identity
from .errors import IdentityNotFound, LastIdentity
from .schemas import NewIdentityIn, RemoveIn, StatusIn, VerifyIn

router = Router(tags=["members"])


@router.post(
    "/v1/members/{member}/identities",
    status_code=201,
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(
        MemberNotFound, IdentityTaken, IdentityTakenElsewhere, LastIdentity, BadPhone, BadEmail, BadIdentity, NotAllowed
    ),
)
async def post_identity(
    session: RequestSession, actor: CurrentActor, member: str, wanted: NewIdentityIn, response: Response
) -> Member:
    """Let a member be known by one more identity. One that is theirs already changes nothing."""
    if wanted.take_over and MERGE.code not in actor.permissions:
        raise NotAllowed(permission=MERGE.code)
    member_id = await get_id(session, member, actor.sight, hold=True)
    identity = NewIdentity(kind=wanted.kind, value=wanted.value, source=wanted.source)
    await add_identity(session, actor, member_id, identity, take_over=wanted.take_over)
    return await _shown(session, actor, member_id, response)


@router.post(
    "/v1/members/{member}/identities/{handle}/verify",
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(MemberNotFound, IdentityNotFound),
)
async def post_verification(
    session: RequestSession, actor: CurrentActor, member: str, handle: str, wanted: VerifyIn, response: Response
) -> Member:
    """Note that an identity was proved to be the member's: by a code, by staff, by the channel it came from."""
    member_id = await get_id(session, member, actor.sight, hold=True)
    await verify_identity(session, actor, member_id, handle, wanted.how)
    return await _shown(session, actor, member_id, response)


@router.post(
    "/v1/members/{member}/identities/{handle}/remove",
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(MemberNotFound, IdentityNotFound, LastIdentity),
)
async def post_removal(
    session: RequestSession, actor: CurrentActor, member: str, handle: str, wanted: RemoveIn, response: Response
) -> Member:
    """Let a member be known by an identity no more; somebody else may have it then."""
    member_id = await get_id(session, member, actor.sight, hold=True)
    await remove_identity(session, actor, member_id, handle, reason=wanted.reason)
    return await _shown(session, actor, member_id, response)


@router.post(
    "/v1/members/{member}/status",
    dependencies=[allowed(STATUS, reach="narrowed")],
    responses=declares(MemberNotFound),
)
async def post_status(
    session: RequestSession, actor: CurrentActor, member: str, wanted: StatusIn, response: Response
) -> Member:
    """Freeze, cancel or restore a member, with a reason. Points of a frozen or cancelled member cannot be used."""
    member_id = await get_id(session, member, actor.sight, hold=True)
    await set_status(session, [member_id], wanted.status, reason=wanted.reason, actor=actor.name)
    return await _shown(session, actor, member_id, response)


async def _shown(session: Session, actor: Actor, member_id: int, response: Response) -> Member:
    member = await get_member(session, member_id, actor.sight)
    response.headers["ETag"] = f'"{member.version}"'
    return member
