"""Lists by condition: the same members as the condition itself says, and never one whom the caller does not see."""

import asyncio
from datetime import timedelta
from random import Random
from typing import Any

import httpx
import orjson
import pytest
from fastapi import FastAPI
from sqlalchemy import text, update

from shuke.foundation import organization
from shuke.foundation.organization.testing import an_employee, narrowed
from shuke.main.testing import signed_in
from shuke.people import members
from shuke.people.members import NewMember, routes
from shuke.people.members.tables import member_summary
from shuke.people.members.testing import enrolled, external
from shuke.platform import clock, conditions
from shuke.platform.actor import EVERYTHING
from shuke.platform.conditions import Moment, operators
from shuke.platform.conditions.operators import WANTS
from shuke.platform.db import Database

FIELDS = (
    *("member.joined_on", "member.joined_days", "member.last_order_on", "member.days_since_last_order"),
    *("member.order_count", "member.net_spend", "member.points", "member.store", "member.channel", "member.tier"),
    *("member.first_order_on", "member.status"),
)
TREES = 150
READABLE = '{"birthday": "readable", "gender": "readable"}'


def asked(tree: Any) -> dict[str, str]:
    return {"condition": orjson.dumps(tree).decode()}


def every(*rules: Any, combinator: str = "and") -> dict[str, Any]:
    return {"combinator": combinator, "rules": list(rules)}


def rule(field: str, operator: str, value: Any = None) -> dict[str, Any]:
    return {"field": field, "operator": operator, **({} if value is None else {"value": value})}


@pytest.fixture
async def crowd(client: httpx.AsyncClient, database: Database) -> list[int]:
    """Sixty members of two stores, some without orders, one with an order that lies ahead."""
    now = clock.now()
    async with database.transaction() as session:
        stores = [(await an_employee(session, code, store=code)).store_id for code in ("A", "B")]
        ids = await enrolled(
            session,
            [
                NewMember(
                    identities=(external(str(number)),),
                    joined_at=now - timedelta(days=number % 9, hours=number),
                    source=members.MemberSource(
                        store_id=[stores[0], stores[1], None][number % 3], channel=["till", "app", None][number % 3]
                    ),
                )
                for number in range(60)
            ],
        )
        for place, member_id in enumerate(ids):
            ordered = now - timedelta(days=place % 8 - 1, hours=place % 5) if place % 4 else None
            await session.execute(
                update(member_summary)
                .where(member_summary.c.member_id == member_id)
                .values(
                    order_count=place % 4,
                    net_spend_minor=place % 6 * 1_000,
                    points_available=place % 5 * 10,
                    first_order_at=ordered,
                    last_order_at=ordered,
                    tier_code=["gold", None][place % 2],
                )
            )
    return ids


def _value(chance: Random, fact: conditions.Fact) -> Any:
    today = clock.now().date()
    if fact.choices:
        return chance.choice([choice.value for choice in fact.choices])
    if fact.type == "date":
        return (today + timedelta(days=chance.randint(-10, 2))).isoformat()
    if fact.type == "text":
        return chance.choice(["till", "app", "gold", "B"])
    return chance.randint(0, 9) * (1_000 if fact.type == "money" else 10 if fact.name == "member.points" else 1)


def _rule(chance: Random, known: conditions.Catalogue) -> dict[str, Any]:
    fact = known.facts[chance.choice(FIELDS)]
    operator = chance.choice(operators(fact))
    wants = WANTS[operator]
    if wants == "none":
        return rule(fact.name, operator)
    if wants == "days":
        return rule(fact.name, operator, chance.randint(1, 9))
    if wants == "one":
        return rule(fact.name, operator, _value(chance, fact))
    values = [_value(chance, fact) for _ in range(2)]
    return rule(fact.name, operator, sorted(values) if wants == "two" else values)


def _tree(chance: Random, known: conditions.Catalogue, depth: int = 0) -> dict[str, Any]:
    parts = [
        _tree(chance, known, depth + 1) if depth < 2 and chance.random() < 0.3 else _rule(chance, known)
        for _ in range(chance.randint(1, 3))
    ]
    return {"combinator": chance.choice(["and", "or"]), "not": chance.random() < 0.25, "rules": parts}


