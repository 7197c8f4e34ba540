"""Exchanging the demonstration on the real program: nobody is signed out, and a real shop is left alone."""

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
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest

SHUKE = str(Path(sys.executable).with_name("shuke"))
_WITHIN_S = 240
CHAIN = "熟客家居（演示）"


class Program:
    """The program with a small chain, and a browser in which its first user is signed in."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as finder:
            finder.bind(("127.0.0.1", 0))
            self.port = finder.getsockname()[1]
        self.environment = os.environ | {
            "SHUKE_DATA_DIRECTORY": str(folder / "data"),
            "SHUKE_PORT": str(self.port),
            "SHUKE_DATABASE_MEMORY_MB": "128",
            "SHUKE_DEMO_MEMBERS": "40",
        }
        self.log = folder / "log.txt"
        self.process: subprocess.Popen[bytes] | None = None
        self._browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def start(self, *words: str) -> None:
        with self.log.open("w") as output:
            self.process = subprocess.Popen(
                [SHUKE, "run", *words], env=self.environment, stdout=output, stderr=subprocess.STDOUT
            )
        self.wait(lambda: self.ask("GET", "/readyz")[0] == 200)

    def stop(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def wait(self, is_so: Any) -> None:
        until = time.monotonic() + _WITHIN_S
        while time.monotonic() < until:
            assert self.process is not None
            assert self.process.poll() is None, self.log.read_text()
            if is_so():
                return
            time.sleep(0.3)
        raise AssertionError(self.log.read_text())

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, Any]:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "X-Shuke-Client": "console"},
        )
        try:
            with self._browser.open(request, timeout=20) as answer:
                text = answer.read()
                return answer.status, json.loads(text) if text.startswith(b"{") else None
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read() or b"null")
        except OSError:
            return 0, None

    def command(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [SHUKE, *words], env=self.environment, capture_output=True, text=True, timeout=_WITHIN_S, check=False
        )


@pytest.fixture
def program() -> Iterator[Program]:
    folder = Path(tempfile.mkdtemp(prefix="shuke-switch-"))
    made = Program(folder)
    yield made
    if made.process is not None and made.process.poll() is None:
        made.stop()
    shutil.rmtree(folder)


@pytest.mark.timeout(900)
def test_a_demonstration_goes_and_another_comes(program: Program) -> None:
    program.start("--demo")
    (line,) = [line for line in program.log.read_text().splitlines() if "Password  " in line]
    assert program.ask("POST", "/v1/session", {"username": "admin", "password": line.split()[-1]})[0] == 200
    members = program.ask("GET", "/v1/members?limit=1")[1]
    refused = program.ask("POST", "/v1/demo/switch", {"to": "empty", "confirm": "熟客"})

    assert (refused[0], refused[1]["code"]) == (422, "demo.not_confirmed")
    assert program.command("demo", "switch", "empty", "--yes").stderr.startswith("程序正在使用这个数据库")
    assert program.ask("GET", "/v1/demo")[1] | {"done": 0} == {
        "present": "chain", "shop": {"zh": CHAIN, "en": "Shuke Home (demonstration)"}, "state": "none",
        "wanted": None, "done": 0, "total": None, "why_not": None,
    }  # fmt: skip
    assert members["items"]

    started = program.ask("POST", "/v1/demo/switch", {"to": "empty", "confirm": CHAIN})
    assert (started[0], started[1]["state"]) == (202, "preparing")
    again = program.ask("POST", "/v1/demo/switch", {"to": "empty", "confirm": CHAIN})
    assert (again[0], again[1]["code"]) == (409, "demo.switch_running")
    program.wait(lambda: (program.ask("GET", "/v1/demo")[1] or {}).get("present") == "empty")

    # The same session, in another shop that has nothing in it.
    assert program.ask("GET", "/v1/members?limit=1")[1]["items"] == []
    assert program.ask("GET", "/v1/session")[1]["user"]["username"] == "admin"
    product = {"products": [{"code": "A", "name": "自己的商品"}]}
    assert program.ask("POST", "/v1/products/batch", product)[0] == 200
    real = program.ask("POST", "/v1/demo/switch", {"to": "chain", "confirm": "我的商家"})
    assert (real[0], real[1]["code"]) == (409, "demo.shop_is_real")
    assert program.stop() == 0
    told = program.command("demo", "switch", "chain", "--yes")
    assert (told.returncode, "不能换成演示数据" in told.stderr) == (1, True)
