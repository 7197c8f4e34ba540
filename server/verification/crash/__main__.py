"""`python -m verification.crash`: sweep all paths, or those whose names hold a word, and say what came of it."""

import argparse
import ctypes
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import orjson

from shuke.platform import log

from .ground import a_ground
from .paths import PATHS
from .sweep import Sweep, Swept

# The number of the Linux call's option "end me when my parent ends".
_PR_SET_PDEATHSIG = 1


def main() -> int:
    """Returns how the program ends: 0 when nothing was wrong anywhere."""
    parser = argparse.ArgumentParser(prog="python -m verification.crash", description=__doc__)
    parser.add_argument("words", nargs="*", help="sweep only paths whose names hold one of these words")
    parser.add_argument("--named", help="sweep only the path of this name")
    parser.add_argument("--states", action="store_true", help="every state that a death can leave, each once")
    parser.add_argument("--processes", type=int, default=2, help="how many paths at a time")
    parser.add_argument("--result", type=Path, help="write the counts to this file, as JSON")
    arguments = parser.parse_args()
    log.configure(level="error", log_format="json")
    chosen = [number for number, path in enumerate(PATHS) if _is_wanted(path.name, arguments)]
    if not chosen:
        parser.error("no path is named so")
    started = time.monotonic()
    results = list(_swept(chosen, arguments.processes, is_whole=not arguments.states))
    deaths = sum(one.deaths for one in results)
    if arguments.result is not None:
        body = {"whole": not arguments.states, "deaths": deaths, "paths": [asdict(one) for one in results]}
        arguments.result.write_bytes(orjson.dumps(body, option=orjson.OPT_INDENT_2) + b"\n")
    wrong = sum(len(one.wrong) for one in results)
    say(f"{deaths} deaths on {len(results)} paths, {wrong} wrong, {time.monotonic() - started:.0f} s")
    return 1 if wrong else 0


def say(line: str) -> None:
    """A line for whoever waits for the end, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _is_wanted(name: str, arguments: argparse.Namespace) -> bool:
    if arguments.named is not None:
        return bool(name == arguments.named)
    return not arguments.words or any(word in name for word in arguments.words)


def _swept(chosen: Sequence[int], processes: int, *, is_whole: bool) -> Iterator[Swept]:
    with a_ground() as ground:
        sweep = Sweep(ground)
        sweep.prepare()
        with ProcessPoolExecutor(processes, get_context("fork"), initializer=_end_with_the_parent) as pool:
            for one, seconds in pool.map(partial(_sweep_one, sweep, is_whole=is_whole), chosen):
                say(f"{one.name}: {len(one.statements)} statements, {one.deaths} deaths, {seconds:.1f} s")
                for line in one.wrong:
                    say(f"    {line}")
                yield one


def _end_with_the_parent() -> None:
    """Whoever ends this program ends its processes too, and with the last of them the server goes."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _sweep_one(sweep: Sweep, number: int, *, is_whole: bool) -> tuple[Swept, float]:
    started = time.monotonic()
    swept = (sweep.everything if is_whole else sweep.every_state)(PATHS[number])
    return swept, time.monotonic() - started


if __name__ == "__main__":
    sys.exit(main())
