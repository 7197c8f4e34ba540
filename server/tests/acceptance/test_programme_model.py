"""Random programmes × random orders, refunds and activities in random orders of arrival.

Each example lets one history happen twice, to two members: in the order of business time, and in a random order with
repetitions, refunds before their orders among them. Where no cap, budget or tier lies between, both come to the same
balances and lots; always the ledger is right, no more is taken back than was given, and no cap is passed.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from shuke.loyalty import checkout, earning, ledger
from shuke.loyalty.checkout.testing import set_shop_clock
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Database
from shuke.platform.i18n import LocalName

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
FIRST = datetime(2026, 2, 1, 2, tzinfo=UTC)
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
EXAMPLES = int(os.environ.get("SHUKE_PROGRAMME_EXAMPLES", "4"))
PRODUCTS = ("A1", "B1", "C1")
POLICIES = {"points_payment": {"is_on": True, "points": 100, "worth_minor": 100}}
CAP = 60


@dataclass(frozen=True)
class Fact:
    """Something that happened at an instant: where it is sent, and what is sent, but for the member's own names."""

    at: datetime
    path: str
    body: dict[str, Any]


def rules(random: Random) -> list[dict[str, Any]]:
    """A programme whose rules ask about nothing but the order itself."""
    effects = [
        {
            "kind": "per_amount",
            "currency": "points",
            "points": random.choice([1, 3]),
            "per_minor": 100,
            "rounding": random.choice(["down", "half_up"]),
        },
        {"kind": "per_amount", "currency": "growth", "points": 1, "per_minor": 100, "rounding": "down"},
        {
            "kind": "steps",
            "currency": "points",
            "steps": [{"from_minor": 20_000, "points": 100}, {"from_minor": 50_000, "points": 400}],
        },
        {"kind": "per_item", "currency": "points", "points": 7},
        {
            "kind": "bonus",
            "currency": "points",
            "by": "product",
            "values": ["B1"],
            "points": 11,
            "gives_for": random.choice(["once", "per_item"]),
        },
        {"kind": "multiplier", "currency": "points", "factor": 1.5},
        {"kind": "fixed", "currency": "points", "points": 20},
    ]
    chosen = [effects[0], *random.sample(effects[1:], random.randint(1, 4))]
    found = [{"activity": "order_paid", "branches": [{"when": None, "effects": [one]}]} for one in chosen]
    if random.random() < 0.5:
        grouped = [dict(one, group="best", priority=place) for place, one in enumerate(found[1:3])]
        found[1:3] = grouped
    found.append({"activity": "review", "branches": [{"when": None, "effects": [effects[6]]}]})
    return found


def capped() -> dict[str, Any]:
    """A rule that gives little in a month, whatever happens."""
    return {
        "activity": "order_paid",
        "branches": [{"when": None, "effects": [{"kind": "fixed", "currency": "stamps", "points": 25}]}],
        "caps": [{"per": "member", "counts": "amount", "period": "lifetime", "limit": CAP, "mode": "truncate"}],
    }


def history(random: Random, *, pays_with_points: bool) -> list[Fact]:
    """Some orders, refunds of them in every shape, and activities, within a month."""
    facts: list[Fact] = []
    for number in range(random.randint(3, 6)):
        at = FIRST + timedelta(hours=random.randint(0, 500))
        lines = [
            {
                "product": product,
                "quantity": str(random.randint(1, 4)),
                "unit_price": f"{random.randint(100, 20_000) / 100:.2f}",
            }
            for product in random.sample(PRODUCTS, random.randint(1, 3))
        ]
        body: dict[str, Any] = {"number": str(number), "placed_at": at.isoformat(), "lines": lines}
        if random.random() < 0.3:
            body["coupon_minor"] = random.randint(0, 100)
        if pays_with_points and random.random() < 0.5:
            body["points"] = random.randint(1, 30)
        facts.append(Fact(at, "checkout/commit", body))
        parts = range(random.randint(0, 2))
        facts += [_refund(random, number, part, at + timedelta(hours=1 + part), lines) for part in parts]
    for number in range(random.randint(0, 3)):
        at = FIRST + timedelta(hours=random.randint(0, 500))
        body = {"key": str(number), "kind": "review", "occurred_at": at.isoformat()}
        facts.append(Fact(at, "activities", body))
    return sorted(facts, key=lambda fact: fact.at)


def _refund(random: Random, number: int, part: int, at: datetime, lines: list[dict[str, Any]]) -> Fact:
    line = random.randint(1, len(lines))
    asks: list[dict[str, Any]] = [
        {"is_whole": True},
        {"amount_minor": random.randint(1, 3_000)},
        {"lines": [{"line_no": line, "quantity": "1"}]},
        {"lines": [{"product": lines[line - 1]["product"], "amount_minor": random.randint(1, 90)}]},
    ]
    body = {"number": f"r{number}-{part}", "refund_of": str(number), "placed_at": at.isoformat(), **random.choice(asks)}
    return Fact(at, "checkout/refund", body)


async def send(client: httpx.AsyncClient, fact: Fact, who: int) -> httpx.Response:
    """Let something happen to a member: the first or the second."""
    body = {**fact.body, "source": f"till-{who}"}
    if fact.path == "checkout/commit":
        body["member"] = {"phone": f"1540000000{who}"}
    elif fact.path == "activities":
        body["member"] = f"phone:1540000000{who}"
    answer = await client.post(f"/v1/{fact.path}", json=body)
    assert answer.status_code < 500, answer.text
    return answer


