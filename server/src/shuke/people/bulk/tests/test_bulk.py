"""Acts on many members: previewed, done once whatever dies, stopped, undone, and never beyond sight or rights."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from shuke.foundation.organization.testing import narrowed
from shuke.main.testing import signed_in
from shuke.people import members
from shuke.people.bulk.jobs import forget_old_members
from shuke.people.bulk.testing import Killed, die_at
from shuke.people.bulk.working import running
from shuke.platform import jobs
from shuke.platform.db import Database

from .ground import freezing, people, states, statuses


@pytest.fixture(autouse=True)
def _jobs(database: Database):
    jobs.use(database)
    yield
    jobs.use(None)


async def counted(database: Database, table: str) -> int:
    async with database.transaction() as session:
        return int((await session.execute(text(f"select count(*) from {table}"))).scalar_one())


async def test_a_preview_tells_who_is_skipped_and_writes_nothing(client: httpx.AsyncClient, database: Database) -> None:
    _, _, ids = await people(database)
    async with database.transaction() as session:
        await members.set_status(session, ids[:1], "frozen")
        await members.set_status(session, ids[1:2], "cancelled")
    before = await statuses(database, ids)

    told = (await client.post("/v1/bulk-acts/preview", json=freezing())).json()

    assert (told["members"], told["doing"], told["type_this"]) == (6, 4, None)
    assert {one["why"]: one["members"] for one in told["skips"]} == {"already": 1, "cancelled": 1}
    assert (told["may_undo"], told["needs_approval"]) == (True, False)
    assert await statuses(database, ids) == before
    assert await counted(database, "bulk_act") == 0


async def test_an_act_is_done_in_the_background_and_audited_as_one(
    client: httpx.AsyncClient, database: Database
) -> None:
    _, _, ids = await people(database)
    async with database.transaction() as session:
        await members.set_status(session, ids[:1], "frozen")

    act = (await client.post("/v1/bulk-acts", json=freezing(ids, members_seen=5))).json()
    assert (act["state"], act["members"], act["done"]) == ("waiting", 6, 0)
    await running.run({"bulk_id": act["id"]})

    done = (await client.get(f"/v1/bulk-acts/{act['id']}")).json()
    assert (done["state"], done["done"], done["skipped"]) == ("done", 5, 1)
    assert await statuses(database, ids) == ["frozen"] * 6
    assert (await client.get("/v1/bulk-acts")).json()["items"] == [done]
    table = (await client.get(f"/v1/bulk-acts/{act['id']}/skipped.csv")).text.lstrip("\ufeff").splitlines()
    async with database.transaction() as session:
        number = (await members.numbers(session, ids[:1]))[ids[0]]
        lines = await session.execute(
            text("select action, details from audit where object_kind = 'bulk-acts' order by id")
        )
        trail = [(row.action, row.details) for row in lines]
    assert table == ["Member number,Why", f"{number},is so already"]
    assert [action for action, _ in trail] == ["POST /v1/bulk-acts", "bulk.done"]
    assert trail[1][1] == {"action": "status", "members": 6, "done": 5, "skipped": {"already": 1}}


async def test_whoever_dies_in_the_middle_leaves_nothing_half_done_and_nothing_is_done_twice(
    client: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, _, ids = await people(database, 7)
    monkeypatch.setattr(running, "AT_A_TIME", 2)
    act = (await client.post("/v1/bulk-acts", json=freezing(ids, members_seen=7))).json()
    die_at(monkeypatch, 3)

    with pytest.raises(Killed):
        await running.run({"bulk_id": act["id"]})
    # The third step did its work and died before it was noted: neither stands.
    assert await statuses(database, ids) == ["frozen"] * 4 + ["active"] * 3
    assert await counted(database, "member_status_change") == 4

    await running.run({"bulk_id": act["id"]})
    await running.run({"bulk_id": act["id"]})

    assert await statuses(database, ids) == ["frozen"] * 7
    assert await counted(database, "member_status_change") == 7
    assert set((await states(database, act["id"])).values()) == {("done", None)}
    assert (await client.get(f"/v1/bulk-acts/{act['id']}")).json()["done"] == 7


async def test_what_was_changed_comes_back_but_for_what_others_changed_since(
    client: httpx.AsyncClient, database: Database
) -> None:
    li, zhao, ids = await people(database, 3)
    body = {
        "action": "attribution",
        "parameters": {"employee_id": zhao.id},
        "members": [str(one) for one in ids],
        "reason": "调岗",
        "members_seen": 2,
    }
    act = (await client.post("/v1/bulk-acts", json=body)).json()
    await running.run({"bulk_id": act["id"]})
    assert (await states(database, act["id"]))[ids[2]] == ("skipped", "already")
    async with database.transaction() as session:
        await members.attribute(session, ids[:1], members.Attribution(employee_id=None), actor="x", reason="since")

    undone = await client.post(f"/v1/bulk-acts/{act['id']}/undo")
    await running.run({"bulk_id": act["id"]})

    assert undone.json()["state"] == "undoing"
    last = (await client.get(f"/v1/bulk-acts/{act['id']}")).json()
    assert (last["state"], last["undone"], last["undo_until"]) == ("undone", 1, None)
    async with database.transaction() as session:
        places = await members.list_places(session, ids)
    assert [places[one].employee_id for one in ids] == [None, li.id, zhao.id]
    assert (await client.post(f"/v1/bulk-acts/{act['id']}/undo")).json()["code"] == "bulk.not_undoable"


async def test_who_was_frozen_anew_by_somebody_else_stays_frozen(client: httpx.AsyncClient, database: Database) -> None:
    """It looks as the act left it, and yet somebody has decided since."""
    _, _, ids = await people(database, 2)
    act = (await client.post("/v1/bulk-acts", json=freezing(ids, members_seen=2))).json()
    await running.run({"bulk_id": act["id"]})
    async with database.transaction() as session:
        await members.set_status(session, ids[:1], "active", reason="by mistake")
    async with database.transaction() as session:
        await members.set_status(session, ids[:1], "frozen", reason="stolen card")

    await client.post(f"/v1/bulk-acts/{act['id']}/undo")
    await running.run({"bulk_id": act["id"]})

    told = (await client.get("/v1/session/notices")).json()["items"]
    assert [one["title"].rpartition(" members ")[2] for one in told] == ["was undone", "is done"]
    assert await statuses(database, ids) == ["frozen", "active"]
    assert (await states(database, act["id"])) == {ids[0]: ("kept", "changed_since"), ids[1]: ("undone", None)}


async def test_after_a_day_nothing_is_undone(client: httpx.AsyncClient, database: Database) -> None:
    _, _, ids = await people(database, 2)
    act = (await client.post("/v1/bulk-acts", json=freezing(ids, members_seen=2))).json()
    await running.run({"bulk_id": act["id"]})
    async with database.transaction() as session:
        await session.execute(text("update bulk_act set ended_at = ended_at - interval '25 hours'"))

    answer = await client.post(f"/v1/bulk-acts/{act['id']}/undo")

    assert (answer.status_code, answer.json()["code"]) == (409, "bulk.not_undoable")
    assert await statuses(database, ids) == ["frozen"] * 2


async def test_fields_are_set_and_put_back(client: httpx.AsyncClient, database: Database) -> None:
    _, _, ids = await people(database, 3)
    for key, kind, personal in (("grade", "text", False), ("secret", "text", True)):
        answer = await client.post(
            "/v1/custom-fields",
            json={"key": key, "kind": kind, "label": {"zh": key, "en": key}, "is_personal": personal},
        )
        assert answer.status_code == 201, answer.text
    body = {
        "action": "field",
        "parameters": {"key": "grade", "value": "A"},
        "members": [str(one) for one in ids],
        "reason": "评级",
        "members_seen": 3,
    }

    async def values() -> list[Any]:
        async with database.transaction() as session:
            found = await members.values_of(session, ids, "grade")
        return [found[one] for one in ids]

    sealed = await client.post("/v1/bulk-acts/preview", json=_wish(body, key="secret", value="A"))
    wrong = await client.post("/v1/bulk-acts/preview", json=_wish(body, key="grade", value=["x"]))
    act = (await client.post("/v1/bulk-acts", json=body)).json()
    await running.run({"bulk_id": act["id"]})
    assert await values() == ["A", "A", "A"]
    await client.post(f"/v1/bulk-acts/{act['id']}/undo")
    await running.run({"bulk_id": act["id"]})

    assert sealed.json()["code"] == "bulk.field_not_for_many"
    assert wrong.status_code == 422
    assert await values() == [None, None, None]


def _wish(body: dict[str, Any], **parameters: Any) -> dict[str, Any]:
    return {**{name: value for name, value in body.items() if name != "members_seen"}, "parameters": parameters}


async def test_what_was_not_previewed_or_typed_is_not_done(
    client: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, _, ids = await people(database, 4)

    more = await client.post("/v1/bulk-acts", json=freezing(ids, members_seen=3))
    monkeypatch.setattr("shuke.people.bulk.actions.TYPED_ABOVE", 3)
    untyped = await client.post("/v1/bulk-acts", json=freezing(ids, members_seen=4))
    mistyped = await client.post("/v1/bulk-acts", json=freezing(ids, members_seen=4, confirm="5"))
    monkeypatch.setattr("shuke.people.bulk.actions.MOST", 3)
    many = await client.post("/v1/bulk-acts", json=freezing(members_seen=4, confirm="4"))
    nobody = await client.post(
        "/v1/bulk-acts",
        json=freezing(
            members_seen=1,
            filters={"status": "frozen"},
        ),
    )
    unknown = await client.post("/v1/bulk-acts", json={**freezing(ids, members_seen=4), "action": "burn"})
    neither = await client.post("/v1/bulk-acts/preview", json={**freezing(ids), "filters": {}})

    codes = [answer.json()["code"] for answer in (more, untyped, mistyped, many, nobody, unknown, neither)]
    assert codes == [
        "bulk.count_moved",
        "bulk.number_not_typed",
        "bulk.number_not_typed",
        "bulk.too_many",
        "bulk.nobody_meant",
        "bulk.unknown_action",
        "request.invalid",
    ]
    assert await counted(database, "bulk_act") == 0
    assert await statuses(database, ids) == ["active"] * 4


async def test_a_stopped_act_goes_no_further(
    client: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, _, ids = await people(database, 4)
    monkeypatch.setattr(running, "AT_A_TIME", 2)
    act = (await client.post("/v1/bulk-acts", json=freezing(ids, members_seen=4))).json()
    async with jobs.transaction() as session:
        assert not await running._step(session, act["id"])

    stopped = await client.post(f"/v1/bulk-acts/{act['id']}/stop")
    await running.run({"bulk_id": act["id"]})

    assert (stopped.json()["state"], stopped.json()["done"]) == ("stopped", 2)
    assert await statuses(database, ids) == ["frozen"] * 2 + ["active"] * 2
    assert (await client.post(f"/v1/bulk-acts/{act['id']}/stop")).json()["code"] == "bulk.ended"


async def test_nobody_acts_on_members_out_of_sight(app: FastAPI, database: Database) -> None:
    li, zhao, ids = await people(database)
    mine, foreign = [one for place, one in enumerate(ids) if place % 3 != 2], ids[2]
    async with signed_in(app, database, role="manager") as browser:
        async with database.transaction() as session:
            await narrowed(session, role="manager", stores=[li.store_id or 0])
        every = {"condition": '{"combinator":"and","rules":[{"field":"member.order_count","operator":">=","value":0}]}'}
        theirs = {"condition": '{"combinator":"and","rules":[{"field":"member.store","operator":"=","value":"B"}]}'}

        told = (await browser.post("/v1/bulk-acts/preview", json=freezing(filters=every))).json()
        other = (await browser.post("/v1/bulk-acts/preview", json=freezing(filters=theirs))).json()
        named = await browser.post("/v1/bulk-acts/preview", json=freezing([foreign]))
        act = (await browser.post("/v1/bulk-acts", json=freezing(filters=every, members_seen=4))).json()
        # Meanwhile one of them goes to the other store.
        async with database.transaction() as session:
            there = members.Attribution(store_id=zhao.store_id, employee_id=zhao.id)
            await members.attribute(session, mine[:1], there, actor="x", reason="moved")
        await running.run({"bulk_id": act["id"]})
        done = (await browser.get(f"/v1/bulk-acts/{act['id']}")).json()
        table = (await browser.get(f"/v1/bulk-acts/{act['id']}/skipped.csv")).text

    assert (told["members"], other["members"], named.status_code) == (4, 0, 404)
    assert (done["state"], done["done"]) == ("done", 3)
    assert [one["why"] for one in done["skips"]] == ["out_of_sight"]
    assert len(table.splitlines()) == 1
    assert await statuses(database, [foreign, mine[0]]) == ["active", "active"]
    assert await statuses(database, mine[1:]) == ["frozen"] * 3


async def test_acts_need_both_rights_and_stop_when_they_are_taken_away(
    app: FastAPI, client: httpx.AsyncClient, viewer: httpx.AsyncClient, database: Database
) -> None:
    _, _, ids = await people(database, 2)
    assert (await viewer.post("/v1/bulk-acts/preview", json=freezing(ids))).status_code == 403
    async with signed_in(app, database, role="manager") as browser:
        act = (await browser.post("/v1/bulk-acts", json=freezing(ids, members_seen=2))).json()
        async with database.transaction() as session:
            await session.execute(
                text("update staff_role set permissions = array['members.bulk', 'members.read'] where code = 'manager'")
            )
        await running.run({"bulk_id": act["id"]})
        refused = await browser.post("/v1/bulk-acts/preview", json=freezing(ids))

    assert (refused.status_code, refused.json()["code"]) == (403, "request.not_allowed")
    failed = (await client.get(f"/v1/bulk-acts/{act['id']}")).json()
    assert (failed["state"], failed["problem"]["code"]) == ("failed", "bulk.not_allowed_by_now")
    assert await statuses(database, ids) == ["active"] * 2


async def test_search_texts_are_not_kept_and_members_are_forgotten(
    client: httpx.AsyncClient, database: Database
) -> None:
    await people(database, 2)
    act = (
        await client.post("/v1/bulk-acts/preview", json=freezing(filters={"q": "王小明", "status": "active"}))
    ).json()
    assert act["members"] == 0
    kept = await client.post("/v1/bulk-acts", json=freezing(filters={"q": "M", "status": "active"}, members_seen=9))
    if kept.status_code == 202:
        assert kept.json()["filters"]["q"] is None
    act = (await client.post("/v1/bulk-acts", json=freezing(filters={"status": "active"}, members_seen=2))).json()
    await running.run({"bulk_id": act["id"]})
    async with database.transaction() as session:
        await session.execute(text("update bulk_act set ended_at = ended_at - interval '91 days'"))
    await forget_old_members()
    assert await states(database, act["id"]) == {}
    assert (await client.get(f"/v1/bulk-acts/{act['id']}")).json()["done"] == 2
