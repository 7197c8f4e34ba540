"""What goes wrong while clients are at work. Each fault happens again and again for as long as it is told to."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

import asyncpg
from sqlalchemy.exc import SQLAlchemyError

from shuke.platform import embedded
from verification.program import Program
from verification.proxies import Proxy

_AWAY = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, SQLAlchemyError)
# Longer than the processes take to hear of the shop's new day.
_NEW_DAY_HEARD_S = 3.5
_PICKED_WITHIN_S = 8.0
_TRIES_TO_LOSE = 100


class Disturber:
    """Makes faults happen to a program, and counts them. The more kinds at a time, the longer each one's pauses."""

    def __init__(self, program: Program, seed: int, *, kinds: int = 1) -> None:
        self.program = program
        self._stretch = max(1.0, kinds / 2)
        self.chance = random.Random(seed)
        self.counts: Counter[str] = Counter()

    async def disturb(self, fault: "Fault", until: asyncio.Event) -> None:
        """Strike again and again until told to end; a stroke that has begun is brought to its end."""
        while not until.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(until.wait(), self._stretch * self.chance.uniform(*fault.every_s))
                return
            # Where another fault has just taken the database away, this one has nothing to strike.
            with suppress(*_AWAY):
                self.counts[fault.name] += await fault.strike(self)


@dataclass(frozen=True)
class Fault:
    """A kind of fault: its name, what it is, how it strikes (answering how often), and the pause between strokes."""

    name: str
    what: str
    strike: Callable[[Disturber], Awaitable[int]]
    every_s: tuple[float, float]


async def _kill_web(disturber: Disturber) -> int:
    """The pause until the next time begins when the program answers again, however busy the machine is."""
    struck = disturber.program.web.kill()
    await disturber.program.wait_until_ready()
    return int(struck)


async def _kill_worker(disturber: Disturber) -> int:
    return int(disturber.chance.choice(disturber.program.workers).kill())


async def _end_sessions(disturber: Disturber) -> int:
    async with disturber.program.superuser() as connection:
        ended = await connection.fetch(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
            where usename = $1 and random() < 0.3
            """,
            embedded.APP_ROLE,
        )
    return len(ended)


async def _crash_database(disturber: Disturber) -> int:
    await disturber.program.crash_database()
    return 1


async def _lose_commit(disturber: Disturber) -> int:
    return await _lose_one(disturber.program.database_link)


async def _lose_answer(disturber: Disturber) -> int:
    return await _lose_one(disturber.program.web_link)


async def _lose_one(link: Proxy) -> int:
    before = link.lost
    link.lose(1)
    for _ in range(_TRIES_TO_LOSE):
        await asyncio.sleep(0.02)
        if link.lost > before:
            break
    link.lose(0)
    return link.lost - before


async def _halt_worker(disturber: Disturber) -> int:
    """A day passes, a worker begins on what is due and stands still; another does its work; then the first goes on."""
    program = disturber.program
    halted, other = disturber.chance.sample(program.workers, 2)
    await program.next_day()
    await asyncio.sleep(_NEW_DAY_HEARD_S)
    async with program.superuser() as connection:
        await program.bring_schedules_forward(connection)
        halted.kill()
        await _wait_until_begun(connection)
        try:
            halted.halt()
            await program.bring_schedules_forward(connection)
            other.kill()
            await asyncio.sleep(disturber.chance.uniform(3, 8))
        finally:
            halted.go_on()
    return 1


async def _wait_until_begun(connection: asyncpg.Connection) -> None:
    until = time.monotonic() + _PICKED_WITHIN_S
    while time.monotonic() < until:
        if await connection.fetchval("select count(*) from queue.pgqueuer_schedules where status = 'picked'"):
            break
        await asyncio.sleep(0.005)


FAULTS = (
    Fault("kill-web", "the web server is killed (SIGKILL)", _kill_web, (4, 9)),
    Fault("kill-worker", "a worker is killed (SIGKILL)", _kill_worker, (4, 9)),
    Fault("end-sessions", "sessions of the program are ended by PostgreSQL", _end_sessions, (0.5, 2)),
    Fault("crash-database", "PostgreSQL stops at once and recovers from its log", _crash_database, (5, 10)),
    Fault("lose-commit", "the answer to COMMIT is lost between PostgreSQL and the program", _lose_commit, (0.2, 0.8)),
    Fault("lose-answer", "the program's answer to a write is lost on its way to the client", _lose_answer, (0.2, 0.8)),
    Fault(
        "halt-worker",
        "a worker stands still (SIGSTOP) in the middle of due work, another does the work, the first goes on",
        _halt_worker,
        (1, 3),
    ),
)
