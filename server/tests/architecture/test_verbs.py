"""The verbs of the Makefile on machines where something is missing: they stop with a sentence that says what to do."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.lint.house_rules import REPOSITORY


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder with the few programs that every machine has, and no Python and no Node.js."""
    for name in ("sh", "make", "dirname", "env"):
        found = shutil.which(name)
        assert found is not None
        (tmp_path / name).symlink_to(found)
    return tmp_path


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def make(verb: str, programs: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "--no-print-directory", verb],
        cwd=REPOSITORY,
        env={"PATH": str(programs), "HOME": os.environ.get("HOME", "/"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_python_it_says_where_python_comes_from(programs: Path):
    done = make("run", programs)

    assert done.returncode != 0
    assert "Shuke needs Python 3.11 or newer, and found none." in done.stderr
    assert "apt-get install python3" in done.stderr


def test_a_python_that_is_too_old_counts_as_none(programs: Path):
    (programs / "python3").write_text("#!/bin/sh\nexit 1\n")
    (programs / "python3").chmod(0o755)

    done = make("run", programs)

    assert done.returncode != 0
    assert "Shuke needs Python 3.11 or newer, and found none." in done.stderr


def test_without_node_it_says_where_node_comes_from(programs: Path):
    done = make("run", programs, SHUKE_PYTHON=sys.executable, SHUKE_PORT=str(free_port()))

    assert done.returncode != 0
    assert "with Node.js 20.19 or newer, and found none." in done.stdout


@pytest.mark.parametrize(("version", "sentence"), [("v18.20.0", "and found 18.20."), ("v22.1.0", "but npm is not.")])
def test_an_old_node_or_a_missing_npm_is_named(programs: Path, version: str, sentence: str):
    (programs / "node").write_text(f"#!/bin/sh\necho {version}\n")
    (programs / "node").chmod(0o755)

    done = make("run", programs, SHUKE_PYTHON=sys.executable, SHUKE_PORT=str(free_port()))

    assert done.returncode != 0
    assert sentence in done.stdout


def test_a_taken_port_is_named_before_anything_is_built(programs: Path, taken_port: int):
    done = make("run", programs, SHUKE_PYTHON=sys.executable, SHUKE_PORT=str(taken_port))

    assert done.returncode != 0
    assert f"Port {taken_port} cannot be used" in done.stdout
    assert "make run ARGS='--port " in done.stdout


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_what_is_no_port_is_named(programs: Path, port: str):
    done = make("run", programs, SHUKE_PYTHON=sys.executable, SHUKE_PORT=port)

    assert done.returncode != 0
    assert f"{port} is no port." in done.stdout


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
