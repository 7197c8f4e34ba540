"""What an undo leaves alone, and undoing while something else happens to the act."""

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from shuke.foundation import customization
from shuke.people import members
from shuke.people.bulk.working import running
from shuke.platform import jobs
from shuke.platform.db import Database

from .ground import freezing, people, states, statuses


@pytest.fixture(autouse=True)
def _jobs(database: Database):
    jobs.use(database)
    yield
    jobs.use(None)


async def done(client: httpx.AsyncClient, body: dict[str, Any]) -> int:
    asked = await client.post("/v1/bulk-acts", json=body)
    assert asked.status_code == 202, asked.text
    number = int(asked.json()["id"])
    await running.run({"bulk_id": number})
    return number


async def undone(client: httpx.AsyncClient, number: int) -> dict[str, Any]:
    asked = await client.post(f"/v1/bulk-acts/{number}/undo")
    assert asked.status_code == 200, asked.text
    await running.run({"bulk_id": number})
    found: dict[str, Any] = (await client.get(f"/v1/bulk-acts/{number}")).json()
    return found


async def test_who_was_moved_away_and_back_by_somebody_stays_there(
    client: httpx.AsyncClient, database: Database
) -> None:
    li, zhao, ids = await people(database, 2)
    body = {"action": "attribution", "parameters": {"employee_id": zhao.id}, "members": [str(one) for one in ids]}
    number = await done(client, {**body, "reason": "调岗", "members_seen": 2})
    for employee_id in (li.id, zhao.id):
        async with database.transaction() as session:
            there = members.Attribution(employee_id=employee_id)
            await members.attribute(session, ids[:1], there, actor="staff:9", reason="decided anew")

    act = await undone(client, number)

    async with database.transaction() as session:
        places = await members.list_places(session, ids)
    assert [places[one].employee_id for one in ids] == [zhao.id, li.id]
    assert (act["undone"], [(one["why"], one["members"]) for one in act["skips"]]) == (1, [("changed_since", 1)])
    assert await states(database, number) == {ids[0]: ("kept", "changed_since"), ids[1]: ("undone", None)}
    table = (await client.get(f"/v1/bulk-acts/{number}/skipped.csv")).text.splitlines()
    assert [line.partition(",")[2] for line in table[1:]] == ["not put back: somebody has changed it since"]


async def test_what_else_of_a_member_changed_since_does_not_matter(
    client: httpx.AsyncClient, database: Database
) -> None:
    """Another store is no other employee, and a name is no field."""
    li, zhao, ids = await people(database, 1)
    body = {"action": "attribution", "parameters": {"employee_id": zhao.id}, "members": [str(ids[0])]}
    number = await done(client, {**body, "reason": "调岗", "members_seen": 1})
    async with database.transaction() as session:
        there = members.Attribution(store_id=zhao.store_id)
        await members.attribute(session, ids, there, actor="staff:9", reason="moved house")

    act = await undone(client, number)

    async with database.transaction() as session:
        place = (await members.list_places(session, ids))[ids[0]]
    assert (act["undone"], place.employee_id, place.store_id) == (1, li.id, zhao.store_id)


async def test_a_field_that_was_changed_there_and_back_stays(client: httpx.AsyncClient, database: Database) -> None:
    _, _, ids = await people(database, 3)
    for key in ("grade", "shelf"):
        field = {"key": key, "kind": "text", "label": {"zh": key, "en": key}}
        assert (await client.post("/v1/custom-fields", json=field)).status_code == 201
    body = {"action": "field", "parameters": {"key": "grade", "value": "A"}, "members": [str(one) for one in ids]}
    number = await done(client, {**body, "reason": "评级", "members_seen": 3})
    for value in ("B", "A"):
        member = await client.get(f"/v1/members/{ids[0]}")
        changed = await client.patch(
            f"/v1/members/{ids[0]}",
            json={"custom": {"grade": value}},
            headers={"If-Match": f'"{member.json()["version"]}"'},
        )
        assert changed.status_code == 200, changed.text
    async with database.transaction() as session:
        # Of somebody else another field changed, which is no matter.
        await members.set_values(session, "shelf", {ids[1]: "7"})

    act = await undone(client, number)

    async with database.transaction() as session:
        found = await members.values_of(session, ids, "grade")
    assert [found[one] for one in ids] == ["A", None, None]
    assert (act["undone"], act["skipped"], [one["why"] for one in act["skips"]]) == (2, 1, ["changed_since"])


