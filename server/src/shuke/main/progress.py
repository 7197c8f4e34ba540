"""A bar that shows how far an import is, with its rate."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

_EVERY_S = 10


class Advance(Protocol):
    """How far an import is; the total may be unknown."""

    @property
    def state(self) -> str:
        """What it is doing."""

    @property
    def done(self) -> int:
        """Lines done."""

    @property
    def total(self) -> int | None:
        """Lines in all."""


@contextmanager
def import_bar(console: Console) -> Iterator[Callable[[Advance], None]]:
    """Shows a bar while the block runs, or a line now and then where there is no terminal; gives what moves it."""
    started = time.monotonic()
    if not console.is_terminal:
        yield _Lines(console, started)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("starting", total=None, rate="")

        def show(progress: Advance) -> None:
            bar.update(
                task,
                description=progress.state,
                completed=progress.done,
                total=progress.total,
                rate=_rate(progress, started),
            )

        yield show


class _Lines:
    """Says how far it is at most every ten seconds."""

    def __init__(self, console: Console, started: float) -> None:
        self._console = console
        self._started = self._said = started

    def __call__(self, progress: Advance) -> None:
        if time.monotonic() - self._said >= _EVERY_S:
            self._said = time.monotonic()
            of = f" of {progress.total:,}" if progress.total else ""
            self._console.print(f"{progress.state}: {progress.done:,}{of} lines, {_rate(progress, self._started)}")


def _rate(progress: Advance, started: float) -> str:
    return f"{round(progress.done / max(time.monotonic() - started, 0.001)):,} lines/s"
