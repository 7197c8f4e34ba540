"""Turns: work on one thing is done one after the other, and a queue that is too long is refused at once.

The database decides who was first; turns only keep a hundred callers of one process from deciding everything anew
again and again, and from holding all its connections while they wait.
"""

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


class QueueFull(Exception):
    """As many as may wait are waiting already."""


@dataclass(slots=True)
class _Turn:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    present: int = 0


class Turns:
    """The turns of one kind of thing in this process; `longest` counts the one at work and those who wait."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._turns: dict[Hashable, _Turn] = {}

    @asynccontextmanager
    async def take(self, thing: Hashable) -> AsyncIterator[None]:
        """Wait for the turn and keep it while the block runs. Raises QueueFull."""
        turn = self._turns.setdefault(thing, _Turn())
        if turn.present >= self._longest:
            raise QueueFull
        turn.present += 1
        try:
            async with turn.lock:
                yield
        finally:
            turn.present -= 1
            if turn.present == 0:
                self._turns.pop(thing, None)
