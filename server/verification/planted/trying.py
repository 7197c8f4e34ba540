"""Trying a planted bug: a copy of the server's folder, the bug, and the one check that must fail there."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .plant import Plant, apply

SERVER = Path(__file__).resolve().parents[2]
_LEFT_OUT = shutil.ignore_patterns(".venv", ".*cache", ".hypothesis")
_LONGEST_S = 600
# How pytest ends when a test failed; any other number means that it could not test.
_TESTS_FAILED = 1
_SWEEP = "sweep: "
_LONGEST_LINE = 240


@dataclass(frozen=True)
class Checked:
    """How a check ended: whether it found something wrong, and the lines that say what."""

    has_failed: bool
    lines: tuple[str, ...]


class CheckBroken(Exception):
    """A check could not be run to its end, so that it says nothing."""


@dataclass(frozen=True)
class Tried:
    """What came of a planted bug."""

    plant: Plant
    is_caught: bool
    observed: str


@contextmanager
def copied_server() -> Iterator[Path]:
    """A copy of the server's folder, with everything that its tests need."""
    with tempfile.TemporaryDirectory(prefix="shuke-planted-") as folder:
        copy = Path(folder) / "server"
        # The compiled files come along and stay valid, since the copies keep the times of their sources.
        shutil.copytree(SERVER, copy, ignore=_LEFT_OUT)
        yield copy


def attempt(plant: Plant) -> Tried:
    """Plant one bug and run what must notice it. Raises PlantDoesNotFit and CheckBroken."""
    with copied_server() as copy:
        apply(plant, copy)
        checked = check(plant.caught_by, copy)
    telling = [line for line in checked.lines if plant.sign in line]
    observed = next(iter(telling or checked.lines), "nothing")
    return Tried(plant, checked.has_failed and bool(telling), observed[:_LONGEST_LINE])


def check(caught_by: str, server: Path) -> Checked:
    """Run a test, or the sweep of a path, in a copy of the server's folder. Raises CheckBroken."""
    if caught_by.startswith(_SWEEP):
        words = caught_by.removeprefix(_SWEEP)
        code, output = _run([sys.executable, "-m", "verification.crash", "--states", "--named", words], server)
        lines = re.findall(r"^    (.+)$", output, re.MULTILINE)
    else:
        options = ("-q", "-n", "0", "-p", "no:cacheprovider", "-x", "--tb=short")
        code, output = _run([sys.executable, "-m", "pytest", *options, caught_by], server)
        lines = re.findall(r"^E +(\S.*)$", output, re.MULTILINE)
    if code not in {0, _TESTS_FAILED}:
        raise CheckBroken(f"{caught_by} ended with {code}:\n{output[-3000:]}")
    return Checked(code == _TESTS_FAILED, tuple(lines))


def _run(command: list[str], server: Path) -> tuple[int, str]:
    paths = {"PYTHONPATH": f"{server / 'src'}{os.pathsep}{server}"}
    process = subprocess.Popen(
        command,
        cwd=server,
        env={**os.environ, **paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=_LONGEST_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise CheckBroken(f"{' '.join(command)} did not end within {_LONGEST_S} seconds") from None
    return process.returncode, output
