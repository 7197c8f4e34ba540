"""Roles, the grid of permissions, and what the shop chooses for signing in, over HTTP."""

from shuke.platform import module
from shuke.platform.http import CurrentActor, RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.i18n import LocalName

from .. import actions, rules
from ..errors import NotYoursToGive, OwnAccount, PermissionUnknown, RoleFixed, RoleInUse, RoleNotFound
from ..permissions import STAFF_READ, STAFF_ROLES, STAFF_SECURITY
from ..queries import Role, Security, get_roles, get_security, list_clashes, list_roles
from ..schemas.staff import (
    ClashOut,
    PermissionGroupOut,
    PermissionOut,
    PermissionsOut,
    RoleIn,
    RoleOut,
    RolesOut,
    SecurityIn,
    SecurityOut,
    ViewOut,
)
from .views import view_of

router = Router(tags=["staff"])


@router.get("/v1/staff/permissions", dependencies=[allowed(STAFF_READ)])
async def get_permissions() -> PermissionsOut:
    """Every permission that the program knows, grouped by module."""
    return PermissionsOut(
        groups=[
            PermissionGroupOut(
                module=item.name,
                permissions=[
                    PermissionOut(
                        code=found.code,
                        name_zh=found.zh,
                        name_en=found.en,
                        is_sensitive=rules.is_sensitive([found.code]),
                    )
                    for found in item.permissions
                ],
            )
            for item in module.installed()
            if item.permissions
        ]
    )


@router.get("/v1/staff/roles", dependencies=[allowed(STAFF_READ)])
async def get_all_roles(session: RequestSession) -> RolesOut:
    """Every role, the built-in ones first."""
    return RolesOut(items=[_out(role) for role in await list_roles(session)])


@router.post(
    "/v1/staff/roles",
    status_code=201,
    dependencies=[allowed(STAFF_ROLES, needs_fresh=True)],
    responses=declares(PermissionUnknown, NotYoursToGive),
)
async def add_role(session: RequestSession, actor: CurrentActor, given: RoleIn) -> RoleOut:
    """Add a role of the shop's own."""
    code = await actions.add_role(session, actor, _wish(given))
    return _out((await get_roles(session, [code]))[0])


@router.put(
    "/v1/staff/roles/{code}",
    dependencies=[allowed(STAFF_ROLES, needs_fresh=True)],
    responses=declares(RoleNotFound, RoleFixed, PermissionUnknown, NotYoursToGive, OwnAccount),
)
async def edit_role(session: RequestSession, actor: CurrentActor, code: str, given: RoleIn) -> RoleOut:
    """Change a role of the shop's own; where it allows or shows more, its holders sign in again."""
    await actions.edit_role(session, actor, code, _wish(given))
    return _out((await get_roles(session, [code]))[0])


@router.delete(
    "/v1/staff/roles/{code}",
    status_code=204,
    dependencies=[allowed(STAFF_ROLES, needs_fresh=True)],
    responses=declares(RoleNotFound, RoleFixed, RoleInUse),
)
async def delete_role(session: RequestSession, code: str) -> None:
    """Delete a role that nobody holds."""
    await actions.delete_role(session, code)


@router.get("/v1/staff/roles/{code}/view", dependencies=[allowed(STAFF_READ)], responses=declares(RoleNotFound))
async def see_as_role(session: RequestSession, code: str, language: RequestLanguage) -> ViewOut:
    """What a holder of a role may do and sees, with generated sample data."""
    return view_of(await get_roles(session, [code]), None, language)


@router.get("/v1/staff/security", dependencies=[allowed(STAFF_READ)])
async def get_choices(session: RequestSession) -> SecurityOut:
    """What the shop has chosen for passwords, sessions and second factors."""
    return await _security_out(session)


@router.put("/v1/staff/security", dependencies=[allowed(STAFF_SECURITY, needs_fresh=True)])
async def choose_security(session: RequestSession, given: SecurityIn) -> SecurityOut:
    """Choose how passwords, sessions and second factors are held. It counts from the next request of everybody."""
    await actions.choose_security(session, Security(**given.model_dump()))
    return await _security_out(session)


async def _security_out(session: RequestSession) -> SecurityOut:
    chosen = await get_security(session)
    clashes = await list_clashes(session) if chosen.policy == "dengbao" else {}
    return SecurityOut(
        policy=chosen.policy,
        idle_minutes=chosen.idle_minutes,
        absolute_hours=chosen.absolute_hours,
        requires_second_factor=chosen.requires_second_factor,
        clashes=[ClashOut(id=user_id, display_name=name) for user_id, name in clashes.items()],
    )


def _wish(given: RoleIn) -> actions.RoleWish:
    return actions.RoleWish(
        name=LocalName(given.name_zh, given.name_en),
        permissions=given.permissions,
        scope=given.scope,
        fields={name: view for name, view in given.fields.items() if view != "masked"},
    )


def _out(role: Role) -> RoleOut:
    return RoleOut(
        code=role.code,
        name_zh=role.name.zh,
        name_en=role.name.en,
        permissions=sorted(role.permissions),
        scope=role.scope,
        fields={name: role.fields.get(name, "masked") for name in rules.FIELDS},
        is_built_in=role.is_built_in,
        admin_kind=role.admin_kind,
        users=role.users,
    )
