"""The real program: first start, stop with grace, start again, and after a kill."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

SHUKE = str(Path(sys.executable).with_name("shuke"))
_READY_WITHIN_S = 60


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="shuke-program-"))
    yield made
    shutil.rmtree(made)


class Program:
    def __init__(self, folder: Path) -> None:
        with socket.socket() as finder:
            finder.bind(("127.0.0.1", 0))
            self.port = finder.getsockname()[1]
        self.environment = os.environ | {
            "SHUKE_DATA_DIRECTORY": str(folder / "data"),
            "SHUKE_PORT": str(self.port),
            "SHUKE_DATABASE_MEMORY_MB": "128",
        }
        self.log = folder / "log.txt"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> str:
        with self.log.open("w") as output:
            self.process = process = subprocess.Popen(
                [SHUKE, "run"], env=self.environment, stdout=output, stderr=subprocess.STDOUT
            )
        until = time.monotonic() + _READY_WITHIN_S
        while time.monotonic() < until:
            assert process.poll() is None, self.log.read_text()
            if self.get("/readyz") == 200:
                return self.log.read_text()
            time.sleep(0.2)
        raise AssertionError(self.log.read_text())

    def stop(self, how: signal.Signals) -> int:
        assert self.process is not None
        self.process.send_signal(how)
        return self.process.wait(40)

    def get(self, path: str) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            error.close()
            return error.code
        except OSError:
            return 0

    def sign_in(self, password: str) -> int:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/v1/session",
            data=json.dumps({"username": "admin", "password": password}).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            error.close()
            return error.code

    def command(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [SHUKE, *words], env=self.environment, capture_output=True, text=True, timeout=60, check=False
        )


@pytest.fixture
def program(folder: Path) -> Iterator[Program]:
    made = Program(folder)
    yield made
    # A test that failed half-way must leave no program behind.
    if made.process is not None and made.process.poll() is None:
        made.stop(signal.SIGTERM)


def password_in(text: str) -> str:
    (line,) = [line for line in text.splitlines() if "Password  " in line]
    return line.split()[-1]


@pytest.mark.timeout(400)
def test_data_outlive_a_stop_and_a_kill(folder: Path, program: Program) -> None:
    password = password_in(program.start())
    assert program.sign_in(password) == 200
    assert program.sign_in("wrong") == 401

    assert program.stop(signal.SIGTERM) == 0
    assert "Stopped." in program.log.read_text()
    assert not (folder / "data" / "postgres" / "postmaster.pid").exists()

    assert "Password  " not in program.start()
    assert program.sign_in(password) == 200
    assert program.stop(signal.SIGKILL) == -9

    program.start()
    assert program.sign_in(password) == 200
    doctor = program.command("doctor")
    assert "A worker is running" in doctor.stdout
    taken = program.command("run")
    assert (taken.returncode, "Choose another one: shuke run --port" in taken.stderr) == (1, True)
    fresh = program.command("staff", "reset-password", "admin").stdout.split()[-1]
    assert program.sign_in(password) == 401
    assert program.sign_in(fresh) == 200
    assert program.stop(signal.SIGINT) == 0

    # Every process start costs seconds, so the refusals of a start are looked at here too.
    (folder / "data" / "keys" / "index.key").chmod(0o644)
    refused = program.command("run")
    assert (refused.returncode, "chmod" in refused.stderr, "Traceback" in refused.stderr) == (1, True, False)
