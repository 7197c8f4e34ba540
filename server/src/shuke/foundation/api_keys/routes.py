"""Keys for programs over HTTP."""

from datetime import timedelta
from typing import Annotated

from fastapi import Query, Request

from shuke.foundation import staff
from shuke.platform import clock, module
from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.http import (
    Authenticator,
    CurrentActor,
    RequestLanguage,
    RequestSession,
    Router,
    allowed,
    declares,
)

from . import actions, rules
from .errors import (
    ApiKeyInvalid,
    ApiKeyNotFound,
    ExpiryPast,
    ScopeNotForKeys,
    ScopeNotYours,
    StoreUnknown,
)
from .permissions import API_KEYS_READ, API_KEYS_WRITE
from .queries import ApiKey, get_key, list_keys, list_usage
from .recognition import authenticate
from .schemas import (
    ApiKeyChangeIn,
    ApiKeyDayOut,
    ApiKeyOut,
    ApiKeyPersonOut,
    ApiKeyScopeGroupOut,
    ApiKeyScopeOut,
    ApiKeyScopesOut,
    ApiKeysOut,
    ApiKeyUsageOut,
    MadeApiKeyOut,
    NewApiKeyIn,
    NewSecretIn,
)

router = Router(tags=["api keys"])

AUTHENTICATOR = Authenticator(authenticate=authenticate, refusal=ApiKeyInvalid)

_REFUSALS = (ScopeNotYours, ScopeNotForKeys, StoreUnknown, ExpiryPast)


@router.get("/v1/api-keys", dependencies=[allowed(API_KEYS_READ)])
async def list_api_keys(session: RequestSession) -> ApiKeysOut:
    """Every key, those in use first. Secrets are kept nowhere and never shown again."""
    found = await list_keys(session)
    return ApiKeysOut(items=[await _shown(session, key) for key in found])


@router.get("/v1/api-keys/scopes", dependencies=[allowed(API_KEYS_READ)])
async def list_api_key_scopes(actor: CurrentActor, language: RequestLanguage) -> ApiKeyScopesOut:
    """What a key can be allowed, by module, and which of it the caller may give away."""
    groups = []
    for installed in module.installed():
        items = [_scope(permission, actor, language) for permission in installed.permissions]
        grantable = set(rules.grantable_scopes(item.code for item in items))
        items = [item for item in items if item.code in grantable]
        if items:
            groups.append(ApiKeyScopeGroupOut(module=installed.name, items=items))
    return ApiKeyScopesOut(groups=groups)


@router.post(
    "/v1/api-keys",
    status_code=201,
    dependencies=[allowed(API_KEYS_WRITE, needs_fresh=True)],
    responses=declares(*_REFUSALS),
)
async def make_api_key(
    session: RequestSession, actor: CurrentActor, request: Request, given: NewApiKeyIn
) -> MadeApiKeyOut:
    """Make a key. The answer holds its secret, this once: it is not stored, so no key repeats this request."""
    made = await actions.make_key(session, actor, given.model_dump())
    return await _made(session, request, made)


@router.get("/v1/api-keys/{key}", dependencies=[allowed(API_KEYS_READ)], responses=declares(ApiKeyNotFound))
async def get_api_key(session: RequestSession, key: int) -> ApiKeyOut:
    """One key."""
    return await _shown(session, await get_key(session, key))


@router.patch(
    "/v1/api-keys/{key}",
    dependencies=[allowed(API_KEYS_WRITE, needs_fresh=True)],
    responses=declares(ApiKeyNotFound, *_REFUSALS),
)
async def change_api_key(session: RequestSession, actor: CurrentActor, key: int, given: ApiKeyChangeIn) -> ApiKeyOut:
    """Change what a key may do; what is left out stays."""
    values = given.model_dump(exclude_unset=True)
    return await _shown(session, await actions.change_key(session, actor, key, values))


@router.post(
    "/v1/api-keys/{key}/secrets",
    status_code=201,
    dependencies=[allowed(API_KEYS_WRITE, needs_fresh=True)],
    responses=declares(ApiKeyNotFound, ScopeNotYours),
)
async def rotate_api_key(
    session: RequestSession, actor: CurrentActor, request: Request, key: int, given: NewSecretIn
) -> MadeApiKeyOut:
    """A new secret for a key; the one before works on for a grace. The answer holds it, this once."""
    made = await actions.rotate_secret(session, actor, key, grace=timedelta(hours=given.grace_hours))
    return await _made(session, request, made)


@router.post("/v1/api-keys/{key}/disable", dependencies=[allowed(API_KEYS_WRITE)], responses=declares(ApiKeyNotFound))
async def disable_api_key(session: RequestSession, actor: CurrentActor, key: int) -> ApiKeyOut:
    """Disable a key at once."""
    return await _shown(session, await actions.set_disabled(session, actor, key, is_disabled=True))


@router.post(
    "/v1/api-keys/{key}/enable",
    dependencies=[allowed(API_KEYS_WRITE, needs_fresh=True)],
    responses=declares(ApiKeyNotFound),
)
async def enable_api_key(session: RequestSession, actor: CurrentActor, key: int) -> ApiKeyOut:
    """Enable a key again."""
    return await _shown(session, await actions.set_disabled(session, actor, key, is_disabled=False))


@router.get("/v1/api-keys/{key}/usage", dependencies=[allowed(API_KEYS_READ)], responses=declares(ApiKeyNotFound))
async def get_api_key_usage(
    session: RequestSession, key: int, days: Annotated[int, Query(ge=1, le=400)] = 30
) -> ApiKeyUsageOut:
    """Requests by day, to within a minute's worth."""
    await get_key(session, key)
    found = await list_usage(session, key, days)
    return ApiKeyUsageOut(days=[ApiKeyDayOut(day=one.day, requests=one.requests) for one in found])


def _scope(permission: module.Permission, actor: Actor, language: str) -> ApiKeyScopeOut:
    label = permission.zh if language == "zh" else permission.en
    return ApiKeyScopeOut(code=permission.code, label=label, is_yours=permission.code in actor.permissions)


async def _made(session: Session, request: Request, made: actions.MadeKey) -> MadeApiKeyOut:
    # A stored answer would be a stored secret.
    request.state.unit.claim = None
    shown = await _shown(session, made.key)
    return MadeApiKeyOut(**dict(shown), secret=made.token)


async def _shown(session: Session, key: ApiKey) -> ApiKeyOut:
    names = await staff.actor_names(session, [key.created_by])
    values = {name: value for name, value in vars(key).items() if name not in {"key_id", "created_by", "disabled_by"}}
    return ApiKeyOut(
        **values,
        id=key.key_id,
        prefix=rules.write_token(key.key_id, ""),
        created_by=ApiKeyPersonOut(code=key.created_by, name=names.get(key.created_by, key.created_by)),
        is_live=not rules.is_over(disabled_at=key.disabled_at, expires_at=key.expires_at, at=clock.wall()),
    )
