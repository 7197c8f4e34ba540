"""Coupons as they are read: lists and their filters, one with its history, the member's page, conditions, erasure."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, text

from shuke.foundation import organization
from shuke.loyalty.coupons.holding import due
from shuke.loyalty.coupons.holding.merging import preview
from shuke.loyalty.coupons.holding.privacy import PERSONAL_DATA
from shuke.loyalty.coupons.holding.queries import CouponFilter, list_coupons
from shuke.loyalty.coupons.testing import OFF_TEN, a_coupon, a_template, state_of, states, take
from shuke.people import members
from shuke.people.members.testing import enrolled, external, person
from shuke.platform import clock, conditions
from shuke.platform.actor import SYSTEM, Sight
from shuke.platform.conditions import Moment
from shuke.platform.db import Database

THIRTY_OFF: dict[str, Any] = {
    "discount": {"kind": "amount_off", "off_minor": 3_000},
    "threshold": {"least": 20_000},
    "transfer": {"is_allowed": True},
}


@pytest.fixture
async def people(app: FastAPI, database: Database) -> list[int]:
    async with database.transaction() as session:
        return await enrolled(session, [person(name, external(name)) for name in ("Ada", "Bo")])


@pytest.fixture
async def codes(people: list[int], database: Database) -> dict[str, str]:
    """Ada's coupons by what they are, and a printed one."""
    async with database.transaction() as session:
        ten, thirty = await a_template(session, "ten"), await a_template(session, "thirty", THIRTY_OFF)
        found = {
            "usable": await a_coupon(session, people[0], ten),
            "ending": await a_coupon(session, people[0], thirty, days=5),
            "over": await a_coupon(session, people[0], ten, days=1),
            "used": await a_coupon(session, people[0], thirty),
            "void": await a_coupon(session, people[0], ten),
            "printed": await a_coupon(session, 0, ten),
        }
        assert await take(session, "redeemed", found["used"], discount_minor=3_000)
        assert await take(session, "voided", found["void"], reason="sent twice")
    clock.set_offset(timedelta(days=2))
    return found


async def listed(client: httpx.AsyncClient, codes: dict[str, str], query: str) -> list[str]:
    answer = await client.get(f"/v1/coupons?{query}")
    assert answer.status_code == 200, answer.text
    names = {code: name for name, code in codes.items()}
    return [names[one["code"]] for one in answer.json()["items"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["printed", "void", "used", "over", "ending", "usable"]),
        ("state=issued", ["printed", "ending", "usable"]),
        ("state=expired", ["over"]),
        ("state=redeemed", ["used"]),
        ("state=void", ["void"]),
        ("state=locked", []),
        ("state=expired&state=void", ["void", "over"]),
        ("template=thirty", ["used", "ending"]),
        ("template=none", []),
        ("template=ten&state=issued", ["printed", "usable"]),
        ("member=1", ["void", "used", "over", "ending", "usable"]),
        ("member=2", []),
        ("store=1", []),
        ("batch=1", []),
        ("from=2000-01-01&to=2000-01-02", []),
    ],
)
async def test_lists_are_narrowed_by_what_coupons_are_now(
    client: httpx.AsyncClient, codes: dict[str, str], query: str, expected: list[str]
):
    assert await listed(client, codes, query) == expected


async def test_a_list_says_what_was_not_noted_yet_and_agrees_with_it_when_it_was(
    client: httpx.AsyncClient, codes: dict[str, str], database: Database
):
    before = [await listed(client, codes, f"state={state}") for state in ("issued", "expired")]
    await due.expire(database)
    await due.expire_codes(database)
    after = [await listed(client, codes, f"state={state}") for state in ("issued", "expired")]

    assert before == after == [["printed", "ending", "usable"], ["over"]]


async def test_the_beginning_of_a_code_finds_it_as_typed(client: httpx.AsyncClient, codes: dict[str, str]):
    code = codes["usable"]
    typed = f"{code[:4].lower()}-{code[4:9].lower()}"

    assert await listed(client, codes, f"q={typed}") == ["usable"]
    assert await listed(client, codes, "q=000") == []


