"""Import of members: a file of made-up people into a fresh installation, the same file again, and the undo.

One row in a thousand repeats another row's phone, so that the report of duplicates has something to say.
"""

import asyncio
import csv
import time
from pathlib import Path
from typing import Any

import uvloop

from benchmarks.common import Bench, command_line, embedded_memory_mb, open_shop, temporary_folder
from benchmarks.import_history import peak_memory_mb
from shuke.people import imports
from shuke.platform.db import Database

HEADER = ["手机号", "姓名", "生日", "性别", "邮箱", "卡号", "入会时间"]
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
GIVEN = "明华丽强伟芳娜敏静杰涛超秀英霞平刚桂文辉玲婷雪梅建国志勇"


def write_people(path: Path, rows: int) -> Path:
    """A file of people nobody is: 154 is a range that the Chinese numbering plan leaves unallocated."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(rows):
            same = number - 1 if number % 1000 == 999 else number
            name = SURNAMES[number % 20] + GIVEN[number // 20 % 28] + GIVEN[number // 560 % 28]
            birthday = f"{1950 + number % 55}-{1 + number % 12:02d}-{1 + number % 28:02d}"
            gender, email, card = "男女"[number % 2], f"p{number}@example.com", f"K{number:08d}"
            writer.writerow([f"154{same:08d}", name, birthday, gender, email, card, "2010-01-02"])
    return path


async def imported(database: Database, path: Path) -> tuple[imports.Import, float]:
    """One import of a file, and its seconds."""
    started = time.perf_counter()
    async with database.transaction() as session:
        run = await imports.add_import(session, path, file_name=path.name, asked_by="system:0", upload_path=str(path))
        run = await imports.ask_for(session, run.import_id, "waiting", asked_by="system:0")
    run = await imports.run_import(database, run, path)
    return run, time.perf_counter() - started


async def measure(folder: Path, rows: int) -> dict[str, Any]:
    """Import, import again, undo."""
    path = write_people(folder / "people.csv", rows)
    async with open_shop(folder / "shop") as installation:
        database = installation.worker_database
        memory_before = peak_memory_mb()
        first, seconds = await imported(database, path)
        memory = peak_memory_mb()
        again, seconds_again = await imported(database, path)
        async with database.transaction() as session:
            run = await imports.ask_for(session, first.import_id, "undoing", asked_by="system:0")
        started = time.perf_counter()
        undone = await imports.undo_import(database, run)
        return {
            "rows": rows,
            "counts": {name: value for name, value in first.counts.items() if value},
            "seconds": seconds,
            "rows_per_second": rows / seconds,
            "peak_memory_mb": memory,
            "peak_memory_before_mb": memory_before,
            "again_counts": {name: value for name, value in again.counts.items() if value},
            "again_seconds": seconds_again,
            "undo": undone.undo,
            "undo_seconds": time.perf_counter() - started,
        }


def main() -> None:
    """Measure, write, print."""
    parser = command_line(__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="how many people")
    options = parser.parse_args()
    bench = Bench("member_import", options)
    with temporary_folder() as folder, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        figures = runner.run(measure(folder, options.rows))
    summary = {
        "rows": figures["rows"],
        "seconds": round(figures["seconds"], 1),
        "rows a second": round(figures["rows_per_second"]),
        "again, seconds": round(figures["again_seconds"], 1),
        "undo, seconds": round(figures["undo_seconds"], 1),
        "peak memory, MB": round(figures["peak_memory_mb"]),
    }
    bench.write({"database_memory_mb": embedded_memory_mb(), **figures}, summary)


if __name__ == "__main__":
    main()