def shuffled(random: Random, facts: list[Fact]) -> list[Fact]:
    """The same in another order, some of it twice; refunds of one order keep theirs, since which of two refunds finds
    nothing left depends on who comes first."""
    order = facts + random.sample(facts, len(facts) // 3)
    random.shuffle(order)
    places = [place for place, fact in enumerate(order) if fact.path == "checkout/refund"]
    refunds = sorted((order[place] for place in places), key=lambda fact: (fact.at, fact.body["number"]))
    for place, fact in zip(places, refunds, strict=True):
        order[place] = fact
    return order


async def standing(database: Database, who: int) -> dict[str, Any]:
    """What a member has: balances, and lots by what they are and what is left of them."""
    async with database.transaction() as session:
        rows = await session.execute(
            text(
                "select c.code, a.available, a.debt, (select array_agg((l.remaining, l.expires_on)::text"
                " order by l.expires_on, l.remaining) from ledger_lot l where l.member_id = a.member_id"
                " and l.currency_id = a.currency_id and l.remaining > 0) as lots"
                " from ledger_account a join ledger_currency c using (currency_id) where a.member_id ="
                " (select member_id from order_number join order_source s using (source_id) where s.code = :source"
                " limit 1)"
            ),
            {"source": f"till-{who}"},
        )
        return {row.code: (row.available, row.debt, row.lots) for row in rows}


async def invariants(database: Database) -> None:
    """What must hold whatever happened: see the module's first words."""
    report = await ledger.verify_ledger(database)
    assert report.ok, report
    async with database.transaction() as session:
        for wrong in (
            "select * from order_award where taken_back > awarded or awarded > entitled or taken_back < 0",
            "select * from sales_order where kind = 'sale'"
            " and (points_returned > points_used or refunded_minor > gross_minor or counts_minor < 0)",
            "select * from sales_order_line where quantity > 0 and (refunded_quantity > quantity or reduced_minor < 0)",
            "select x.reverses_version from ledger_entry x join ledger_entry e on e.member_id = x.member_id"
            " and e.currency_id = x.currency_id and e.version = x.reverses_version"
            " group by x.member_id, x.currency_id, x.reverses_version, e.amount"
            " having sum(abs(x.amount)) > abs(e.amount)",
        ):
            assert (await session.execute(text(wrong))).all() == []
        stamps = await session.execute(
            text(
                "select coalesce(sum(o.awarded - o.taken_back), 0) from order_award o where o.currency = 'stamps'"
                " group by o.member_id"
            )
        )
        assert all(row[0] <= CAP for row in stamps)


@pytest.fixture
async def shop(client: httpx.AsyncClient, database: Database) -> httpx.AsyncClient:
    """A client of a shop without rules of its own, whose growth and points end and turn to debt as usual."""
    set_shop_clock(NOW)
    async with database.transaction() as session:
        await checkout.set_up_programme(session, money="CNY")
    stamps = {
        "code": "stamps",
        "kind": "stamps",
        "name_zh": "集点",
        "name_en": "Stamps",
        "expiry": {"kind": "none"},
        "negative": {"kind": "unlimited"},
    }
    answer = await client.post("/v1/ledger/currencies", json=stamps)
    assert answer.status_code == 201, answer.text
    await client.put("/v1/checkout/policies", json=POLICIES)
    for who in (1, 2):
        # Both are there before anything happens: an activity of somebody unknown is refused.
        await client.post("/v1/members/resolve", json={"identities": [{"kind": "phone", "value": f"1540000000{who}"}]})
    return client


async def publish(database: Database, definitions: list[dict[str, Any]]) -> None:
    """Put rules in force since ever, in place of those that the shop began with."""
    async with database.transaction() as session:
        for code in ("purchase-points", "purchase-growth"):
            nothing = {"activity": "survey", "branches": [{"when": None, "effects": [_NOTHING]}]}
            await _publish(session, code, nothing)
        for place, definition in enumerate(definitions):
            await _publish(session, f"rule-{place}", definition)


_NOTHING = {"kind": "fixed", "currency": "points", "points": 1}


async def _publish(session: Any, code: str, definition: dict[str, Any]) -> None:
    await earning.publish_definition(
        session,
        code=code,
        name=LocalName(code, code),
        definition=definition,
        effective_from=ALWAYS,
        actor=SYSTEM,
    )


@pytest.mark.parametrize("seed", range(EXAMPLES))
async def test_a_history_comes_to_the_same_in_any_order_of_arrival(
    shop: httpx.AsyncClient, database: Database, seed: int
) -> None:
    random = Random(seed)
    await publish(database, rules(random))
    facts = history(random, pays_with_points=False)

    for fact in facts:
        await send(shop, fact, 1)
    for fact in shuffled(random, facts):
        await send(shop, fact, 2)

    assert await standing(database, 1) == await standing(database, 2)
    await invariants(database)


@pytest.mark.parametrize("seed", range(100, 100 + EXAMPLES))
async def test_with_caps_and_points_as_payment_nothing_is_ever_given_twice(
    shop: httpx.AsyncClient, database: Database, seed: int
) -> None:
    random = Random(seed)
    await publish(database, [*rules(random), capped()])
    facts = history(random, pays_with_points=True)

    for fact in facts:
        await send(shop, fact, 1)
    for fact in shuffled(random, facts):
        await send(shop, fact, 2)

    await invariants(database)
