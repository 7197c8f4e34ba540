"""Nobody reads a code in the audit trail: whatever is recorded under a name has words."""

import re
from pathlib import Path

import shuke
from shuke.main.modules import MODULES
from shuke.platform.audit import ActionWords

SOURCES = Path(shuke.__file__).parent
RECORDED = re.compile(r'audit\.record\(\s*\w+,\s*[\w.]+,\s*"([^"]+)"')


def test_every_recorded_action_has_words():
    told = {words.action for module in MODULES for words in module.contributions if isinstance(words, ActionWords)}
    recorded = {
        action
        for path in SOURCES.rglob("*.py")
        if "tests" not in path.parts
        for action in RECORDED.findall(path.read_text())
    }

    assert "members.merged" in recorded
    assert sorted(recorded - told) == []
