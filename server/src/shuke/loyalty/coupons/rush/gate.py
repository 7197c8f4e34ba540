"""The gate: so few database sessions for a template that is wanted by all, and an answer at once for everybody else.

What makes a rush slow is not the work but the queue of those who wait for the same rows. So claims wait here, in
memory and not for long, and a few workers carry them into the database, many in one transaction. Who has waited too
long is told to come again. When everything is taken, nobody is asked any more: the answer is known.

Each process has its own gates. None of them decides who gets what: units, places and keys in the database do.
"""

import asyncio
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import asyncpg
import structlog
from sqlalchemy.exc import SQLAlchemyError

from shuke.people import members
from shuke.platform import clock, problems
from shuke.platform.db import Database
from shuke.platform.errors import AppError
from shuke.platform.i18n import LocalName
from shuke.platform.settings import settings

from .. import issuing
from ..issuing.errors import REFUSALS, IssuingClosed, Why
from .errors import Queueing, RushPaused, RushSoldOut
from .state import MOST_KNOWN, RushState, read_answers, read_holders, read_state
from .tickets import Ticket

# Older than the first, what is known of a template is read again while it is still used; older than the second, it is
# waited for. So a template that is paused is closed everywhere within a fraction of a second.
_REFRESH_AFTER_S, _STALE_AFTER_S = 0.1, 0.2
WAIT_S = 0.3
_BATCH = 64
_MOST_WAITING = 1_000
_SPEED_OVER_S = 10
# The database is away, or a connection to it broke in the middle: SQLAlchemy says it in several ways.
_LOST = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, SQLAlchemyError)

logger = structlog.get_logger("shuke.coupons.rush")


@dataclass(frozen=True, slots=True)
class Claimed:
    """The answer of a ticket that has got its coupon. `is_new`: just now."""

    body: bytes
    is_new: bool


@dataclass(slots=True)
class _Waiting:
    ticket: Ticket
    outcome: asyncio.Future[Claimed]


@dataclass
class Speed:
    """How many attempts there were, by outcome, in each of the last seconds."""

    seconds: deque[tuple[int, Counter[str]]] = field(default_factory=deque)

    def note(self, outcome: str) -> None:
        """Count one."""
        now = int(asyncio.get_running_loop().time())
        if not self.seconds or self.seconds[-1][0] != now:
            self.seconds.append((now, Counter()))
            while self.seconds[0][0] < now - _SPEED_OVER_S:
                self.seconds.popleft()
        self.seconds[-1][1][outcome] += 1

    def per_second(self) -> dict[str, float]:
        """Attempts a second by outcome, over the last ten whole seconds."""
        now = int(asyncio.get_running_loop().time())
        found: Counter[str] = Counter()
        for at, counts in self.seconds:
            if now - _SPEED_OVER_S <= at < now:
                found.update(counts)
        return {outcome: count / _SPEED_OVER_S for outcome, count in found.items()}


