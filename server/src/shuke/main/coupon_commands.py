"""`shuke coupons`: verify the coupons. Ends with 0 ok, 1 wrong, 2 could not run."""

import sys
from dataclasses import asdict
from typing import Annotated

import orjson
import typer
from rich.console import Console

from shuke.loyalty.coupons import verify as coupons
from shuke.main.commands import WRONG, do_verifying, installation_as_it_is

app = typer.Typer(no_args_is_help=True, help="The coupons: verify them.")
console = Console(highlight=False, soft_wrap=True)


@app.callback()
def _coupons() -> None:
    """Keep `verify` a command of its own while it is the only one."""


@app.command()
def verify(as_json: Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")] = False) -> None:
    """Check every coupon, move, use, unit, place and budget against the others. The program may be running."""

    async def work() -> coupons.Report:
        async with installation_as_it_is() as installation:
            return await coupons.verify_coupons(installation.worker_database, None if as_json else _show)

    report = do_verifying(work())
    if as_json:
        sys.stdout.buffer.write(orjson.dumps(asdict(report) | {"ok": report.ok}, option=orjson.OPT_INDENT_2) + b"\n")
    else:
        looked = f"{report.coupons:,} coupons, {report.moves:,} moves, {report.checks} checks"
        console.print(f"[green]ok[/green]     {looked}" if report.ok else f"[red]wrong[/red]  {looked}")
        for one in report.wrong:
            console.print(f"Not so: {one.check}. {one.what}: {one.why}.", markup=False)
    if not report.ok:
        raise typer.Exit(WRONG)


def _show(done: int, of: int) -> None:
    if console.is_terminal:
        console.print(f"check {done} of {of}", end="\r")
