"""The page of evidence that a run writes."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.common.report import machine
from shuke.platform import clock
from verification.corruptions import Tried
from verification.faults import FAULTS
from verification.history import Outcome
from verification.run import Result
from verification.verdict import RULES

PLANTED_BUGS = Path(__file__).with_name("planted_bugs.json")
_OPENING = """
# Evidence: the ledger under concurrent clients and faults

<!-- Written by `python -m verification`. Run it again instead of changing the page. -->

The real program (`shuke web`, two `shuke worker`) on a PostgreSQL of its own with durable settings; clients over HTTP,
few members asked for most; faults while they work. Every call is logged with its start, its end and its answer.
Afterwards the whole ledger is read and held against the log. How to run it again: `python -m verification --help` in
`server`.
"""
_LIMITS = """
## What this does not show

* The seed fixes how chance falls for clients and faults, and not how the machine interleaves them: another run with the
  same seed is another history.
* One machine with one disk. Nothing is said about replicas, lost disks, or networks between machines.
* Keys are repeated for the member who first had them; the ledger keeps keys by member.
* Merges of members, batches and orders are not among the calls.
* A history without a breach is no proof that none is possible: the check sees what a run made happen.
"""
_OUTCOMES: tuple[Outcome, ...] = ("ok", "fail", "unknown")


def write_report(path: Path, result: Result, tried: Sequence[Tried]) -> None:
    """Write the page."""
    parts = (
        _opening(result),
        _asked(result),
        _struck(result),
        _checked(result),
        _trial(tried),
        _planted(),
        _LIMITS.strip(),
    )
    path.write_text("\n\n".join(part for part in parts if part) + "\n", encoding="utf-8")


def _opening(result: Result) -> str:
    about, plan = machine(), result.plan
    rows = [
        (
            "result of the check",
            "everything holds" if result.verdict.holds else f"**{len(result.verdict.findings)} findings**",
        ),
        ("date", f"{clock.wall():%Y-%m-%d %H:%M} UTC"),
        ("commit", f"`{about['commit']}`"),
        ("machine", f"{about['cores']} cores, {about['memory_mb']} MB, PostgreSQL {about['postgresql']}"),
        ("load of the machine at the end", f"{about['load_before'][0]}"),
        ("seed", str(plan.seed)),
        ("clients, members", f"{plan.clients}, {plan.members}"),
        ("calls", f"{result.calls:,}"),
        ("faults", f"{sum(sum(struck.values()) for struck in result.struck.values()):,}"),
        ("the check took", f"{result.seconds['check']:g} s"),
        ("history, SHA-256", f"`{result.digest}`"),
        ("`shuke ledger verify`", "holds" if result.verify[0] == 0 else f"**ended with {result.verify[0]}**"),
    ]
    return "\n\n".join([_OPENING.strip(), _table(("", ""), rows)])


def _asked(result: Result) -> str:
    outcomes: dict[str, Counter[str]] = {}
    refusals: Counter[str] = Counter()
    for (_, kind, outcome, code), count in result.counts.items():
        outcomes.setdefault(kind, Counter())[outcome] += count
        if outcome == "fail":
            refusals[code] += count
    rows = [(kind, *(f"{outcomes[kind][outcome]:,}" for outcome in _OUTCOMES)) for kind in sorted(outcomes)]
    verdict = result.verdict
    return "\n\n".join(
        [
            "## What was asked",
            _table(("call", "acknowledged", "refused", "unknown"), rows),
            "Unknown: the connection ended, time ran out or the answer was 5xx, and the client left. Of those writes "
            f"the ledger has {verdict.unknown_applied:,} and does not have {verdict.unknown_absent:,}.",
            _table(("refusal", "times"), [(f"`{code}`", f"{count:,}") for code, count in refusals.most_common()]),
        ]
    )


def _struck(result: Result) -> str:
    rows = []
    for phase, struck in result.struck.items():
        told = Counter[str]()
        for (of_phase, _, outcome, _), count in result.counts.items():
            told[outcome] += count if of_phase == phase else 0
        rows.append(
            (phase, f"{result.seconds[phase]:g}", *(f"{told[outcome]:,}" for outcome in _OUTCOMES), _counts(struck))
        )
    ends = [(name, _counts(how)) for name, how in result.ends.items()]
    return "\n\n".join(
        [
            "## What went wrong meanwhile",
            "\n".join(f"* `{fault.name}`: {fault.what}" for fault in FAULTS),
            _table(("phase", "seconds", "acknowledged", "refused", "unknown", "faults"), rows),
            "Whatever process ended was started again:",
            _table(("process", "how its lives ended"), ends),
        ]
    )


def _checked(result: Result) -> str:
    verdict = result.verdict
    breaches = Counter(finding.rule for finding in verdict.findings)
    rows = [
        (
            sentence,
            f"{verdict.looked_at[rule]:,}",
            str(breaches[rule]) if not breaches[rule] else f"**{breaches[rule]}**",
        )
        for rule, sentence in RULES.items()
    ]
    parts = ["## What was checked", _table(("rule", "held against", "breaches"), rows)]
    parts += [f"* {finding.rule}: {finding.text}" for finding in verdict.findings[:10]]
    return "\n\n".join(parts)


def _trial(tried: Sequence[Tried]) -> str:
    clean, *corrupted = tried
    return "\n\n".join(
        [
            "## Does the check see anything?",
            f"It was tried before the run on made-up histories: {clean.histories} right ones, of which it flagged "
            f"{clean.found}, and as many of each of these:",
            _table(
                ("corruption", "found by", "found"),
                [(one.name, one.rule, f"{one.found} of {one.histories}") for one in corrupted],
            ),
        ]
    )


def _planted() -> str:
    """The table of planted bugs, where there is one."""
    if not PLANTED_BUGS.exists():
        return ""
    found: Any = json.loads(PLANTED_BUGS.read_text(encoding="utf-8"))
    bugs = found["bugs"] if isinstance(found, dict) else found
    names = [name for name in bugs[0] if isinstance(bugs[0][name], str | int | bool)]
    said = {True: "yes", False: "**no**"}
    rows = [tuple(said.get(bug[name], str(bug[name])) for name in names) for bug in bugs]
    return "\n\n".join(["## Bugs planted in the real code", _table(tuple(names), rows)])


def _counts(counts: Counter[str]) -> str:
    return ", ".join(f"{count} × {name}" for name, count in sorted(counts.items())) or "none"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    cells = [head, ["---"] * len(head), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in cells
    )
