"""Draws: a seed that is promised, entries once each, winners by the formula, and coupons for the winners."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import httpx
import pytest
from sqlalchemy.exc import DBAPIError

from shuke.loyalty.coupons.rush import actions, jobs, rules
from shuke.loyalty.coupons.rush.actions import WINNERS_JOB
from shuke.loyalty.coupons.rush.tickets import new_ticket
from shuke.loyalty.coupons.testing import a_template, set_clock
from shuke.people import members
from shuke.people.members.testing import enrolled, person, phone
from shuke.platform import jobs as platform_jobs
from shuke.platform.db import Database, raw

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 1, 4, tzinfo=UTC)
OPENS, CLOSES = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
DRAWS = "/v1/coupon-templates/ten-off/draws"
ENTRIES = "/v1/coupon-rush/entries"


@pytest.fixture(autouse=True)
def _jobs(database: Database):
    platform_jobs.use(database)
    yield
    platform_jobs.use(None)


async def set_up(database: Database, count: int, **issuing: Any) -> tuple[int, list[int]]:
    set_clock(NOW)
    async with database.transaction() as session:
        people = await enrolled(session, [person(None, phone(f"154{number:08}")) for number in range(count)])
        return await a_template(session, issuing={"stock": 10} | issuing), people


async def announce(browser: httpx.AsyncClient, winners: int = 2) -> httpx.Response:
    body = {"opens_at": OPENS.isoformat(), "closes_at": CLOSES.isoformat(), "winners": winners}
    return await browser.post(DRAWS, json=body)


def ticket(template_id: int, member_id: int) -> str:
    return new_ticket(template_id, member_id, opens_at=NOW, closes_at=CLOSES + timedelta(days=1))


async def numbers_of(database: Database, people: list[int]) -> dict[int, str]:
    async with database.transaction() as session:
        return await members.own_numbers(session, people)


async def fetch(database: Database, statement: str, *values: Any) -> list[Any]:
    async with database.transaction() as session:
        return [tuple(row) for row in await (await raw(session)).fetch(statement, *values)]


async def run_due(database: Database) -> None:
    await jobs.draw_what_is_due()
    for template_id, round_no in await fetch(database, "select template_id, round from coupon_draw where seed <> ''"):
        await jobs.give_to_winners({"template_id": template_id, "round": round_no})


async def test_a_draw_from_the_promise_to_the_coupons(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, database: Database
):
    template_id, people = await set_up(database, 6)
    numbers = await numbers_of(database, people)
    promised = await announce(client)
    set_clock(OPENS)
    by_ticket = [await anonymous.post(ENTRIES, json={"ticket": ticket(template_id, one)}) for one in people[:4]]
    twice = await anonymous.post(ENTRIES, json={"ticket": ticket(template_id, people[0])})
    by_staff = await client.post(f"{DRAWS}/1/entries", json={"members": [str(people[4]), str(people[3]), "999"]})
    open_one = (await client.get(f"{DRAWS}/1")).json()
    before = (await client.get(f"{DRAWS}/1/entries")).json()["items"]
    set_clock(CLOSES)
    await run_due(database)
    await run_due(database)

    assert promised.status_code == 201
    assert (promised.json()["state"], promised.json()["seed"], len(promised.json()["seed_hash"])) == (
        "announced",
        None,
        64,
    )
    assert [answer.status_code for answer in [*by_ticket, twice]] == [200] * 5
    assert twice.json() == {"round": 1}
    assert by_staff.json() == {"entered": 2, "unknown": ["999"]}
    assert (open_one["state"], open_one["entries"], open_one["seed"]) == ("open", 5, None)
    assert [entry["number"] for entry in before] == sorted(numbers[one] for one in people[:5])
    assert {(entry["place"], entry["is_winner"]) for entry in before} == {(None, None)}

    told = (await client.get(f"{DRAWS}/1")).json()
    shown = (await client.get(f"{DRAWS}/1/entries")).json()["items"]
    drawn = rules.draw(told["seed"], 1, [numbers[one] for one in people[:5]])
    assert (told["state"], told["entries"], told["given"]) == ("drawn", 5, 2)
    assert told["seed_hash"] == promised.json()["seed_hash"]
    assert [entry["number"] for entry in shown] == drawn
    assert [entry["is_winner"] for entry in shown] == [True, True, False, False, False]
    assert (
        rules.find_wrong(
            seed=told["seed"],
            seed_hash=promised.json()["seed_hash"],
            entries_hash=told["entries_hash"],
            round_no=1,
            winners=2,
            drawn=[entry["number"] for entry in shown],
        )
        == []
    )
    held = await fetch(database, "select member_id, how from coupon order by member_id")
    assert held == sorted((one, "lottery") for one in people if numbers[one] in drawn[:2])


async def test_entries_are_paged(client: httpx.AsyncClient, database: Database):
    _, people = await set_up(database, 5)
    numbers = sorted((await numbers_of(database, people)).values())
    await announce(client)
    set_clock(OPENS)
    await client.post(f"{DRAWS}/1/entries", json={"members": [str(one) for one in people]})

    async def all_pages() -> list[str]:
        found: list[str] = []
        cursor: str | None = None
        while True:
            more: dict[str, Any] = {"cursor": cursor} if cursor else {}
            page = (await client.get(f"{DRAWS}/1/entries", params=more | {"limit": 2})).json()
            found += [entry["number"] for entry in page["items"]]
            cursor = page["next"]
            if cursor is None:
                return found

    before = await all_pages()
    set_clock(CLOSES)
    await run_due(database)
    after = await all_pages()

    seed = (await client.get(f"{DRAWS}/1")).json()["seed"]
    assert before == numbers
    assert after == rules.draw(seed, 1, numbers)


@pytest.mark.parametrize("at", [OPENS - timedelta(seconds=1), CLOSES])
async def test_nobody_enters_before_and_after(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, database: Database, at: datetime
):
    template_id, (one,) = await set_up(database, 1)
    await announce(client)
    set_clock(at)

    by_ticket = await anonymous.post(ENTRIES, json={"ticket": ticket(template_id, one)})
    by_staff = await client.post(f"{DRAWS}/1/entries", json={"members": [str(one)]})

    assert [(answer.status_code, answer.json()["code"]) for answer in (by_ticket, by_staff)] == [
        (409, "coupons.draw_not_open")
    ] * 2
    assert await fetch(database, "select * from coupon_entry") == []


async def test_nothing_is_drawn_before_the_entries_close(client: httpx.AsyncClient, database: Database):
    await set_up(database, 1)
    await announce(client)
    set_clock(CLOSES - timedelta(seconds=1))

    await run_due(database)

    assert (await client.get(f"{DRAWS}/1")).json()["seed"] is None


@pytest.mark.parametrize(
    "change",
    [
        "update coupon_draw set seed_hash = repeat('0', 64)",
        "update coupon_draw set winners = 3",
        "update coupon_draw set closes_at = closes_at + interval '1 day'",
        "update coupon_draw set seed = repeat('0', 64)",
        "delete from coupon_draw",
        "truncate coupon_draw",
        "update coupon_entry set number = 'M1'",
        "update coupon_entry set member_id = 1",
    ],
)
async def test_the_program_cannot_change_what_was_promised(client: httpx.AsyncClient, database: Database, change: str):
    _, people = await set_up(database, 2)
    await announce(client)
    set_clock(OPENS)
    await client.post(f"{DRAWS}/1/entries", json={"members": [str(one) for one in people]})
    before = await fetch(database, "select * from coupon_draw"), await fetch(database, "select * from coupon_entry")

    with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.CheckViolationError, DBAPIError)):
        await fetch(database, change)

    after = await fetch(database, "select * from coupon_draw"), await fetch(database, "select * from coupon_entry")
    assert after == before


async def test_a_member_who_was_merged_since_is_drawn_once(client: httpx.AsyncClient, database: Database):
    _, (one, two, three) = await set_up(database, 3)
    numbers = await numbers_of(database, [one, two, three])
    await announce(client, winners=3)
    set_clock(OPENS)
    await client.post(f"{DRAWS}/1/entries", json={"members": [str(one), str(two), str(three)]})
    async with database.transaction() as session:
        await (await raw(session)).execute("update member set merged_into = $1 where member_id = $2", one, two)
    set_clock(CLOSES)
    await run_due(database)

    shown = (await client.get(f"{DRAWS}/1/entries")).json()["items"]
    assert sorted(entry["number"] for entry in shown) == sorted([numbers[one], numbers[three]])
    assert await fetch(database, "select member_id from coupon order by 1") == [(one,), (three,)]


async def test_who_enters_while_it_is_drawn_is_in_or_hears_that_it_is_over(
    client: httpx.AsyncClient, database: Database
):
    template_id, people = await set_up(database, 2)
    await announce(client)
    set_clock(OPENS)
    async with database.transaction() as session:
        await actions.enter(session, template_id, [people[0]])
        set_clock(CLOSES)
        drawing = asyncio.create_task(jobs.draw_what_is_due())
        await asyncio.sleep(0.2)
        is_waiting = not drawing.done()
    await drawing

    assert is_waiting
    assert len(await fetch(database, "select 1 from coupon_entry where place = 1 and is_winner")) == 1


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({"winners": 11}, "published"),
        ({"closes_at": OPENS.isoformat()}, "published"),
        ({"opens_at": "2020-01-01T00:00:00Z", "closes_at": "2020-01-02T00:00:00Z"}, "published"),
        ({}, "draft"),
    ],
)
async def test_a_draw_that_cannot_be_is_refused(
    client: httpx.AsyncClient, database: Database, change: dict[str, Any], state: str
):
    await set_up(database, 1)
    async with database.transaction() as session:
        await (await raw(session)).execute("update coupon_template set state = $1", state)
    body = {"opens_at": OPENS.isoformat(), "closes_at": CLOSES.isoformat(), "winners": 2} | change

    answer = await client.post(DRAWS, json=body)

    assert (answer.status_code, answer.json()["code"]) == (422, "coupons.draw_unfit")
    assert await fetch(database, "select * from coupon_draw") == []


async def test_winners_promised_to_one_draw_are_not_promised_to_another(client: httpx.AsyncClient, database: Database):
    await set_up(database, 1)
    first, second, third = await announce(client, 7), await announce(client, 4), await announce(client, 3)

    assert [answer.status_code for answer in (first, second, third)] == [201, 422, 201]
    assert [found["round"] for found in (await client.get(DRAWS)).json()["items"]] == [2, 1]


async def test_seeds_are_never_the_same_and_kept_from_the_database(client: httpx.AsyncClient, database: Database):
    await set_up(database, 1)
    for _ in range(3):
        await announce(client, 1)
    set_clock(CLOSES)
    sealed = await fetch(database, "select round, sealed_seed from coupon_draw")
    await run_due(database)
    seeds = dict(await fetch(database, "select round, seed from coupon_draw"))

    assert len(set(seeds.values())) == 3
    assert all(bytes.fromhex(seeds[round_no]) not in bytes(value) for round_no, value in sealed)


async def test_winners_are_given_by_a_job_that_the_draw_asks_for(client: httpx.AsyncClient, database: Database):
    await set_up(database, 1)
    await announce(client, 1)
    set_clock(CLOSES)
    await jobs.draw_what_is_due()

    rows = await fetch(database, "select entrypoint from queue.pgqueuer where entrypoint = $1", WINNERS_JOB)
    assert rows == [(WINNERS_JOB,)]


async def test_nobody_is_found_in_a_draw_that_is_not(client: httpx.AsyncClient, database: Database):
    await set_up(database, 1)

    answers = [await client.get(f"{DRAWS}/1"), await client.get(f"{DRAWS}/1/entries")]

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(404, "coupons.draw_not_found")] * 2


async def test_a_draw_waits_while_the_template_is_paused(client: httpx.AsyncClient, database: Database):
    _, (one,) = await set_up(database, 1)
    await announce(client, 1)
    set_clock(OPENS)
    await client.post(f"{DRAWS}/1/entries", json={"members": [str(one)]})
    set_clock(CLOSES)
    await set_state(database, "paused")
    await run_due(database)
    waiting = (await client.get(f"{DRAWS}/1")).json()
    await set_state(database, "published")
    await run_due(database)

    assert (waiting["state"], waiting["seed"]) == ("closed", None)
    assert (await client.get(f"{DRAWS}/1")).json()["given"] == 1


async def set_state(database: Database, state: str) -> None:
    async with database.transaction() as session:
        await (await raw(session)).execute("update coupon_template set state = $1", state)
