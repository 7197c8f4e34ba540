"""The rules about who sees whom are shown breaches, and what keeps them."""

from pathlib import Path

import pytest

from tools.lint import house_rules
from tools.lint.tests.test_house_rules import MODULE, plant, plant_module, rules_broken

NARROWED = '@router.get("/v1/x", dependencies=[allowed(READ, reach="narrowed")])\n'
NAMED = '_may = allowed(READ, reach="narrowed")\n\n\n@router.post("/v1/x", dependencies=[_may])\n'
TABLES = """
lot = Table("ledger_lot", metadata, Column("member_id", BigInteger), Column("n", Integer))
kind = Table("kind", metadata)
"""
LIST = "async def list_lots(session: Session"

ROUTES = {
    "takes nothing": NARROWED + "async def get_x(session: RequestSession):\n    return await find(session)\n",
    "takes it and forgets it": NARROWED + "async def get_x(sight: CurrentSight):\n    return await find()\n",
    "under a name": NAMED + "async def post_x(session: RequestSession):\n    return await find(session)\n",
    "only writes the actor down": NARROWED
    + "async def get_x(actor: CurrentActor):\n    await audit.record(session, actor, 'x')\n",
    "everything": "async def get_x():\n    return await find(EVERYTHING)\n",
    "a look-up for anybody": "async def get_x():\n    return await members.find_id(session, member)\n",
}
KEPT = {
    "uses the sight": NARROWED + "async def get_x(sight: CurrentSight):\n    return await find(sight)\n",
    "uses the actor's": NAMED + "async def post_x(actor: CurrentActor):\n    return await find(actor.sight)\n",
    "hands the actor on": NARROWED
    + "async def get_x(actor: CurrentActor):\n    return await approve(session, actor)\n",
    "a desk of its own": NARROWED + "async def get_x(desk: Desk = AtDesk):\n    return await desk.do()\n",
    "the same for all": NARROWED.replace("narrowed", "common") + "async def get_x():\n    ...\n",
    "somebody else's word": "async def get_x():\n    return await staff.find_id(session)\n",
}
LISTS = {
    "lists all": "async def list_lots(session: Session):\n    return select(lot)\n",
    "lists all in SQL": "_ALL = 'select n from ledger_lot'\n\n\n" + LIST + "):\n    return _ALL\n",
    "counts all": "async def count_lots(session: Session):\n    return select(lot.c.n)\n",
    "takes a sight and forgets it": "async def list_lots(session: Session, sight: Sight):\n    return select(lot)\n",
}
KEPT_LISTS = {
    "with the sight": LIST + ", sight: Sight):\n    return select(lot).where(visible(sight))\n",
    "of one member": "async def list_lots(session: Session, member_id: int):\n    return select(lot)\n",
    "of a record of one member": "class Own:\n    member_id: int\n\n\n" + LIST + ", own: Own):\n    return lot\n",
    "of nobody": "async def list_kinds(session: Session):\n    return select(kind)\n",
    "with a reason": "async def list_lots(session: Session):  # allow: sight — for a job\n    return select(lot)\n",
}


@pytest.mark.parametrize("file", ["routes.py", "more_routes.py", "desk/routes.py"])
@pytest.mark.parametrize("name", ROUTES)
def test_a_route_that_does_not_narrow_is_seen(tmp_path: Path, name: str, file: str):
    plant_module(tmp_path)
    plant(tmp_path, f"{MODULE}/{file}", ROUTES[name])

    assert rules_broken(tmp_path) == {"sight"}


@pytest.mark.parametrize("name", KEPT)
def test_a_route_that_narrows_is_let_be(tmp_path: Path, name: str):
    plant_module(tmp_path)
    plant(tmp_path, f"{MODULE}/routes.py", KEPT[name])

    assert rules_broken(tmp_path) == set()


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_does_not_know_the_caller_is_seen(tmp_path: Path, name: str):
    plant_module(tmp_path)
    plant(tmp_path, f"{MODULE}/tables.py", TABLES)
    plant(tmp_path, f"{MODULE}/queries.py", LISTS[name])

    assert rules_broken(tmp_path) == {"sight"}


@pytest.mark.parametrize("name", KEPT_LISTS)
def test_a_list_that_knows_the_caller_is_let_be(tmp_path: Path, name: str):
    plant_module(tmp_path)
    plant(tmp_path, f"{MODULE}/tables.py", TABLES)
    plant(tmp_path, f"{MODULE}/queries.py", KEPT_LISTS[name])

    assert rules_broken(tmp_path) == set()


def test_jobs_may_look_at_everybody(tmp_path: Path):
    plant_module(tmp_path)
    plant(tmp_path, f"{MODULE}/jobs.py", "async def run():\n    return await find(EVERYTHING)\n")

    assert list(house_rules.check(tmp_path)) == []
