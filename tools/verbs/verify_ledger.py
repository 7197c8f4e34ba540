"""Concurrent clients and faults against the running program, and the check of what came of it."""

from verbs.say import stream
from verbs.setup import BIN, SERVER, prepare_server


def verify_ledger(arguments: list[str]) -> None:
    """Run it with the arguments of `python -m verification`; its report goes to docs/reference."""
    prepare_server(with_tests=True)
    stream(
        "the ledger under concurrent clients and faults",
        [str(BIN / "python"), "-m", "verification", *arguments],
        cwd=SERVER,
    )