async def test_lists_hold_those_of_whom_the_condition_holds(client, database, crowd):
    """Random conditions through the route, against the predicate over each member's own facts."""
    chance, compared, sizes = Random(7), 0, set()
    async with database.transaction() as session:
        known = await conditions.catalogue(session)
        zone = (await organization.get_shop(session)).zone
    for _ in range(TREES):
        tree = _tree(chance, known)
        answer = await client.get("/v1/members", params={**asked(tree), "limit": 200, "count": "capped"})
        if answer.status_code == 422:
            assert answer.json()["code"] == "condition.is_invalid"
            continue
        assert answer.status_code == 200, (tree, answer.text)
        async with database.transaction() as session:
            condition = conditions.read(tree, known, scope="members")
            loaded = await conditions.load(session, condition.needs, crowd, Moment(clock.now(), zone), catalogue=known)
        expected = {one for one in crowd if condition.holds(loaded[one])}
        assert {row["id"] for row in answer.json()["items"]} == expected, tree
        assert answer.json()["count"] == {"value": len(expected), "is_capped": False}
        compared += 1
        sizes.add(len(expected))
    # Most trees were fit to be asked, and they were not all about nobody or everybody.
    assert compared > TREES / 2
    assert len(sizes) > 12


async def test_quick_filters_hold_beside_the_condition_and_pages_go_on(client, database, crowd):
    tree = every(rule("member.order_count", ">=", 1))
    expected = {one for place, one in enumerate(crowd) if place % 4 >= 1 and place % 5 * 10 >= 20}

    found, cursor = [], None
    while True:
        more = {"cursor": cursor} if cursor else {}
        page = (
            await client.get(
                "/v1/members", params={**asked(tree), "points_min": 20, "limit": 7, "sort": "number"} | more
            )
        ).json()
        found += [row["id"] for row in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break

    assert len(found) == len(set(found))
    assert set(found) == expected


async def test_every_fact_of_the_scope_can_be_asked_of_the_list(client, database):
    """What the editor offers for lists is what lists can be asked."""
    facts = (await client.get("/v1/facts", params={"scope": "members"})).json()["items"]
    assert {"member.gender", "member.age", "member.birthday_month"}.isdisjoint(fact["name"] for fact in facts)
    for fact in facts:
        arguments = {
            one["name"]: 3 if one["type"] == "number" else "x" for one in fact["arguments"] if one["is_required"]
        }
        tree = every({**rule(fact["name"], "notNull"), "arguments": arguments})
        names = [one["name"] for one in fact["operators"]]
        if "notNull" not in names:
            low: Any = 0 if fact["low"] is None else int(fact["low"])
            low = "2020-01-01" if fact["type"] == "date" else low
            tree = every({**rule(fact["name"], ">=", low), "arguments": arguments})
            if ">=" not in names:
                tree = every({**rule(fact["name"], "=", fact["choices"][0]["value"]), "arguments": arguments})
        answer = await client.get("/v1/members", params=asked(tree))
        assert answer.status_code == 200, (fact["name"], answer.text)


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("{", "request.invalid"),
        ("[]", "condition.is_invalid"),
        ('{"combinator":"and","rules":[]}', "condition.is_invalid"),
        (orjson.dumps(every(rule("member.gender", "=", "male"))).decode(), "condition.is_invalid"),
        (orjson.dumps(every(rule("member.is_birthday", "=", True))).decode(), "condition.is_invalid"),
        (orjson.dumps(every(rule("member.order_count", "<", 0))).decode(), "condition.is_invalid"),
        (orjson.dumps(every(rule("member.channel", "=", "a\x00b"))).decode(), "condition.is_invalid"),
        ('{"combinator":"and","rules":[{"field":"member.channel","operator":"=","value":"a\x00"}]}', "request.invalid"),
    ],
)
async def test_what_cannot_be_asked_is_refused_by_its_place(client, crowd, condition, code):
    answer = await client.get("/v1/members", params={"condition": condition})

    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_sealed_facts_stay_out_whatever_the_caller_may_see(app, database, crowd):
    """A role that reads birthdays in clear cannot choose by them either: nothing sealed is asked of sets."""
    async with signed_in(app, database, role="administrator") as browser:
        async with database.transaction() as session:
            await session.execute(text("update staff_role set fields = cast(:seen as jsonb)"), {"seen": READABLE})
        for field, value in (("member.age", 30), ("member.birthday_month", 3)):
            answer = await browser.get("/v1/members", params=asked(every(rule(field, "=", value))))
            assert (answer.status_code, answer.json()["code"]) == (422, "condition.is_invalid")


