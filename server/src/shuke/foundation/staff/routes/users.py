"""Staff users over HTTP."""

from typing import Annotated, Literal

from fastapi import Query, Request

from shuke.platform.http import CurrentActor, RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor
from shuke.platform.refusals import NotAllowed

from .. import actions
from ..errors import (
    DutiesClash,
    LastAdministrator,
    NotYoursToGive,
    OwnAccount,
    PlaceUnknown,
    RoleNotFound,
    SessionNotFound,
    UsernameTaken,
    UserNotFound,
)
from ..permissions import STAFF_READ, STAFF_ROLES, STAFF_WRITE
from ..queries import Person, find_live_session, get_person, get_roles, list_live_sessions, list_people
from ..schemas.session import SignInsOut
from ..schemas.staff import Holdings, NewPasswordOut, NewUser, StaffUserOut, StaffUsersOut, UserChange, ViewOut
from .edge import COOKIE
from .session import sign_ins_out
from .views import view_of

router = Router(tags=["staff"])
_HOLDING = (RoleNotFound, NotYoursToGive, DutiesClash, PlaceUnknown)


@router.get("/v1/staff/users", dependencies=[allowed(STAFF_READ)], responses=declares(BadCursor))
async def get_users(
    session: RequestSession,
    search: Annotated[str | None, Query(max_length=80)] = None,
    state: Annotated[Literal["active", "disabled", "locked"] | None, Query()] = None,
    role: Annotated[str | None, Query(max_length=80)] = None,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
) -> StaffUsersOut:
    """Staff users by user name."""
    page = await list_people(session, search=search, state=state, role=role, cursor=cursor, limit=limit)
    return StaffUsersOut(items=[_out(person) for person in page.items], next=page.next)


@router.post(
    "/v1/staff/users",
    status_code=201,
    dependencies=[allowed(STAFF_WRITE, needs_fresh=True)],
    responses=declares(UsernameTaken, *_HOLDING),
)
async def add_user(session: RequestSession, actor: CurrentActor, given: NewUser) -> NewPasswordOut:
    """Add a staff user. The temporary password is in this answer and nowhere else."""
    holdings = _holdings(given)
    if not holdings.is_empty and STAFF_ROLES.code not in actor.permissions:
        raise NotAllowed(permission=STAFF_ROLES.code)
    user_id, password = await actions.add_user(
        session,
        actor,
        username=given.username,
        display_name=given.display_name,
        email=given.email,
        holdings=holdings,
    )
    return NewPasswordOut(user=_out(await get_person(session, user_id)), password=password)


@router.get("/v1/staff/users/{user_id}", dependencies=[allowed(STAFF_READ)], responses=declares(UserNotFound))
async def get_user(session: RequestSession, user_id: int) -> StaffUserOut:
    """One staff user."""
    return _out(await get_person(session, user_id))


@router.patch(
    "/v1/staff/users/{user_id}",
    dependencies=[allowed(STAFF_WRITE)],
    responses=declares(UserNotFound, UsernameTaken, NotYoursToGive),
)
async def edit_user(session: RequestSession, actor: CurrentActor, user_id: int, given: UserChange) -> StaffUserOut:
    """Change the name or the e-mail address of a staff user."""
    await actions.edit_user(
        session,
        actor,
        user_id,
        display_name=given.display_name,
        email=given.email,
        sets_email="email" in given.model_fields_set,
        holdings=actions.Holdings(),
    )
    return _out(await get_person(session, user_id))


@router.put(
    "/v1/staff/users/{user_id}/holdings",
    dependencies=[allowed(STAFF_ROLES, needs_fresh=True)],
    responses=declares(UserNotFound, OwnAccount, LastAdministrator, *_HOLDING),
)
async def change_holdings(session: RequestSession, actor: CurrentActor, user_id: int, given: Holdings) -> StaffUserOut:
    """Change what a staff user may do and whose records it sees; its sessions end."""
    await actions.edit_user(
        session,
        actor,
        user_id,
        display_name=None,
        email=None,
        sets_email=False,
        holdings=_holdings(given),
    )
    return _out(await get_person(session, user_id))


@router.post(
    "/v1/staff/users/{user_id}/disable",
    dependencies=[allowed(STAFF_WRITE, needs_fresh=True)],
    responses=declares(UserNotFound, OwnAccount, LastAdministrator),
)
async def disable_user(session: RequestSession, actor: CurrentActor, user_id: int) -> StaffUserOut:
    """Close an account; its sessions end at once."""
    await actions.disable_user(session, actor, user_id)
    return _out(await get_person(session, user_id))


