"""What stands in the trail, who may search it, and how it reads."""

import csv
import io
import re
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from shuke.foundation.audit.queries import chain
from shuke.foundation.audit.testing import seal_all, write_lines
from shuke.foundation.audit.verifying import verify
from shuke.foundation.staff.testing import a_session_of
from shuke.main.backup.loading import _RENUMBER_AUDIT
from shuke.main.modules import MODULES
from shuke.main.testing import signed_in
from shuke.people.members.queries.differences import seal_difference
from shuke.platform import audit, clock, embedded
from shuke.platform.actor import SYSTEM, Actor
from shuke.platform.compose import access_of, api_routes
from shuke.platform.db import Database
from shuke.platform.testing import TestServer
from shuke.platform.trail import Restraint

CHINESE = {"Accept-Language": "zh-CN"}
PHONE = "+8615412345678"


@pytest.fixture
async def owner(database: Database, test_server: TestServer) -> AsyncIterator[asyncpg.Connection]:
    connection = await embedded.connect(test_server.superuser(urlsplit(database.url).path[1:]))
    yield connection
    await connection.close()


async def a_member(client: httpx.AsyncClient, **profile: Any) -> dict[str, Any]:
    body = {"identities": [{"kind": "phone", "value": PHONE}], "name": "王小明", **profile}
    answer = await client.post("/v1/members", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def lines(owner: asyncpg.Connection, **equal: Any) -> list[asyncpg.Record]:
    rows = await owner.fetch("select * from audit order by id")
    return [row for row in rows if all(row[name] == value for name, value in equal.items())]


async def test_a_request_that_changes_something_leaves_a_line_with_where_it_came_from(
    client: httpx.AsyncClient, owner: asyncpg.Connection
):
    await a_member(client)

    (line,) = await lines(owner, action="POST /v1/members")
    assert (line["result"], line["code"], line["address"]) == ("ok", None, "127.0.0.1")
    assert line["actor"].startswith("staff:")
    assert "王小明" not in str(dict(line))
    assert PHONE not in str(dict(line))


async def test_a_refused_change_leaves_a_line_although_everything_else_is_rolled_back(
    viewer: httpx.AsyncClient, owner: asyncpg.Connection
):
    answer = await viewer.post("/v1/members", json={})

    (line,) = await lines(owner, action="POST /v1/members")
    assert answer.status_code == 403
    assert (line["result"], line["code"]) == ("refused", "request.not_allowed")


async def test_asking_without_being_signed_in_is_written_down_for_changes_only(
    anonymous: httpx.AsyncClient, owner: asyncpg.Connection
):
    await anonymous.get("/v1/members")
    await anonymous.post("/v1/members", json={})

    (line,) = await lines(owner)
    assert (line["actor"], line["action"], line["result"]) == ("unknown", "POST /v1/members", "refused")


async def test_refusals_of_one_caller_are_bounded_and_what_was_left_out_is_counted(
    app: FastAPI, viewer: httpx.AsyncClient, owner: asyncpg.Connection
):
    for _ in range(30):
        assert (await viewer.post("/v1/members", json={})).status_code == 403
    written = len(await lines(owner, result="refused"))
    app.state.restraint._callers.clear()

    await viewer.post("/v1/members", json={})

    newest = (await lines(owner, result="refused"))[-1]
    assert 20 <= written < 30
    assert f'"left_out": {30 - written}' in newest["details"]


async def test_unmasking_leaves_a_line_with_the_reason_and_the_fields(
    client: httpx.AsyncClient, owner: asyncpg.Connection
):
    member = await a_member(client)

    answer = await client.post(f"/v1/members/{member['id']}/unmask", json={"fields": ["name"], "reason": "call back"})

    (line,) = await lines(owner, action="members.unmask")
    assert answer.status_code == 200, answer.text
    assert "call back" in line["details"]
    assert line["object_id"] == str(member["id"])


async def test_an_answer_that_shows_people_in_clear_leaves_one_line_with_ids_and_fields(
    owner: asyncpg.Connection, database: Database
):
    audit.begin("10.0.0.1")
    audit.note_shown(("phone", "name"), [3, 1])
    audit.note_shown(("phone",), [2])
    audit.note_shown(("birthday",), [])
    notes = audit.current()

    assert notes is not None
    assert notes.shown == {"phone": {1, 2, 3}, "name": {1, 3}}


async def test_a_list_read_by_somebody_who_sees_phones_in_clear_leaves_a_line(
    app: FastAPI,
    client: httpx.AsyncClient,
    database: Database,
    owner: asyncpg.Connection,
    monkeypatch: pytest.MonkeyPatch,
):
    member = await a_member(client)
    route = next(route for route in api_routes(MODULES) if route.path == "/v1/members" and "GET" in route.methods)
    # What the list of members says where a role reads phones in clear.
    told = access_of(route)
    assert told is not None
    original = type(told).require

    async def require(self: Any, actor: Actor) -> None:
        await original(self, actor)
        audit.note_shown(("phone",), [member["id"]])

    monkeypatch.setattr(type(told), "require", require)

    assert (await client.get("/v1/members")).status_code == 200

    (line,) = await lines(owner, action="personal.read")
    assert (line["member_id"], line["object_kind"]) == (member["id"], "members")
    assert '"ids": [' in line["details"]
    assert '"fields": ["phone"]' in line["details"]


async def test_a_difference_of_personal_values_is_sealed_and_opens_for_who_gives_a_reason(
    client: httpx.AsyncClient, database: Database, owner: asyncpg.Connection
):
    member = await a_member(client)
    async with database.transaction() as session:
        difference = await seal_difference(
            session, member["id"], {"name": "王小明", "note": 1}, {"name": "李四", "note": 1}
        )
        await audit.record(session, SYSTEM, "members.changed", "members", member["id"], difference=difference)
    (stored,) = await lines(owner, action="members.changed")

    shown = (await client.get(f"/v1/audit/{stored['id']}")).json()
    opened = await client.post(f"/v1/audit/{stored['id']}/difference", json={"reason": "complaint of the member"})

    assert "王小明".encode() not in stored["sealed"]
    assert (shown["has_difference"], shown["fields"], shown["changes"]) == (True, ["name"], [])
    assert opened.json()["changes"] == [{"field": "name", "label": "name", "before": "王小明", "after": "李四"}]
    (looked,) = await lines(owner, action="POST /v1/audit/{line}/difference")
    assert looked["member_id"] == member["id"]
    assert "complaint of the member" in looked["details"]


async def test_when_the_members_key_is_gone_the_difference_is_too_and_the_chain_holds(
    client: httpx.AsyncClient, database: Database, owner: asyncpg.Connection
):
    member = await a_member(client)
    async with database.transaction() as session:
        difference = await seal_difference(session, member["id"], {"name": "王小明"}, {"name": "李四"})
        await audit.record(session, SYSTEM, "members.changed", "members", member["id"], difference=difference)
    (stored,) = await lines(owner, action="members.changed")

    await owner.execute("delete from vault.member_key where member_id = $1", member["id"])
    opened = await client.post(f"/v1/audit/{stored['id']}/difference", json={"reason": "looking"})

    await seal_all(database)
    async with database.transaction() as session:
        report = await chain.check(session)
    assert opened.json() == {"changes": [], "is_destroyed": True}
    assert report.ok


async def test_changes_that_are_not_personal_stand_in_the_line_of_the_request(client: httpx.AsyncClient):
    await client.put("/v1/audit/settings", json={"retention_days": 500})

    found = (await client.get("/v1/audit", params={"action": "PUT /v1/audit/settings"}, headers=CHINESE)).json()[
        "items"
    ]
    shown = (await client.get(f"/v1/audit/{found[0]['id']}")).json()
    assert len(found) == 1
    assert found[0]["sentence"] == "administrator 修改了操作日志的保留期限"
    assert shown["changes"] == [{"field": "retention_days", "label": "days kept", "before": 400, "after": 500}]


async def test_the_trail_is_kept_for_184_days_at_least(client: httpx.AsyncClient):
    answer = await client.put("/v1/audit/settings", json={"retention_days": 183})

    assert answer.status_code == 422
    assert (await client.get("/v1/audit/chain")).json()["retention_days"] == 400


async def test_lines_are_found_by_whatever_one_knows(client: httpx.AsyncClient, database: Database):
    member = await a_member(client)
    async with database.transaction() as session:
        for number in range(3):
            await audit.record(
                session, Actor(kind="staff", id=77), "members.unmask", "members", member["id"], member_id=member["id"]
            )
            await audit.record(session, SYSTEM, "staff.user_added", "staff_user", number)

    async def found(**params: Any) -> list[str]:
        answer = await client.get("/v1/audit", params={"limit": 200, **params})
        assert answer.status_code == 200, answer.text
        return [item["action"] for item in answer.json()["items"]]

    assert await found(actor="staff:77") == ["members.unmask"] * 3
    assert await found(action="staff.user_added") == ["staff.user_added"] * 3
    assert await found(object_kind="staff_user", object_id="2") == ["staff.user_added"]
    assert await found(member=f"number:{member['number']}") == ["members.unmask"] * 3
    assert await found(member=f"phone:{PHONE}") == ["members.unmask"] * 3
    assert await found(q="完整信息") == ["members.unmask"] * 3
    assert await found(q="user_ad") == ["staff.user_added"] * 3
    assert await found(since=clock.wall().isoformat()) == []
    assert len(await found(until=clock.wall().isoformat())) == 7
    assert await found(result="refused") == []


async def test_pages_follow_one_another_without_gap(client: httpx.AsyncClient, database: Database):
    async with database.transaction() as session:
        for number in range(25):
            await audit.record(session, SYSTEM, "note.written", "note", number)

    ids: list[int] = []
    cursor = None
    while True:
        params = {"limit": 10, **({"cursor": cursor} if cursor else {})}
        page = (await client.get("/v1/audit", params=params)).json()
        ids += [item["id"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert len(ids) == 25
    assert ids == sorted(ids, reverse=True)


async def test_sentences_read_in_both_languages(client: httpx.AsyncClient, database: Database):
    member = await a_member(client)
    async with database.transaction() as session:
        await audit.record(
            session, SYSTEM, "PATCH /v1/members/{member}", "members", member["id"], {"fields": ["phone", "name"]}
        )
        await audit.record(session, SYSTEM, "PATCH /v1/things/{thing}", "things", 5)

    chinese = (await client.get("/v1/audit", headers=CHINESE)).json()["items"]
    english = (await client.get("/v1/audit")).json()["items"]

    assert [item["sentence"] for item in chinese] == [
        "系统 修改了 things 5",
        f"系统 修改了 会员 {member['number']} 的 手机号、姓名",
        "administrator 登记了一位会员 会员",
    ]
    assert [item["sentence"] for item in english] == [
        "The system changed things 5",
        f"The system changed member {member['number']} (phone, name)",
        "administrator signed up a member: member",
    ]


async def test_an_exported_cell_is_never_a_formula_and_the_export_is_a_line_itself(
    client: httpx.AsyncClient, database: Database
):
    async with database.transaction() as session:
        await audit.record(session, SYSTEM, "=cmd()", "=HYPERLINK(1)", "@x")

    answer = await client.get("/v1/audit/export")

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 3
    assert [cell for row in rows for cell in row if re.match(r"[=+@]", cell)] == []
    assert rows[1][-3] == "audit.exported"
    found = (await client.get("/v1/audit", params={"action": "audit.exported"})).json()["items"]
    assert len(found) == 1


async def test_only_those_with_the_right_read_the_trail(
    app: FastAPI, database: Database, client: httpx.AsyncClient, viewer: httpx.AsyncClient
):
    async with signed_in(app, database, role="manager") as manager:
        statuses = [(await browser.get("/v1/audit")).status_code for browser in (client, viewer, manager)]

    assert statuses == [200, 403, 403]


async def test_whoever_sees_some_stores_only_sees_lines_of_the_members_there(
    app: FastAPI, client: httpx.AsyncClient, database: Database
):
    member = await a_member(client)
    async with database.transaction() as session:
        await session.execute(
            text(
                "insert into staff_role (code, name_zh, name_en, permissions, is_built_in, scope) "
                "values ('narrow', 'x', 'x', '{audit.read}', false, 'stores')"
            )
        )
        token = await a_session_of(session, role="narrow")
        await audit.record(session, SYSTEM, "members.changed", "members", member["id"], member_id=member["id"])
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://test", cookies={"shuke_session": token}
    ) as narrow:
        whole = await narrow.get("/v1/audit")
        one = await narrow.get(f"/v1/audit/members/{member['id']}")

    seen = await client.get(f"/v1/audit/members/{member['id']}")
    assert (whole.status_code, whole.json()["code"]) == (403, "request.out_of_sight")
    assert (one.status_code, one.json()["code"]) == (404, "audit.person_unknown")
    assert [item["action"] for item in seen.json()["items"]] == ["members.changed"]


# What stands in the trail of an answer with this status; whatever is refused as wrong or missing changed nothing.
RESULTS = {200: "ok", 201: "ok", 202: "ok", 204: "ok", 401: "refused", 403: "refused"}


def writing_routes() -> list[str]:
    return sorted(
        f"{method} {route.path}"
        for route in api_routes(MODULES)
        for method in (route.methods or ())
        if method not in {"GET", "HEAD"} and (access := access_of(route)) is not None and access.label != "public"
    )


async def test_no_route_that_writes_goes_without_a_line(app: FastAPI, database: Database, owner: asyncpg.Connection):
    """Whatever a request with nothing in it comes to: done leaves a line, refused for want of a right does, too."""
    wrong = {}
    for name in writing_routes():
        method, path = name.split(" ")
        await owner.execute("truncate audit")
        app.state.restraint = Restraint()
        statuses = []
        for role in ("administrator", "viewer"):
            # A session for each call: some routes end the session that calls them.
            async with signed_in(app, database, role=role) as browser:
                answer = await browser.request(method, re.sub(r"\{[^}]+\}", "1", path), json={})
                statuses.append(answer.status_code)
        expected = sorted(told for status in statuses if (told := RESULTS.get(status)) is not None)
        found = sorted(line["result"] for line in await lines(owner, action=name))
        if found != expected:
            wrong[name] = (statuses, found)

    assert wrong == {}


async def test_on_another_server_whose_numbers_begin_anew_the_trail_goes_on(
    database: Database, owner: asyncpg.Connection
):
    async with database.transaction() as session:
        await write_lines(session, 40)
    await seal_all(database)
    async with database.transaction() as session:
        await write_lines(session, 3)
    await owner.execute("update audit set transaction_id = transaction_id + 1000000000")

    await owner.execute(_RENUMBER_AUDIT.decode())
    async with database.transaction() as session:
        await write_lines(session, 2)
    await seal_all(database)

    report = await verify(database)
    assert (report.ok, report.lines) == (True, 45)
