"""For neighbours' tests: the background side of acts, to be run by hand and cut off in the middle."""

from typing import Any

import pytest

from . import queries
from .working import running

__all__ = ["Killed", "die_at", "queries", "running"]


class Killed(RuntimeError):
    """The process was killed, as far as a test is concerned."""


def die_at(monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    """Let the process die once, in this step of an act: its work was done, and is not noted yet."""
    real, steps = running._note, 0

    async def dies(*arguments: Any) -> None:
        nonlocal steps
        steps += 1
        if steps == step:
            raise Killed
        await real(*arguments)

    monkeypatch.setattr(running, "_note", dies)
