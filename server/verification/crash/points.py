"""Where a run ends: the driver's protocol, through which every statement of the program passes.

SQLAlchemy and the driver's own calls (COPY among them) meet in `asyncpg.protocol.Protocol`. A subclass counts what is
executed there, BEGIN and COMMIT too, and ends the process at a chosen statement, as a power cut would: no exception,
no rollback, no closing of connections.
"""

import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import asyncpg.protocol

KILLED = 137
# Every call of the protocol that lets the server execute something. Parsing and binding change nothing by themselves.
_CALLS = ("query", "bind_execute", "bind_execute_many", "execute", "copy_in", "copy_out")


class Position(StrEnum):
    """On which side of a statement the process ends."""

    BEFORE = "before"
    # The server has been sent the statement and nobody waits for its answer any more.
    SENT = "sent"
    AFTER = "after"


@dataclass(frozen=True)
class Point:
    """One crash point: the number of the statement since counting began, from 1, and the side of it."""

    number: int
    position: Position

    def __str__(self) -> str:
        return f"{self.position} statement {self.number}"


@dataclass
class Counter:
    """Counts the statements of this process while it is on, and ends the process at a point."""

    point: Point | None = None
    last_words: Callable[[str], None] = lambda _: None
    is_on: bool = False
    statements: list[str] = field(default_factory=list)

    def begin(self, statement: str) -> Position | None:
        """Note a statement that is about to be sent; where in it the process is to end, or None."""
        if not self.is_on:
            return None
        self.statements.append(statement)
        if self.point is None or self.point.number != len(self.statements):
            return None
        self.last_words(statement)
        return self.point.position


def die() -> None:
    """End this process at once. Nothing is closed, flushed or rolled back by it."""
    os._exit(KILLED)


def watch(counter: Counter) -> None:
    """Let every connection that this process opens from now on pass by the counter."""
    original = asyncpg.protocol.Protocol
    calls = {name: _watched(getattr(original, name), counter) for name in _CALLS}
    setattr(asyncpg.protocol, original.__name__, type("WatchedProtocol", (original,), calls))


def _watched(call: Callable[..., Awaitable[Any]], counter: Counter) -> Callable[..., Awaitable[Any]]:
    async def watched(self: Any, *arguments: Any, **named: Any) -> Any:
        # What is executed comes first, by place or by name.
        ending = counter.begin(_short(next(iter((*arguments, *named.values())))))
        if ending is Position.BEFORE:
            die()
        running = call(self, *arguments, **named)
        if ending is Position.SENT:
            # The first step of the call writes to the socket and then waits for the server.
            next(running.__await__(), None)
            die()
        answer = await running
        if ending is Position.AFTER:
            die()
        return answer

    return watched


def changes_nothing(statement: str) -> bool:
    """Whether a statement, by how it begins, only reads or opens a transaction."""
    return statement.lower().startswith(("select ", "begin", "with recursive typeinfo")) and "nextval" not in statement


def _short(statement: Any) -> str:
    """The beginning of a statement's text, for people who read the result."""
    words = str(getattr(statement, "query", statement)).split()
    return " ".join(words)[:70]
