"""Import of order history: the whole bundled history, each run in a fresh process on a fresh installation.

Reading lasts until the last line is staged; applying is the rest, the products' names included. Peak memory is that of
the importing process alone. The limit beside it: COPY of the same rows, parsed and in memory already, into a plain
table of the same server, without any index and with a primary key. `--times N` adds one run of the history repeated N
times, with other customers and numbers each time, to show that memory stays flat.
"""

import asyncio
import csv
import gzip
import resource
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import asyncpg
import uvloop

from benchmarks.common import Bench, command_line, embedded_memory_mb, open_shop, superuser, temporary_folder
from benchmarks.common.report import median_of
from shuke.loyalty import checkout
from shuke.main.demo import HISTORY
from shuke.platform.db import Database

MEGABYTE = 1024 * 1024
# Wider than the history's own numbers, so that repetitions never meet.
INVOICES, CUSTOMERS = 100_000, 10_000


@dataclass
class Phases:
    """When the import told that it had read the last line."""

    read_at: float = field(default_factory=time.perf_counter)

    def note(self, progress: checkout.Progress) -> None:
        """Hear how far the import is."""
        if progress.state == "reading":
            self.read_at = time.perf_counter()


def import_in_fresh_process(path: Path, *, with_limit: bool) -> dict[str, Any]:
    """One run on a fresh installation, in a process of its own."""
    with (
        temporary_folder() as folder,
        ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as process,
    ):
        return process.submit(_import, folder, path, with_limit).result()


def _import(folder: Path, path: Path, with_limit: bool) -> dict[str, Any]:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(measure(folder, path, with_limit=with_limit))


async def measure(folder: Path, path: Path, *, with_limit: bool) -> dict[str, Any]:
    """Import a file into the installation in a folder; then, where wanted, the limit on the same server."""
    async with open_shop(folder) as installation, superuser(installation) as server:
        await server.execute("checkpoint")
        figures = await run_import(installation.worker_database, server, path)
        if with_limit:
            figures |= await measure_limit(server, path)
            for kind in ("plain", "with_key"):
                figures[f"ratio_{kind}"] = figures["lines_per_second"] / figures[f"copy_{kind}_lines_per_second"]
        return figures


async def run_import(database: Database, server: asyncpg.Connection, path: Path) -> dict[str, Any]:
    """The import itself, through the door that the command line uses."""
    mapping = checkout.find_built_in("online-retail")
    assert mapping is not None
    memory_before = peak_memory_mb()
    wal_before = await wal_bytes(server)
    started = time.perf_counter()
    async with database.transaction() as session:
        run = await checkout.start_import(session, path, mapping, file_name=path.name, asked_by="system:0")
    phases = Phases()
    run = await checkout.run_import(database, run, path, on_progress=phases.note)
    ended = time.perf_counter()
    return {
        "lines": run.report["lines_read"],
        "lines_imported": run.report["lines_imported"],
        "members": run.report["members_new"],
        "orders": run.report["orders"],
        "refunds": run.report["refunds"],
        "seconds": ended - started,
        "seconds_reading": phases.read_at - started,
        "seconds_applying": ended - phases.read_at,
        "lines_per_second": run.report["lines_read"] / (ended - started),
        "peak_memory_mb": peak_memory_mb(),
        "peak_memory_before_mb": memory_before,
        "wal_mb": (await wal_bytes(server) - wal_before) / MEGABYTE,
    }


async def measure_limit(server: asyncpg.Connection, path: Path) -> dict[str, float]:
    """COPY of the same rows into plain logged tables, each in one transaction."""
    rows = parsed(path)
    figures = {}
    for kind, key in (("plain", ""), ("with_key", " primary key")):
        await server.execute(
            f"""
            create table limit_{kind} (
                row_no bigint{key}, number text, product text, product_name text, quantity numeric(14, 3),
                placed_at timestamptz, unit_price numeric(14, 4), customer text, store text
            )
            """
        )
        await server.execute("checkpoint")
        wal_before = await wal_bytes(server)
        started = time.perf_counter()
        await server.copy_records_to_table(f"limit_{kind}", records=rows)
        figures[f"copy_{kind}_lines_per_second"] = len(rows) / (time.perf_counter() - started)
        figures[f"copy_{kind}_wal_mb"] = (await wal_bytes(server) - wal_before) / MEGABYTE
        await server.execute(f"drop table limit_{kind}")
    return figures