@router.post(
    "/v1/staff/users/{user_id}/enable",
    dependencies=[allowed(STAFF_WRITE, needs_fresh=True)],
    responses=declares(UserNotFound),
)
async def enable_user(session: RequestSession, user_id: int) -> StaffUserOut:
    """Open an account again."""
    await actions.enable_user(session, user_id)
    return _out(await get_person(session, user_id))


@router.post("/v1/staff/users/{user_id}/unlock", dependencies=[allowed(STAFF_WRITE)], responses=declares(UserNotFound))
async def unlock_user(session: RequestSession, user_id: int) -> StaffUserOut:
    """Open what too many wrong passwords have closed."""
    await actions.unlock_user(session, user_id)
    return _out(await get_person(session, user_id))


@router.post(
    "/v1/staff/users/{user_id}/password",
    dependencies=[allowed(STAFF_WRITE, needs_fresh=True)],
    responses=declares(UserNotFound, OwnAccount, NotYoursToGive),
)
async def reset_password(session: RequestSession, actor: CurrentActor, user_id: int) -> NewPasswordOut:
    """Give a user a temporary password, shown once; its sessions end."""
    password = await actions.reset_password_of(session, actor, user_id)
    return NewPasswordOut(user=_out(await get_person(session, user_id)), password=password)


@router.delete(
    "/v1/staff/users/{user_id}/factors",
    status_code=204,
    dependencies=[allowed(STAFF_WRITE, needs_fresh=True)],
    responses=declares(UserNotFound, OwnAccount, NotYoursToGive),
)
async def remove_factors(session: RequestSession, actor: CurrentActor, user_id: int) -> None:
    """Take a user's second factors away, as when the phone is lost."""
    await actions.remove_factors_of(session, actor, user_id)


@router.get("/v1/staff/users/{user_id}/sign-ins", dependencies=[allowed(STAFF_READ)], responses=declares(UserNotFound))
async def get_sign_ins(session: RequestSession, request: Request, user_id: int) -> SignInsOut:
    """A user's sessions that still hold, newest first."""
    await get_person(session, user_id)
    token = request.cookies.get(COOKIE)
    current = await find_live_session(session, token) if token else None
    return sign_ins_out(await list_live_sessions(session, user_id), current)


@router.delete(
    "/v1/staff/users/{user_id}/sign-ins",
    status_code=204,
    dependencies=[allowed(STAFF_WRITE)],
    responses=declares(UserNotFound),
)
async def end_sign_ins(session: RequestSession, user_id: int) -> None:
    """End every session of a user."""
    await get_person(session, user_id)
    await actions.end_sessions(session, user_id)


@router.delete(
    "/v1/staff/users/{user_id}/sign-ins/{session_id}",
    status_code=204,
    dependencies=[allowed(STAFF_WRITE)],
    responses=declares(SessionNotFound),
)
async def end_sign_in(session: RequestSession, user_id: int, session_id: int) -> None:
    """End one session of a user."""
    await actions.end_session(session, user_id=user_id, session_id=session_id)


@router.get("/v1/staff/users/{user_id}/view", dependencies=[allowed(STAFF_READ)], responses=declares(UserNotFound))
async def see_as_user(session: RequestSession, user_id: int, language: RequestLanguage) -> ViewOut:
    """What a staff user may do and sees, with generated sample data."""
    person = await get_person(session, user_id)
    return view_of(await get_roles(session, person.roles), person, language)


def _holdings(given: Holdings) -> actions.Holdings:
    return actions.Holdings(
        roles=given.roles,
        stores=given.stores,
        regions=given.regions,
        employee_id=given.employee_id,
        sets_employee="employee_id" in given.model_fields_set,
    )


def _out(person: Person) -> StaffUserOut:
    return StaffUserOut(
        id=person.id,
        username=person.username,
        display_name=person.display_name,
        email=person.email,
        state=person.state,
        roles=list(person.roles),
        stores=list(person.stores),
        regions=list(person.regions),
        employee_id=person.employee_id,
        is_password_temporary=person.is_password_temporary,
        has_second_factor=person.has_second_factor,
        created_at=person.created_at,
        seen_at=person.seen_at,
    )
