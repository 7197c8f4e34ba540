"""`shuke members`: bring members in from a file, and take an import back."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from shuke.main.commands import do
from shuke.main.installation import CannotStart, Installation, open_installation, prepare_first_start
from shuke.main.progress import import_bar
from shuke.people import imports
from shuke.platform.i18n import Language
from shuke.platform.settings import settings
from shuke.platform.tabular import open_table

app = typer.Typer(no_args_is_help=True, help="Members: bring them in from a file, and take an import back.")
console = Console(highlight=False)

_SYSTEM = "system:0"
_LINES = (
    ("read", "rows read"),
    ("new", "new members"),
    ("updated", "members updated"),
    ("unchanged", "unchanged"),
    ("skipped", "left aside by the policy"),
    ("duplicates", "the same person twice in the file"),
    ("conflicts", "conflicts"),
    ("rejected", "rejected"),
    ("identities_added", "numbers added to known members"),
)
_UNDONE = (
    ("removed", "new members removed"),
    ("restored", "members as they were before"),
    ("partly", "members partly as before"),
    ("kept", "members left as they are"),
)


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="CSV, TSV (also gzipped) or Excel file of members.")],
    mapping: Annotated[
        str,
        typer.Option(help="Headings and fields, such as Mobile=phone,Who=name; others are found by themselves."),
    ] = "",
    policy: Annotated[str, typer.Option(help="create, update or both.")] = "both",
    on_update: Annotated[str, typer.Option(help="fill: only what is empty; overwrite: everything.")] = "fill",
    sign_up: Annotated[bool, typer.Option("--sign-up", help="Reward new members as those who sign up.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")] = False,
) -> None:
    """Import members. Safe to run again: the same file changes nothing, and one that was cut off goes on."""

    place = file.resolve()

    async def work() -> None:
        if not place.is_file():
            raise CannotStart(f"There is no file {file}.")
        chosen = _settings(place, mapping, policy, on_update).model_copy(update={"is_sign_up": sign_up})
        async with open_installation(settings()) as installation:
            await prepare_first_start(installation.database)
            await _bring_in(installation, place, chosen, is_trial=dry_run)

    do(work())


@app.command("undo-import")
def undo_import(import_id: Annotated[int, typer.Argument(help="The number of the import.")]) -> None:
    """Take an import back: new members go, changed ones become what they were. Who was touched since stays."""

    async def work() -> None:
        async with open_installation(settings()) as installation:
            database = installation.worker_database
            async with database.transaction() as session:
                run = await imports.ask_for(session, import_id, "undoing", asked_by=_SYSTEM)
            undone = await imports.undo_import(database, run)
            _print(undone.undo or {}, _UNDONE)

    do(work())


async def _bring_in(installation: Installation, file: Path, chosen: imports.ImportSettings, *, is_trial: bool) -> None:
    database = installation.worker_database
    async with database.transaction() as session:
        run = await imports.add_import(
            session, file, file_name=file.name, asked_by=_SYSTEM, upload_path=str(file), settings=chosen
        )
        run = await imports.ask_for(session, run.import_id, "checking" if is_trial else "waiting", asked_by=_SYSTEM)
    with import_bar(console) as show:
        if is_trial:
            run = await imports.check_import(database, run, file, on_progress=show)
        else:
            run = await imports.run_import(database, run, file, on_progress=show)
    console.print(f"Import {run.import_id}{', a dry run: nothing was changed' if is_trial else ''}")
    _print(run.counts, _LINES)
    await _hand_back(installation, run, file)


async def _hand_back(installation: Installation, run: imports.Import, file: Path) -> None:
    language: Language = "zh" if settings().language == "zh" else "en"
    async with installation.database.transaction() as session:
        for reason in await imports.count_reasons(session, run.import_id):
            console.print(f"  {reason[2]:,} × {imports.say(reason[1], reason[3], language)}", markup=False)
        if run.counts["rejected"] + run.counts["conflicts"] + run.counts["duplicates"]:
            target = file.with_name(f"{file.name}.rejects.csv")
            kinds: tuple[imports.RejectKind, ...] = ("rejected", "conflict", "duplicate")
            target.write_bytes(await imports.handed_back_csv(session, run, kinds, language))
            console.print(f"Rows were handed back with reasons: {target}")


def _settings(file: Path, mapping: str, policy: str, on_update: str) -> imports.ImportSettings:
    header = open_table(file).header
    fields = imports.detect(header, {})
    for pair in [pair for pair in mapping.split(",") if pair.strip()]:
        heading, _, name = (part.strip() for part in pair.partition("="))
        if heading not in header:
            raise CannotStart(f"The file has no column {heading}. It has: {', '.join(header)}.")
        fields[header.index(heading)] = name or None
    try:
        return imports.ImportSettings.model_validate({"fields": fields, "policy": policy, "on_update": on_update})
    except ValueError as error:
        raise CannotStart(f"The mapping is not valid: {str(error).splitlines()[2].strip()}.") from None


def _print(counts: dict[str, Any], lines: tuple[tuple[str, str], ...]) -> None:
    table = Table(show_header=False, box=None)
    table.add_column(style="dim")
    table.add_column(justify="right")
    for key, label in lines:
        table.add_row(label, f"{counts.get(key, 0):,}")
    console.print(table)