def parsed(path: Path) -> list[tuple[Any, ...]]:
    """The rows of the history as the values that COPY sends."""
    # The zone is left aside: any will do for the limit.
    return [
        (
            row_no,
            number,
            product,
            name,
            Decimal(quantity),
            datetime.fromisoformat(f"{placed_at}+00:00"),
            Decimal(price),
            customer,
            store,
        )
        for row_no, (number, product, name, quantity, placed_at, price, customer, store) in enumerate(rows_of(path), 1)
    ]


async def wal_bytes(server: asyncpg.Connection) -> int:
    """How much the server has ever written to its log, in bytes."""
    written: int = await server.fetchval("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint")
    return written


def peak_memory_mb() -> float:
    """The most memory that this process has had, in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        # Unlike the figure of getrusage, this one forgets the process that started us.
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / MEGABYTE if sys.platform == "darwin" else peak / 1024


def rows_of(path: Path) -> Iterator[list[str]]:
    """The rows of a history without its heading."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        yield from islice(csv.reader(file), 1, None)


def write_history(path: Path, *, times: int, lines: int | None) -> Path:
    """The history, or its first lines, some times over: each time other customers buy under other numbers."""
    with gzip.open(HISTORY, "rt", encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for again in range(times):
            for row in islice(rows_of(HISTORY), lines):
                digits = row[0].lstrip("AC")
                row[0] = f"{row[0][: len(row[0]) - len(digits)]}{int(digits) + again * INVOICES}"
                row[6] = str(int(row[6]) + again * CUSTOMERS) if row[6] else ""
                writer.writerow(row)
    return path


def main() -> None:
    """Measure, write, print."""
    parser = command_line(__doc__)
    parser.add_argument("--runs", type=int, default=3, help="how many runs; their median counts")
    parser.add_argument("--times", type=int, default=1, help="one more run with the history repeated so often")
    parser.add_argument("--lines", type=int, help="only so many lines of the history, for a trial")
    options = parser.parse_args()
    bench = Bench("import_history", options)
    with temporary_folder() as folder:
        once = HISTORY if options.lines is None else write_history(folder / "once.csv", times=1, lines=options.lines)
        runs = [import_in_fresh_process(once, with_limit=True) for _ in range(options.runs)]
        median = median_of(runs)
        figures: dict[str, Any] = {"database_memory_mb": embedded_memory_mb(), "median": median, "runs": runs}
        if options.times > 1:
            repeated = write_history(folder / "repeated.csv", times=options.times, lines=options.lines)
            figures["repeated"] = import_in_fresh_process(repeated, with_limit=False)
    bench.write(figures, summary_of(options.times, figures))


def summary_of(times: int, figures: dict[str, Any]) -> dict[str, object]:
    """What a person wants to read first."""
    median = figures["median"]
    summary: dict[str, object] = {
        "lines": f"{median['lines']:,.0f} in {median['seconds']:.1f} s",
        "lines/s": f"{median['lines_per_second']:,.0f}",
        "reading / applying": f"{median['seconds_reading']:.1f} s / {median['seconds_applying']:.1f} s",
        "peak memory": f"{median['peak_memory_mb']:.0f} MB",
        "log written": f"{median['wal_mb']:,.0f} MB",
        "COPY of the rows": f"{median['copy_plain_lines_per_second']:,.0f} lines/s, ratio {median['ratio_plain']:.3f}",
        "COPY with a key": f"{median['copy_with_key_lines_per_second']:,.0f} lines/s, "
        f"ratio {median['ratio_with_key']:.3f}",
    }
    if "repeated" in figures:
        repeated = figures["repeated"]
        summary[f"history × {times}"] = (
            f"{repeated['lines_per_second']:,.0f} lines/s, peak memory {repeated['peak_memory_mb']:.0f} MB"
        )
    return summary


if __name__ == "__main__":
    main()
