"""`shuke ledger`: verify the ledger, sign roots, give and check proofs. Ends with 0 ok, 1 wrong, 2 could not run."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from shuke.loyalty.ledger import verify as ledger
from shuke.loyalty.ledger.verify import proofs, roots
from shuke.loyalty.ledger.verify.findings import VerificationReport
from shuke.loyalty.ledger.verify.trial_balance import CurrencyBalance
from shuke.main.commands import WRONG, do_verifying, installation_as_it_is, stop
from shuke.main.installation import CannotStart
from shuke.people import members
from shuke.platform.actor import EVERYTHING
from shuke.platform.db import Session
from shuke.platform.settings import settings

_NEWEST = "newest"
_SHOWN = 50

app = typer.Typer(no_args_is_help=True, help="The ledger: verify it, sign it, prove it.")
console = Console(highlight=False, soft_wrap=True)

Out = Annotated[Path | None, typer.Option(help="File to write, instead of printing.")]


@app.command()
def verify(
    member: Annotated[str | None, typer.Option(help="Only this member: a number such as 12, or a natural key.")] = None,
    since: Annotated[str | None, typer.Option(help="Only what moved since a root: its number, or `newest`.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")] = False,
) -> None:
    """Recompute every hash, balance, lot and hold. Ends with 0: all agree, 1: something is wrong, 2: could not run."""

    async def work() -> VerificationReport:
        async with installation_as_it_is() as installation:
            async with installation.database.transaction() as session:
                chosen = None if since is None else await _root_number(session, since)
                member_id = None if member is None else await members.get_id(session, member, EVERYTHING)
            with _bar(quiet=as_json) as show:
                return await ledger.verify_ledger(
                    installation.worker_database, member_id=member_id, since=chosen, progress=show
                )

    report = do_verifying(work())
    if as_json:
        _write(_as_json(report), None)
    else:
        rate = round(report.entries / max(report.seconds, 0.001))
        looked = f"{report.accounts:,} accounts, {report.entries:,} entries in {report.seconds:.1f} s ({rate:,}/s)"
        console.print(f"[green]ok[/green]     {looked}" if report.ok else f"[red]wrong[/red]  {looked}")
        if report.wrong is not None:
            console.print(report.wrong.say(settings().language), markup=False)
    if not report.ok:
        raise typer.Exit(WRONG)


@app.command(name="root")
def make_root() -> None:
    """Sign a root over all accounts now. One is made every night, too."""

    async def work() -> ledger.Root:
        async with installation_as_it_is() as installation:
            return await ledger.make_root(installation.worker_database)

    root = do_verifying(work())
    console.print(
        f"Root {root.root_id}: {root.accounts:,} accounts, {root.entries:,} entries, signed by {root.key_id}."
    )
    console.print(root.statement.decode(), markup=False)


@app.command(name="roots")
def list_roots() -> None:
    """List the newest roots."""

    async def work() -> list[ledger.Root]:
        async with installation_as_it_is() as installation, installation.database.transaction() as session:
            return list((await ledger.list_roots(session, limit=_SHOWN)).items)

    for root in do_verifying(work()):
        console.print(
            f"{root.root_id:>6}  {root.made_at:%Y-%m-%d %H:%M} UTC  {root.accounts:>12,} accounts  "
            f"{root.entries:>14,} entries  {root.hash.hex()}"
        )


@app.command()
def proof(member: Annotated[str, typer.Argument(help="A member's number, or a natural key.")], out: Out = None) -> None:
    """Write a proof of what a member's accounts were when the newest root was signed."""

    async def work() -> bytes:
        async with installation_as_it_is() as installation, installation.worker_database.transaction() as session:
            return proofs.written(await ledger.make_proof(session, await members.get_id(session, member, EVERYTHING)))

    _write(do_verifying(work()), out)


@app.command("check-proof")
def check_proof(
    file: Annotated[Path, typer.Argument(help="The proof.")],
    public_key: Annotated[Path, typer.Option(help="The public key of the house, as PEM; from a source you trust.")],
) -> None:
    """Check a proof, anywhere: it needs no database and no settings. Ends with 0: it holds, 1: it does not."""
    try:
        public = proofs.from_pem(public_key.read_bytes())
        text = file.read_bytes()
    except (OSError, proofs.ProofWrong) as error:
        stop(f"The proof cannot be checked: {error}.")
    try:
        proved = proofs.check_proof(text, public)
    except proofs.ProofWrong as error:
        console.print(f"[red]wrong[/red]  {file}: {error}.")
        raise typer.Exit(WRONG) from None
    console.print(f"[green]ok[/green]     member {proved.member_id} in root {proved.root_id} of {proved.made_at}")
    for account in proved.accounts:
        console.print(f"       {account.currency}: version {account.version}, head {account.head_hash}")


@app.command("public-key")
def public_key(out: Out = None) -> None:
    """Print the public key with which everybody can check roots and proofs."""

    async def work() -> bytes:
        async with installation_as_it_is() as installation, installation.database.transaction() as session:
            return await roots.public_key(session)

    _write(proofs.to_pem(do_verifying(work())).encode(), out)


@app.command("trial-balance")
def trial_balance(
    as_json: Annotated[bool, typer.Option("--json", help="Print the balances as JSON.")] = False,
) -> None:
    """What members hold and the other side of everything that ever moved. Ends with 1 when it does not balance."""

    async def work() -> list[CurrencyBalance]:
        async with installation_as_it_is() as installation, installation.worker_database.transaction() as session:
            return await ledger.trial_balance(session)

    found = do_verifying(work())
    if as_json:
        _write(orjson.dumps([{**vars(one), "difference": one.difference, "ok": one.ok} for one in found]) + b"\n", None)
    else:
        for one in found:
            _print_balance(one)
    if not all(one.ok for one in found):
        raise typer.Exit(WRONG)


def _print_balance(one: CurrencyBalance) -> None:
    console.print(f"{one.currency}: " + ("[green]ok[/green]" if one.ok else "[red]wrong[/red]"))
    lines = {"members": one.members, **one.sides, "sum": one.difference}
    lines |= {"liabilities by account": one.liabilities, "liabilities by lot": one.lots}
    for label, amount in lines.items():
        console.print(f"  {label:<24}{amount:>20,}")


async def _root_number(session: Session, text: str) -> int:
    if text != _NEWEST:
        if not text.isdecimal() or len(text) > 18:
            raise CannotStart(f"{text} is no root. Give its number, or: {_NEWEST}.")
        return int(text)
    newest = await roots.find_newest(session)
    if newest is None:
        raise CannotStart("There is no root yet. Make one with: shuke ledger root")
    return newest.root_id


@contextmanager
def _bar(*, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """A bar of the entries looked at, where somebody looks on."""
    if quiet or not console.is_terminal:
        yield None
        return
    columns = (TextColumn("verifying"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=max(done, total))


def _as_json(report: VerificationReport) -> bytes:
    wrong = report.wrong.stored() if report.wrong else None
    return orjson.dumps({**vars(report), "wrong": wrong, "seconds": round(report.seconds, 3)}) + b"\n"


def _write(content: bytes, out: Path | None) -> None:
    if out is None:
        sys.stdout.write(content.decode())
        return
    try:
        out.write_bytes(content)
    except OSError as error:
        stop(f"{out} cannot be written: {error.strerror}.")
    console.print(f"wrote {out}")
