"""The tree keeps its own rules. (`make check` runs these and the type checker by themselves.)"""

import subprocess
import sys
from pathlib import Path

import pytest

from tools.lint import house_rules

SERVER = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.executable).parent


def test_the_tree_keeps_the_house_rules():
    findings = [str(finding) for finding in house_rules.check(house_rules.REPOSITORY)]

    assert findings == []


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "--quiet", "."],
        ["ruff", "format", "--check", "--quiet", "."],
        ["lint-imports", "--no-logo", "--no-cache"],
    ],
    ids=["lint", "format", "import contracts"],
)
def test_a_linter_finds_nothing(command: list[str]):
    program, *arguments = command

    done = subprocess.run([PROGRAMS / program, *arguments], cwd=SERVER, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
