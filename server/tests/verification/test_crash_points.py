"""The program dies at every place that can matter on every path that moves value, and nothing is lost or doubled."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from verification.crash.paths import PATHS

SERVER = Path(__file__).parents[2]


@pytest.mark.timeout(600)
def test_a_death_at_any_statement_leaves_the_state_before_or_after_and_a_retry_the_state_after(tmp_path):
    result = tmp_path / "result.json"
    command = [sys.executable, "-m", "verification.crash", "--states", "--result", str(result)]

    ended = subprocess.run(command, cwd=SERVER, capture_output=True, text=True, check=False)

    assert ended.returncode == 0, ended.stdout + ended.stderr
    swept = {one["name"]: one for one in json.loads(result.read_text())["paths"]}
    assert list(swept) == [path.name for path in PATHS]
    for path in PATHS:
        statements = swept[path.name]["statements"]
        # Each transaction is tried on both sides of its end.
        assert swept[path.name]["deaths"] > statements.count("COMMIT;"), path.name
        assert "COMMIT;" in statements, path.name
