"""`shuke import`: bring files in from the command line."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from shuke.loyalty import checkout
from shuke.main.installation import CannotStart, open_installation, prepare_first_start
from shuke.main.progress import import_bar
from shuke.platform.money import format_money
from shuke.platform.settings import Settings

_LINES = (
    ("lines_read", "lines read"),
    ("lines_imported", "lines imported"),
    ("lines_unchanged", "lines already here, unchanged"),
    ("lines_rejected", "lines rejected"),
    ("lines_later", "lines left for later"),
    ("orders", "orders"),
    ("refunds", "refunds"),
    ("adjustments", "adjustments"),
    ("guest_sales", "of the orders, guest sales"),
    ("members_new", "new members"),
    ("products_new", "new products"),
    ("stores", "stores in all"),
    ("countries", "countries in all"),
    ("points_earned", "points earned"),
    ("points_taken_back", "points taken back"),
    ("points_expired", "points expired"),
)
_RETURNS = (
    ("returns_read", "returns that name no order"),
    ("returns_new", "of these new, waiting for somebody to pick their order"),
    ("returns_with_candidates", "of these with possible orders"),
)
_HOW = {
    "same_price": "matched: same product and price",
    "same_product": "matched: same product, other price",
    "named": "matched: order named",
    "unmatched": "unmatched",
    "guest": "of guests",
}


async def import_orders(
    settings: Settings, console: Console, files: Sequence[Path], mapping: str, rejects: Path | None
) -> None:
    """Import files of orders and print the report. Raises CannotStart and what the import refuses."""
    for one in files:
        _require(one)
    chosen = _mapping(mapping)
    given = [checkout.Given(one.resolve(), one.name) for one in files]
    async with open_installation(settings) as installation:
        await prepare_first_start(installation.database)
        database = installation.worker_database
        async with database.transaction() as session:
            if len(given) > 1:
                given = await checkout.check_files(session, given, chosen)
            file, *more = given
            run = await checkout.start_import(
                session, file.path, chosen, file_name=file.name, asked_by="system:0", more=more
            )
        with import_bar(console) as show:
            run = await checkout.run_import(database, run, file.path, on_progress=show)
        async with database.transaction() as session:
            rows = await checkout.list_rejects(session, run.import_id)
    _print(console, run)
    if rows:
        target = rejects or file.path.with_name(f"{file.name}.rejects.csv")
        target.write_bytes(checkout.rejects_csv(run, rows, settings.language))
        console.print(f"{len(rows):,} rows were handed back with reasons: {target}")


def _require(file: Path) -> None:
    if not file.is_file():
        raise CannotStart(f"There is no file {file}.")


def _mapping(name: str) -> checkout.Mapping:
    known = {mapping.code: mapping for mapping in checkout.built_in()}
    if name in known:
        return known[name]
    path = Path(name)
    if not path.is_file():
        raise CannotStart(f"{name} is neither a mapping file nor one of: {', '.join(known)}.")
    return checkout.read_mapping(path.read_text(encoding="utf-8"))


def _print(console: Console, run: checkout.Run) -> None:
    report = run.report
    table = Table(show_header=False, box=None)
    table.add_column(style="dim")
    table.add_column(justify="right")
    for key, label in _LINES:
        table.add_row(label, f"{report[key]:,}")
    for key, label in _RETURNS if report.get("returns_read") else ():
        table.add_row(label, f"{report[key]:,}")
    for key, label in _HOW.items():
        table.add_row(f"refund lines {label}", f"{report['refund_lines'][key]:,}")
    table.add_row("sum of all lines imported", format_money(report["total_amount_minor"], report["currency"]))
    seconds = report["milliseconds"] / 1000
    table.add_row("seconds", f"{seconds:,.1f}")
    if seconds:
        table.add_row("lines a second", f"{report['lines_read'] / seconds:,.0f}")
    console.print(table)
