"""A few seconds of the real thing: clients over HTTP, the web server killed among them, and the whole check."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from verification.faults import FAULTS
from verification.history import read_history
from verification.ledger_state import BUCKETS
from verification.run import Plan, run
from verification.verdict import RULES

# What so few seconds need not meet.
SELDOM = {"grounds", "reversals", "repeats", "holds", "transfers", "refused", "search"}


@pytest.fixture
def folder() -> Iterator[Path]:
    # Not pytest's own: the database's user may pass through, and pytest closes its folders to others.
    made = Path(tempfile.mkdtemp(prefix="shuke-history-"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.mark.timeout(600)
async def test_nothing_is_lost_or_doubled_when_the_web_server_is_killed(folder: Path):
    (kill_web,) = (replace(fault, every_s=(2.0, 2.0)) for fault in FAULTS if fault.name == "kill-web")
    plan = Plan(seed=5, seconds=6, clients=6, members=8, workers=1, faults=(kill_web,))

    result = await run(plan, folder, folder / "history.jsonl")

    assert result.verdict.findings == []
    assert result.verify[0] == 0, result.verify[1]
    assert result.struck["kill-web"] == Counter({"kill-web": 1})
    assert result.ends["web"] == Counter(killed=1)
    assert {rule for rule in RULES if not result.verdict.looked_at[rule]} <= SELDOM
    calls = list(read_history(folder / "history.jsonl"))
    assert len(calls) == result.calls
    last = [call for call in calls if call.is_final]
    assert last
    assert all(set(BUCKETS) <= set(call.answer) for call in last)