class Gate:
    """The gate of one template in this process."""

    def __init__(self, database: Database, template_id: int) -> None:
        self._database = database
        self.template_id = template_id
        self._state: RushState | None = None
        self._read_at = float("-inf")
        self._reading: asyncio.Task[None] | None = None
        self._queue: deque[_Waiting] = deque()
        self._by_member: dict[int, _Waiting] = {}
        self._workers: set[asyncio.Task[None]] = set()
        # What tickets have got; with `_knows_all`, a ticket that is not here has got nothing.
        self._answers: dict[str, bytes] = {}
        self._knows_all = False
        self.speed = Speed()

    @property
    def most_per_address(self) -> int | None:
        """How many attempts a minute one address may make, as far as is known yet."""
        return self._state.template.issuing.claiming.most_per_address if self._state else None

    @property
    def is_idle(self) -> bool:
        """Whether nobody waits, so that it may be forgotten."""
        return not (self._by_member or self._workers)

    async def claim(self, ticket: Ticket) -> Claimed:
        """What the ticket gets. Raises RushSoldOut, Queueing, what issuing refuses, and Overloaded."""
        try:
            claimed = await self._claim(ticket)
        except AppError as error:
            self.speed.note(error.code)
            raise
        self.speed.note("claimed" if claimed.is_new else "again")
        return claimed

    async def _claim(self, ticket: Ticket) -> Claimed:
        known = self._answers.get(ticket.grant_key)
        if known is not None:
            return Claimed(known, is_new=False)
        state = await self._present_state()
        state.require_open()
        if state.is_sold_out and self._knows_all:
            known = self._answers.get(ticket.grant_key)
            if known is None:
                raise RushSoldOut(template=state.template.name)
            return Claimed(known, is_new=False)
        waiting = self._by_member.get(ticket.member_id)
        if waiting is not None and waiting.ticket.nonce == ticket.nonce:
            # The same ticket, while it is in flight, waits for the same answer.
            return replace(await self._wait(waiting), is_new=False)
        return await self._wait(self._enter(ticket))

    def _enter(self, ticket: Ticket) -> _Waiting:
        """Take a place in the queue; a member has one attempt in flight. Raises Queueing."""
        if ticket.member_id in self._by_member or len(self._queue) >= _MOST_WAITING:
            raise queueing(ticket)
        waiting = _Waiting(ticket, asyncio.get_running_loop().create_future())
        waiting.outcome.add_done_callback(_heard)
        self._by_member[ticket.member_id] = waiting
        self._queue.append(waiting)
        if len(self._workers) < settings().coupon_rush_sessions:
            worker = asyncio.create_task(self._work())
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
        return waiting

    async def _wait(self, waiting: _Waiting) -> Claimed:
        outcome = waiting.outcome
        done, _ = await asyncio.wait([outcome], timeout=WAIT_S)
        if not done and waiting in self._queue:
            self._queue.remove(waiting)
            self._leave(waiting, error=queueing(waiting.ticket))
        # Whoever is being worked on hears what became of it, however long that takes.
        return await asyncio.shield(outcome)

    def _leave(self, waiting: _Waiting, *, claimed: Claimed | None = None, error: Exception | None = None) -> None:
        if self._by_member.get(waiting.ticket.member_id) is waiting:
            del self._by_member[waiting.ticket.member_id]
        if waiting.outcome.done():
            return
        if claimed is not None:
            waiting.outcome.set_result(claimed)
        else:
            waiting.outcome.set_exception(error or problems.Overloaded())

    async def _work(self) -> None:
        while self._queue:
            some = [self._queue.popleft() for _ in range(min(_BATCH, len(self._queue)))]
            try:
                outcomes = await self._give([one.ticket for one in some])
            except Exception as error:  # noqa: BLE001 — whatever it was, those who wait are told, and others come next
                refusal = _refusal_of(error)
                for one in some:
                    self._leave(one, error=refusal or queueing(one.ticket))
                continue
            for one, outcome in zip(some, outcomes, strict=True):
                if isinstance(outcome, Claimed):
                    self._keep(one.ticket.grant_key, outcome.body)
                    self._leave(one, claimed=outcome)
                else:
                    self._leave(one, error=outcome)

    async def _give(self, tickets: Sequence[Ticket]) -> list[Claimed | AppError]:
        """Carry claims into the database, all in one transaction, and nobody waits there for anybody."""
        state = await self._present_state()
        name = state.template.name
        now = clock.now()
        wanted = [
            issuing.Wanted(
                member_id=one.member_id,
                template=state.template.code,
                key=one.grant_key,
                how="claim",
                actor=f"member:{one.member_id}",
                at=now,
            )
            for one in tickets
        ]
        async with self._database.transaction() as session:
            given = await issuing.give(session, wanted, waits=False)
            answers = await read_answers(session, [one.coupon_id for one in given if one.coupon_id is not None])
        outcomes: list[Claimed | AppError] = []
        for ticket, one in zip(tickets, given, strict=True):
            if one.coupon_id is not None:
                outcomes.append(Claimed(answers[one.coupon_id], is_new=one.state == "given"))
            else:
                outcomes.append(_refused(one.why or "busy", ticket, name))
        return outcomes

    def _keep(self, grant_key: str, body: bytes) -> None:
        if len(self._answers) >= MOST_KNOWN:
            self._knows_all = False
            self._answers.pop(next(iter(self._answers)))
        self._answers[grant_key] = body

    async def _present_state(self) -> RushState:
        """The template as it was at most a moment ago. Raises Overloaded."""
        age = asyncio.get_running_loop().time() - self._read_at
        if age > _REFRESH_AFTER_S and self._reading is None:
            self._reading = asyncio.create_task(self._read())
            self._reading.add_done_callback(_heard)
        if (age > _STALE_AFTER_S or self._state is None) and self._reading is not None:
            await asyncio.shield(self._reading)
        if self._state is None:
            raise problems.Overloaded
        return self._state

    async def _read(self) -> None:
        started = asyncio.get_running_loop().time()
        try:
            async with self._database.transaction() as session:
                state = await read_state(session, self.template_id)
                if state.is_sold_out and not self._knows_all:
                    # Read after it was seen that nothing is left: whoever has got one is among them.
                    holders = await read_holders(session, self.template_id)
                    if holders is not None:
                        self._answers |= holders
                        self._knows_all = len(self._answers) <= MOST_KNOWN
            self._knows_all = self._knows_all and state.is_sold_out
            self._state, self._read_at = state, started
        except _LOST as error:
            raise _refusal_of(error) or problems.Overloaded() from None
        finally:
            self._reading = None


def queueing(ticket: Ticket) -> Queueing:
    """Come again in a moment; not all in the same one."""
    return Queueing(retry_after=1 + ord(ticket.nonce[-1]) % 3)


def _refused(why: Why, ticket: Ticket, template: LocalName) -> AppError:
    """What was told as a refusal; the gate says some of them in its own way."""
    if why == "busy":
        return queueing(ticket)
    if why == "member_not_active":
        return members.MemberNotActive()
    if why == "member_not_found":
        return members.MemberNotFound()
    kinds: dict[Why, type[AppError]] = {**REFUSALS, "sold_out": RushSoldOut, "paused": RushPaused}
    return kinds.get(why, IssuingClosed)(template=template)


def _refusal_of(error: BaseException) -> AppError | None:
    """What those who waited hear; None: somebody was in the way, and trying again is right."""
    if isinstance(error, AppError):
        return error
    refusal = problems.from_database(error)
    if isinstance(refusal, problems.Busy):
        return None
    if refusal is not None or _is_lost(error):
        logger.warning("claims could not be written", error=type(error).__name__)
        return problems.Overloaded()
    logger.error("claims failed", exc_info=error)
    return problems.InternalError()


def _is_lost(error: BaseException) -> bool:
    """Whether the database went away, however the error that says so is wrapped."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, _LOST):
        cause = cause.__cause__ or cause.__context__
    return cause is not None


def _heard(outcome: asyncio.Future[Claimed] | asyncio.Task[None]) -> None:
    """An outcome that nobody waits for any more is no error of the program."""
    if not outcome.cancelled():
        outcome.exception()
