"""Children of a process that has imported everything: each run of the program is a process of its own, made in no time.

The parent runs no event loop and no thread, so that a child begins as clean as a started program does.
"""

import asyncio
import os
import pickle
import select
import signal
import struct
import time
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

_HEADER = struct.Struct("!I")
_LONGEST_S = 60.0

Say = Callable[[str, Any], None]


class ChildFailed(RuntimeError):
    """A child ended in a way that nobody asked for; the message says what it said last."""


@dataclass
class Ended:
    """How a child ended, and what it had said by then."""

    code: int
    said: dict[str, Any] = field(default_factory=dict)


def in_child(work: Callable[[Say], Awaitable[None]], *, may_die_with: int | None = None) -> Ended:
    """Run `work` in a forked process to its end. What it says before it dies arrives. Raises ChildFailed."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _be_the_child(work, writing)
    os.close(writing)
    try:
        said = _listen(reading, time.monotonic() + _LONGEST_S)
    except TimeoutError:
        os.kill(pid, signal.SIGKILL)
        raise ChildFailed(f"a run took longer than {_LONGEST_S:.0f} seconds") from None
    finally:
        os.close(reading)
        _, status = os.waitpid(pid, 0)
    ended = Ended(os.waitstatus_to_exitcode(status), said)
    if ended.code not in {0, may_die_with}:
        raise ChildFailed(f"a run ended with {ended.code}:\n{said.get('failed', 'it said nothing')}")
    return ended


def _be_the_child(work: Callable[[Say], Awaitable[None]], writing: int) -> None:
    """Never returns: what the parent has open is not the child's to close or to flush."""

    def say(name: str, value: Any) -> None:
        frame = pickle.dumps((name, value))
        _write(writing, _HEADER.pack(len(frame)) + frame)

    try:
        asyncio.run(_finished(work, say))
    except BaseException:  # noqa: BLE001 — whatever it was, the parent is told and decides
        say("failed", traceback.format_exc())
        os._exit(1)
    os._exit(0)


async def _finished(work: Callable[[Say], Awaitable[None]], say: Say) -> None:
    await work(say)


def _write(pipe: int, data: bytes) -> None:
    while data:
        data = data[os.write(pipe, data) :]


def _listen(pipe: int, until: float) -> dict[str, Any]:
    """Everything said until the pipe closes; the last word for each name counts."""
    heard = bytearray()
    while True:
        ready, _, _ = select.select([pipe], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            raise TimeoutError
        part = os.read(pipe, 1 << 20)
        if not part:
            return _understood(bytes(heard))
        heard += part


def _understood(heard: bytes) -> dict[str, Any]:
    said = {}
    at = 0
    # A process that dies while it speaks leaves half a frame; what it had not said in full, it did not say.
    while at + _HEADER.size <= len(heard):
        (length,) = _HEADER.unpack_from(heard, at)
        at += _HEADER.size
        if at + length > len(heard):
            break
        name, value = pickle.loads(heard[at : at + length])
        said[name] = value
        at += length
    return said
