"""The edge of HTTP: one transaction per request, committed before the answer leaves.

A route says who may call it: `allowed("members.read")`, `signed_in()` or `public()`; composition refuses a route
that says nothing. Sessions are opened when first asked for, after the whole body has arrived.
"""

from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Annotated, Any, Literal

import asyncpg
import structlog
from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.responses import Response

from shuke.platform import audit, idempotency, problems, shape, trail
from shuke.platform.actor import Actor, Sight
from shuke.platform.crypto import SealBroken
from shuke.platform.db import Database, Session
from shuke.platform.errors import AppError
from shuke.platform.i18n import Language
from shuke.platform.limits import Allowance, TooManyRequests
from shuke.platform.module import Permission, contributions
from shuke.platform.refusals import NotAllowed, OutOfSight, ProofNeeded, StaffOnly

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
ANYBODY = Actor(kind="system", id=0)
# Says that a request had been done before: it is answered again, and nothing is written, not even an audit line.
REPLAY = "Idempotent-Replay"

logger = structlog.get_logger("shuke.web")


@dataclass(frozen=True, kw_only=True)
class Authenticator:
    """Recognises callers. Contributed by a module; the first that knows the caller counts.

    `authenticate` returns None for who it does not know, and raises for who it must turn away. `refusal` is what an
    unknown caller of a closed route hears.
    """

    authenticate: Callable[[Session, Request], Awaitable[Actor | None]]
    refusal: type[AppError]


