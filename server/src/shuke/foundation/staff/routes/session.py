"""Signing in and out over HTTP, proving again who one is, and one's own sessions."""

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from shuke.platform.http import CurrentActor, RequestSession, Router, declares, public, signed_in
from shuke.platform.i18n import LANGUAGES

from .. import actions
from ..errors import (
    ForeignPage,
    PasskeyRefused,
    PasswordTooCommon,
    PasswordTooSimple,
    PasswordTooWeak,
    PasswordUsedBefore,
    SecondFactorFailed,
    SessionNotFound,
    SignInExpired,
    SignInFailed,
    SignInLocked,
)
from ..queries import LiveSession, find_live_session, list_live_sessions
from ..schemas.session import (
    HalfSessionOut,
    PasswordChange,
    Proof,
    SecondFactor,
    SessionChange,
    SessionOut,
    SignIn,
    SignInOut,
    SignInsOut,
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
)

router = Router(tags=["session"])


@router.post(
    "/v1/session",
    response_model=SessionOut,
    dependencies=[public()],
    responses={
        202: {"model": HalfSessionOut, "description": "The password was right; a second factor is asked for."},
        **declares(SignInFailed, SignInLocked, ForeignPage),
    },
)
async def sign_in(
    session: RequestSession, request: Request, response: Response, given: SignIn
) -> SessionOut | JSONResponse:
    """Sign in. Sets a cookie that scripts cannot read and other sites' pages do not send."""
    refuse_foreign_page(request)
    opened = await actions.sign_in(session, username=given.username, password=given.password, origin=origin_of(request))
    if isinstance(opened, actions.HalfSignedIn):
        half = HalfSessionOut(has_totp=opened.factors.totp_since is not None, has_passkey=opened.factors.passkeys > 0)
        answer = JSONResponse(half.model_dump(), status_code=202)
        set_cookie(answer, HALF_COOKIE, opened.token)
        return answer
    set_cookie(response, COOKIE, opened.token)
    return await session_out(session, opened.token)


@router.post(
    "/v1/session/second-factor",
    dependencies=[public()],
    responses=declares(SignInExpired, SecondFactorFailed, SignInLocked, ForeignPage),
)
async def finish_sign_in(
    session: RequestSession, request: Request, response: Response, given: SecondFactor
) -> SessionOut:
    """Finish signing in with a one-time code or a recovery code."""
    refuse_foreign_page(request)
    opened = await actions.finish_with_code(
        session, token=request.cookies.get(HALF_COOKIE), code=given.code, origin=origin_of(request)
    )
    set_cookie(response, COOKIE, opened.token)
    drop_cookie(response, HALF_COOKIE)
    return await session_out(session, opened.token)


@router.get("/v1/session", dependencies=[signed_in()])
async def get_session(session: RequestSession, request: Request) -> SessionOut:
    """Who is signed in, and what they may do."""
    return await session_out(session, request.cookies[COOKIE])


@router.patch("/v1/session", dependencies=[signed_in()])
async def change_session(
    session: RequestSession, request: Request, actor: CurrentActor, change: SessionChange
) -> SessionOut:
    """Choose the language in which one works; it is kept with the person, not with the browser."""
    await actions.choose_language(session, user_id=actor.id, language=LANGUAGES[change.language])
    return await session_out(session, request.cookies[COOKIE])


@router.delete("/v1/session", status_code=204, dependencies=[signed_in()])
async def sign_out(session: RequestSession, request: Request, response: Response) -> None:
    """Sign out."""
    await actions.sign_out(session, request.cookies[COOKIE])
    drop_cookie(response, COOKIE)


@router.post(
    "/v1/session/proof",
    status_code=204,
    dependencies=[signed_in()],
    responses=declares(SignInFailed, SignInLocked, SecondFactorFailed, SignInExpired, PasskeyRefused, SessionNotFound),
)
async def prove(
    session: RequestSession, request: Request, response: Response, actor: CurrentActor, given: Proof
) -> None:
    """Prove again who one is, for sensitive acts of the next five minutes; the session gets a new token."""
    origin = origin_of(request)
    if given.credential is not None:
        token = request.cookies.get(PASSKEY_COOKIE)
        renewed = await actions.prove_by_passkey(
            session, user_id=actor.id, token=token, credential=given.credential, origin=origin
        )
        drop_cookie(response, PASSKEY_COOKIE)
    elif given.code is not None:
        renewed = await actions.prove_by_code(session, user_id=actor.id, code=given.code, origin=origin)
    else:
        renewed = await actions.prove_by_password(
            session, user_id=actor.id, password=given.password or "", origin=origin
        )
    set_cookie(response, COOKIE, renewed.token)


@router.post(
    "/v1/session/password",
    status_code=204,
    dependencies=[signed_in()],
    responses=declares(
        SignInFailed, SignInLocked, PasswordTooWeak, PasswordTooSimple, PasswordTooCommon, PasswordUsedBefore
    ),
)
async def change_password(
    session: RequestSession, request: Request, actor: CurrentActor, given: PasswordChange
) -> None:
    """Change one's own password; one's other sessions end."""
    await actions.change_password(
        session,
        user_id=actor.id,
        present=given.current_password,
        new=given.new_password,
        address=address_of(request),
        token=request.cookies[COOKIE],
    )


@router.get("/v1/sign-ins", dependencies=[signed_in()])
async def list_sign_ins(session: RequestSession, request: Request, actor: CurrentActor) -> SignInsOut:
    """One's own sessions that still hold, newest first."""
    current = await find_live_session(session, request.cookies[COOKIE])
    return sign_ins_out(await list_live_sessions(session, actor.id), current)


@router.delete(
    "/v1/sign-ins/{session_id}", status_code=204, dependencies=[signed_in()], responses=declares(SessionNotFound)
)
async def end_sign_in(session: RequestSession, actor: CurrentActor, session_id: int) -> None:
    """End one of one's own sessions."""
    await actions.end_session(session, user_id=actor.id, session_id=session_id)


def sign_ins_out(found: list[LiveSession], current: LiveSession | None) -> SignInsOut:
    """Sessions as they are shown."""
    items = [
        SignInOut(
            id=item.id,
            created_at=item.created_at,
            seen_at=item.seen_at,
            address=item.address,
            user_agent=item.user_agent,
            method=item.method,
            is_current=current is not None and item.id == current.id,
        )
        for item in found
    ]
    return SignInsOut(items=items)
