"""What every result says: the machine, the options, the figures; and how it is written and shown."""

import argparse
import json
import os
import platform
import re
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from shuke.platform.embedded import PROGRAMS
from shuke.platform.settings import REPOSITORY

RESULTS = Path(__file__).parents[1] / "results"


def command_line(description: str | None) -> argparse.ArgumentParser:
    """The options that every benchmark has."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder for the result")
    return parser


class Bench:
    """One run of one benchmark. Make it before the work begins: it notes how busy the machine is."""

    def __init__(self, name: str, options: argparse.Namespace) -> None:
        self.name = name
        self._options = options
        self._machine = machine()
        if self._machine["load_before"][0] > 1.5:
            print(f"The machine is busy (load {self._machine['load_before'][0]}): take the figures as a trial.")

    def write(self, figures: Mapping[str, Any], summary: Mapping[str, object]) -> None:
        """Write the result as JSON and print its summary: label → what a person wants to read first."""
        options = {
            name: str(value) if isinstance(value, Path) else value
            for name, value in vars(self._options).items()
            if name != "results"
        }
        result = {
            "name": self.name,
            "machine": self._machine,
            "options": options,
            "summary": dict(summary),
            "figures": dict(figures),
        }
        folder: Path = self._options.results
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{self.name}.json").write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n")
        print_summary(summary)


def print_summary(summary: Mapping[str, object]) -> None:
    """One line for each label."""
    width = max((len(label) for label in summary), default=0)
    for label, value in summary.items():
        print(f"  {label:<{width}}  {value}")


def percentiles(milliseconds: Sequence[float]) -> dict[str, float]:
    """Median, 95th and 99th percentile by nearest rank, and the slowest, in milliseconds."""
    ordered = sorted(milliseconds)

    def at(percent: int) -> float:
        return round(ordered[-(-len(ordered) * percent // 100) - 1], 2)

    return {"p50_ms": at(50), "p95_ms": at(95), "p99_ms": at(99), "max_ms": round(ordered[-1], 2)}


def median_of(runs: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """The median of each number over several runs."""
    numbers = [name for name, value in runs[0].items() if isinstance(value, int | float)]
    return {name: round(statistics.median(run[name] for run in runs), 3) for name in numbers}


def machine() -> dict[str, Any]:
    """What is measured on: cores, memory, versions, load, commit."""
    postgres = subprocess.run(
        [str(PROGRAMS / "postgres"), "--version"], capture_output=True, text=True, check=True, cwd="/"
    )
    return {
        "cores": os.cpu_count(),
        "memory_mb": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024**2,
        "cpu": _cpu(),
        "system": platform.system(),
        "python": platform.python_version(),
        "postgresql": postgres.stdout.split()[-1],
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "load_before": [round(value, 2) for value in os.getloadavg()],
        "commit": _commit(),
    }


def _cpu() -> str:
    information = Path("/proc/cpuinfo")
    found = (
        re.search(r"^model name\s*:\s*(.+)$", information.read_text(), re.MULTILINE) if information.exists() else None
    )
    return found[1] if found else platform.processor()


def _commit() -> str | None:
    """The commit that is measured; with a plus when the server's own files differ from it."""
    git = ["git", "-c", "safe.directory=*", "-C", str(REPOSITORY)]
    try:
        commit = subprocess.run([*git, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True)
        changed = subprocess.run(
            [*git, "status", "--porcelain", "--", "server/src", "server/migrations", "server/uv.lock"],
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return commit.stdout.strip() + ("+" if changed.stdout else "")
