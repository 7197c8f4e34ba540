"""Runs the benchmarks, or those named, one after another: `python -m benchmarks [name …]`.

Each runs in a process of its own with its usual options and writes results/<name>.json. Goes on after a failure, prints
one table at the end, and ends with 1 when a benchmark could not run.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.common.report import RESULTS, print_summary

NAMES = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.name.startswith("_"))


def main() -> int:
    """Run, print the table, say which could not run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="name", help=f"any of: {', '.join(NAMES)}")
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder for the results")
    options = parser.parse_args()
    unknown = set(options.names) - set(NAMES)
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}; there are: {', '.join(NAMES)}")
    minutes: dict[str, float] = {}
    failed = []
    for name in options.names or NAMES:
        print(f"\n{name}", flush=True)
        started = time.monotonic()
        command = [sys.executable, "-m", f"benchmarks.{name}", "--results", str(options.results)]
        if subprocess.run(command, check=False).returncode != 0:
            failed.append(name)
        minutes[name] = (time.monotonic() - started) / 60
    print()
    for name, taken in minutes.items():
        print(f"{name} ({'could not run' if name in failed else f'{taken:.1f} minutes'})")
        if name not in failed:
            print_summary(json.loads((options.results / f"{name}.json").read_text())["summary"])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
