"""`shuke`: start it, keep it, ask it how it is."""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console

from shuke.foundation import staff
from shuke.main import (
    audit_commands,
    coupon_commands,
    event_commands,
    imports,
    key_commands,
    ledger_commands,
    member_commands,
    reference,
)
from shuke.main import run as running
from shuke.main.api import create_app
from shuke.main.backup import commands as backups
from shuke.main.commands import do
from shuke.main.demo import Demonstration
from shuke.main.demo import commands as demo_commands
from shuke.main.demo.choosing import Beginning
from shuke.main.doctor import examine
from shuke.main.installation import bring_up_to_date, locate, open_installation
from shuke.main.programme import commands as programme_commands
from shuke.platform import migrate
from shuke.platform.db import Database
from shuke.platform.settings import Settings, settings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Shuke 熟客: an open-source member CRM.",
)
staff_app = typer.Typer(no_args_is_help=True, help="People who sign in.")
import_app = typer.Typer(no_args_is_help=True, help="Bring files in.")
app.add_typer(staff_app, name="staff")
app.add_typer(demo_commands.app, name="demo")
app.add_typer(import_app, name="import")
app.add_typer(key_commands.app, name="keys")
app.add_typer(ledger_commands.app, name="ledger")
app.add_typer(coupon_commands.app, name="coupons")
app.add_typer(audit_commands.app, name="audit")
app.add_typer(member_commands.app, name="members")
app.add_typer(programme_commands.app, name="programme")
app.command()(event_commands.event)
console = Console(highlight=False)

Port = Annotated[int | None, typer.Option(min=1, max=65535, help="Port to listen on, instead of SHUKE_PORT.")]
Host = Annotated[str | None, typer.Option(help="Address to listen on, instead of SHUKE_HOST.")]


@app.command()
def run(
    port: Port = None,
    host: Host = None,
    demo: Annotated[
        bool, typer.Option("--demo", help="Prepare a demonstration when the installation is empty.")
    ] = False,
    which: Annotated[Demonstration | None, typer.Argument(help="Which demonstration, if not the chain.")] = None,
    currency: Annotated[
        str | None,
        typer.Option(help="What a new shop keeps its books in, such as EUR."),
    ] = None,
    time_zone: Annotated[str | None, typer.Option(help="Where a new shop is, such as Europe/Berlin.")] = None,
) -> None:
    """Start everything: database, web server and background work."""
    wanted = which or (Demonstration.CHAIN if demo else None)
    chosen = _beginning(_chosen(host, port), currency, time_zone)
    if do(running.run(chosen, demonstration=wanted)):
        # A new process knows nothing of the shop before: neither its keys' work nor its clock.
        os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606 — ourselves again, as we were called


@app.command()
def web(port: Port = None, host: Host = None) -> None:
    """Start the web server alone."""
    do(running.run_web(_chosen(host, port)))


@app.command()
def worker() -> None:
    """Start the background work alone."""
    do(running.run_worker(settings()))


@app.command(name="migrate")
def migrate_now() -> None:
    """Bring the database's schema up to date."""

    async def work() -> None:
        async with locate(settings()) as urls:
            await bring_up_to_date(urls)

    do(work())
    console.print(f"The schema is at {migrate.newest()}.")


@app.command()
def doctor() -> None:
    """Look at everything and say what is wrong and how to mend it. Ends with 1 when something is."""

    async def work() -> int:
        wrong = 0
        async for finding in examine(settings()):
            mark = {"ok": "[green]ok   [/green]", "note": "[yellow]note [/yellow]", "wrong": "[red]wrong[/red]"}
            console.print(f"{mark[finding.state]}  {finding.what}", soft_wrap=True)
            if finding.mend:
                console.print(f"       → {finding.mend}", soft_wrap=True)
            wrong += finding.state == "wrong"
        return wrong

    if do(work()):
        raise typer.Exit(1)


