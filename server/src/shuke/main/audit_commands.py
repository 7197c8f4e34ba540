"""`shuke audit`: verify the audit trail, show its signed head. Ends with 0 ok, 1 wrong, 2 could not run."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.console import Console

from shuke.foundation import audit
from shuke.main.commands import WRONG, do_verifying, installation_as_it_is, stop
from shuke.platform.i18n import Language
from shuke.platform.settings import settings

app = typer.Typer(no_args_is_help=True, help="The audit trail: verify it, sign it.")
console = Console(highlight=False, soft_wrap=True)


@app.command()
def verify(
    known: Annotated[
        Path | None, typer.Option(help="A head that `shuke audit head` printed and you kept: it must be part of it.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")] = False,
) -> None:
    """Follow the whole chain. Ends with 0: every line fits, 1: something was changed, 2: could not run."""
    head = None if known is None else _read(known)

    async def work() -> audit.Report:
        async with installation_as_it_is() as installation:
            return await audit.verify(installation.worker_database, known=head)

    report = do_verifying(work())
    wrong = report.wrong
    if as_json:
        told = wrong and {"seq": wrong.seq, "audit_id": wrong.audit_id, "what": wrong.what.pick("en")}
        found = {"ok": report.ok, "lines": report.lines, "first_seq": report.first_seq, "last_seq": report.last_seq}
        rest = {"last_hash": report.last_hash.hex(), "heads": report.heads, "seconds": round(report.seconds, 3)}
        sys.stdout.write(orjson.dumps({**found, **rest, "wrong": told}).decode() + "\n")
    else:
        rate = round(report.lines / max(report.seconds, 0.001))
        looked = f"{report.lines:,} lines, {report.heads:,} signed heads in {report.seconds:.1f} s ({rate:,}/s)"
        console.print(f"[green]ok[/green]     {looked}" if report.ok else f"[red]wrong[/red]  {looked}")
        if wrong is not None:
            place = f"{wrong.seq}" if wrong.audit_id is None else f"{wrong.seq} (id {wrong.audit_id})"
            language: Language = "zh" if settings().language == "zh" else "en"
            console.print(f"{place}: {wrong.what.pick(language)}", markup=False)
    if not report.ok:
        raise typer.Exit(WRONG)


@app.command()
def head() -> None:
    """Sign the trail as it is sealed now, and print the head. Keep it elsewhere: `verify --known` compares with it."""

    async def work() -> audit.Head | None:
        async with installation_as_it_is() as installation, installation.database.transaction() as session:
            return await audit.sign_head(session)

    found = do_verifying(work())
    if found is None:
        stop("Nothing is sealed yet. The worker seals within seconds.")
    values = {**vars(found), "hash": found.hash.hex(), "previous_hash": found.previous_hash.hex()}
    sys.stdout.write(orjson.dumps({**values, "signature": found.signature.hex()}).decode() + "\n")


def _read(path: Path) -> audit.Head:
    try:
        values = orjson.loads(path.read_bytes())
        texts = {name: bytes.fromhex(values[name]) for name in ("hash", "previous_hash", "signature")}
        times = {name: datetime.fromisoformat(values[name]) for name in ("made_at", "newest_at")}
        return audit.Head(**{**values, **texts, **times})
    except (OSError, ValueError, KeyError, TypeError):
        stop(f"{path} is no head that shuke audit head printed.")
