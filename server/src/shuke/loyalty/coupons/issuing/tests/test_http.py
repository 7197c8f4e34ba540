"""Claiming, giving and voiding over HTTP: what callers are told, and that refusals change nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from shuke.foundation import organization
from shuke.loyalty.coupons.guessing import MOST_WRONG
from shuke.loyalty.coupons.testing import a_template, set_clock, states
from shuke.main.testing import signed_in
from shuke.people.members.testing import enrolled, person, phone
from shuke.platform.db import Database, raw

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
OPEN = {"claiming": {"is_open": True}}
PHONE = "phone:+8615400000000"


@pytest.fixture(autouse=True)
def _now() -> None:
    set_clock(NOW)


async def set_up(database: Database, count: int = 1, **issuing: Any) -> list[int]:
    async with database.transaction() as session:
        everybody = await enrolled(session, [person(None, phone(f"154{number:08}")) for number in range(count)])
        await a_template(session, issuing={**OPEN, **issuing})
        return everybody


async def claim(client: httpx.AsyncClient, member: str = PHONE, key: str | None = None, **more: Any) -> httpx.Response:
    headers = {"Idempotency-Key": key} if key else {}
    body = {"member": member, **more}
    return await client.post("/v1/coupon-templates/ten-off/claims", json=body, headers=headers)


async def give(client: httpx.AsyncClient, key: str, **more: Any) -> httpx.Response:
    body = {"member": PHONE, "template": "ten-off", "reason": "抱歉", **more}
    return await client.post("/v1/coupons", json=body, headers={"Idempotency-Key": key})


async def count(database: Database) -> int:
    async with database.transaction() as session:
        return int(await (await raw(session)).fetchval("select count(*) from coupon"))


async def test_a_member_claims_once_for_a_key(client: httpx.AsyncClient, database: Database):
    (one,) = await set_up(database, stock=5)
    first, again = await claim(client, key="k"), await claim(client, key="k")
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    told = first.json()
    assert (told["state"], told["template"], told["member_id"]) == ("given", "ten-off", one)
    assert told["name"] == {"zh": "券 ten-off", "en": "Coupon ten-off"}
    assert datetime.fromisoformat(told["expires_at"]) == datetime(2026, 4, 1, 16, tzinfo=UTC)
    async with database.transaction() as session:
        assert await states(session, one) == [(told["code"], "issued", 1)]


@pytest.mark.parametrize(
    ("issuing", "body", "code"),
    [
        ({"stock": 0}, {}, "coupons.sold_out"),
        ({"claiming": {"is_open": False}}, {}, "coupons.closed"),
        ({"claiming": {"is_open": True, "opens_at": "2026-03-02T13:00:00+08:00"}}, {}, "coupons.not_open_yet"),
        ({"claiming": {"is_open": True, "closes_at": "2026-03-02T11:59:59+08:00"}}, {}, "coupons.closed"),
        ({"claiming": {"is_open": True, "word": "春天来了"}}, {}, "coupons.word_wrong"),
        ({"claiming": {"is_open": True, "word": "春天来了"}}, {"word": "秋天"}, "coupons.word_wrong"),
        ({"claiming": {"is_open": True, "is_rush": True}, "stock": 3}, {}, "coupons.ticket_needed"),
        (
            {"claiming": {"is_open": True, "members": {"combinator": "and", "rules": [
                {"field": "member.points", "operator": ">", "value": 0}]}}},
            {},
            "coupons.not_for_you",
        ),
    ],
)  # fmt: skip
async def test_what_a_claim_is_refused(
    client: httpx.AsyncClient, database: Database, issuing: dict[str, Any], body: dict[str, Any], code: str
):
    await set_up(database, **issuing)
    answer = await claim(client, **body)
    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert await count(database) == 0


async def test_a_limit_is_told(client: httpx.AsyncClient, database: Database):
    await set_up(database, limits=[{"most": 1}])
    assert (await claim(client)).status_code == 201
    answer = await claim(client)
    assert (answer.status_code, answer.json()["code"]) == (409, "coupons.limit_reached")
    assert await count(database) == 1


async def test_others_who_hold_the_last_unit_are_told_of(client: httpx.AsyncClient, database: Database):
    await set_up(database, stock=1)
    async with database.transaction() as session:
        await (await raw(session)).execute("select from coupon_unit for update")
        answer = await claim(client)
    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (409, "coupons.busy", "1")
    assert (await claim(client)).status_code == 201


async def test_whoever_guesses_words_is_slowed_down(client: httpx.AsyncClient, database: Database):
    await set_up(database, claiming={"is_open": True, "word": "Spring"})
    wrong = [(await claim(client, word=f"guess {nth}")).json()["code"] for nth in range(MOST_WRONG)]
    assert set(wrong) == {"coupons.word_wrong"}
    refused = await claim(client, word="Spring")
    assert (refused.status_code, refused.json()["code"]) == (429, "coupons.too_many_guesses")
    assert await count(database) == 0


async def test_a_word_opens(client: httpx.AsyncClient, database: Database):
    await set_up(database, claiming={"is_open": True, "word": "Spring"})
    assert (await claim(client, word=" spring ")).status_code == 201


async def test_unknown_members_and_templates_are_told(client: httpx.AsyncClient, database: Database):
    await set_up(database)
    nobody = await claim(client, member="phone:+8615499999999")
    nothing = await client.post("/v1/coupon-templates/none/claims", json={"member": PHONE})
    assert (nobody.status_code, nobody.json()["code"]) == (404, "members.not_found")
    assert (nothing.status_code, nothing.json()["code"]) == (404, "coupons.template_not_found")


async def test_staff_give_with_a_reason_and_a_key_for_ever(client: httpx.AsyncClient, database: Database):
    (one,) = await set_up(database, claiming={"is_open": False})
    first, again = await give(client, "k"), await give(client, "k", reason="再说一次")
    assert (first.status_code, again.status_code) == (201, 201)
    assert (again.json()["state"], again.headers["idempotent-replay"]) == ("already", "true")
    assert again.json()["code"] == first.json()["code"]
    async with database.transaction() as session:
        rows = await (await raw(session)).fetch("select member_id, kind, reason, channel from coupon_move")
    assert [tuple(row) for row in rows] == [(one, "issued", "抱歉", "staff")]


async def test_a_key_is_of_one_template(client: httpx.AsyncClient, database: Database):
    await set_up(database)
    async with database.transaction() as session:
        await a_template(session, "other")
    await give(client, "k")
    answer = await give(client, "k", template="other")
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency.key_reused")
    assert await count(database) == 1


async def test_a_batch_is_told_one_by_one(client: httpx.AsyncClient, database: Database):
    one, other = await set_up(database, 2, stock=2)
    item = {"template": "ten-off", "reason": "补偿"}
    items = [
        {**item, "member": str(one), "key": "a"},
        {**item, "member": str(one), "key": "a"},
        {**item, "member": "number:none", "key": "b"},
        {**item, "member": str(other), "key": "c", "template": "none"},
        {**item, "member": str(other), "key": "d", "store": "nowhere"},
        {**item, "member": str(other), "key": "e"},
        {**item, "member": str(other), "key": "f"},
    ]
    answer = await client.post("/v1/coupons/batch", json={"items": items})
    assert answer.status_code == 200, answer.text
    told = [(one["state"], (one["error"] or {}).get("code")) for one in answer.json()["results"]]
    assert told == [
        ("given", None),
        ("already", None),
        ("refused", "members.not_found"),
        ("refused", "coupons.template_not_found"),
        ("refused", "stores.not_found"),
        ("given", None),
        ("refused", "coupons.sold_out"),
    ]
    assert await count(database) == 2


async def test_a_coupon_is_voided_once_and_its_place_is_free(client: httpx.AsyncClient, database: Database):
    (one,) = await set_up(database, stock=1, limits=[{"most": 1}])
    code = (await claim(client)).json()["code"]
    done = await client.post(f"/v1/coupons/{code}/void", json={"reason": "发错了"})
    again = await client.post(f"/v1/coupons/{code}/void", json={"reason": "发错了"})
    assert (done.status_code, again.status_code, again.json()["code"]) == (204, 409, "coupons.cannot_void")
    async with database.transaction() as session:
        assert await states(session, one) == [(code, "void", 2)]
    assert (await claim(client)).status_code == 201


async def test_a_coupon_in_a_cart_is_voided_too(client: httpx.AsyncClient, database: Database):
    (one,) = await set_up(database)
    code = (await claim(client)).json()["code"]
    async with database.transaction() as session:
        until = NOW + timedelta(hours=1)
        lock = "update coupon set state = 'locked', version = 2, locked_until = $1"
        await (await raw(session)).execute(lock, until)
    assert (await client.post(f"/v1/coupons/{code}/void", json={"reason": "x"})).status_code == 204
    async with database.transaction() as session:
        assert await states(session, one) == [(code, "void", 3)]


async def test_who_may_only_read_gives_nothing(viewer: httpx.AsyncClient, database: Database):
    await set_up(database)
    answers = [
        await claim(viewer),
        await give(viewer, "k"),
        await viewer.post("/v1/coupons/batch", json={"items": []}),
        await viewer.post("/v1/coupon-gifts", json={}),
    ]
    assert [answer.status_code for answer in answers] == [403] * 4
    assert await count(database) == 0


async def test_who_sees_one_store_gives_to_its_members_alone(app: FastAPI, database: Database):
    await set_up(database)
    async with signed_in(app, database, role="store_manager") as browser:
        answers = [await claim(browser), await give(browser, "k")]
    assert {answer.status_code for answer in answers} <= {403, 404}
    assert await count(database) == 0


async def test_a_store_gives_to_its_own_members_in_its_own_name(app: FastAPI, database: Database):
    mine, other = await set_up(database, 2)
    async with database.transaction() as session:
        stores = await organization.ensure_stores(
            session,
            [organization.NewStore(code="s1", name="One"), organization.NewStore(code="s2", name="Two")],
        )
        driver = await raw(session)
        for member_id, code in ((mine, "s1"), (other, "s2")):
            move = "update member_summary set store_id = $1 where member_id = $2"
            await driver.execute(move, stores[code], member_id)
    async with signed_in(app, database, role="store_manager") as browser:
        async with database.transaction() as session:
            charge = "insert into staff_user_store (user_id, store_id) select max(user_id), $1 from staff_user"
            await (await raw(session)).execute(charge, stores["s1"])
        item = {"template": "ten-off", "reason": "抱歉"}
        items = [
            {**item, "member": str(mine), "key": "a", "store": "s1"},
            {**item, "member": str(mine), "key": "b", "store": "s2"},
            {**item, "member": str(other), "key": "c", "store": "s1"},
        ]
        batch = (await browser.post("/v1/coupons/batch", json={"items": items})).json()["results"]
        claimed = await claim(browser, str(other))
    assert [(one["state"], (one["error"] or {}).get("code")) for one in batch] == [
        ("given", None),
        ("refused", "request.out_of_sight"),
        ("refused", "members.not_found"),
    ]
    assert (claimed.status_code, await count(database)) == (404, 1)
