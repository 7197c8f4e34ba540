"""`python -m verification.planted`: plant every bug, run what must notice it, and keep what was observed.

First every check runs on the program as it is, and must pass: a check that fails anyway notices nothing.
"""

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import orjson

from .plant import Plant, PlantDoesNotFit
from .plants import PLANTS
from .trying import CheckBroken, Tried, attempt, check, copied_server

RESULT = Path(__file__).resolve().parents[1] / "planted_bugs.json"


def main() -> int:
    """Returns how the program ends: 0 when every bug was caught by what must catch it."""
    parser = argparse.ArgumentParser(prog="python -m verification.planted", description=__doc__)
    parser.add_argument(
        "words", nargs="*", help="plant only bugs whose names hold one of these words, and keep nothing"
    )
    parser.add_argument("--processes", type=int, default=2, help="how many at a time")
    arguments = parser.parse_args()
    plants = [one for one in PLANTS if not arguments.words or any(word in one.name for word in arguments.words)]
    try:
        with ThreadPoolExecutor(arguments.processes) as pool:
            failing = _failing_anyway(pool, plants)
            tried = [] if failing else list(pool.map(_tried, plants))
    except (PlantDoesNotFit, CheckBroken) as error:
        say(str(error))
        return 1
    if failing:
        say("\n".join(failing))
        return 1
    caught = sum(one.is_caught for one in tried)
    say(f"{caught} of {len(tried)} planted bugs were caught")
    if not arguments.words:
        _keep(tried)
    return 0 if caught == len(tried) else 1


def say(line: str) -> None:
    """A line for whoever waits for the end, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _failing_anyway(pool: ThreadPoolExecutor, plants: Sequence[Plant]) -> list[str]:
    checks = sorted({one.caught_by for one in plants})
    with copied_server() as copy:
        found = pool.map(lambda caught_by: check(caught_by, copy), checks)
        return [
            f"{caught_by} fails without any bug: {one.lines[:1]}"
            for caught_by, one in zip(checks, found, strict=True)
            if one.has_failed
        ]


def _tried(plant: Plant) -> Tried:
    tried = attempt(plant)
    say(f"{'caught' if tried.is_caught else 'NOT CAUGHT'}: {plant.name}: {tried.observed}")
    return tried


def _keep(tried: Sequence[Tried]) -> None:
    bugs = [
        {
            "bug": one.plant.name,
            "what is wrong": one.plant.wrong,
            "file": ", ".join(sorted({change.file for change in one.plant.changes})),
            "caught": one.is_caught,
            "caught by": one.plant.caught_by,
            "observed": one.observed,
        }
        for one in tried
    ]
    RESULT.write_bytes(orjson.dumps({"bugs": bugs}, option=orjson.OPT_INDENT_2) + b"\n")


if __name__ == "__main__":
    sys.exit(main())
