"""What all commands of `shuke` share: work is run to its end, and what stops it becomes one sentence and an exit."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, NoReturn, TypeVar

import typer
import uvloop
from rich.console import Console

from shuke.main.installation import CannotStart, Installation, open_installation
from shuke.platform import log
from shuke.platform.errors import AppError
from shuke.platform.settings import settings

# How a command that verifies ends, other than with 0.
WRONG, COULD_NOT_RUN = 1, 2

complaints = Console(stderr=True, highlight=False, soft_wrap=True)

Answer = TypeVar("Answer")


def do(work: Coroutine[Any, Any, Answer], *, interrupted: str | None = None) -> Answer:
    """Run to the end; what stops it for a known reason becomes one sentence and a failing exit.

    `interrupted`: what to say to who interrupts it; without it, it ends silently with 130 as shells expect.
    """
    log.configure(level=settings().log_level, log_format=settings().log_format)
    try:
        return _run(work)
    except CannotStart as error:
        complaints.print(str(error), markup=False)
    except AppError as error:
        complaints.print(error.say(settings().language), markup=False)
    except KeyboardInterrupt:
        if interrupted is None:
            raise typer.Exit(130) from None
        complaints.print(interrupted, markup=False)
    raise typer.Exit(1)


def do_verifying(work: Coroutine[Any, Any, Answer]) -> Answer:
    """Run to the end. Whatever stops it, nothing has been verified: the exit is never that of success."""
    try:
        return _run(work)
    except CannotStart as error:
        stop(str(error))
    except AppError as error:
        stop(error.say(settings().language))
    except KeyboardInterrupt:
        stop("Interrupted.")
    except Exception as error:  # noqa: BLE001 — the exit code is what machines read, whatever happened
        stop(f"It could not run: {type(error).__name__}: {error}")


def stop(said: str) -> NoReturn:
    """End a command that verifies, with the reason why it could not."""
    complaints.print(said, markup=False)
    raise typer.Exit(COULD_NOT_RUN)


@asynccontextmanager
async def installation_as_it_is() -> AsyncIterator[Installation]:
    """The installation as it is: verifying changes nothing, so it migrates nothing either."""
    log.configure(level=settings().log_level, log_format=settings().log_format)
    async with open_installation(settings(), is_migrating=False) as installation:
        yield installation


def _run(work: Coroutine[Any, Any, Answer]) -> Answer:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)
