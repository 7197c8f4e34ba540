"""Claims with tickets, over HTTP: who gets a coupon, who is told what, and what is left in the database."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from shuke.foundation.staff.testing import CLIENT_HEADERS
from shuke.loyalty.coupons.rush import claiming, gate
from shuke.loyalty.coupons.rush.tickets import new_ticket
from shuke.loyalty.coupons.testing import a_template
from shuke.people.members.testing import enrolled, person, phone
from shuke.platform import clock
from shuke.platform.db import Database, Session, raw

pytestmark = pytest.mark.anyio
CLAIMS = "/v1/coupon-rush/claims"
RUSH = {"is_open": True, "is_rush": True}


def issuing(stock: int | None, **more: Any) -> dict[str, Any]:
    return {"stock": stock, "limits": [{"most": 1}], "claiming": RUSH} | more


async def people(session: Session, count: int) -> list[int]:
    return await enrolled(session, [person(None, phone(f"154{number:08}")) for number in range(count)])


async def set_up(database: Database, count: int, given: dict[str, Any]) -> tuple[int, list[int]]:
    async with database.transaction() as session:
        found = await people(session, count)
        return await a_template(session, issuing=given), found


def ticket(template_id: int, member_id: int) -> str:
    now = clock.now()
    return new_ticket(template_id, member_id, opens_at=now - timedelta(hours=1), closes_at=now + timedelta(hours=1))


async def claim(browser: httpx.AsyncClient, text: str) -> httpx.Response:
    return await browser.post(CLAIMS, json={"ticket": text})


async def until_settled(browser: httpx.AsyncClient, text: str) -> httpx.Response:
    """Send a ticket for as long as it is told to wait in the queue."""
    while True:
        answer = await claim(browser, text)
        if answer.status_code != 429 or answer.json()["code"] != "coupons.queueing":
            return answer
        await asyncio.sleep(0.01)


async def held(database: Database) -> Counter[int]:
    async with database.transaction() as session:
        rows = await (await raw(session)).fetch("select member_id from coupon")
    return Counter(row["member_id"] for row in rows)


async def units(database: Database) -> dict[str, int]:
    async with database.transaction() as session:
        rows = await (await raw(session)).fetch("select state, count(*) from coupon_unit group by state")
    return {row["state"]: row["count"] for row in rows}


async def set_state(database: Database, state: str) -> None:
    async with database.transaction() as session:
        await (await raw(session)).execute("update coupon_template set state = $1", state)


async def test_a_ticket_gets_a_coupon_and_gets_the_same_again(
    anonymous: httpx.AsyncClient, client: httpx.AsyncClient, database: Database
):
    template_id, (one,) = await set_up(database, 1, issuing(5))
    text = ticket(template_id, one)

    first, again = await claim(anonymous, text), await claim(anonymous, text)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content
    assert first.json()["template"] == "ten-off"
    found = await client.get(f"/v1/coupons/{first.json()['coupon']}")
    assert found.status_code == 200
    assert await held(database) == {one: 1}
    assert await units(database) == {"free": 4, "taken": 1}


async def test_a_process_that_knows_nothing_gives_the_same_answer(anonymous: httpx.AsyncClient, database: Database):
    template_id, (one, two) = await set_up(database, 2, issuing(1))
    text = ticket(template_id, one)
    first = await claim(anonymous, text)
    claiming._rushes.clear()

    again = await claim(anonymous, text)
    other = await claim(anonymous, ticket(template_id, two))
    once_more = await claim(anonymous, text)

    assert (again.status_code, again.content) == (200, first.content)
    assert (other.status_code, other.json()["code"]) == (410, "coupons.sold_out")
    assert once_more.content == first.content
    assert await held(database) == {one: 1}


async def test_the_limit_holds_for_new_tickets(anonymous: httpx.AsyncClient, database: Database):
    template_id, (one,) = await set_up(database, 1, issuing(5))
    await claim(anonymous, ticket(template_id, one))

    refused = await claim(anonymous, ticket(template_id, one))

    assert (refused.status_code, refused.json()["code"]) == (409, "coupons.limit_reached")
    assert await held(database) == {one: 1}
    assert await units(database) == {"free": 4, "taken": 1}


async def test_many_at_once_get_exactly_what_there_is(anonymous: httpx.AsyncClient, database: Database):
    template_id, found = await set_up(database, 60, issuing(20))
    texts = [text for one in found for text in [ticket(template_id, one)] * 2 + [ticket(template_id, one)]]

    answers = await asyncio.gather(*(until_settled(anonymous, text) for text in texts))

    holders = await held(database)
    assert sum(holders.values()) == 20
    assert set(holders.values()) == {1}
    told = {answer.json()["coupon"] for answer in answers if answer.status_code in {200, 201}}
    assert len(told) == 20
    assert sum(answer.status_code == 201 for answer in answers) == 20
    assert {answer.json()["code"] for answer in answers if answer.status_code >= 400} <= {
        "coupons.sold_out",
        "coupons.limit_reached",
    }
    assert await units(database) == {"taken": 20}


async def test_locked_units_are_no_sold_out(anonymous: httpx.AsyncClient, database: Database):
    template_id, (one,) = await set_up(database, 1, issuing(1))
    text = ticket(template_id, one)
    async with database.transaction() as other:
        await (await raw(other)).execute("select 1 from coupon_unit for update")
        waits = await claim(anonymous, text)
    gets = await claim(anonymous, text)

    assert (waits.status_code, waits.json()["code"]) == (429, "coupons.queueing")
    assert 1 <= int(waits.headers["Retry-After"]) <= 3
    assert gets.status_code == 201
    assert await held(database) == {one: 1}


async def test_a_longer_queue_than_the_sessions_serve_is_told_to_come_again(
    anonymous: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
):
    template_id, found = await set_up(database, 9, issuing(None, limits=[]))
    monkeypatch.setattr(gate, "_BATCH", 1)
    monkeypatch.setattr(gate, "WAIT_S", 0.05)
    async with database.transaction() as session:
        # Nobody can be held against merging, so nothing goes on for as long as this lasts.
        await (await raw(session)).execute("lock table coupon in exclusive mode")
        answers = [asyncio.create_task(claim(anonymous, ticket(template_id, one))) for one in found]
        await asyncio.sleep(0.4)
        done = [task for task in answers if task.done()]
    settled = await asyncio.gather(*answers)

    assert [task.result().json()["code"] for task in done] == ["coupons.queueing"] * 5
    assert Counter(answer.status_code for answer in settled) == {429: 5, 201: 4}
    assert sum((await held(database)).values()) == 4


async def test_one_member_has_one_attempt_in_flight(anonymous: httpx.AsyncClient, database: Database):
    template_id, (one,) = await set_up(database, 1, issuing(5))
    text = ticket(template_id, one)
    async with database.transaction() as session:
        await (await raw(session)).execute("lock table coupon in exclusive mode")
        same = [asyncio.create_task(claim(anonymous, text)) for _ in range(3)]
        await asyncio.sleep(0.1)
        other = await claim(anonymous, ticket(template_id, one))
    settled = await asyncio.gather(*same)

    assert (other.status_code, other.json()["code"]) == (429, "coupons.queueing")
    assert [answer.status_code for answer in settled] == [201, 200, 200]
    assert len({answer.content for answer in settled}) == 1
    assert await held(database) == {one: 1}


async def test_a_paused_template_gives_nothing_within_a_second_and_goes_on_where_it_was(
    anonymous: httpx.AsyncClient, database: Database
):
    template_id, (one, two) = await set_up(database, 2, issuing(5))
    first = await claim(anonymous, ticket(template_id, one))
    await set_state(database, "paused")
    await asyncio.sleep(gate._STALE_AFTER_S)
    text = ticket(template_id, two)
    stopped = await claim(anonymous, text)
    await set_state(database, "published")
    await asyncio.sleep(gate._STALE_AFTER_S)
    goes_on = await claim(anonymous, text)

    assert first.status_code == 201
    assert (stopped.status_code, stopped.json()["code"]) == (409, "coupons.paused")
    assert goes_on.status_code == 201
    assert await held(database) == {one: 1, two: 1}


async def test_more_stock_after_it_was_sold_out_goes_to_those_who_ask_again(
    anonymous: httpx.AsyncClient, database: Database
):
    template_id, (one, two) = await set_up(database, 2, issuing(1))
    await claim(anonymous, ticket(template_id, one))
    text = ticket(template_id, two)
    none_left = await until_settled(anonymous, text)
    async with database.transaction() as session:
        await (await raw(session)).execute("insert into coupon_unit values ($1, 2, 'free')", template_id)
    await asyncio.sleep(gate._STALE_AFTER_S)

    gets = await claim(anonymous, text)

    assert (none_left.status_code, gets.status_code) == (410, 201)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"ticket": 1}', b'{"ticket": ""}', b'{"ticket": "\\ud800"}', b"1"]
)
async def test_what_is_no_request_is_refused_as_everywhere(anonymous: httpx.AsyncClient, body: bytes):
    answer = await anonymous.post(CLAIMS, content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code == 422
    assert answer.json()["code"] == "request.invalid"
    assert answer.headers["Content-Type"] == "application/problem+json"


async def test_a_forged_ticket_costs_the_address_its_allowance(anonymous: httpx.AsyncClient, database: Database):
    template_id, (one,) = await set_up(database, 1, issuing(5))
    text = ticket(template_id, one)
    limit = None
    answers = []
    for _ in range(3):
        answer = await claim(anonymous, text[:-1] + ("A" if text[-1] != "A" else "B"))
        limit = int(answer.headers["RateLimit-Limit"])
        answers.append((answer.status_code, answer.json()["code"], int(answer.headers["RateLimit-Remaining"])))

    assert limit == 1_200
    assert [one[:2] for one in answers] == [(401, "coupons.ticket_invalid")] * 3
    assert answers[0][2] - answers[2][2] == 2
    assert await held(database) == {}


async def test_a_member_has_an_allowance_of_their_own(
    anonymous: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(claiming, "PER_MEMBER", 2)
    template_id, (one, two) = await set_up(database, 2, issuing(5))
    text = ticket(template_id, one)

    answers = [await claim(anonymous, text) for _ in range(3)]
    other = await claim(anonymous, ticket(template_id, two))

    assert [answer.status_code for answer in answers] == [201, 200, 429]
    assert answers[2].json()["code"] == "request.too_many"
    assert answers[0].headers["RateLimit-Limit"] == "2"
    assert other.status_code == 201


async def test_an_address_is_bounded_where_the_template_says_so(anonymous: httpx.AsyncClient, database: Database):
    claims = RUSH | {"most_per_address": 2}
    template_id, found = await set_up(database, 4, issuing(9, claiming=claims))

    answers = [await claim(anonymous, ticket(template_id, one)) for one in found]

    # The first tells the gate what the template says.
    assert [answer.status_code for answer in answers] == [201, 201, 201, 429]
    assert answers[3].json()["code"] == "request.too_many"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"claiming": {"is_open": True}}, "coupons.no_tickets"),
        ({"claiming": {"is_rush": True}}, "coupons.no_tickets"),
        ({"claiming": RUSH | {"opens_at": "2999-01-01T00:00:00Z"}}, "coupons.not_open_yet"),
        ({"claiming": RUSH | {"closes_at": "2000-01-01T00:00:00Z"}}, "coupons.closed"),
    ],
)
async def test_a_template_that_takes_no_claims_says_why(
    anonymous: httpx.AsyncClient, database: Database, given: dict[str, Any], code: str
):
    template_id, (one,) = await set_up(database, 1, issuing(5) | given)

    answer = await claim(anonymous, ticket(template_id, one))

    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert await held(database) == {}


async def test_gates_are_kept_until_there_are_too_many(database: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(claiming, "_MOST_GATES", 3)
    rush = claiming.Rush(database)
    first = [rush.gate(number) for number in (1, 2, 3)]
    rush.gate(1)

    rush.gate(4)

    assert rush.find_gate(2) is None
    assert [rush.find_gate(1), rush.find_gate(3)] == [first[0], first[2]]


async def test_nobody_claims_without_a_template(anonymous: httpx.AsyncClient, database: Database):
    async with database.transaction() as session:
        (one,) = await people(session, 1)

    answer = await claim(anonymous, ticket(999, one))

    assert (answer.status_code, answer.json()["code"]) == (401, "coupons.ticket_invalid")


async def test_tickets_are_made_for_those_it_is_for_and_work(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, database: Database
):
    _, (one, two) = await set_up(database, 2, issuing(5))
    await client.post(f"/v1/members/{two}/status", json={"status": "frozen", "reason": "asked for"})

    answer = await client.post("/v1/coupon-templates/ten-off/tickets", json={"members": [str(one), str(two), "77"]})

    made = answer.json()["items"]
    assert answer.status_code == 200
    assert [(entry["member"], entry["why"]) for entry in made] == [
        (str(one), None),
        (str(two), "member_not_active"),
        ("77", "member_not_found"),
    ]
    assert (await claim(anonymous, made[0]["ticket"])).status_code == 201
    assert await held(database) == {one: 1}


async def test_the_state_of_the_rush_is_told(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, database: Database
):
    template_id, (one,) = await set_up(database, 1, issuing(3))
    await claim(anonymous, ticket(template_id, one))

    told = (await client.get("/v1/coupon-templates/ten-off/rush")).json()

    assert {name: told[name] for name in ("state", "is_rush", "is_sold_out", "free", "taken")} == {
        "state": "published",
        "is_rush": True,
        "is_sold_out": False,
        "free": 2,
        "taken": 1,
    }


async def test_answers_are_dressed_as_everywhere(app: FastAPI, database: Database):
    template_id, (one,) = await set_up(database, 1, issuing(3))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test", headers=CLIENT_HEADERS) as browser:
        answer = await browser.post(
            CLAIMS,
            json={"ticket": ticket(template_id, one)},
            headers={"X-Request-Id": "trace-12345"},
        )

    assert answer.headers["X-Request-Id"] == "trace-12345"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["RateLimit-Limit"] == str(claiming.PER_MEMBER)
