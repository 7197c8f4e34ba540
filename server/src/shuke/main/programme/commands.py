"""`shuke programme`: write the programme down, compare it with a document, take one over."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from shuke.foundation import organization
from shuke.main.commands import do
from shuke.main.installation import CannotStart, open_installation, prepare_first_start
from shuke.platform import clock
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Session
from shuke.platform.i18n import Language
from shuke.platform.settings import settings

from . import document
from .document import PartChanges

app = typer.Typer(no_args_is_help=True, help="The programme as a document: export, compare, import.")
console = Console(highlight=False, soft_wrap=True)

File = Annotated[Path, typer.Argument(help="The document (YAML), as `export` writes it.")]
_MARKS = {"added": "+", "changed": "~", "retired": "-"}


@app.command()
def export(out: Annotated[Path | None, typer.Option(help="File to write, instead of printing.")] = None) -> None:
    """Write the programme as YAML."""

    async def work() -> str:
        async with open_installation(settings()) as installation, installation.database.transaction() as session:
            return document.write(await document.export(session))

    text = do(work())
    if out is None:
        sys.stdout.write(text)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        console.print(f"{out} cannot be written: {error.strerror}.", markup=False)
        raise typer.Exit(1) from None
    console.print(f"wrote {out}", markup=False)


@app.command()
def diff(file: File) -> None:
    """Say what importing a document would change. Ends with 1 when something would."""

    async def work() -> list[PartChanges]:
        async with open_installation(settings()) as installation, installation.database.transaction() as session:
            return await document.preview(session, _read(file), _language())

    changed = do(work())
    _print(changed, _language())
    if any(one.changes for one in changed):
        raise typer.Exit(1)


@app.command(name="import")
def take_over(
    file: File,
    from_day: Annotated[
        str | None, typer.Option("--from", help="The day from which it holds, such as 2026-12-01; else from now on.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
) -> None:
    """Take a document over, all or nothing: new versions for what differs; rules that it does not name end."""

    async def work() -> list[PartChanges]:
        async with open_installation(settings()) as installation:
            wanted = _read(file)
            await prepare_first_start(installation.database)
            async with installation.database.transaction() as session:
                begins = await _begins(session, from_day)
                if dry_run:
                    return await document.preview(session, wanted, _language(), begins)
                return await document.take_over(session, wanted, _language(), begins, SYSTEM)

    changed = do(work())
    _print(changed, _language())
    if dry_run:
        console.print("Nothing was changed.")


def _language() -> Language:
    return "zh" if settings().language == "zh" else "en"


def _read(file: Path) -> document.Document:
    try:
        return document.parse(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise CannotStart(f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise CannotStart(f"{file} is no UTF-8 text.") from None


async def _begins(session: Session, day: str | None) -> datetime | None:
    if day is None:
        return None
    try:
        chosen = date.fromisoformat(day)
    except ValueError:
        raise CannotStart(f"{day} is no day. Write it as 2026-12-01.") from None
    return clock.start_of_day(chosen, (await organization.get_shop(session)).zone)


def _print(changed: list[PartChanges], language: Language) -> None:
    if not any(one.changes for one in changed):
        console.print("The document and this installation say the same.")
    for part in changed:
        for change in part.changes:
            console.print(
                f"{_MARKS[change.kind]} {part.key}: {change.code}  {change.name.pick(language)}", markup=False
            )
            for line in change.lines:
                console.print(f"    {line.title}: {line.before or '—'} → {line.after or '—'}", markup=False)
