"""Members over HTTP: shapes, masks, versions, rights, and the page that modules compose."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from fastapi import Request
from pydantic import BaseModel
from sqlalchemy import text

from shuke.foundation.organization.testing import a_shop
from shuke.people import members
from shuke.people.members.module import MODULE
from shuke.people.members.testing import external, person, phone
from shuke.platform.actor import Actor
from shuke.platform.compose import compose
from shuke.platform.db import Database, Session
from shuke.platform.errors import AppError
from shuke.platform.http import Authenticator
from shuke.platform.module import Module, install, installed
from shuke.platform.pages import encode_cursor, merged_id, position_in

NOON = datetime(2011, 6, 1, 12, tzinfo=UTC)


class Unknown(AppError):
    code = "test.unknown"
    status = 401
    title = {"zh": "未知", "en": "Unknown"}
    detail = {"zh": "请登录。", "en": "Sign in."}


async def authenticate(_: Session, request: Request) -> Actor | None:
    rights = request.headers.get("x-test-rights")
    return None if rights is None else Actor(kind="staff", id=1, permissions=frozenset(rights.split()))


class Greeting(BaseModel):
    greeting: str
    member_id: int


async def load_section(_: Session, member_id: int, language: str):
    return Greeting(greeting={"zh": "你好", "en": "Hello"}[language], member_id=member_id)


async def load_nothing(_: Session, member_id: int, language: str):
    return None


def _points(number: int) -> members.TimelineItem:
    at = NOON + timedelta(hours=number // 2)
    return members.TimelineItem(
        id=merged_id("points", number), at=at, kind="points", type="points.earned", title=f"+{number}", points=number
    )


async def load_points(_: Session, _member: int, before, limit: int, _language: str):
    stop = position_in("points", before)
    items = [_points(number) for number in reversed(range(10))]
    return [item for item in items if stop is None or (item.at, int(item.id[-19:])) < stop][:limit]


OTHERS = Module(
    name="others",
    contributions=(
        Authenticator(authenticate=authenticate, refusal=Unknown),
        members.MemberSection(key="greeting", shape=Greeting, load=load_section),
        members.MemberSection(key="silence", shape=Greeting, load=load_nothing),
        members.TimelineSource(kind="points", load=load_points),
    ),
)
STAFF = {"x-test-rights": "members.read members.write members.unmask", "accept-language": "zh-CN"}


@pytest.fixture
async def client(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    before = installed()
    async with database.transaction() as session:
        await a_shop(session)
    transport = httpx.ASGITransport(compose([MODULE, OTHERS], database, version="0"), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test", headers=STAFF) as client:
        yield client
    install(before)


async def _sign_up(client: httpx.AsyncClient, **body) -> dict:
    answer = await client.post("/v1/members", json={"name": "王小明", "phone": "15412345678", **body})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_somebody_signs_up_and_is_read_by_every_key(client):
    made = await _sign_up(
        client,
        birthday="1990-05-14",
        gender="male",
        email="Zhang@Example.com",
        identities=[{"kind": "external", "source": "till", "value": "12346"}],
        source={"channel": "console"},
    )

    assert made["name"] == "王*明"
    assert made["phone"] == "154****5678"
    assert made["birthday"] == "05-14"
    assert [(one["kind"], one["source"], one["value"]) for one in made["identities"]] == [
        ("email", None, "z***@example.com"),
        ("external", "till", "1***6"),
        ("phone", None, "154****5678"),
    ]
    assert made["source"] == {"channel": "console", "store": None, "employee": None}
    assert (made["version"], made["currency"], made["tier"], made["status"]) == (1, "CNY", None, "active")
    for key in (made["id"], f"number:{made['number']}", "phone:+8615412345678", "phone:15412345678",
                "external:till:12346", "email:zhang@example.com"):  # fmt: skip
        answer = await client.get(f"/v1/members/{key}")
        assert (answer.status_code, answer.headers["etag"]) == (200, '"1"')
        assert answer.json() == made


@pytest.mark.parametrize(
    "key", ["0", "99", "-1", "9" * 30, "number:M1", "number:", "phone:1", "phone:", "phone:+8615400000000",
            "external:1", "external::1", "wechat:x:y", "nothing:1", "x", "١"]
)  # fmt: skip
async def test_nobody_is_not_found(client, key):
    answer = await client.get(f"/v1/members/{key}")

    assert (answer.status_code, answer.json()["code"]) in {(404, "members.not_found"), (422, "request.invalid")}


async def test_signing_up_twice_is_refused_and_changes_nothing(client):
    made = await _sign_up(client)

    answer = await client.post("/v1/members", json={"name": "李雷", "phone": "+8615412345678", "card": "K1"})

    assert (answer.status_code, answer.json()["code"]) == (409, "members.identity_taken")
    assert made["number"] in answer.json()["detail"]
    assert [row["name"] for row in (await client.get("/v1/members")).json()["items"]] == ["王*明"]
    assert (await client.get("/v1/members/card:K1")).status_code == 404


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"phone": "123"}, "members.bad_phone"),
        ({"email": "x"}, "members.bad_email"),
        ({"card": " "}, "members.bad_identity"),
        ({"name": "王小明"}, "members.no_identity"),
        ({"phone": "15412345678", "birthday": "1990-02-30"}, "members.bad_profile"),
        ({"phone": "15412345678", "name": "王" * 101}, "members.bad_profile"),
        ({"phone": "15412345678", "source": {"store_id": 5}}, "members.bad_source"),
        ({"phone": "15412345678", "gender": "x"}, "request.invalid"),
        ({"phone": "15412345678", "nickname": "x"}, "request.invalid"),
        ({"phone": "15412345678\x00"}, "request.invalid"),
    ],
)
async def test_a_wrong_sign_up_is_refused_and_nobody_joins(client, body, code):
    answer = await client.post("/v1/members", json=body)

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert (await client.get("/v1/members?count=capped")).json() == {
        "items": [],
        "next": None,
        "count": {"value": 0, "is_capped": False},
    }


async def test_a_profile_is_changed_at_the_version_that_was_seen(client):
    made = await _sign_up(client, birthday="1990-05-14")

    answer = await client.patch(f"/v1/members/{made['id']}", json={"name": "曾小贤"}, headers={"If-Match": '"1"'})

    assert (answer.status_code, answer.headers["etag"]) == (200, '"2"')
    assert (answer.json()["name"], answer.json()["birthday"]) == ("曾*贤", "05-14")
    found = await client.get("/v1/members", params={"q": "zengxiaoxian"})
    assert [row["id"] for row in found.json()["items"]] == [made["id"]]
    assert (await client.get("/v1/members", params={"q": "王小明"})).json()["items"] == []
    assert [row["id"] for row in (await client.get("/v1/members", params={"q": "5678"})).json()["items"]] == [
        made["id"]
    ]


@pytest.mark.parametrize(("if_match", "status"), [('"2"', 412), ("0", 412), (None, 428), ("x", 428), ("*", 428)])
async def test_a_change_that_saw_another_version_is_refused(client, if_match, status):
    made = await _sign_up(client)

    headers = {"If-Match": if_match} if if_match else {}
    answer = await client.patch(f"/v1/members/{made['id']}", json={"name": "曾小贤"}, headers=headers)

    assert answer.status_code == status
    assert (await client.get(f"/v1/members/{made['id']}")).json() == made


async def test_a_field_can_be_emptied_and_the_same_again_changes_nothing(client):
    made = await _sign_up(client, birthday="1990-05-14")
    place = f"/v1/members/{made['id']}"

    emptied = await client.patch(place, json={"birthday": None}, headers={"If-Match": '"1"'})
    same = await client.patch(place, json={"birthday": "", "name": " 王小明 "}, headers={"If-Match": '"2"'})

    assert (emptied.json()["birthday"], emptied.json()["version"]) == (None, 2)
    assert same.json()["version"] == 2


async def test_unmasking_shows_values_and_leaves_a_line_without_them(client, database: Database):
    made = await _sign_up(client, birthday="1990-05-14", address="某路 1 号")

    answer = await client.post(
        f"/v1/members/{made['id']}/unmask",
        json={"fields": ["name", "phone", "birthday", "identities"], "reason": "来电核对"},
        headers={"Idempotency-Key": "unmask-1"},
    )

    assert answer.json() == {
        "values": {
            "name": "王小明",
            "birthday": "1990-05-14",
            "phone": "+8615412345678",
            "identities": [{"kind": "phone", "source": None, "value": "+8615412345678"}],
        }
    }
    async with database.transaction() as session:
        lines = (
            await session.execute(text("select actor, object_id, details from audit where action = 'members.unmask'"))
        ).all()
        kept = (await session.execute(text("select count(*) from idempotency where key = 'unmask-1'"))).scalar_one()
    assert lines == [
        ("staff:1", str(made["id"]), {"fields": ["birthday", "identities", "name", "phone"], "reason": "来电核对"})
    ]
    assert kept == 0


@pytest.mark.parametrize(
    ("method", "path", "body", "needs"),
    [
        ("GET", "", None, "members.read"),
        ("POST", "", {"phone": "15400000002"}, "members.write"),
        ("GET", "/{id}", None, "members.read"),
        ("GET", "/{id}/overview", None, "members.read"),
        ("GET", "/{id}/timeline", None, "members.read"),
        ("PATCH", "/{id}", {"name": "x"}, "members.write"),
        ("POST", "/{id}/unmask", {"fields": ["name"], "reason": "why"}, "members.unmask"),
    ],
)
async def test_every_route_needs_its_right(client, method, path, body, needs):
    made = await _sign_up(client)
    others = " ".join(sorted({"members.read", "members.write", "members.unmask"} - {needs}))

    answer = await client.request(
        method,
        "/v1/members" + path.format(id=made["id"]),
        json=body,
        headers={"x-test-rights": others, "If-Match": '"1"'},
    )

    assert (answer.status_code, answer.json()["code"]) == (403, "request.not_allowed")
    assert (await client.get(f"/v1/members/{made['id']}")).json() == made


async def test_the_overview_holds_what_modules_say_in_the_callers_language(client):
    made = await _sign_up(client)

    zh = (await client.get("/v1/members/phone:15412345678/overview")).json()
    en = (await client.get(f"/v1/members/{made['id']}/overview", headers={"accept-language": "en"})).json()

    assert zh == {
        "member": made,
        "sections": [{"key": "greeting", "data": {"greeting": "你好", "member_id": made["id"]}}],
    }
    assert en["sections"][0]["data"]["greeting"] == "Hello"


async def test_the_timeline_merges_all_kinds_page_by_page(client, database: Database):
    candidate = members.NewMember(identities=(phone(),), joined_at=NOON + timedelta(hours=2))
    async with database.transaction() as session:
        [member_id] = await members.resolve_or_create(session, [candidate])
        await members.set_status(session, [member_id], "frozen")
        await members.set_status(session, [member_id], "frozen")
        await members.set_status(session, [member_id], "active")

    found, cursor = [], ""
    while cursor is not None:
        page = (await client.get(f"/v1/members/{member_id}/timeline?limit=3{cursor and '&cursor=' + cursor}")).json()
        assert len(page["items"]) == 3 or page["next"] is None
        found += page["items"]
        cursor = page["next"]

    titles = [item["title"] for item in found]
    # At the instant of joining two points entries happened as well; ids decide, descending as text.
    assert titles == ["恢复正常", "会员被冻结", "+9", "+8", "+7", "+6", "+5", "+4", "成为会员", "+3", "+2", "+1", "+0"]
    assert found[-1] == {
        "id": merged_id("points", 0), "at": "2011-06-01T12:00:00Z", "kind": "points", "type": "points.earned",
        "title": "+0", "summary": None, "amount_minor": None, "points": 0, "link": None,
    }  # fmt: skip
    only = (
        await client.get(f"/v1/members/{member_id}/timeline?kinds=member", headers={"accept-language": "en"})
    ).json()
    assert [item["title"] for item in only["items"]] == ["Made active again", "Frozen", "Became a member"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("timeline?kinds=order,secrets", "members.bad_filter"),
        ("timeline?cursor=x", "pages.bad_cursor"),
        (
            f"timeline?cursor={encode_cursor('timeline', ['0001-01-01T00:00:00+14:00', merged_id('points', 1)])}",
            "pages.bad_cursor",
        ),
        (f"timeline?cursor={encode_cursor('timeline', [NOON.isoformat(), 'points:' + '9' * 19])}", "pages.bad_cursor"),
        (f"timeline?cursor={encode_cursor('timeline', [NOON.isoformat(), 7])}", "pages.bad_cursor"),
        ("timeline?limit=0", "request.invalid"),
        ("timeline?limit=201", "request.invalid"),
    ],
)
async def test_a_wrong_question_about_the_timeline_is_refused(client, query, code):
    made = await _sign_up(client)

    answer = await client.get(f"/v1/members/{made['id']}/{query}")

    assert (answer.status_code, answer.json()["code"]) == (422, code)


@pytest.mark.parametrize(
    "query",
    ["sort=name", "status=erased", "count=exact", "limit=x", "last_order_from=2011-13-01", "last_order_to=9999-12-31",
     "spend_min=99999999999999999999", "q=" + "x" * 201, "q=%00", "cursor=%00", "store=x"],
)  # fmt: skip
async def test_a_wrong_question_about_the_list_is_refused(client, query):
    answer = await client.get(f"/v1/members?{query}")

    assert answer.status_code == 422


@pytest.mark.parametrize(
    "query",
    ["q=%25", "q=%F0%9F%98%80", "q='%20or%201=1", "q=" + "王" * 200, "tier=,,", "spend_min=-9223372036854775808"],
)
async def test_an_odd_question_about_the_list_is_answered(client, query):
    await _sign_up(client)

    answer = await client.get(f"/v1/members?{query}")

    assert answer.status_code == 200


async def test_generated_members_say_so(client, database: Database):
    async with database.transaction() as session:
        await members.resolve_or_create(
            session, [members.NewMember(identities=(external("1"),), is_generated=True), person("李雷", external("2"))]
        )

    rows = (await client.get("/v1/members?sort=joined_at")).json()["items"]

    assert [row["is_generated"] for row in rows] == [True, False]
