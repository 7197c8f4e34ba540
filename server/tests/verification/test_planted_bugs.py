"""Every bug still fits the program it is to be planted in, names a check that is there, and three are really tried."""

import ast
from pathlib import Path

import pytest

from verification.crash.paths import PATHS
from verification.planted.plant import Change, Plant, PlantDoesNotFit, changed
from verification.planted.plants import PLANTS
from verification.planted.trying import attempt

SERVER = Path(__file__).parents[2]
QUICK = (
    "lots end a day early",
    "nobody asks whether there is enough",
    "the answer leaves before the commit",
)


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.name)
def test_a_bug_fits_and_names_a_check_that_is_there(plant: Plant):
    for change in plant.changes:
        assert changed(plant, change, SERVER) != (SERVER / change.file).read_text()
    if plant.caught_by.startswith("sweep: "):
        assert plant.caught_by.removeprefix("sweep: ") in {path.name for path in PATHS}
        return
    file, _, name = plant.caught_by.partition("::")
    tree = ast.parse((SERVER / file).read_text())
    tests = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    assert name.partition("[")[0] in tests


def test_names_are_told_apart():
    assert len({plant.name for plant in PLANTS}) == len(PLANTS) >= 12


def test_a_bug_that_no_longer_fits_is_said_so(tmp_path):
    (tmp_path / "one.py").write_text("left = 1\n")
    twice = Change(file="one.py", old="right", new="wrong")
    gone = Change(file="two.py", old="left", new="right")

    for change in (twice, gone):
        with pytest.raises(PlantDoesNotFit):
            changed(Plant(name="x", wrong="x", changes=(change,), caught_by="x", sign=""), change, tmp_path)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", QUICK)
def test_a_planted_bug_is_caught(name: str):
    (plant,) = (plant for plant in PLANTS if plant.name == name)

    tried = attempt(plant)

    assert tried.is_caught, tried.observed
