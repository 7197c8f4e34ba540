"""Signing in and out over HTTP, and how a request is recognised."""

from fastapi import Request, Response

from shuke.platform import clock
from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.http import (
    SAFE_METHODS,
    Authenticator,
    CurrentActor,
    RequestSession,
    Router,
    declares,
    public,
    signed_in,
)
from shuke.platform.i18n import LANGUAGES, TAGS
from shuke.platform.refusals import ClientHeaderMissing
from shuke.platform.settings import settings

from .. import actions, rules
from ..errors import NotSignedIn, PasswordTooWeak, SessionNotFound, SignInFailed, SignInLocked
from ..queries import StaffUser, find_caller, find_live_session, get_user, list_live_sessions
from ..schemas import PasswordChange, SessionChange, SessionOut, SignIn, SignInOut, SignInsOut, UserOut

COOKIE = "shuke_session"

router = Router(tags=["session"])


@router.post("/v1/session", dependencies=[public()], responses=declares(SignInFailed, SignInLocked))
async def sign_in(session: RequestSession, request: Request, response: Response, given: SignIn) -> SessionOut:
    """Sign in. Sets a cookie that scripts cannot read and other sites' pages do not send."""
    opened = await actions.sign_in(
        session,
        username=given.username,
        password=given.password,
        address=_address(request),
        user_agent=request.headers.get("user-agent", ""),
    )
    response.set_cookie(
        COOKIE,
        opened.token,
        max_age=int(rules.LONGEST.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=settings().secure_cookies,
    )
    return _session_out(await get_user(session, opened.user_id))


@router.get("/v1/session", dependencies=[signed_in()])
async def get_session(session: RequestSession, actor: CurrentActor) -> SessionOut:
    """Who is signed in, and what they may do."""
    return _session_out(await get_user(session, actor.id))


@router.patch("/v1/session", dependencies=[signed_in()])
async def change_session(session: RequestSession, actor: CurrentActor, change: SessionChange) -> SessionOut:
    """Choose the language in which one works; it is kept with the person, not with the browser."""
    await actions.choose_language(session, user_id=actor.id, language=LANGUAGES[change.language])
    return _session_out(await get_user(session, actor.id))


@router.delete("/v1/session", status_code=204, dependencies=[signed_in()])
async def sign_out(session: RequestSession, request: Request, response: Response) -> None:
    """Sign out."""
    await actions.sign_out(session, request.cookies[COOKIE])
    response.delete_cookie(COOKIE, httponly=True, samesite="strict", secure=settings().secure_cookies)


@router.post(
    "/v1/session/password",
    status_code=204,
    dependencies=[signed_in()],
    responses=declares(SignInFailed, SignInLocked, PasswordTooWeak),
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
        address=_address(request),
        token=request.cookies[COOKIE],
    )


@router.get("/v1/sign-ins", dependencies=[signed_in()])
async def list_sign_ins(session: RequestSession, request: Request, actor: CurrentActor) -> SignInsOut:
    """One's own sessions that still hold, newest first."""
    current = await find_live_session(session, request.cookies[COOKIE])
    found = await list_live_sessions(session, actor.id)
    items = [
        SignInOut(
            id=item.id,
            created_at=item.created_at,
            seen_at=item.seen_at,
            address=item.address,
            user_agent=item.user_agent,
            is_current=current is not None and item.id == current.id,
        )
        for item in found
    ]
    return SignInsOut(items=items)


@router.delete(
    "/v1/sign-ins/{session_id}", status_code=204, dependencies=[signed_in()], responses=declares(SessionNotFound)
)
async def end_sign_in(session: RequestSession, actor: CurrentActor, session_id: int) -> None:
    """End one of one's own sessions."""
    await actions.end_session(session, user_id=actor.id, session_id=session_id)


async def authenticate(session: Session, request: Request) -> Actor | None:
    """The staff user of a request's cookie. Raises ClientHeaderMissing where another site could have sent it."""
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    caller = await find_caller(session, token)
    if caller is None:
        return None
    if request.method not in SAFE_METHODS and "x-shuke-client" not in request.headers:
        raise ClientHeaderMissing
    await actions.touch(session, caller.session)
    return Actor(
        kind="staff",
        id=caller.session.user_id,
        permissions=caller.permissions,
        sight=caller.sight,
        is_fresh=rules.is_fresh(caller.session.proved_at, clock.wall()),
    )


AUTHENTICATOR = Authenticator(authenticate=authenticate, refusal=NotSignedIn)


def _session_out(user: StaffUser) -> SessionOut:
    shown = UserOut(
        id=user.id,
        username=user.username,
        display_name=user.display_name,
        is_password_temporary=user.is_password_temporary,
        language=TAGS[user.language] if user.language else None,
    )
    return SessionOut(user=shown, permissions=sorted(user.permissions))


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
