"""A bar that shows how far an import is, with its rate."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from shuke.loyalty import checkout


@contextmanager
def import_bar(console: Console) -> Iterator[Callable[[checkout.Progress], None]]:
    """Shows a bar while the block runs; gives the function that moves it."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    started = time.monotonic()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("starting", total=None, rate="")

        def show(progress: checkout.Progress) -> None:
            rate = round(progress.done / max(time.monotonic() - started, 0.001))
            bar.update(
                task,
                description=progress.state,
                completed=progress.done,
                total=progress.total,
                rate=f"{rate:,} lines/s",
            )

        yield show