async def test_an_undo_that_could_not_go_on_counts_on_when_it_is_asked_for_again(
    client: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, _, ids = await people(database, 4)
    number = await done(client, freezing(ids, members_seen=4))
    monkeypatch.setattr(running, "AT_A_TIME", 3)
    await client.post(f"/v1/bulk-acts/{number}/undo")
    async with jobs.transaction() as session:
        assert not await running._step(session, number)
    await running._fail(number, customization.BadValue())

    act = await undone(client, number)

    assert (act["state"], act["undone"], act["done"]) == ("undone", 4, 4)
    assert await statuses(database, ids) == ["active"] * 4


@pytest.mark.parametrize("attempt", range(4))
async def test_stopping_and_undoing_at_once_is_one_after_the_other(
    client: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch, attempt: int
) -> None:
    _, _, ids = await people(database, 6)
    monkeypatch.setattr(running, "AT_A_TIME", 2)
    number = (await client.post("/v1/bulk-acts", json=freezing(ids, members_seen=6))).json()["id"]
    async with jobs.transaction() as session:
        assert not await running._step(session, number)
    requests = [client.post(f"/v1/bulk-acts/{number}/{what}") for what in ("stop", "undo")]

    first, second = await asyncio.gather(*(requests if attempt % 2 else requests[::-1]))
    stopped, taken_back = (first, second) if attempt % 2 else (second, first)
    await running.run({"bulk_id": number})

    act = (await client.get(f"/v1/bulk-acts/{number}")).json()
    assert stopped.status_code == 200
    if taken_back.status_code == 200:
        # It was stopped first.
        assert (act["state"], act["undone"]) == ("undone", 2)
        assert await statuses(database, ids) == ["active"] * 6
    else:
        # The undo came first, and there was nothing to undo yet.
        assert taken_back.json()["code"] == "bulk.not_undoable"
        assert (act["state"], act["undone"]) == ("stopped", 0)
        assert await statuses(database, ids) == ["frozen"] * 2 + ["active"] * 4


async def test_stop_waits_for_the_step_that_is_being_done(
    client: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, _, ids = await people(database, 4)
    monkeypatch.setattr(running, "AT_A_TIME", 2)
    number = (await client.post("/v1/bulk-acts", json=freezing(ids, members_seen=4))).json()["id"]
    async with jobs.transaction() as session:
        await running._step(session, number)
        stopping = asyncio.create_task(client.post(f"/v1/bulk-acts/{number}/stop"))
        await asyncio.sleep(0.3)
        assert not stopping.done()
    stopped = (await stopping).json()
    await running.run({"bulk_id": number})

    assert (stopped["state"], stopped["done"]) == ("stopped", 2)
    assert await statuses(database, ids) == ["frozen"] * 2 + ["active"] * 2


async def test_two_undos_at_once_are_one(client: httpx.AsyncClient, database: Database) -> None:
    _, _, ids = await people(database, 3)
    number = await done(client, freezing(ids, members_seen=3))

    answers = await asyncio.gather(*(client.post(f"/v1/bulk-acts/{number}/undo") for _ in range(4)))
    await asyncio.gather(*(running.run({"bulk_id": number}) for _ in range(2)))

    assert sorted(one.status_code for one in answers) == [200, 409, 409, 409]
    assert (await client.get(f"/v1/bulk-acts/{number}")).json()["undone"] == 3
    async with database.transaction() as session:
        lines = await session.execute(text("select count(*) from audit where action = 'bulk.undone'"))
        assert lines.scalar_one() == 1


async def test_an_undo_that_is_asked_for_while_the_last_step_ends_is_done(
    client: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The undo's own job finds the act in other hands and goes: those hands have to see to it."""
    _, _, ids = await people(database, 2)
    number = (await client.post("/v1/bulk-acts", json=freezing(ids, members_seen=2))).json()["id"]
    real, others = running._go_on, 0

    async def ends(bulk_id: int) -> None:
        nonlocal others
        await real(bulk_id)
        if others == 0:
            others = 1
            assert (await client.post(f"/v1/bulk-acts/{number}/undo")).status_code == 200
            await running.run({"bulk_id": bulk_id})
            # The lock is still held here, so that nothing has been put back.
            assert await statuses(database, ids) == ["frozen"] * 2

    monkeypatch.setattr(running, "_go_on", ends)
    await running.run({"bulk_id": number})

    assert (await client.get(f"/v1/bulk-acts/{number}")).json()["state"] == "undone"
    assert await statuses(database, ids) == ["active"] * 2
