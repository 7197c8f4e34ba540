"""Browser tests: the real program on empty data directories, with each of its demonstrations, and Chromium."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from verbs.say import environment, fail, say, step, stream
from verbs.setup import BIN, BROWSER, build_console, prepare_browser_packages, prepare_server

READY_WITHIN_S = 1_200
STOP_WITHIN_S = 40
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
USER = "admin"
# A tenth of the chain is prepared in a tenth of the time, and is the same shop otherwise.
_CHAIN_MEMBERS = "2000"
_LOG = "program.log"


def browser_tests() -> None:
    """Start the program with each demonstration, run its browser stories against it, stop it."""
    chromium = find_chromium()
    prepare_server(with_tests=True)
    prepare_browser_packages()
    build_console()
    # Both are prepared at once: each waits for its database as much as for a processor.
    with program("online-retail") as retail, program("chain") as chain:
        ready = [(retail, "test", retail.when_ready()), (chain, "test:chain", chain.when_ready())]
        for running, suite, (url, password) in ready:
            stream(
                f"browser tests on {running.demonstration}",
                ["npm", "run", suite, "--silent"],
                cwd=BROWSER,
                env={
                    "SHUKE_CHROMIUM": chromium,
                    "SHUKE_E2E_URL": url,
                    "SHUKE_E2E_USER": USER,
                    "SHUKE_E2E_PASSWORD": password,
                    "SHUKE_E2E_MEMBERS": _CHAIN_MEMBERS,
                },
            )


def find_chromium() -> str:
    """A Chromium or Chrome: named by SHUKE_CHROMIUM, found on the path, or installed by apt-get where we may."""
    named = os.environ.get("SHUKE_CHROMIUM")
    if named:
        if shutil.which(named) is None:
            fail(f"SHUKE_CHROMIUM names {named}, which cannot be run.")
        return named
    found = _installed_chromium()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        advice = "Install Chromium by hand and name it: SHUKE_CHROMIUM=<path> make test"
        step("asking for the list of system packages", ["apt-get", "update", "-qq"], advice=advice, env=quiet)
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-cjk"]
        step("installing Chromium and Chinese fonts", install, advice=advice, env=quiet)
        found = _installed_chromium()
    if found is None:
        fail(
            "The browser tests need Chromium or Chrome, and found none.\n"
            "  Debian, Ubuntu:  sudo apt-get install chromium fonts-noto-cjk\n"
            "  elsewhere:       install Chrome, and name it: SHUKE_CHROMIUM=<path> make test"
        )
    return found


@dataclass(frozen=True)
class Running:
    """The real program on a data directory of its own, with a demonstration that it may still be preparing."""

    demonstration: str
    process: subprocess.Popen[bytes]
    folder: str
    port: int
    env: dict[str, str]

    def when_ready(self) -> tuple[str, str]:
        """Its address and a password, once it answers."""
        url = f"http://127.0.0.1:{self.port}"
        _wait_until_ready(self.process, url, Path(self.folder) / _LOG)
        return url, _new_password(self.folder, self.env)


@contextmanager
def program(demonstration: str) -> Iterator[Running]:
    """Start the real program with a demonstration, and end it with the block."""
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="shuke-browser-") as folder:
        # Nothing of the person's own installation: not its settings, not its `.env`.
        own = {name: value for name, value in environment().items() if not name.startswith("SHUKE_")}
        env = {**own, "SHUKE_DATA_DIRECTORY": str(Path(folder) / "data"), "SHUKE_PORT": str(port)}
        env["SHUKE_DEMO_MEMBERS"] = _CHAIN_MEMBERS
        say(f"· starting the program with {demonstration}")
        with (Path(folder) / _LOG).open("wb") as output:
            process = subprocess.Popen(
                [str(BIN / "shuke"), "run", "--demo", demonstration],
                cwd=folder, env=env, stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip
        try:
            yield Running(demonstration, process, folder, port, env)
        finally:
            _end(process)


def _wait_until_ready(program: subprocess.Popen[bytes], url: str, log: Path) -> None:
    started = time.monotonic()
    while time.monotonic() - started < READY_WITHIN_S:
        if program.poll() is not None:
            fail(f"The program ended with {program.returncode} before it was ready:\n{_tail(log)}")
        with suppress(urllib.error.URLError, OSError), urllib.request.urlopen(f"{url}/readyz", timeout=2) as answer:
            if answer.status == 200:
                return
        time.sleep(0.3)
    fail(f"The program was not ready within {READY_WITHIN_S} s:\n{_tail(log)}")


def _new_password(folder: str, env: dict[str, str]) -> str:
    """A fresh password for the administrator, as the command line gives it."""
    done = subprocess.run(
        [str(BIN / "shuke"), "staff", "reset-password", USER],
        cwd=folder, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    words = done.stdout.split()
    if done.returncode != 0 or not words:
        fail(f"`shuke staff reset-password {USER}` failed:\n{done.stdout}{done.stderr}")
    return words[-1]


def _end(program: subprocess.Popen[bytes]) -> None:
    if program.poll() is None:
        program.send_signal(signal.SIGTERM)
        try:
            program.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()
            fail(f"The program did not stop within {STOP_WITHIN_S} s of SIGTERM.")


def _installed_chromium() -> str | None:
    for name in CHROMIUM_NAMES:
        found = shutil.which(name)
        if found:
            return found
    return MAC_CHROME if Path(MAC_CHROME).exists() else None


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-40:])
