"""Getting ready: uv, the locked packages, the console's build. Each does nothing when nothing changed."""

import hashlib
import os
import re
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from verbs.say import ROOT, fail, say, step

SERVER = ROOT / "server"
CONSOLE = ROOT / "console"
BROWSER = ROOT / "e2e"
ENVIRONMENT = SERVER / ".venv"
BIN = ENVIRONMENT / "bin"
PRIVATE = ROOT / ".tools"
NODE_AT_LEAST = (20, 19)
# Older ones cannot read the lock file.
UV_AT_LEAST = (0, 9)
FREE_MB = 2_000
NETWORK = "If the network needs a proxy, set HTTPS_PROXY and try again."


def prepare_server(*, with_tests: bool) -> None:
    """Install the server's locked packages into server/.venv."""
    kind = "dev" if with_tests else "run"
    wanted = _digest([SERVER / "uv.lock", SERVER / "pyproject.toml"], extra=f"{ROOT} {sys.version_info[:2]}")
    stamp = ENVIRONMENT / f".shuke-{kind}"
    if _is_stamped(stamp, wanted) and (BIN / "shuke").exists():
        return
    _require_space()
    command = [_uv(), "sync", "--frozen", "--quiet", "--python", sys.executable, "--no-python-downloads"]
    command += [] if with_tests else ["--no-dev", "--inexact"]
    step(
        "installing the server's packages (a minute or two the first time)",
        command,
        cwd=SERVER,
        env={"UV_PROJECT_ENVIRONMENT": str(ENVIRONMENT), **_certificates()},
        advice=NETWORK,
    )
    stamp.write_text(wanted)


def prepare_console_packages() -> None:
    """Install the console's locked packages into console/node_modules."""
    _npm_install(CONSOLE, "installing the console's packages")


def prepare_browser_packages() -> None:
    """Install the browser tests' locked packages into e2e/node_modules."""
    _npm_install(BROWSER, "installing the browser tests' packages")


def build_console() -> None:
    """Build console/dist when its sources changed since the last build."""
    wanted = _digest(_console_sources())
    stamp = CONSOLE / "node_modules" / ".shuke-built"
    if _is_stamped(stamp, wanted) and (CONSOLE / "dist" / "index.html").exists():
        return
    prepare_console_packages()
    step("building the console", ["npm", "run", "--silent", "build"], cwd=CONSOLE, advice="Run `make check`.")
    stamp.write_text(wanted)


def require_node() -> None:
    """Stop with a sentence where Node.js or npm is missing or too old."""
    found = shutil.which("node")
    version = _version_of(found) if found else ()
    wanted = ".".join(map(str, NODE_AT_LEAST))
    how = "See https://nodejs.org/en/download, or use your system's package manager."
    if not version:
        fail(f"Shuke builds its console with Node.js {wanted} or newer, and found none. {how}")
    if version < NODE_AT_LEAST:
        has = ".".join(map(str, version))
        fail(f"Shuke builds its console with Node.js {wanted} or newer, and found {has}. {how}")
    if shutil.which("npm") is None:
        fail(f"Node.js is there, but npm is not. On Debian and Ubuntu: sudo apt-get install npm. {how}")


def _npm_install(folder: Path, title: str) -> None:
    require_node()
    wanted = _digest([folder / "package-lock.json", folder / "package.json"])
    stamp = folder / "node_modules" / ".shuke-installed"
    if _is_stamped(stamp, wanted):
        return
    _require_space()
    # `npm ci` refuses a lock file that lacks the optional binaries of other systems, and such locks are common. This
    # installs the same locked versions and leaves the lock file alone.
    command = ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]
    step(title, command, cwd=folder, advice=NETWORK)
    stamp.write_text(wanted)


def _uv() -> str:
    """A uv that works: the machine's own, or one installed by pip into .tools."""
    for candidate in (shutil.which("uv"), str(PRIVATE / "uv" / "bin" / "uv")):
        if candidate and _version_of(candidate) >= UV_AT_LEAST:
            return candidate
    PRIVATE.mkdir(exist_ok=True)
    (PRIVATE / ".gitignore").write_text("*\n")
    how = "On Debian and Ubuntu: sudo apt-get install python3-venv. Or install uv itself: https://docs.astral.sh/uv"
    step("making a place for uv", [sys.executable, "-m", "venv", "--clear", str(PRIVATE / "uv")], advice=how)
    pip = [str(PRIVATE / "uv" / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    step("installing uv", [*pip, "uv==0.13.*"], advice=NETWORK)
    return str(PRIVATE / "uv" / "bin" / "uv")


def _certificates() -> dict[str, str]:
    """Trust what the machine trusts: companies look into TLS with certificates of their own."""
    known = ssl.get_default_verify_paths()
    has_own = bool(known.cafile) or bool(known.capath and any(Path(known.capath).iterdir()))
    return {"UV_SYSTEM_CERTS": "true"} if has_own else {}


def _version_of(program: str) -> tuple[int, ...]:
    """Its version, or nothing for a program that does not work."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return ()
    match = re.search(r"(\d+)\.(\d+)", said)
    return (int(match[1]), int(match[2])) if match else ()


def _require_space() -> None:
    free_mb = shutil.disk_usage(ROOT).free // 1_000_000
    if free_mb < FREE_MB:
        fail(f"Only {free_mb} MB are free under {ROOT}; setting up needs {FREE_MB} MB. Make room and try again.")
    if not os.access(ROOT, os.W_OK):
        fail(f"{ROOT} cannot be written by this user. Clone Shuke into a folder of your own.")


def _console_sources() -> Iterable[Path]:
    left_out = {"node_modules", "dist"}
    for path in sorted(CONSOLE.rglob("*")):
        if path.is_file() and not left_out & set(path.relative_to(CONSOLE).parts):
            yield path


def _digest(paths: Iterable[Path], extra: str = "") -> str:
    """One text for the contents of the files; a missing file ends the verb."""
    total = hashlib.sha256(extra.encode())
    for path in paths:
        if not path.exists():
            fail(f"{path.relative_to(ROOT)} is missing: the clone is not complete. Try `git status`.")
        total.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return total.hexdigest()


def _is_stamped(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text() == wanted


def clean() -> None:
    """Remove what was built and installed. The data directory `.shuke` is left alone."""
    for path in (ENVIRONMENT, CONSOLE / "node_modules", CONSOLE / "dist", BROWSER / "node_modules", PRIVATE):
        shutil.rmtree(path, ignore_errors=True)
    for name in (".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache", ".hypothesis"):
        shutil.rmtree(SERVER / name, ignore_errors=True)
    say("Removed packages, builds and caches. Your data under .shuke is untouched.")
