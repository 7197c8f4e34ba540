"""How the verbs talk: one plain line per step, everything else only when a step fails."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[2]
SHOWN_LINES = 20
# What belongs to another Python project; and the habit of container images to keep nothing compiled, with which each of
# the many programs that a test run starts would compile all packages again.
_NOT_OURS = {"VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE"}


class Stop(Exception):
    """The verb cannot go on; the text says why and what to do."""


def say(text: str) -> None:
    """One line to the reader, at once."""
    print(text, flush=True)


def fail(text: str) -> NoReturn:
    """End the verb with a sentence that says what to do."""
    raise Stop(text)


def step(
    title: str, command: Sequence[str], *, advice: str, cwd: Path = ROOT, env: Mapping[str, str] | None = None
) -> None:
    """Run one quiet step. When it fails, show how its output begins and ends, and the advice."""
    print(f"· {title} …", end="", flush=True)
    started = time.monotonic()
    done = subprocess.run(
        command, cwd=cwd, env=environment(env), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    seconds = time.monotonic() - started
    if done.returncode == 0:
        print(f" {seconds:.0f} s", flush=True)
        return
    print(" failed", flush=True)
    lines = done.stdout.strip().splitlines()
    if len(lines) > 2 * SHOWN_LINES:
        lines = [*lines[:SHOWN_LINES], "  ⋮", *lines[-SHOWN_LINES:]]
    print("\n".join(lines), flush=True)
    fail(f"{title}: failed. {advice}")


def stream(title: str, command: Sequence[str], *, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> list[str]:
    """Run one step whose output is shown as it comes. Returns its lines; raises Stop when it fails."""
    say(f"· {title}")
    lines: list[str] = []
    with subprocess.Popen(
        command, cwd=cwd, env=environment(env), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as program:
        assert program.stdout is not None
        for line in program.stdout:
            sys.stdout.write(line)
            sys.stdout.flush()
            lines.append(line.rstrip("\n"))
    if program.returncode != 0:
        last = next((line for line in reversed(lines) if line.strip()), "")
        fail(f"{title}: {last or 'failed'}")
    return lines


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's environment without what is not ours, plus `extra`."""
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
    return {**kept, **(extra or {})}
