"""What the edge writes into the audit trail: the line of a request, refusals, and reads of personal values in clear."""

import time

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response

from shuke.platform import audit
from shuke.platform.actor import Actor
from shuke.platform.db import Database, Session
from shuke.platform.errors import AppError
from shuke.platform.limits import Bucket

# So many ids stand in the line of a list that shows people in clear; a page has fewer.
_MOST_IDS = 500
# Refusals written down per caller and minute, and by this process; the rest is counted into the next line.
_PER_CALLER, _PER_PROCESS = 20, 300
_MOST_CALLERS = 2_000
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

logger = structlog.get_logger("shuke.audit")


class Restraint:
    """Bounds how many refusals one caller, and all together, can make this process write."""

    def __init__(self) -> None:
        self._all = Bucket(_PER_PROCESS, _PER_PROCESS / 60)
        self._callers: dict[str, Bucket] = {}
        self._left_out = 0

    def admit(self, caller: str, at: float) -> int | None:
        """None: leave it out. Else how many had been left out before."""
        if caller not in self._callers:
            if len(self._callers) >= _MOST_CALLERS:
                self._callers.pop(next(iter(self._callers)))
            self._callers[caller] = Bucket(_PER_CALLER, _PER_CALLER / 60)
        if not (self._callers[caller].take(at) and self._all.take(at)):
            self._left_out += 1
            return None
        before, self._left_out = self._left_out, 0
        return before


async def write_request(session: Session, actor: Actor, request: Request, response: Response) -> None:
    """The line of a request that has changed something."""
    notes = audit.current() or audit.Notes()
    kind, object_id = _object_of(request)
    notes.details["status"] = response.status_code
    await audit.write(session, actor.name, route_name(request), kind, notes.object_id or object_id, notes, actor=actor)


async def write_shown(session: Session, actor: Actor, request: Request) -> None:
    """One line for an answer that shows people in clear: whom, and which fields."""
    notes = audit.current()
    if notes is None or not notes.shown:
        return
    ids = sorted(set().union(*notes.shown.values()))
    told = audit.Notes(member_id=ids[0] if len(ids) == 1 else None)
    told.details = {"fields": sorted(notes.shown), "ids": ids[:_MOST_IDS], "count": len(ids)}
    kind, object_id = _object_of(request)
    told.details["route"] = route_name(request)
    await audit.write(session, actor.name, "personal.read", kind, object_id, told, actor=actor)


async def write_refusal(
    database: Database, restraint: Restraint, actor: Actor | None, request: Request, error: AppError
) -> None:
    """The line of a request that was turned away, in a transaction of its own; it never spoils the answer.

    Asking without being signed in, where nothing would have changed, is no news: consoles do it all day.
    """
    if error.status not in {401, 403} or (actor is None and request.method in _SAFE):
        return
    address = address_of(request)
    left_out = restraint.admit(actor.name if actor else address, time.monotonic())
    if left_out is None:
        return
    notes = audit.Notes(address=address, details={"status": error.status})
    if left_out:
        notes.details["left_out"] = left_out
    kind, object_id = _object_of(request)
    name = actor.name if actor else "unknown"
    try:
        async with database.transaction() as session:
            await audit.write(session, name, route_name(request), kind, object_id, notes, actor=actor, code=error.code)
    except (SQLAlchemyError, OSError):
        logger.warning("a refusal could not be written down", code=error.code)


def route_name(request: Request) -> str:
    """The method and the template of the path."""
    return f"{request.method} {request.scope['route'].path}"


def address_of(request: Request) -> str:
    """Where a request came from."""
    return request.client.host if request.client else ""


def _object_of(request: Request) -> tuple[str, str]:
    """The noun after /v1 and the ids in the path; a natural key may hold a phone number, so only its kind is kept."""
    parts = request.scope["route"].path.strip("/").split("/")
    noun = parts[1] if len(parts) > 1 else parts[0]
    ids = [value if value.isdigit() else value.partition(":")[0] for value in map(str, request.path_params.values())]
    return noun, "/".join(ids)
