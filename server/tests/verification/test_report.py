"""The page of evidence says what was found, and never more."""

from collections import Counter
from pathlib import Path

import pytest

from verification import report
from verification.corruptions import Tried
from verification.faults import FAULTS
from verification.run import Plan, Result
from verification.verdict import RULES, Verdict

TRIED = [Tried("clean", "", 20, 0), Tried("a write is applied twice", "once", 20, 20)]


def result(*, verify: tuple[int, str] = (0, ""), found: bool = False) -> Result:
    verdict = Verdict(unknown_applied=3, unknown_absent=4)
    verdict.look("order", 12_345)
    if found:
        verdict.find("lost", "staff:1:c1 was acknowledged and is not there")
    return Result(
        plan=Plan(seed=7, seconds=60, clients=32, members=50, faults=FAULTS[:1]),
        verdict=verdict,
        calls=12_000,
        digest="ab" * 32,
        counts=Counter(
            {
                ("none", "credit", "ok", ""): 1_500,
                ("kill-web", "credit", "unknown", ""): 7,
                ("kill-web", "debit", "fail", "ledger.not_enough"): 9,
            }
        ),
        struck={"none": Counter(), "kill-web": Counter({"kill-web": 3})},
        ends={"web": Counter(killed=3)},
        verify=verify,
        seconds={"none": 30.5, "kill-web": 31, "check": 1.2},
    )


def written(tmp_path: Path, what: Result) -> list[str]:
    page = tmp_path / "page.md"
    report.write_report(page, what, TRIED)
    return page.read_text(encoding="utf-8").splitlines()


def test_the_page_of_a_run_in_which_everything_held(tmp_path: Path):
    lines = written(tmp_path, result())

    assert "| result of the check | everything holds |" in lines
    assert "| `shuke ledger verify` | holds |" in lines
    assert "| credit | 1,500 | 0 | 7 |" in lines
    assert "| debit | 0 | 9 | 0 |" in lines
    assert "| `ledger.not_enough` | 9 |" in lines
    assert "| kill-web | 31 | 0 | 9 | 7 | 3 × kill-web |" in lines
    assert "| web | 3 × killed |" in lines
    assert f"| {RULES['order']} | 12,345 | 0 |" in lines
    assert "| a write is applied twice | once | 20 of 20 |" in lines
    assert f"| history, SHA-256 | `{'ab' * 32}` |" in lines


def test_the_page_says_what_was_found_first(tmp_path: Path):
    lines = written(tmp_path, result(found=True, verify=(1, "wrong")))

    assert "| result of the check | **1 findings** |" in lines
    assert "| `shuke ledger verify` | **ended with 1** |" in lines
    assert f"| {RULES['lost']} | 0 | **1** |" in lines
    assert "* lost: staff:1:c1 was acknowledged and is not there" in lines


def test_the_table_of_planted_bugs_is_shown_where_there_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(report, "PLANTED_BUGS", tmp_path / "planted.json")
    assert "## Bugs planted in the real code" not in written(tmp_path, result())

    (tmp_path / "planted.json").write_text('{"bugs": [{"name": "no key", "caught_by": "x", "more": [1]}]}')

    lines = written(tmp_path, result())
    assert "| name | caught_by |" in lines
    assert "| no key | x |" in lines
