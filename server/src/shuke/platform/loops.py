"""Loops: small work that comes round every second or so, for what a schedule of minutes is too slow for."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog

from shuke.platform import trace
from shuke.platform.db import Database, Session

_LONGEST_PAUSE_S = 60.0

logger = structlog.get_logger("shuke.loops")


@dataclass(frozen=True, kw_only=True)
class Loop:
    """Work of one round in a transaction of its own; it says whether more waits. Contributed by modules.

    Several processes may come round at once, and a round may be done twice: the work sees to that itself.
    """

    name: str
    every_s: float
    step: Callable[[Session], Awaitable[bool]]


class Rounds:
    """Runs loops until stopped, each at its own pace."""

    def __init__(self, database: Database, loops: Sequence[Loop]) -> None:
        self._database = database
        self._loops = loops
        self._stopped = asyncio.Event()

    async def run(self) -> None:
        """Work until `stop`."""
        async with asyncio.TaskGroup() as group:
            for loop in self._loops:
                group.create_task(self._follow(loop))

    def stop(self) -> None:
        """Finish the rounds at hand and return from `run`."""
        self._stopped.set()

    async def _follow(self, loop: Loop) -> None:
        failures = 0
        while not self._stopped.is_set():
            trace.begin()
            try:
                async with self._database.transaction() as session:
                    is_more = await loop.step(session)
            except Exception:
                failures += 1
                logger.exception("loop failed", loop=loop.name, failures=failures)
                await self._pause(min(loop.every_s * 2.0**failures, _LONGEST_PAUSE_S))
                continue
            failures = 0
            if not is_more:
                await self._pause(loop.every_s)

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopped.wait(), seconds)
        except TimeoutError:
            return
