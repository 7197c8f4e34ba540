"""`shuke keys`: list keys, exchange them while the program runs, retire those that nothing needs."""

from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from shuke.main import key_rotation
from shuke.main.commands import do
from shuke.main.installation import Installation, open_installation
from shuke.main.key_rotation import KeyState
from shuke.people import members
from shuke.people.members import rekeying
from shuke.platform.actor import EVERYTHING
from shuke.platform.keys.progress import Progress
from shuke.platform.settings import settings

app = typer.Typer(no_args_is_help=True, help="The keys that personal data are sealed with.")
console = Console(highlight=False, soft_wrap=True)

_INTERRUPTED = "Interrupted; go on with: shuke keys resume"

Kind = Annotated[Literal["kek", "index", "ledger"], typer.Argument(help="kek, index or ledger.")]


@app.command(name="list")
def list_keys() -> None:
    """List the keys, what hangs on each, and how far rotations are."""

    async def work() -> tuple[list[KeyState], list[Progress]]:
        async with _installation() as installation, installation.worker_database.transaction() as session:
            found = await key_rotation.list_keys(session, settings().keys)
            return found, await key_rotation.list_progress(session)

    found, rotations = do(work(), interrupted=_INTERRUPTED)
    for one in found:
        state = "retired" if one.is_retired else "in use" if one.is_newest else "older"
        rows = "" if one.rows is None else f"{one.rows:>12,} rows"
        console.print(f"{one.name:<16}{state:<10}since {one.first_used_at:%Y-%m-%d %H:%M} UTC{rows}")
    for at in rotations:
        console.print(_line(at), markup=False)


@app.command()
def rotate(kind: Kind) -> None:
    """Make the next key of a kind and carry everything over to it. The program may be running; nobody waits."""

    async def work() -> str:
        async with _installation() as installation:
            with _bar() as show:
                return await key_rotation.rotate(installation.worker_database, settings().keys, kind, show)

    name = do(work(), interrupted=_INTERRUPTED)
    console.print(f"{name} is in use. Make a backup now: without this file, what it seals cannot be opened.")


@app.command()
def resume() -> None:
    """Go on with a rotation that broke off. The worker does so by itself within minutes."""

    async def work() -> int:
        async with _installation() as installation:
            with _bar() as show:
                return await key_rotation.carry_over(installation.worker_database, show)

    console.print(f"{do(work(), interrupted=_INTERRUPTED):,} carried over.")


@app.command()
def retire(
    name: Annotated[str, typer.Argument(help="A name that `shuke keys list` shows, such as kek-1.key.")],
) -> None:
    """Delete an older key for good. Refused while anything needs it."""

    async def work() -> None:
        async with _installation() as installation:
            await key_rotation.retire(installation.worker_database, settings().keys, name)

    do(work(), interrupted=_INTERRUPTED)
    console.print(f"{name} is retired.")


@app.command()
def renew(member: Annotated[str, typer.Argument(help="A member's number, or a natural key.")]) -> None:
    """Give one member a new data key, and seal everything of theirs anew."""

    async def work() -> int:
        async with _installation() as installation, installation.worker_database.transaction() as session:
            return await rekeying.renew_data_key(session, await members.get_id(session, member, EVERYTHING))

    console.print(f"{do(work(), interrupted=_INTERRUPTED):,} values sealed anew.")


def _installation() -> AbstractAsyncContextManager[Installation]:
    return open_installation(settings(), is_migrating=False)


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    """A bar for each place while the block runs; where nobody looks on, a line when a place is finished."""
    if not console.is_terminal:
        yield lambda at: console.print(_line(at), markup=False) if at.finished_at is not None else None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=console, transient=True) as bar:
        tasks: dict[str, Any] = {}

        def show(at: Progress) -> None:
            if at.place not in tasks:
                tasks[at.place] = bar.add_task(at.place, total=at.total)
            bar.update(tasks[at.place], completed=at.done, total=at.total)

        yield show


def _line(at: Progress) -> str:
    state = "finished" if at.finished_at is not None else f"{max(at.total - at.done, 0):,} left"
    return f"{at.kind:<6}{at.place:<20}version {at.version:<4}{at.done:>12,} of {at.total:,}, {at.rate:,.0f}/s, {state}"