async def test_who_takes_too_long_is_told_to_narrow(client, database, crowd, monkeypatch):
    monkeypatch.setattr(routes, "CONDITION_WITHIN_MS", 50)
    async with database.transaction() as session:
        await session.execute(text("lock table coupon in access exclusive mode"))
        tree = every(rule("coupons.usable", ">=", 1))
        names = [fact["name"] for fact in (await client.get("/v1/facts", params={"scope": "members"})).json()["items"]]
        tree["rules"][0]["field"] = next(name for name in names if name.endswith("usable") or "usable" in name)
        answer = await asyncio.wait_for(client.get("/v1/members", params=asked(tree)), 10)

    assert (answer.status_code, answer.json()["code"]) == (503, "members.condition_too_slow")


async def test_nobody_counts_or_sees_members_of_other_stores(app: FastAPI, database: Database, client, crowd):
    """Neither by naming the other store nor by comparing two counts does somebody learn of members out of sight."""
    async with database.transaction() as session:
        store = (await organization.ensure_stores(session, [organization.NewStore(code="A", name="A")]))["A"]
    mine = {one for place, one in enumerate(crowd) if place % 3 == 0}
    async with signed_in(app, database, role="store_manager") as browser:
        async with database.transaction() as session:
            await narrowed(session, role="store_manager", stores=[store])

        async def counted(tree: Any, **more: Any) -> tuple[int, set[int]]:
            query = {**asked(tree), "count": "capped", "limit": 200, **more}
            answer = (await browser.get("/v1/members", params=query)).json()
            return answer["count"]["value"], {row["id"] for row in answer["items"]}

        wide = every(rule("member.order_count", ">=", 0))
        assert await counted(wide) == (len(mine), mine)
        assert await counted(every(rule("member.store", "=", "B"))) == (0, set())
        assert await counted(every(rule("member.store", "!=", "A"))) == (0, set())
        either = every(rule("member.store", "=", "A"), rule("member.store", "null"), combinator="or")
        assert await counted(either) == (len(mine), mine)
        assert await counted({**every(rule("member.store", "=", "A")), "not": True}) == (0, set())
        before = [await counted(every(rule("member.points", ">=", least))) for least in (0, 10, 20, 30, 40)]
        # Whatever others gain or lose, no count of one's own moves.
        async with database.transaction() as session:
            others = member_summary.c.member_id.in_(sorted(set(crowd) - mine))
            await session.execute(update(member_summary).where(others).values(points_available=10_000, order_count=99))
        after = [await counted(every(rule("member.points", ">=", least))) for least in (0, 10, 20, 30, 40)]
        assert before == after
        assert await counted(every(rule("member.order_count", "=", 99))) == (0, set())


async def test_exports_and_attributions_take_the_condition_too(client, database, crowd):
    tree = every(rule("member.order_count", "=", 3))
    expected = sum(1 for place in range(60) if place % 4 == 3)
    async with database.transaction() as session:
        wanted = members.MemberFilters(condition=members.WantedCondition(text=asked(tree)["condition"]))
        assert await members.count_members(session, wanted, EVERYTHING) == (expected, False)
    asking = {"filter": asked(tree), "store_id": None, "reason": "because", "dry_run": True}

    told = await client.post("/v1/members/attributions", json=asking)
    export = await client.post(
        "/v1/exports", json={"list": "members", "filters": asked(tree), "reason": "for the test"}
    )

    assert told.json() == {"members": expected, "changed": 0, "dry_run": True}
    assert export.status_code == 202, export.text
