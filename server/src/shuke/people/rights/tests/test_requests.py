"""Requests over HTTP: taken in, worked on, answered in time, or announced as late."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from shuke.people import consent
from shuke.people.members.testing import enrolled, external, person, phone
from shuke.people.rights import jobs as work
from shuke.platform import clock, jobs
from shuke.platform.db import Database

pytestmark = pytest.mark.anyio

NAME, NUMBER = "王小明", "15400000001"


@pytest.fixture
async def member_id(client: httpx.AsyncClient, database: Database) -> int:
    jobs.use(database)
    async with database.transaction() as session:
        return (await enrolled(session, [person(NAME, phone(NUMBER), external("=1+1"))]))[0]


async def taken(client: httpx.AsyncClient, member_id: int, kind: str, **more: Any) -> dict[str, Any]:
    body = {"member": str(member_id), "kind": kind, "channel": "phone", "verified_how": "code", **more}
    answer = await client.post("/v1/requests", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def events_of(database: Database, name: str) -> list[dict[str, Any]]:
    async with database.transaction() as session:
        rows = await session.execute(text("select body from event where name = :name order by id"), {"name": name})
        return list(rows.scalars())


async def test_a_request_is_taken_extended_once_and_done(client: httpx.AsyncClient, member_id: int):
    first = await taken(client, member_id, "objection", words="no letters, please")
    address = f"/v1/requests/{first['request']['id']}"

    extended = await client.post(f"{address}/extension", json={"words": "asked the till's maker"})
    again = await client.post(f"{address}/extension", json={"words": "and again"})
    done = await client.post(f"{address}/completion", json={"words": "taken off the list"})
    after = await client.post(f"{address}/notes", json={"words": "too late"})

    request = done.json()["request"]
    assert (extended.json()["request"]["due_on"], request["state"]) == (first["request"]["hard_due_on"], "done")
    assert (again.status_code, again.json()["code"]) == (409, "request.already_extended")
    assert (after.status_code, after.json()["code"]) == (409, "request.is_closed")
    trail = (await client.get(address)).json()["steps"]
    assert [(step["action"], step["note"]) for step in trail] == [
        ("received", "no letters, please"),
        ("extended", "asked the till's maker"),
        ("done", "taken off the list"),
    ]


async def test_a_refusal_has_a_reason_that_the_law_knows(client: httpx.AsyncClient, member_id: int):
    address = f"/v1/requests/{(await taken(client, member_id, 'access'))['request']['id']}"

    unknown = await client.post(f"{address}/refusal", json={"reason": "no time", "words": "later"})
    refused = await client.post(f"{address}/refusal", json={"reason": "identity", "words": "come with proof"})

    assert unknown.status_code == 422
    assert refused.json()["request"]["state"] == "refused"
    assert refused.json()["steps"][-1]["details"]["en"].startswith("It could not be verified")


async def test_late_requests_come_first_and_are_announced_once(
    client: httpx.AsyncClient, member_id: int, database: Database
):
    early = (await taken(client, member_id, "access"))["request"]["id"]
    clock.set_offset(timedelta(days=40))
    late = (await taken(client, member_id, "copy"))["request"]["id"]

    await work.announce_late()
    await work.announce_late()

    found = (await client.get("/v1/requests")).json()
    overdue = (await client.get("/v1/requests", params={"overdue": True})).json()
    assert [one["id"] for one in found["items"]] == [early, late]
    assert [one["id"] for one in overdue["items"]] == [early]
    assert (found["open_count"], found["overdue_count"]) == (2, 1)
    assert found["items"][0]["days_left"] < 0
    assert [body["request_id"] for body in await events_of(database, "request.deadline_missed")] == [early]


async def test_a_restriction_stops_every_use_and_is_lifted(
    client: httpx.AsyncClient, member_id: int, database: Database
):
    address = f"/v1/requests/{(await taken(client, member_id, 'restriction'))['request']['id']}"

    async def decision() -> tuple[bool, str]:
        async with database.transaction() as session:
            found = await consent.allows(session, member_id, "membership", "sms", clock.now())
        return found.allowed, found.reason

    before = await decision()
    await client.put(f"{address}/restriction", json={"is_restricted": True})
    restricted = await decision()
    await client.put(f"{address}/restriction", json={"is_restricted": False})

    assert (before, restricted, await decision()) == (
        (True, "no_consent_needed"),
        (False, "restricted"),
        (True, "no_consent_needed"),
    )


async def test_a_correction_changes_the_profile_and_names_the_fields(client: httpx.AsyncClient, member_id: int):
    address = f"/v1/requests/{(await taken(client, member_id, 'correction'))['request']['id']}"

    stale = await client.post(f"{address}/correction", json={"version": 9, "name": "王大明"})
    corrected = await client.post(f"{address}/correction", json={"version": 1, "name": "王大明"})

    unmasked = await client.post(f"/v1/members/{member_id}/unmask", json={"fields": ["name"], "reason": "check"})
    assert (stale.status_code, unmasked.json()["values"]["name"]) == (412, "王大明")
    assert corrected.json()["steps"][-1]["details"] == {"fields": ["name"], "version": 2}


async def test_a_copy_holds_everything_is_sealed_and_leaves_a_trace(
    client: httpx.AsyncClient, member_id: int, database: Database
):
    address = f"/v1/requests/{(await taken(client, member_id, 'copy', words='all of it'))['request']['id']}"
    copy_id = (await client.post(f"{address}/copy")).json()["copy_made"]["id"]
    early = await client.get(f"{address}/copy/file")

    await work.make_copy({"copy_id": copy_id})
    await work.make_copy({"copy_id": copy_id})
    answer = await client.get(f"{address}/copy/file")

    assert (early.status_code, early.json()["code"]) == (409, "copy.not_ready")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert json.loads(files["profile.json"])[0]["name"] == NAME
    assert {one["value"] for one in json.loads(files["identities.json"])} == {f"+86{NUMBER}", "=1+1"}
    assert json.loads(files["requests.json"])[0]["note"] == "all of it"
    assert "'=1+1" in files["identities.csv"]
    assert NAME in files["index.html"]
    assert {"consents.json", "orders.csv", "entries.json", "audit.json", "tiers.csv"} <= files.keys()
    async with database.transaction() as session:
        sealed = (await session.execute(text("select sealed from rights_copy_part"))).scalar_one()
        traced = await session.execute(text("select count(*) from audit where action = 'requests.copy_downloaded'"))
    assert NAME.encode() not in sealed
    assert b"PK" not in sealed[:64]
    assert traced.scalar_one() == 1


async def test_a_copy_is_gone_after_seven_days(
    client: httpx.AsyncClient, member_id: int, database: Database, monkeypatch: pytest.MonkeyPatch
):
    address = f"/v1/requests/{(await taken(client, member_id, 'copy'))['request']['id']}"
    await work.make_copy({"copy_id": (await client.post(f"{address}/copy")).json()["copy_made"]["id"]})
    later = clock.wall() + timedelta(days=7, minutes=1)

    with monkeypatch.context() as patched:
        patched.setattr(clock, "wall", lambda: later)
        await work.hold_to_retention()

    answer = await client.get(f"{address}/copy/file")
    async with database.transaction() as session:
        parts = (await session.execute(text("select count(*) from rights_copy_part"))).scalar_one()
    assert (answer.status_code, parts) == (409, 0)


async def test_who_may_only_read_gets_no_copy_and_erases_nobody(
    client: httpx.AsyncClient, viewer: httpx.AsyncClient, member_id: int
):
    copy = f"/v1/requests/{(await taken(client, member_id, 'copy'))['request']['id']}"
    deletion = f"/v1/requests/{(await taken(client, member_id, 'deletion'))['request']['id']}"

    answers = [
        await viewer.post(f"{copy}/copy"),
        await viewer.get(f"{copy}/copy/file"),
        await viewer.post(f"{deletion}/erasure", json={"confirm": "x", "told_points_lost": True}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert (await client.get(deletion)).json()["request"]["state"] == "open"


async def test_holidays_move_the_end(client: httpx.AsyncClient, member_id: int):
    plain = (await taken(client, member_id, "access"))["request"]
    # The day after tomorrow: where the shop is, tomorrow may have begun.
    day = clock.now().date() + timedelta(days=2)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    body = {"days": [{"day": day.isoformat(), "is_working": False, "name": "holiday"}]}

    await client.put(f"/v1/request-settings/days/{day.year}", json=body)

    moved = (await taken(client, member_id, "access"))["request"]
    assert moved["due_on"] > plain["due_on"]
    assert (await client.get(f"/v1/requests/{plain['id']}")).json()["request"]["due_on"] == plain["due_on"]


MANY_ORDERS = """
    insert into sales_order (member_id, order_id, kind, source_id, number, placed_at, business_day, currency,
        gross_minor, goods_minor, line_count, refunded_minor, goods_refunded_minor, status, received_at)
    select :id, n, 'sale', (select source_id from order_source limit 1), 'N' || n, now(), current_date, 'CNY',
        100, 100, 1, 0, 0, 'paid', now()
    from generate_series(1, 10000) n
"""


async def test_a_copy_of_ten_thousand_rows_is_made_in_half_a_minute(
    client: httpx.AsyncClient, member_id: int, database: Database
):
    async with database.transaction() as session:
        await session.execute(text("insert into order_source (source_id, code) values (99, 'till')"))
        await session.execute(text(MANY_ORDERS), {"id": member_id})
    address = f"/v1/requests/{(await taken(client, member_id, 'copy'))['request']['id']}"
    copy_id = (await client.post(f"{address}/copy")).json()["copy_made"]["id"]

    began = clock.wall()
    await work.make_copy({"copy_id": copy_id})
    took = clock.wall() - began

    copy = (await client.get(address)).json()["copy_made"]
    assert copy["rows"] > 10_000
    assert took < timedelta(seconds=30)
