"""Concurrent histories of the running program, with faults, held against strict serializability.

`python -m verification --minutes 10`: starts the real program on a database of its own in a temporary folder, lets
clients ask while faults strike, reads everything at the end, and checks. Ends with 1 when anything was found, or when
the check could not be brought to its end. Writes the report, and keeps the history of a run that failed.
"""

import argparse
import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

import uvloop

from shuke.platform.settings import REPOSITORY
from verification.corruptions import try_checker
from verification.faults import FAULTS, Fault
from verification.report import write_report
from verification.run import Plan, run, say

REPORT = REPOSITORY / "docs" / "reference" / "ledger-evidence.md"
_HISTORIES_OF_THE_TRIAL = 20


def main() -> int:
    """Try the checker, run, check, report."""
    options = _options()
    plan = Plan(
        seed=options.seed,
        seconds=options.minutes * 60,
        clients=options.clients,
        members=options.members,
        faults=options.faults,
    )
    say(f"seed {plan.seed}, {options.minutes:g} minutes, {plan.clients} clients, {plan.members} members")
    tried = try_checker(_HISTORIES_OF_THE_TRIAL)
    with tempfile.TemporaryDirectory(prefix="shuke-history-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            result = runner.run(run(plan, folder, folder / "history.jsonl"))
        if not result.holds:
            kept = Path(tempfile.gettempdir()) / f"shuke-history-{plan.seed}.jsonl"
            shutil.copy(folder / "history.jsonl", kept)
            say(f"the history is kept in {kept}")
    for finding in result.verdict.findings[:20]:
        say(f"  {finding.rule}: {finding.text}")
    if result.verify[0] != 0:
        say(f"  shuke ledger verify ended with {result.verify[0]}:\n{result.verify[1]}")
    if options.report is not None:
        write_report(options.report, result, tried)
    holds = result.holds and tried[0].found == 0 and all(one.found == one.histories for one in tried[1:])
    say(f"{result.calls} calls: {'everything holds' if holds else f'{len(result.verdict.findings)} findings'}")
    return 0 if holds else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10, help="how long clients ask, over all phases")
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--members", type=int, default=50)
    names = ",".join(fault.name for fault in FAULTS)
    parser.add_argument("--faults", type=_faults, default=FAULTS, help=f"all, none, or some of: {names}")
    parser.add_argument("--seed", type=int, default=1, help="what is asked and when faults strike follow from it")
    parser.add_argument("--report", type=Path, default=REPORT, help="where the report goes")
    parser.add_argument("--no-report", dest="report", action="store_const", const=None, help="write no report")
    return parser.parse_args()


def _faults(text: str) -> tuple[Fault, ...]:
    named = set(text.split(","))
    if named <= {"all"}:
        return FAULTS
    unknown = named - {"none", *(fault.name for fault in FAULTS)}
    if unknown:
        raise argparse.ArgumentTypeError(f"no such fault: {', '.join(sorted(unknown))}")
    return tuple(fault for fault in FAULTS if fault.name in named)


if __name__ == "__main__":
    sys.exit(main())
