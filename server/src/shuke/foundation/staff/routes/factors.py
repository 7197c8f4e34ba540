"""One's own second factors over HTTP, and signing in with a passkey."""

import segno
from fastapi import Request, Response

from shuke.platform.http import CurrentActor, RequestSession, Router, declares, public, signed_in

from .. import actions
from ..errors import (
    ForeignPage,
    PasskeyNotFound,
    PasskeyRefused,
    SecondFactorFailed,
    SignInExpired,
    SignInFailed,
    SignInLocked,
    TotpNotBegun,
)
from ..queries import find_live_session, get_factors, get_user, list_passkeys
from ..schemas.session import (
    CredentialIn,
    FactorsOut,
    PasskeyIn,
    PasskeyOptionsOut,
    PasskeyOut,
    RecoveryCodesOut,
    SecondFactor,
    SessionOut,
    TotpOut,
    TotpRemoval,
)
from .edge import (
    COOKIE,
    HALF_COOKIE,
    PASSKEY_COOKIE,
    address_of,
    drop_cookie,
    origin_of,
    refuse_foreign_page,
    session_out,
    set_cookie,
    site_of,
)

router = Router(tags=["session"])


@router.get("/v1/session/factors", dependencies=[signed_in()])
async def get_own_factors(session: RequestSession, actor: CurrentActor) -> FactorsOut:
    """What one has beside the password."""
    factors = await get_factors(session, actor.id)
    keys = await list_passkeys(session, actor.id)
    return FactorsOut(
        has_password=(await get_user(session, actor.id)).has_password,
        totp_since=factors.totp_since,
        recovery_codes=factors.recovery_codes,
        passkeys=[PasskeyOut(id=key.id, name=key.name, created_at=key.created_at, used_at=key.used_at) for key in keys],
    )


@router.post("/v1/session/totp", dependencies=[signed_in(needs_fresh=True)])
async def begin_totp(session: RequestSession, actor: CurrentActor) -> TotpOut:
    """Begin to set up an authenticator app: the secret, and the QR code that carries it."""
    begun = await actions.begin_totp(session, actor.id)
    drawn = segno.make(begun.address, error="m").svg_inline(scale=4, border=2, omitsize=True)
    return TotpOut(secret=begun.secret, address=begun.address, qr_svg=drawn)


@router.post(
    "/v1/session/totp/confirmation",
    dependencies=[signed_in(needs_fresh=True)],
    responses=declares(TotpNotBegun, SecondFactorFailed),
)
async def confirm_totp(
    session: RequestSession, request: Request, actor: CurrentActor, given: SecondFactor
) -> RecoveryCodesOut:
    """Switch the authenticator app on with one of its codes; the recovery codes are shown once."""
    live = await find_live_session(session, request.cookies[COOKIE])
    codes = await actions.confirm_totp(session, actor.id, given.code, session_id=live.id if live else 0)
    return RecoveryCodesOut(recovery_codes=codes)


@router.post(
    "/v1/session/totp/removal",
    status_code=204,
    dependencies=[signed_in()],
    responses=declares(SignInFailed, SecondFactorFailed, SignInLocked),
)
async def remove_totp(session: RequestSession, request: Request, actor: CurrentActor, given: TotpRemoval) -> None:
    """Switch the authenticator app off, with the password and a code of it (or a recovery code)."""
    await actions.remove_own_totp(
        session, user_id=actor.id, password=given.password, code=given.code, address=address_of(request)
    )


@router.post("/v1/session/recovery-codes", dependencies=[signed_in(needs_fresh=True)])
async def renew_recovery_codes(session: RequestSession, actor: CurrentActor) -> RecoveryCodesOut:
    """Fresh recovery codes in place of the earlier ones; shown once. None without a second factor."""
    if not (await get_factors(session, actor.id)).is_on:
        return RecoveryCodesOut(recovery_codes=[])
    return RecoveryCodesOut(recovery_codes=await actions.renew_recovery_codes(session, actor.id))


@router.post("/v1/session/passkeys/options", dependencies=[signed_in(needs_fresh=True)])
async def begin_passkey(
    session: RequestSession, request: Request, response: Response, actor: CurrentActor
) -> PasskeyOptionsOut:
    """Begin to register a passkey of this device."""
    begun = await actions.begin_registration(
        session, user_id=actor.id, site=site_of(request), address=address_of(request)
    )
    set_cookie(response, PASSKEY_COOKIE, begun.token)
    return PasskeyOptionsOut(options=begun.options)


@router.post(
    "/v1/session/passkeys",
    status_code=201,
    dependencies=[signed_in(needs_fresh=True)],
    responses=declares(SignInExpired, PasskeyRefused),
)
async def register_passkey(
    session: RequestSession, request: Request, response: Response, actor: CurrentActor, given: PasskeyIn
) -> RecoveryCodesOut:
    """Keep the passkey that the device has made; where it is the first second factor, recovery codes come with it."""
    codes = await actions.register(
        session,
        user_id=actor.id,
        token=request.cookies.get(PASSKEY_COOKIE),
        credential=given.credential,
        name=given.name,
        origin=origin_of(request),
    )
    drop_cookie(response, PASSKEY_COOKIE)
    return RecoveryCodesOut(recovery_codes=codes)


@router.delete(
    "/v1/session/passkeys/{passkey_id}",
    status_code=204,
    dependencies=[signed_in(needs_fresh=True)],
    responses=declares(PasskeyNotFound),
)
async def remove_passkey(session: RequestSession, actor: CurrentActor, passkey_id: int) -> None:
    """Forget one of one's own passkeys."""
    await actions.remove_passkey(session, user_id=actor.id, passkey_id=passkey_id)


@router.post("/v1/session/proof/options", dependencies=[signed_in()])
async def begin_proof(
    session: RequestSession, request: Request, response: Response, actor: CurrentActor
) -> PasskeyOptionsOut:
    """Begin to prove with a passkey who one is."""
    begun = await actions.begin_proof(session, user_id=actor.id, site=site_of(request), address=address_of(request))
    set_cookie(response, PASSKEY_COOKIE, begun.token)
    return PasskeyOptionsOut(options=begun.options)


@router.post("/v1/session/passkey/options", dependencies=[public()], responses=declares(ForeignPage))
async def begin_passkey_sign_in(session: RequestSession, request: Request, response: Response) -> PasskeyOptionsOut:
    """Begin to sign in with a passkey, alone or after the password."""
    refuse_foreign_page(request)
    begun = await actions.begin_sign_in(session, site=site_of(request), address=address_of(request))
    set_cookie(response, PASSKEY_COOKIE, begun.token)
    return PasskeyOptionsOut(options=begun.options)


@router.post(
    "/v1/session/passkey",
    dependencies=[public()],
    responses=declares(SignInExpired, PasskeyRefused, ForeignPage),
)
async def sign_in_with_passkey(
    session: RequestSession, request: Request, response: Response, given: CredentialIn
) -> SessionOut:
    """Sign in with a passkey: what the person holds, and what unlocks it."""
    refuse_foreign_page(request)
    opened = await actions.sign_in_with_passkey(
        session,
        token=request.cookies.get(PASSKEY_COOKIE),
        credential=given.credential,
        origin=origin_of(request),
    )
    set_cookie(response, COOKIE, opened.token)
    drop_cookie(response, PASSKEY_COOKIE)
    drop_cookie(response, HALF_COOKIE)
    return await session_out(session, opened.token)