class Unit:
    """One request's transaction: begun when first asked for, ended by the route."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._context: Any = None
        self._session: Session | None = None
        self._until_end = AsyncExitStack()
        self.actor = ANYBODY
        self.claim: idempotency.Claim | None = None
        self.own_key: str | None = None

    async def session(self) -> Session:
        """The request's session. Raises Overloaded when the database cannot be reached."""
        if self._session is None:
            context = self._database.transaction()
            try:
                self._session = await context.__aenter__()
            except (OSError, asyncpg.CannotConnectNowError, asyncpg.TooManyConnectionsError):
                raise problems.Overloaded from None
            self._context = context
        return self._session

    async def roll_back(self) -> None:
        """Undo what was done; the unit ends with nothing to commit."""
        if self._session is not None:
            await self._session.rollback()

    async def keep_until_end(self, context: AbstractAsyncContextManager[None]) -> None:
        """Enter a context that is left only when the transaction has ended."""
        await self._until_end.enter_async_context(context)

    async def __aenter__(self) -> "Unit":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        async with self._until_end:
            await self._end(kind, error, trace)

    async def _end(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._context is None:
            return
        if isinstance(error, AppError) and error.keeps_effects:
            await self._context.__aexit__(None, None, None)
        else:
            await self._context.__aexit__(kind, error, trace)


class _Replayed(Exception):
    """An earlier request had this key; its answer is given again."""

    def __init__(self, answer: idempotency.Answer) -> None:
        self.answer = answer


class Route(APIRoute):
    """A route whose handler, idempotency key and audit line share one transaction, committed before the answer."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The framework's handler inside our transaction."""
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            await shape.require_storable(request)
            audit.begin(trail.address_of(request))
            state = request.app.state
            unit = Unit(state.database)
            try:
                return await _work(unit, request, handler)
            except AppError as error:
                actor = None if unit.actor is ANYBODY else unit.actor
                await trail.write_refusal(state.database, state.restraint, actor, request, error)
                raise

        return handle


async def _work(unit: Unit, request: Request, handler: Callable[[Request], Awaitable[Response]]) -> Response:
    async with unit:
        request.state.unit = unit
        idempotency.gather_subjects()
        await _require_caller_of_upload(unit, request)
        try:
            response = await handler(request)
        except _Replayed as replayed:
            return _again(replayed.answer)
        if response.status_code >= 400:
            await unit.roll_back()
            return response
        if request.method not in SAFE_METHODS and REPLAY not in response.headers:
            await _conclude(unit, request, response)
        if (notes := audit.current()) is not None and notes.shown:
            await trail.write_shown(await unit.session(), unit.actor, request)
        return response


async def _require_caller_of_upload(unit: Unit, request: Request) -> None:
    """Know who uploads before the upload is read: nobody fills the disk without a sign-in."""
    if request.headers.get("content-type", "").lower().startswith("multipart/"):
        await _recognise(await unit.session(), request)


class Router(APIRouter):
    """The router that every module uses: its routes are `Route`s."""

    def __init__(self, **options: Any) -> None:
        super().__init__(route_class=Route, **options)


# What of the shop a route's answer is about: all of it (callers with a narrower sight are refused), what the caller
# sees (the handler narrows by `CurrentSight`), or what is the same for everybody (names of levels, currencies).
Reach = Literal["whole", "narrowed", "common"]


class Access:
    """Who may call a route. Found at composition by its type."""

    label = ""
    reach: Reach = "whole"
    # The route keeps its Idempotency-Keys itself, with what it writes.
    has_own_keys = False
    # Staff have to have proved within minutes who they are.
    needs_fresh = False


class _Public(Access):
    label = "public"
    reach: Reach = "common"

    async def __call__(self, request: Request) -> Actor:
        _charge(request, request.app.state.limits.take_from_address(trail.address_of(request)))
        return ANYBODY


class _SignedIn(Access):
    label = "signed in"
    reach: Reach = "common"

    def __init__(self, *, needs_fresh: bool = False) -> None:
        self.needs_fresh = needs_fresh

    async def __call__(self, request: Request) -> Actor:
        unit: Unit = request.state.unit
        session = await unit.session()
        unit.actor = await _recognise(session, request)
        _charge(request, request.app.state.limits.take_from_actor(unit.actor.name, unit.actor.requests_per_minute))
        await self.require(unit.actor)
        if self.needs_fresh and not unit.actor.is_fresh:
            raise ProofNeeded
        if self.has_own_keys:
            unit.own_key = idempotency.require_key(request.headers.get("idempotency-key"))
        else:
            await _claim_key(unit, request)
        return unit.actor

    async def require(self, actor: Actor) -> None:
        """Refuse an actor who may not: what needs no permission is about the signed-in person. Raises StaffOnly."""
        if actor.kind != "staff":
            raise StaffOnly


class _Allowed(_SignedIn):
    def __init__(
        self, permission: str, *, has_own_keys: bool = False, reach: Reach = "whole", needs_fresh: bool = False
    ) -> None:
        super().__init__(needs_fresh=needs_fresh)
        self.label = permission
        self.has_own_keys = has_own_keys
        self.reach = reach

    async def require(self, actor: Actor) -> None:
        if self.label not in actor.permissions:
            raise NotAllowed(permission=self.label)
        if self.reach == "whole" and not actor.sight.is_whole:
            raise OutOfSight


def allowed(
    permission: Permission | str, *, has_own_keys: bool = False, reach: Reach = "whole", needs_fresh: bool = False
) -> Any:
    """Declare that a route needs a permission. Use in `dependencies=[…]`, or as a parameter to get the Actor.

    `reach`: "whole" refuses callers who see only a part of the shop; "narrowed" promises that the handler applies
    `CurrentSight` to every record it touches; "common" is what everybody sees alike.
    `has_own_keys`: the route demands an Idempotency-Key and keeps it with what it writes (see `OwnKey`), for ever;
    the answers of others are kept for thirty days.
    `needs_fresh`: for sensitive acts; staff must have proved who they are within five minutes (ProofNeeded).
    """
    code = permission if isinstance(permission, str) else permission.code
    return Depends(_Allowed(code, has_own_keys=has_own_keys, reach=reach, needs_fresh=needs_fresh))


def signed_in(*, needs_fresh: bool = False) -> Any:
    """Declare that a route needs a signed-in caller and no more; `needs_fresh` as for `allowed`."""
    return Depends(_SignedIn(needs_fresh=needs_fresh))


def public() -> Any:
    """Declare that anybody may call a route: signing in, health."""
    return Depends(_Public())


async def require_permission(request: Request, permission: str) -> Actor:
    """Ask for a permission inside a public route, where the answer depends on more. Raises NotAllowed."""
    return await _Allowed(permission)(request)


async def _session(request: Request) -> Session:
    unit: Unit = request.state.unit
    return await unit.session()


async def _actor(request: Request) -> Actor:
    unit: Unit = request.state.unit
    return unit.actor


async def _sight(request: Request) -> Sight:
    unit: Unit = request.state.unit
    return unit.actor.sight


async def _own_key(request: Request) -> str:
    unit: Unit = request.state.unit
    # Declared by `allowed(…, has_own_keys=True)`, which has put it there.
    return unit.own_key or ""


async def _unit(request: Request) -> Unit:
    unit: Unit = request.state.unit
    return unit


async def _language(request: Request) -> Language:
    return problems.language_of(request)


RequestSession = Annotated[Session, Depends(_session)]
CurrentActor = Annotated[Actor, Depends(_actor)]
CurrentSight = Annotated[Sight, Depends(_sight)]
CurrentUnit = Annotated[Unit, Depends(_unit)]
OwnKey = Annotated[str, Depends(_own_key)]
RequestLanguage = Annotated[Language, Depends(_language)]


def declares(*errors: type[AppError]) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route for the errors that it can answer with."""
    by_status: dict[int | str, dict[str, Any]] = {}
    for error in sorted(errors, key=lambda item: item.code):
        entry = by_status.setdefault(error.status, {"description": "", "codes": []})
        entry["codes"].append(error.code)
        entry["description"] = ", ".join(f"`{code}`" for code in entry["codes"])
    return {
        status: {"description": entry["description"], "content": {problems.MEDIA_TYPE: {"schema": PROBLEM_REFERENCE}}}
        for status, entry in by_status.items()
    }


PROBLEM_REFERENCE = {"$ref": "#/components/schemas/Problem"}


def handle_errors(app: FastAPI) -> None:
    """Make an app answer every refusal with problem+json."""

    async def refuse(request: Request, error: Exception) -> Response:
        language = problems.language_of(request)
        if isinstance(error, RequestValidationError):
            return problems.problem(problems.from_validation(error, language), language)
        if isinstance(error, HTTPException):
            answer = problems.problem(problems.from_framework(error), language)
            if error.headers and "Allow" in error.headers:
                answer.headers["Allow"] = error.headers["Allow"]
            return answer
        refusal = error if isinstance(error, AppError) else problems.from_database(error)
        if refusal is None:
            raise error
        if isinstance(refusal, SealBroken):
            logger.error("a sealed value does not open: wrong key, wrong row, or damaged", place=refusal.context)
        return problems.problem(refusal, language)

    for kind in (
        AppError,
        RequestValidationError,
        HTTPException,
        DBAPIError,
        PoolTimeout,
        asyncpg.PostgresError,
        asyncpg.exceptions.DataError,
    ):
        app.add_exception_handler(kind, refuse)


async def _recognise(session: Session, request: Request) -> Actor:
    authenticators = contributions(Authenticator)
    try:
        for authenticator in authenticators:
            if (actor := await authenticator.authenticate(session, request)) is not None:
                return actor
        raise authenticators[0].refusal
    except AppError as error:
        if error.status == 401:  # Whoever guesses keys or sessions is slowed down by address.
            _charge(request, request.app.state.limits.take_from_address(trail.address_of(request)))
        raise


def _charge(request: Request, allowance: Allowance) -> None:
    request.state.allowance = allowance
    if not allowance.is_granted:
        raise TooManyRequests(limit=allowance.limit, retry_after=allowance.retry_s)


async def _claim_key(unit: Unit, request: Request) -> None:
    key = request.headers.get("idempotency-key")
    if key is None or request.method in SAFE_METHODS:
        return
    if request.headers.get("content-type", "").lower().startswith("multipart/"):
        raise idempotency.KeyInvalid
    unit.claim = idempotency.make_claim(
        actor=unit.actor.name,
        route=trail.route_name(request),
        key=key,
        target=str(request.url.path) + "?" + str(request.url.query),
        body=await request.body(),
    )
    answer = await idempotency.find_answer(await unit.session(), unit.claim)
    if answer is not None:
        raise _Replayed(answer)


async def _conclude(unit: Unit, request: Request, response: Response) -> None:
    if unit.actor is ANYBODY:
        # Public routes keep their own record of who did what: only they know who it was.
        return
    session = await unit.session()
    await trail.write_request(session, unit.actor, request, response)
    if unit.claim is not None:
        headers = {name: response.headers[name] for name in ("content-type", "location") if name in response.headers}
        answer = idempotency.Answer(response.status_code, headers, bytes(response.body))
        await idempotency.keep_answer(session, unit.claim, answer)


def _again(answer: idempotency.Answer) -> Response:
    headers = {**answer.headers, REPLAY: "true"}
    return Response(answer.body or None, status_code=answer.status, headers=headers)
