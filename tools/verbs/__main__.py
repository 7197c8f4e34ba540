"""`make <verb>` arrives here: run the verb, and turn what stops it into a sentence."""

import os
import socket
import sys
import time
from collections.abc import Callable

from verbs import browser, checks, setup, verify_coupons, verify_ledger
from verbs.say import Stop, environment, say


def run(arguments: list[str]) -> None:
    """Start the program with a demo shop; it replaces this process, so that signals reach it directly.

    With `--empty` the shop starts empty; `--demo online-retail` starts with the other demonstration.
    """
    _require_free_port(arguments)
    setup.require_node()
    setup.prepare_server(with_tests=False)
    setup.build_console()
    wanted = [word for word in arguments if word not in {"--demo", "--empty"}]
    _become_shuke(["run", *(() if "--empty" in arguments else ("--demo",)), *wanted])


def shuke(arguments: list[str]) -> None:
    """Run any command of the program, such as `doctor`."""
    setup.prepare_server(with_tests=False)
    _become_shuke(arguments or ["--help"])


def _become_shuke(arguments: list[str]) -> None:
    program = str(setup.BIN / "shuke")
    sys.stdout.flush()
    os.execve(program, [program, *arguments], environment())


def test() -> None:
    """Everything that must hold before a change is taken. Goes on after a failure, so that one run tells all."""
    started = time.monotonic()
    checks.prepare_everything()
    closing: list[str] = []
    parts = {
        "checks": checks.check,
        "server tests": lambda: closing.append(f"server tests: {checks.server_tests()}"),
        "console tests": checks.console_tests,
        "console build": setup.build_console,
        "browser tests": browser.browser_tests,
    }
    failed: list[str] = []
    for title, part in parts.items():
        try:
            part()
        except Stop as stop:
            failed.append(title)
            closing += [str(stop)] if title == "server tests" else []
            say(str(stop))
    say("")
    for title in parts:
        say(f"{'failed' if title in failed else 'ok    '}  {title}")
    say(f"in {(time.monotonic() - started) / 60:.1f} minutes")
    say("".join(closing))
    if failed:
        raise Stop(f"Not everything holds: {', '.join(failed)}. What to do is said above, where each failed.")


def _require_free_port(arguments: list[str]) -> None:
    """Say at once, and not after minutes of building, that the port is taken."""
    port = os.environ.get("SHUKE_PORT", "8420")
    for place, word in enumerate(arguments):
        if word.startswith("--port"):
            port = word.partition("=")[2] or (arguments[place + 1] if place + 1 < len(arguments) else port)
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise Stop(f"{port} is no port. Choose one: make run ARGS='--port 8421'")
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((os.environ.get("SHUKE_HOST", "127.0.0.1"), int(port)))
        except OSError as error:
            other = f"make run ARGS='--port {max(int(port), 8420) + 1}'"
            raise Stop(f"Port {port} cannot be used ({error.strerror}). Choose another: {other}") from error


VERBS: dict[str, Callable[[list[str]], object]] = {
    "run": run,
    "shuke": shuke,
    "test": lambda _: test(),
    "unit": lambda more: checks.server_tests(only="not database and not slow", more=tuple(more)),
    "check": lambda _: checks.check(),
    "fix": lambda _: checks.fix(),
    "bench": checks.bench,
    "verify-ledger": verify_ledger.verify_ledger,
    "verify-coupons": verify_coupons.verify_coupons,
    "console": lambda _: setup.build_console(),
    "docs": lambda _: checks.docs(),
    "clean": lambda _: setup.clean(),
}


def main() -> int:
    """Run one verb."""
    verb, *arguments = sys.argv[1:] or ["help"]
    if verb not in VERBS:
        say(f"No such verb: {verb}. There are: {', '.join(VERBS)}. `make help` explains them.")
        return 2
    try:
        VERBS[verb](arguments)
    except Stop as stop:
        say(f"\n{stop}")
        return 1
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130
    return 0


sys.exit(main())
