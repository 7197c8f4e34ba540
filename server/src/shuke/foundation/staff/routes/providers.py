"""Identity providers over HTTP: their settings, and signing in through them."""

from fastapi import Request, Response

from shuke.platform import ids
from shuke.platform.errors import FieldError
from shuke.platform.http import CurrentActor, CurrentUnit, RequestSession, Router, allowed, declares, public
from shuke.platform.problems import RequestInvalid

from .. import actions, oidc
from ..errors import (
    ForeignPage,
    NotYoursToGive,
    ProviderNotFound,
    ProviderRefused,
    ProviderUnreachable,
    RoleNotFound,
    SignInExpired,
)
from ..permissions import STAFF_READ, STAFF_SECURITY
from ..queries import Provider, get_provider, list_providers
from ..schemas.session import (
    ProviderChoiceOut,
    ProviderChoicesOut,
    ProviderReturn,
    ProviderWay,
    ProviderWayOut,
    SessionOut,
)
from ..schemas.staff import ProviderIn, ProviderOut, ProvidersOut
from .edge import (
    COOKIE,
    PROVIDER_COOKIE,
    address_of,
    drop_cookie,
    origin_of,
    refuse_foreign_page,
    session_out,
    set_cookie,
)

router = Router(tags=["staff"])
session_router = Router(tags=["session"])
# The page of the console to which providers send people back.
RETURN_PAGE = "/sign-in/back"


@session_router.get("/v1/session/providers", dependencies=[public()])
async def list_choices(session: RequestSession) -> ProviderChoicesOut:
    """Through whom one can sign in."""
    found = [provider for provider in await list_providers(session) if provider.is_active]
    return ProviderChoicesOut(items=[ProviderChoiceOut(id=item.id, name=item.name) for item in found])


@session_router.post(
    "/v1/session/provider/way",
    dependencies=[public()],
    responses=declares(ProviderNotFound, ProviderUnreachable, ForeignPage),
)
async def begin_provider_sign_in(
    unit: CurrentUnit, request: Request, response: Response, given: ProviderWay
) -> ProviderWayOut:
    """Where to go to sign in through a provider; state, nonce and PKCE bind the way back to this browser."""
    refuse_foreign_page(request)
    provider, client = await _client_of(request, given.provider)
    way = oidc.Way(state=ids.new_token(), nonce=ids.new_token(), verifier=ids.new_token() + ids.new_token())
    # The provider is asked before the request's transaction begins.
    address = await oidc.address_of(client, way)
    details = {"provider": provider.id, "state": way.state, "nonce": way.nonce, "verifier": way.verifier}
    session = await unit.session()
    token = await actions.start_challenge(session, "provider", address=address_of(request), details=details)
    set_cookie(response, PROVIDER_COOKIE, token)
    return ProviderWayOut(address=address)


@session_router.post(
    "/v1/session/provider",
    dependencies=[public()],
    responses=declares(SignInExpired, ProviderNotFound, ProviderRefused, ProviderUnreachable, ForeignPage),
)
async def sign_in_through_provider(
    unit: CurrentUnit, request: Request, response: Response, given: ProviderReturn
) -> SessionOut:
    """Finish signing in through a provider, with what it gave the browser to bring back."""
    refuse_foreign_page(request)
    # Used up in a transaction of its own: a code is asked about once, and never while one is open.
    async with request.app.state.database.transaction() as short:
        begun = await actions.attempt_challenge(
            short, "provider", request.cookies.get(PROVIDER_COOKIE), address=address_of(request)
        )
        if begun.details["state"] != given.state:
            raise SignInExpired
        await actions.finish_challenge(short, begun)
    provider, client = await _client_of(request, int(begun.details["provider"]))
    way = oidc.Way(state=given.state, nonce=str(begun.details["nonce"]), verifier=str(begun.details["verifier"]))
    vouched = await oidc.vouch(client, way, given.code)
    session = await unit.session()
    opened = await actions.sign_in_vouched(
        session,
        provider,
        actions.Vouching(
            subject=vouched.subject,
            email=vouched.email if vouched.is_email_verified else None,
            username=vouched.username,
            name=vouched.name,
        ),
        origin=origin_of(request),
    )
    set_cookie(response, COOKIE, opened.token)
    drop_cookie(response, PROVIDER_COOKIE)
    return await session_out(session, opened.token)


@router.get("/v1/staff/providers", dependencies=[allowed(STAFF_READ)])
async def get_providers(session: RequestSession) -> ProvidersOut:
    """The identity providers through whom staff sign in; their secrets are never shown."""
    return ProvidersOut(items=[_out(provider) for provider in await list_providers(session)])


@router.post(
    "/v1/staff/providers",
    status_code=201,
    dependencies=[allowed(STAFF_SECURITY, needs_fresh=True)],
    responses=declares(RoleNotFound, NotYoursToGive),
)
async def add_provider(session: RequestSession, actor: CurrentActor, given: ProviderIn) -> ProviderOut:
    """Add an identity provider."""
    _require_safe(given)
    if not given.client_secret:
        raise RequestInvalid(fields=(FieldError("/client_secret", "required"),))
    provider_id = await actions.add_provider(
        session, actor, values=given.model_dump(exclude={"client_secret"}), secret=given.client_secret
    )
    return _out(await get_provider(session, provider_id))


@router.put(
    "/v1/staff/providers/{provider_id}",
    dependencies=[allowed(STAFF_SECURITY, needs_fresh=True)],
    responses=declares(ProviderNotFound, RoleNotFound, NotYoursToGive),
)
async def edit_provider(
    session: RequestSession, actor: CurrentActor, provider_id: int, given: ProviderIn
) -> ProviderOut:
    """Change an identity provider; without a secret the present one stays."""
    _require_safe(given)
    values = given.model_dump(exclude={"client_secret"})
    await actions.edit_provider(session, actor, provider_id, values=values, secret=given.client_secret)
    return _out(await get_provider(session, provider_id))


@router.delete(
    "/v1/staff/providers/{provider_id}",
    status_code=204,
    dependencies=[allowed(STAFF_SECURITY, needs_fresh=True)],
    responses=declares(ProviderNotFound),
)
async def delete_provider(session: RequestSession, provider_id: int) -> None:
    """Forget an identity provider."""
    await actions.delete_provider(session, provider_id)


async def _client_of(request: Request, provider_id: int) -> tuple[Provider, oidc.Client]:
    async with request.app.state.database.transaction() as session:
        provider = await get_provider(session, provider_id)
        if not provider.is_active:
            raise ProviderNotFound(provider=provider_id)
        secret = await actions.secret_of(session, provider_id)
    client = oidc.Client(
        issuer=provider.issuer,
        client_id=provider.client_id,
        secret=secret,
        return_address=provider.console_address + RETURN_PAGE,
    )
    return provider, client


def _require_safe(given: ProviderIn) -> None:
    if not oidc.is_safe_issuer(given.issuer):
        raise RequestInvalid(fields=(FieldError("/issuer", "https://…"),))


def _out(provider: Provider) -> ProviderOut:
    return ProviderOut(
        id=provider.id,
        name=provider.name,
        issuer=provider.issuer,
        client_id=provider.client_id,
        console_address=provider.console_address,
        return_address=provider.console_address + RETURN_PAGE,
        matching=provider.matching,
        default_role=provider.default_role,
        is_active=provider.is_active,
    )
