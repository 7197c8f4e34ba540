"""Values of custom fields on members: written, sealed, shown, filtered, sorted; their indexes come and go."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from shuke.foundation.customization.testing import OWNER_URL, as_owner, bring_index, bring_indexes, no_owner
from shuke.people.members.rules.values import NewIdentity, NewMember
from shuke.people.members.testing import enrolled
from shuke.platform import jobs
from shuke.platform.db import Database

LABEL = {"zh": "字段", "en": "Field"}
CHOICES = [{"code": code, "name": LABEL} for code in ("gold", "silver", "tin")]


@pytest.fixture
async def worker(database: Database) -> AsyncIterator[Database]:
    jobs.use(database)
    yield database
    jobs.use(None)


async def define(client: httpx.AsyncClient, key: str, kind: str, **values: Any) -> None:
    answer = await client.post("/v1/custom-fields", json={"key": key, "kind": kind, "label": LABEL, **values})
    assert answer.status_code == 201, answer.text


async def signed_up(client: httpx.AsyncClient, phone: str, **custom: Any) -> dict[str, Any]:
    answer = await client.post("/v1/members", json={"phone": phone, "custom": custom})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_values_are_written_shown_and_changed_one_by_one(client: httpx.AsyncClient) -> None:
    await define(client, "shoe", "number", default=40)
    await define(client, "metal", "choice", choices=CHOICES)
    await define(client, "wish", "long_text", is_personal=True)

    member = await signed_up(client, "15400000001", metal="gold", wish="送给妈妈")
    changed = await client.patch(
        f"/v1/members/{member['id']}",
        json={"custom": {"metal": None, "shoe": 41.5, "wish": "***"}},
        headers={"If-Match": f'"{member["version"]}"'},
    )
    clear = await client.post(f"/v1/members/{member['id']}/unmask", json={"fields": ["custom"], "reason": "核对"})

    assert member["custom"] == {"shoe": "40", "metal": "gold", "wish": "***"}
    assert changed.json()["custom"] == {"shoe": "41.5", "wish": "***"}
    assert changed.json()["version"] == member["version"] + 1
    assert clear.json()["values"] == {"custom": {"wish": "送给妈妈"}}
    listed = (await client.get("/v1/members")).json()["items"]
    assert [one["custom"] for one in listed] == [changed.json()["custom"]]


async def test_personal_values_stand_nowhere_in_clear(client: httpx.AsyncClient, database: Database) -> None:
    await define(client, "wish", "text", is_personal=True)
    await signed_up(client, "15400000001", wish="canary-of-mother")

    async with database.transaction() as session:
        tables = await session.execute(text("select tablename from pg_tables where schemaname = 'public'"))
        for table in list(tables.scalars()):
            found = await session.execute(text(f"select count(*) from \"{table}\" t where t::text like '%canary%'"))
            assert (table, found.scalar_one()) == (table, 0)


async def test_a_bad_value_is_pointed_at_and_nothing_changes(client: httpx.AsyncClient) -> None:
    await define(client, "shoe", "number", is_required=True)

    missing = await client.post("/v1/members", json={"phone": "15400000001"})
    wrong = await client.post("/v1/members", json={"phone": "15400000001", "custom": {"shoe": "big", "hat": 1}})

    assert [answer.json()["code"] for answer in (missing, wrong)] == ["custom_fields.bad_value"] * 2
    assert "/custom/shoe" in missing.text
    assert "/custom/hat" in wrong.text
    assert (await client.get("/v1/members")).json()["items"] == []


async def test_archiving_keeps_what_was_filled_in(client: httpx.AsyncClient) -> None:
    await define(client, "shoe", "text")
    await define(client, "wish", "text", is_personal=True)
    member = await signed_up(client, "15400000001", shoe="40", wish="花")
    for key in ("shoe", "wish"):
        await client.post(f"/v1/custom-fields/{key}/archive")
    await define(client, "hat", "text")

    changed = await client.patch(
        f"/v1/members/{member['id']}", json={"custom": {"hat": "L"}}, headers={"If-Match": f'"{member["version"]}"'}
    )
    for key in ("shoe", "wish"):
        await client.post(f"/v1/custom-fields/{key}/restore")
    after = (await client.get(f"/v1/members/{member['id']}")).json()

    assert changed.json()["custom"] == {"hat": "L"}
    assert after["custom"] == {"shoe": "40", "hat": "L", "wish": "***"}


KINDS: list[tuple[str, list[Any], str, Any, tuple[Any, Any]]] = [
    # kind, values of three members (the fourth has none), a value to find, as asked, and a range that finds two
    ("number", [2, "10.5", -1], "10.5", "10.50", ("-1", "2")),
    ("money", [200, 1050, 0], "1050", 1050, (0, 200)),
    ("date", ["2026-02-01", "2026-10-01", "2025-12-31"], "2026-10-01", "2026-10-01", ("2025-12-31", "2026-02-01")),
    ("text", ["b", "中", "a"], "中", "中", ("a", "b")),
]


@pytest.mark.parametrize(("kind", "values", "_kept", "asked", "between"), KINDS)
async def test_lists_are_filtered_and_sorted_by_a_field_once_it_is_ready(
    client: httpx.AsyncClient, worker: Database, kind: str, values: list[Any], _kept: str, asked: Any, between: Any
) -> None:
    await define(client, "it", kind, is_filterable=True)
    ids = [(await signed_up(client, f"1540000000{place}", it=value))["id"] for place, value in enumerate(values)]
    ids.append((await signed_up(client, "15400000009"))["id"])

    early = await client.get("/v1/members", params={"custom.it": asked})
    await bring_indexes()

    async def found(**query: Any) -> list[int]:
        answer = await client.get("/v1/members", params=query)
        assert answer.status_code == 200, answer.text
        return [ids.index(one["id"]) for one in answer.json()["items"]]

    async def walked(sort: str) -> list[int]:
        seen: list[int] = []
        cursor = None
        while True:
            query: dict[str, str | int] = {"sort": sort, "limit": 1}
            if cursor:
                query["cursor"] = cursor
            page = (await client.get("/v1/members", params=query)).json()
            seen += [ids.index(one["id"]) for one in page["items"]]
            if (cursor := page["next"]) is None:
                return seen

    assert early.json()["code"] == "custom_fields.not_filterable"
    assert await found(**{"custom.it": asked}) == [1]
    assert sorted(await found(**{"custom.it_min": between[0], "custom.it_max": between[1]})) == [0, 2]
    assert sorted(await found(**{"custom.it_max": between[1]})) == [0, 2]
    assert await walked("custom.it") == [3, 2, 0, 1]
    assert await walked("-custom.it") == [1, 0, 2, 3]


async def test_choices_and_yes_or_no_are_filtered_by(client: httpx.AsyncClient, worker: Database) -> None:
    await define(client, "metal", "choice", choices=CHOICES, is_filterable=True)
    await define(client, "metals", "choices", choices=CHOICES, is_filterable=True)
    await define(client, "vip", "boolean", is_filterable=True)
    one = await signed_up(client, "15400000001", metal="gold", metals=["gold", "tin"], vip=True)
    two = await signed_up(client, "15400000002", metal="tin", metals=["silver"], vip=False)
    await signed_up(client, "15400000003")
    await bring_indexes()

    async def found(**query: Any) -> set[int]:
        return {one["id"] for one in (await client.get("/v1/members", params=query)).json()["items"]}

    assert await found(**{"custom.metal": "gold,tin"}) == {one["id"], two["id"]}
    assert await found(**{"custom.metals": "tin"}) == {one["id"]}
    assert await found(**{"custom.metals": "tin,silver"}) == {one["id"], two["id"]}
    assert await found(**{"custom.vip": "false"}) == {two["id"]}
    wrong = await client.get("/v1/members", params={"custom.metal": "lead"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "custom_fields.bad_filter")


async def test_an_index_comes_fails_is_tried_again_and_goes(
    client: httpx.AsyncClient, worker: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def state() -> tuple[str, str | None, int]:
        (one,) = (await client.get("/v1/custom-fields")).json()["items"]
        async with worker.transaction() as session:
            built = await session.execute(text("select count(*) from pg_indexes where indexname like '%_custom_%_idx'"))
        return one["index_state"], one["index_problem"], built.scalar_one()

    await define(client, "it", "text", is_filterable=True)
    with monkeypatch.context() as patch:
        patch.setattr(OWNER_URL, no_owner)
        await bring_indexes()
    failed = await state()
    await client.put("/v1/custom-fields/it/filterable", json={"is_filterable": True})
    await bring_indexes()
    await bring_indexes()
    ready = await state()
    await client.put("/v1/custom-fields/it/filterable", json={"is_filterable": False})
    await bring_indexes()

    assert failed == ("failed", "owner_needed", 0)
    assert ready == ("ready", None, 1)
    assert await state() == ("none", None, 0)


async def test_many_indexes_asked_for_at_once_are_all_made(client: httpx.AsyncClient, worker: Database) -> None:
    for key in ("a", "b", "c", "d"):
        await define(client, key, "text", is_filterable=True)
    async with worker.transaction() as session:
        ids = list((await session.execute(text("select field_id from custom_field"))).scalars())

    await asyncio.gather(*(bring_index({"field_id": field_id}) for field_id in ids * 2))

    states = [one["index_state"] for one in (await client.get("/v1/custom-fields")).json()["items"]]
    assert states == ["ready"] * 4


async def test_an_index_that_was_left_half_made_is_made_anew(client: httpx.AsyncClient, worker: Database) -> None:
    await define(client, "it", "text", is_filterable=True)
    await bring_indexes()
    async with as_owner() as owner:
        name = await owner.fetchval("select indexname from pg_indexes where indexname like '%_custom_%_idx'")
        # As a server that stops in the middle of the work leaves it.
        await owner.execute(f"drop index {name}")
    async with worker.transaction() as session:
        await session.execute(text("update custom_field set index_state = 'building'"))

    await bring_indexes()

    async with as_owner() as owner:
        assert await owner.fetchval("select indisvalid from pg_index where indexrelid = to_regclass($1)", name)


async def test_with_two_hundred_thousand_members_the_index_is_what_finds_them(
    client: httpx.AsyncClient, worker: Database
) -> None:
    await define(client, "size", "number", is_filterable=True)
    patient = Database(worker.url, pool_size=2, statement_timeout_s=120)
    async with patient.transaction() as session:
        (member_id,) = await enrolled(
            session, [NewMember(identities=(NewIdentity(kind="external", source="till", value="1"),))]
        )
        await session.execute(
            text(
                """
                insert into member (member_id, number, status, joined_at, is_generated, version)
                overriding system value
                select n, 'G' || n, 'active', now(), true, 1 from generate_series(1000, 201000) n
                """
            )
        )
        await session.execute(
            text(
                """
                insert into member_summary (member_id, number, status, joined_at, custom)
                select n, 'G' || n, 'active', now(), jsonb_build_object('size', (n * 7919 % 200000)::text)
                from generate_series(1000, 201000) n
                """
            )
        )
    await patient.close()
    await bring_indexes()
    expression = "(coalesce((custom ->> 'size')::numeric, '-Infinity'::numeric))"
    async with worker.transaction() as session:
        plans = [
            "\n".join((await session.execute(text(f"explain select * from member_summary {rest}"))).scalars())
            for rest in (
                f"where {expression} = 77",
                f"where {expression} between 10 and 20",
                f"order by {expression} desc, member_id desc limit 51",
            )
        ]

    page = (await client.get("/v1/members", params={"sort": "-custom.size", "limit": 3})).json()
    few = (await client.get("/v1/members", params={"custom.size_min": 10, "custom.size_max": 12})).json()

    assert all("_custom_" in plan and "Seq Scan" not in plan for plan in plans), plans
    assert member_id < 1000
    # Members without a key are not opened; that they were found by their place in the index is what counts here.
    assert (page["next"] is not None, few["next"]) == (True, None)
