"""Exchanging the shop while the program runs: preparing beside it, then starting again with the other one.

One process knows this: the one that runs everything. The preparation is a process of its own; when it is ready, this
one stops with grace as for a signal, puts the other database in place, and `run` starts the program anew.
"""

import asyncio
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Literal

import orjson
import structlog

from .choosing import USUAL, Beginning, Wanted
from .errors import NotFromHere, PreparationFailed, SwitchRunning

State = Literal["none", "preparing", "ready", "failed"]
logger = structlog.get_logger("shuke.demo")


@dataclass(frozen=True)
class Standing:
    """How far it is. `total` is unknown at first."""

    state: State = "none"
    wanted: Wanted | None = None
    done: int = 0
    total: int | None = None


class Switching:
    """The exchange of this process, where there is one."""

    def __init__(self) -> None:
        self.standing = Standing()
        self._task: asyncio.Task[None] | None = None

    @property
    def is_ready(self) -> bool:
        """Whether the other database waits to be put in place."""
        return self.standing.state == "ready"

    def start(self, wanted: Wanted, beginning: Beginning = USUAL) -> None:
        """Begin to prepare. Raises SwitchRunning."""
        if self.standing.state in ("preparing", "ready"):
            raise SwitchRunning
        self.standing = Standing("preparing", wanted)
        self._task = asyncio.create_task(self._prepare(wanted, beginning))

    async def stop(self) -> None:
        """Give up what has not become ready: the program ends."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _prepare(self, wanted: Wanted, beginning: Beginning) -> None:
        try:
            async for standing in prepare_aside(wanted, beginning):
                self.standing = standing
        except (PreparationFailed, OSError):
            logger.warning("the other shop could not be prepared", wanted=wanted)
            self.standing = Standing("failed", wanted)
            return
        self.standing = Standing("ready", wanted)
        # As if somebody had asked the program to stop: requests that have begun may finish.
        signal.raise_signal(signal.SIGTERM)


async def prepare_aside(wanted: Wanted, beginning: Beginning = USUAL) -> AsyncIterator[Standing]:
    """Run the preparing process to its end, and tell how far it is. Raises PreparationFailed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "shuke.main.demo",
        wanted,
        *beginning.arguments,
        stdin=DEVNULL,
        stdout=PIPE,
    )
    try:
        assert process.stdout is not None
        async for line in process.stdout:
            said = _progress(line)
            if said is None:
                continue
            yield Standing("preparing", wanted, said["done"], said["total"])
        if await process.wait():
            raise PreparationFailed
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def _progress(line: bytes) -> dict[str, Any] | None:
    """What a line says of how far it is; None: it is one of the log."""
    try:
        said = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    return said if isinstance(said, dict) and {"state", "done", "total"} <= said.keys() else None


_here: Switching | None = None


def use(switching: Switching | None) -> None:
    """Make this the exchange of this process (None: there is none)."""
    global _here
    _here = switching


def here() -> Switching:
    """The exchange of this process. Raises NotFromHere where it does not run everything."""
    if _here is None:
        raise NotFromHere
    return _here


def standing() -> Standing:
    """How far an exchange of this process is."""
    return Standing() if _here is None else _here.standing
