"""Checks, repairs and tests of the server and the console."""

import os
from pathlib import Path

from verbs.say import ROOT, Stop, say, step, stream
from verbs.setup import BIN, CONSOLE, SERVER, prepare_browser_packages, prepare_console_packages, prepare_server

PYTHON_FOLDERS = ["src", "tests", "tools", "migrations", "benchmarks", "verification", "conftest.py"]
FIX = "`make fix` mends most of it; the rest is listed above."
MEND = "Each line above says what to do."


def check() -> None:
    """Every check, each reported by itself; raises Stop at the end when one failed."""
    prepare_server(with_tests=True)
    prepare_console_packages()
    folders = _present(PYTHON_FOLDERS)
    steps = (
        ("formatting", [_tool("ruff"), "format", "--check", "--quiet", "--diff", *folders], SERVER, FIX),
        ("lint", [_tool("ruff"), "check", "--output-format=concise", "--quiet", *folders], SERVER, FIX),
        ("types", [_tool("mypy")], SERVER, MEND),
        ("types of the verbs", [_tool("mypy"), "--strict", "-p", "verbs"], ROOT / "tools", MEND),
        (
            "lint of the verbs",
            [_tool("ruff"), "check", "--output-format=concise", "--quiet", "../tools"],
            SERVER,
            FIX,
        ),
        ("import contracts", [_tool("lint-imports"), "--no-logo"], SERVER, "CONTRIBUTING.md explains the layers."),
        ("house rules", [_tool("python"), "-m", "tools.lint.house_rules"], SERVER, MEND),
        ("console: lint and types", ["npm", "run", "--silent", "check"], CONSOLE, FIX),
    )
    failed = []
    for title, command, folder, advice in steps:
        try:
            step(title, command, cwd=folder, advice=advice)
        except Stop as stop:
            failed.append(str(stop))
    if failed:
        raise Stop("\n".join(failed))


def fix() -> None:
    """Format, and apply the repairs that lint can make."""
    prepare_server(with_tests=True)
    prepare_console_packages()
    folders = _present(PYTHON_FOLDERS)
    step(
        "server: repairs",
        [_tool("ruff"), "check", "--fix", "--exit-zero", "--quiet", *folders],
        cwd=SERVER,
        advice=MEND,
    )
    step("server: formatting", [_tool("ruff"), "format", "--quiet", *folders], cwd=SERVER, advice=MEND)
    step("console: repairs and formatting", ["npm", "run", "--silent", "format"], cwd=CONSOLE, advice=MEND)


def server_tests(*, only: str = "not slow", more: tuple[str, ...] = ()) -> str:
    """Run pytest, those without a database first. Returns its closing line."""
    prepare_server(with_tests=True)
    workers = str(min(os.cpu_count() or 1, 4))
    command = [_tool("pytest"), "-q", "-n", workers, "-m", only, *more]
    lines = stream("server tests", command, cwd=SERVER)
    return next((line for line in reversed(lines) if line.strip()), "")


def console_tests() -> None:
    """Run the console's unit tests."""
    prepare_console_packages()
    stream("console tests", ["npm", "test", "--silent"], cwd=CONSOLE)


def bench(arguments: list[str]) -> None:
    """Every benchmark of server/benchmarks, or those named, with a table at the end."""
    prepare_server(with_tests=True)
    stream("benchmarks", [_tool("python"), "-m", "benchmarks", *arguments], cwd=SERVER)


def docs() -> None:
    """Write the generated reference pages again."""
    prepare_server(with_tests=True)
    step("docs/reference from the code", [_tool("shuke"), "docs"], cwd=SERVER, advice=MEND)
    say("Look at the difference: git diff docs/reference")


def prepare_everything() -> None:
    """Install all packages that checks and tests need."""
    prepare_server(with_tests=True)
    prepare_console_packages()
    prepare_browser_packages()


def _tool(name: str) -> str:
    return str(BIN / name)


def _present(names: list[str]) -> list[str]:
    return [name for name in names if (Path(SERVER) / name).exists()]