async def test_pages_follow_one_another_without_gap(client: httpx.AsyncClient, codes: dict[str, str]):
    found: list[str] = []
    cursor = ""
    while True:
        page = (await client.get(f"/v1/coupons?limit=2{cursor}")).json()
        found += [one["code"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"

    assert found == list(reversed(codes.values()))
    bad = await client.get("/v1/coupons?cursor=nonsense")
    assert (bad.status_code, bad.json()["code"]) == (422, "pages.bad_cursor")


async def test_who_sees_some_stores_sees_their_members_coupons_and_no_printed_ones(
    codes: dict[str, str], people: list[int], database: Database
):
    async with database.transaction() as session:
        both = [organization.NewStore(code=code, name=code) for code in ("s1", "s2")]
        stores = await organization.ensure_stores(session, both)
        for member_id, store in zip(people, ("s2", "s1"), strict=True):
            await session.execute(
                text("update member_summary set store_id = :store where member_id = :member"),
                {"store": stores[store], "member": member_id},
            )
        sight = Sight(units=frozenset({stores["s1"]}))
        mine = await a_coupon(session, people[1], await a_template(session, "theirs"))
        page = await list_coupons(session, sight, where=CouponFilter(), limit=10, cursor=None)
        assert [one.code for one in page.items] == [mine]
        # Bo turns out to be Ada: what the record of Bo had is Ada's, who is elsewhere.
        wanted = members.MergeWanted(absorbed_id=people[1], survivor_id=people[0], reason="same")
        await members.merge(session, SYSTEM, wanted)
        page = await list_coupons(session, sight, where=CouponFilter(), limit=10, cursor=None)
        assert page.items == []


async def test_one_coupon_tells_its_terms_and_everything_that_happened(
    client: httpx.AsyncClient, codes: dict[str, str]
):
    used = (await client.get(f"/v1/coupons/{codes['used']}")).json()
    void = (await client.get(f"/v1/coupons/{codes['void'].lower()}")).json()
    zh = (await client.get(f"/v1/coupons/{codes['used']}", headers={"Accept-Language": "zh"})).json()

    assert (used["state"], used["discount_minor"], used["is_transferable"]) == ("redeemed", 3_000, True)
    assert [(one["number"], one["kind"], one["discount_minor"]) for one in used["moves"]] == [
        (1, "issued", 0),
        (2, "redeemed", 3_000),
    ]
    assert "¥30" in " ".join(used["told"])
    assert "减" in " ".join(zh["told"])
    assert (void["state"], void["moves"][1]["reason"], void["template"]["code"]) == ("void", "sent twice", "ten")


@pytest.mark.parametrize(
    ("code", "status", "problem"),
    [("NOSUCHCODE", 404, "coupons.unknown"), ("2222222222222223", 422, "coupons.mistyped")],
)
async def test_a_code_that_is_none_is_refused(
    client: httpx.AsyncClient, codes: dict[str, str], code: str, status: int, problem: str
):
    answer = await client.get(f"/v1/coupons/{code}")

    assert (answer.status_code, answer.json()["code"]) == (status, problem)


async def test_the_members_page_has_figures_and_a_timeline(
    client: httpx.AsyncClient, codes: dict[str, str], people: list[int], database: Database
):
    await due.expire(database)
    overview = (await client.get(f"/v1/members/{people[0]}/overview")).json()
    timeline = (await client.get(f"/v1/members/{people[0]}/timeline?kinds=coupon")).json()["items"]

    section = next(one for one in overview["sections"] if one["key"] == "coupons")["data"]
    assert (section["usable_count"], section["expiring_soon_count"], section["used_count"]) == (2, 1, 1)
    assert section["saved_minor"] == 3_000
    assert sorted(one["type"] for one in timeline) == sorted(
        ["coupon.issued"] * 5 + ["coupon.redeemed", "coupon.voided", "coupon.expired"]
    )
    redeemed = next(one for one in timeline if one["type"] == "coupon.redeemed")
    assert (redeemed["title"], redeemed["summary"]) == ("Used a coupon: Coupon thirty", "¥30.00 off")


async def test_conditions_ask_of_coupons_the_same_for_one_and_for_sets(
    codes: dict[str, str], people: list[int], database: Database
):
    async with database.transaction() as session:
        await a_coupon(session, people[1], await a_template(session, "bo"))
        moment = Moment(clock.now(), (await organization.get_shop(session)).zone)
        catalogue = await conditions.catalogue(session)

        async def chosen(fact: str, operator: str, value: int, **arguments: Any) -> list[int]:
            rule = {"field": fact, "operator": operator, "value": value}
            tree = {"combinator": "and", "rules": [rule | ({"arguments": arguments} if arguments else {})]}
            condition = conditions.read(tree, catalogue, scope="members")
            everybody = members.persons()
            clause = conditions.where(condition, everybody.c.member_id, catalogue, moment)
            found = set((await session.execute(select(everybody.c.member_id).where(clause))).scalars())
            loaded = await conditions.load(session, condition.needs, people, moment, catalogue=catalogue)
            assert {one for one in people if condition.holds(loaded[one])} == found & set(people)
            return sorted(found & set(people))

        assert await chosen("member.coupons_usable", "=", 2) == [people[0]]
        assert await chosen("member.coupons_usable", "=", 1, template="thirty") == [people[0]]
        assert await chosen("member.coupons_redeemed", ">=", 1) == [people[0]]
        assert await chosen("member.coupons_redeemed", "=", 0) == [people[1]]
        assert await chosen("member.days_since_coupon", "=", 2) == [people[0]]
        assert await chosen("member.days_since_coupon", "=", 0) == [people[1]]


async def test_a_merge_says_what_both_have_and_moves_nothing(
    client: httpx.AsyncClient, codes: dict[str, str], people: list[int], database: Database
):
    async with database.transaction() as session:
        theirs = await a_coupon(session, people[1], await a_template(session, "bo", OFF_TEN))
        (line,) = await preview(session, people[1], people[0], "en")
        before = [await states(session, one) for one in people]
        wanted = members.MergeWanted(absorbed_id=people[1], survivor_id=people[0], reason="same")
        await members.merge(session, SYSTEM, wanted)
        assert [await states(session, one) for one in people] == before

    assert (line.absorbed, line.survivor, line.after) == ("1", "2", "3")
    found = (await client.get(f"/v1/coupons?member={people[0]}&state=issued")).json()["items"]
    assert theirs in [one["code"] for one in found]
    assert {one["member"]["id"] for one in found} == {people[0]}


async def test_what_an_erased_member_could_use_is_void_and_a_copy_is_theirs(
    codes: dict[str, str], people: list[int], database: Database
):
    by_key = {one.key: one for one in PERSONAL_DATA}
    async with database.transaction() as session:
        copied = [row async for row in by_key["coupons"].export(session, [people[0]])]
        erase = [one.erase for one in PERSONAL_DATA if one.erase is not None]
        for one in erase:
            await one(session, [people[0]])
        after = {name: await state_of(session, code) for name, code in codes.items()}

    assert {row["code"] for row in copied} == set(codes.values()) - {codes["printed"]}
    assert after == {
        "usable": "void",
        "ending": "void",
        "over": "void",
        "used": "redeemed",
        "void": "void",
        "printed": "issued",
    }
