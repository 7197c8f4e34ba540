"""The import contracts of pyproject.toml, tried on a small tree with one wrong import planted at a time."""

import subprocess
import sys
from pathlib import Path

import pytest

SERVER = Path(__file__).resolve().parents[3]
CLEAN = {
    "shuke/platform/db.py": "",
    "shuke/platform/http.py": "",
    "shuke/foundation/organization/__init__.py": "",
    "shuke/people/members/__init__.py": "from .actions import join\n\n__all__ = ['join']\n",
    "shuke/people/members/actions.py": "from . import queries\n\n\ndef join(): ...\n",
    "shuke/people/members/queries.py": "from shuke.platform import db\n",
    "shuke/people/members/rules.py": "",
    "shuke/people/members/testing.py": "",
    "shuke/commerce/orders/__init__.py": "from shuke.people import members\n",
    "shuke/commerce/orders/tests/test_orders.py": "from shuke.people.members import testing\n",
    "shuke/loyalty/ledger/__init__.py": "",
    "shuke/loyalty/ledger/testing.py": "from shuke.people.members import testing\n",
    "shuke/loyalty/earning/__init__.py": "from shuke.loyalty import ledger\n",
    "shuke/loyalty/rewards/__init__.py": "",
    "shuke/insight/analytics/__init__.py": "",
    "shuke/main/api.py": "from shuke.people.members.actions import join\n",
}


def lint(root: Path) -> tuple[int, str]:
    """Run the real contracts on the tree under `root`."""
    (root / "pyproject.toml").write_text((SERVER / "pyproject.toml").read_text())
    command = [
        str(Path(sys.executable).parent / "lint-imports"),
        "--no-cache",
        "--config",
        str(root / "pyproject.toml"),
    ]
    done = subprocess.run(
        command, cwd=root, capture_output=True, text=True, check=False, env={"PYTHONPATH": f"{root}:{SERVER}"}
    )
    return done.returncode, done.stdout + done.stderr


def plant(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        for folder in path.relative_to(root).parents:
            if folder != Path() and not (root / folder / "__init__.py").exists():
                (root / folder / "__init__.py").write_text("")


def test_a_clean_tree_keeps_every_contract(tmp_path: Path):
    plant(tmp_path, CLEAN)

    code, said = lint(tmp_path)

    assert code == 0, said


BREACHES = {
    "an upward import": {"shuke/people/members/facts.py": "from shuke.loyalty import ledger\n"},
    "a neighbour above in the layer": {"shuke/loyalty/ledger/actions.py": "from shuke.loyalty import earning\n"},
    "siblings that may not know each other": {
        "shuke/loyalty/earning/actions.py": "from shuke.loyalty import rewards\n"
    },
    "a window": {"shuke/commerce/orders/actions.py": "from shuke.people.members.queries import db\n"},
    "an action that borrows a builder": {
        "shuke/commerce/orders/actions.py": "from shuke.people.members import testing\n"
    },
    "an impure rule": {"shuke/people/members/rules.py": "import sqlalchemy\n"},
    "a query that acts": {"shuke/people/members/queries.py": "from . import actions\n"},
    "an action that knows the web": {"shuke/people/members/actions.py": "import fastapi\n\n\ndef join(): ...\n"},
    "an undeclared module": {"shuke/people/friends/__init__.py": ""},
    "a platform that knows a module": {"shuke/platform/db.py": "from shuke.people import members\n"},
}


@pytest.mark.parametrize("name", BREACHES)
def test_a_wrong_import_is_seen(tmp_path: Path, name: str):
    plant(tmp_path, CLEAN | BREACHES[name])

    code, said = lint(tmp_path)

    assert code == 1
    assert "BROKEN" in said, said
