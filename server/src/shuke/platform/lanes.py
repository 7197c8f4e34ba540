"""Lanes: addresses that very many call in the same second are answered before the router.

Such an address stays a route like any other: it is declared, described and guarded; its lane gives the same answer for
a fraction of the cost, because nothing stands between the edge and its handler. Whoever opens a lane reads the body,
counts the caller (`request.state.allowance`), and says with `request.state.is_news = False` what is counted, but not
worth a line in the log.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import asyncpg
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from shuke.platform import problems, trail
from shuke.platform.errors import AppError
from shuke.platform.module import contributions


@dataclass(frozen=True, kw_only=True)
class Lane:
    """An address with a lane. Contributed by the module that declares the route, whose handler calls `answer`, too."""

    method: str
    path: str
    handle: Callable[[Request], Awaitable[Response]]


class Lanes:
    """Stands inside the edge: requests with a lane take it, all others go on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._lanes = {(lane.method, lane.path): lane for lane in contributions(Lane)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        lane = self._lanes.get((scope["method"], scope["path"])) if scope["type"] == "http" else None
        if lane is None:
            await self.app(scope, receive, send)
            return
        # The edge measures by the route's template.
        scope["route"] = lane
        try:
            response = await answer(lane, Request(scope, receive))
        except ClientDisconnect:
            return
        await response(scope, receive, send)


async def answer(lane: Lane, request: Request) -> Response:
    """What a lane says to a request; a refusal as a problem."""
    try:
        return await lane.handle(request)
    except AppError as error:
        await trail.write_refusal(request.app.state.database, request.app.state.restraint, None, request, error)
        return problems.problem(error, problems.language_of(request))
    except HTTPException as error:
        return problems.problem(problems.from_framework(error), problems.language_of(request))
    except (OSError, SQLAlchemyError, asyncpg.PostgresError) as error:
        refusal = problems.Overloaded() if isinstance(error, OSError) else problems.from_database(error)
        if refusal is None:
            raise
        return problems.problem(refusal, problems.language_of(request))
