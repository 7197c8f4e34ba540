"""Very many who want few coupons, against the running program, and the check of who got one."""

from verbs.say import stream
from verbs.setup import BIN, SERVER, prepare_server


def verify_coupons(arguments: list[str]) -> None:
    """Run it with the arguments of `python -m verification.coupons`; its figures go to benchmarks/results."""
    prepare_server(with_tests=True)
    stream(
        "coupons under a rush and faults",
        [str(BIN / "python"), "-m", "verification.coupons", *arguments],
        cwd=SERVER,
    )
