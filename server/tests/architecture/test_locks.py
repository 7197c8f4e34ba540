"""The web packages are pinned exactly, and their lock file says the same as package.json."""

import json
import re

import pytest

from tools.lint.house_rules import REPOSITORY, list_files

FOLDERS = sorted(path.parent for path in list_files(REPOSITORY) if path.name == "package.json")
KINDS = ("dependencies", "devDependencies")


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_web_packages_are_pinned_and_locked_alike(folder):
    wanted = json.loads((REPOSITORY / folder / "package.json").read_text())
    packages = json.loads((REPOSITORY / folder / "package-lock.json").read_text())["packages"]

    pinned = {name: version for kind in KINDS for name, version in wanted.get(kind, {}).items()}
    locked = {name: packages[f"node_modules/{name}"]["version"] for name in pinned}

    assert [name for name, version in pinned.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    assert locked == pinned
    assert {kind: packages[""].get(kind) for kind in KINDS} == {kind: wanted.get(kind) for kind in KINDS}