@app.command()
def backup(
    to: Annotated[Path | None, typer.Option(help="Directory, instead of SHUKE_BACKUP_DIRECTORY.")] = None,
    physical: Annotated[
        bool, typer.Option("--physical", help="A base backup of the embedded server, for restoring to a moment.")
    ] = False,
) -> None:
    """Make a backup: data and keys, in two archives. The program may be running."""
    if physical:
        raise typer.Exit(do(backups.back_up_physically(settings(), console)))
    raise typer.Exit(do(backups.back_up(settings(), console, to)))


@app.command(name="backups")
def list_backups() -> None:
    """List the backups."""
    backups.list_backups(settings(), console)


@app.command()
def restore(
    backup: Annotated[str, typer.Argument(help="A name that `shuke backups` shows, a path, or: newest.")],
    keys: Annotated[Path | None, typer.Option(help="Keys archive, instead of the newest beside the backup.")] = None,
    into: Annotated[str | None, typer.Option(help="`embedded`, or an empty database's address as its owner.")] = None,
    until: Annotated[
        str | None, typer.Option(help="With a base backup: the moment, such as 2026-11-22T10:00:00+08:00.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace what the embedded database holds.")] = False,
    without_keys: Annotated[
        bool, typer.Option("--without-keys", help="Restore although nothing personal can be read then.")
    ] = False,
) -> None:
    """Restore a backup. Stop the program first. When it fails, nothing has changed."""
    if until is not None or backup.endswith(".base"):
        do(backups.restore_until(settings(), console, backup, until, is_replacing=replace))
        return
    do(
        backups.restore(
            settings(), console, backup, keys=keys, into=into, is_replacing=replace, is_without_keys=without_keys
        )
    )


@app.command()
def drill(
    keys: Annotated[Path | None, typer.Option(help="Keys archive, instead of the one beside the backup.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")] = False,
) -> None:
    """Restore the newest backup into a throw-away server and verify it. Ends with 0 only when every check passed."""
    raise typer.Exit(do(backups.hold_drill(settings(), console, keys, is_json=as_json)))


@app.command()
def openapi() -> None:
    """Print the OpenAPI description of the API."""
    # The description needs no database; the address is never opened.
    sys.stdout.write(json.dumps(create_app(Database("postgresql://nobody@/nothing")).openapi(), indent=2) + "\n")


@app.command()
def docs() -> None:
    """Write the reference pages from the code."""
    for file in reference.write():
        console.print(f"wrote {file.name}")


@staff_app.command("reset-password")
def reset_password(username: str) -> None:
    """Give a user a new temporary password and end all of the user's sessions."""

    async def work() -> str:
        async with open_installation(settings()) as installation, installation.database.transaction() as session:
            return await staff.reset_password(session, username)

    console.print(do(work()))


@import_app.command("orders")
def import_orders(
    file: Annotated[list[Path], typer.Argument(help="CSV (also gzipped) or Excel file; several are one import.")],
    mapping: Annotated[str, typer.Option(help="A built-in format (online-retail, shuke …) or a YAML file.")] = "shuke",
    rejects: Annotated[Path | None, typer.Option(help="Where rows that are handed back go, with reasons.")] = None,
) -> None:
    """Import order history: members, points and tiers follow as of each order's date. Safe to run again."""
    do(imports.import_orders(settings(), console, file, mapping, rejects))


_WRITE_AS: Mapping[int | str, str] = {
    "shop_currency": "Write the currency as three capital letters, such as EUR.",
    "shop_time_zone": "Write the time zone as the IANA names it, such as Europe/Berlin.",
}


def _beginning(chosen: Settings, currency: str | None, time_zone: str | None) -> Settings:
    try:
        return Beginning(currency, time_zone).over(chosen)
    except ValidationError as error:
        raise typer.BadParameter(" ".join(_WRITE_AS[one["loc"][0]] for one in error.errors())) from None


def _chosen(host: str | None, port: int | None) -> Settings:
    changes = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    return settings().model_copy(update=changes)
