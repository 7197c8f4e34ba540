"""What requests say of themselves: address, cookies, and which site's page sent them."""

from urllib.parse import urlsplit

from fastapi import Request, Response

from shuke.platform import clock
from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.http import SAFE_METHODS, Authenticator
from shuke.platform.i18n import TAGS
from shuke.platform.refusals import ClientHeaderMissing
from shuke.platform.settings import settings

from .. import actions, rules
from ..actions import From
from ..errors import ForeignPage, NotSignedIn, PasswordExpired, SecondFactorNeeded
from ..queries import find_caller, get_user
from ..schemas.session import SessionOut, UserOut

COOKIE = "shuke_session"
# What stands half open, for minutes: a second factor, a passkey's challenge, a way to a provider.
HALF_COOKIE = "shuke_half"
PASSKEY_COOKIE = "shuke_passkey"
PROVIDER_COOKIE = "shuke_provider"
# What the console sends with what nobody asked for just now: looking again every few seconds.
_BY_ITSELF = "x-shuke-background"
# What somebody may do who must first choose a password or switch a second factor on.
_OWN_PATHS = ("/v1/session", "/v1/sign-ins")


def address_of(request: Request) -> str:
    """Where a request comes from."""
    return request.client.host if request.client else ""


def origin_of(request: Request) -> From:
    """Where a request comes from, and the session that it holds."""
    return From(
        address=address_of(request),
        user_agent=request.headers.get("user-agent", ""),
        token=request.cookies.get(COOKIE),
    )


def site_of(request: Request) -> str:
    """The name by which browsers know this console."""
    return request.headers.get("host", "").strip().casefold()


def refuse_foreign_page(request: Request) -> None:
    """Refuse what another site's page sends. Raises ForeignPage.

    Browsers say so themselves; older ones name the page's origin. Callers that are no browsers say neither.
    """
    fetched = request.headers.get("sec-fetch-site")
    if fetched is not None:
        if fetched not in {"same-origin", "none"}:
            raise ForeignPage
        return
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc.casefold() != site_of(request):
        raise ForeignPage


def set_cookie(response: Response, name: str, token: str) -> None:
    """A cookie that scripts cannot read and other sites' pages do not send."""
    longest = rules.HALF_OPEN_FOR if name != COOKIE else rules.LONGEST * 2
    response.set_cookie(
        name,
        token,
        max_age=int(longest.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=settings().secure_cookies,
    )


def drop_cookie(response: Response, name: str) -> None:
    """Have the browser forget a cookie."""
    response.delete_cookie(name, httponly=True, samesite="strict", secure=settings().secure_cookies)


async def session_out(session: Session, token: str) -> SessionOut:
    """Who holds a token, and what they may do."""
    caller = await find_caller(session, token)
    if caller is None:
        raise NotSignedIn
    user = await get_user(session, caller.session.user_id)
    shown = UserOut(
        id=user.id,
        username=user.username,
        display_name=user.display_name,
        is_password_temporary=user.is_password_temporary,
        language=TAGS[user.language] if user.language else None,
    )
    return SessionOut(
        user=shown,
        permissions=sorted(user.permissions),
        must_first=caller.must_first,
        stores=None if caller.sight.is_whole else sorted(caller.sight.units or ()),
    )


async def authenticate(session: Session, request: Request) -> Actor | None:
    """The staff user of a request's cookie.

    Raises ClientHeaderMissing and ForeignPage where another site could have sent it, PasswordExpired and
    SecondFactorNeeded where something else comes first.
    """
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    caller = await find_caller(session, token)
    if caller is None:
        return None
    if request.method not in SAFE_METHODS:
        if "x-shuke-client" not in request.headers:
            raise ClientHeaderMissing
        refuse_foreign_page(request)
    if caller.must_first and not request.url.path.startswith(_OWN_PATHS):
        raise PasswordExpired if caller.must_first == "password" else SecondFactorNeeded
    # A page that looks again by itself keeps nobody signed in.
    if request.method not in SAFE_METHODS or _BY_ITSELF not in request.headers:
        await actions.touch(session, caller.session)
    return Actor(
        kind="staff",
        id=caller.session.user_id,
        permissions=caller.permissions,
        sight=caller.sight,
        session_id=caller.session.id,
        is_fresh=rules.is_fresh(caller.session.proved_at, clock.wall()),
    )


AUTHENTICATOR = Authenticator(authenticate=authenticate, refusal=NotSignedIn)
