"""Activities in random order of arrival, with repeats and between orders, end where date order ends."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from shuke.loyalty import checkout, ledger
from shuke.loyalty.checkout.activities.testing import a_rule, an_activity, asks, fixed
from shuke.loyalty.checkout.testing import set_shop_clock
from shuke.people.members.testing import enrolled, person, phone
from shuke.platform.db import Database

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
KINDS = ("check_in", "review", "share", "survey")


def history(chance: random.Random, who: str, prefix: str) -> list[tuple[str, dict[str, Any]]]:
    """Activities and orders of a member over the last weeks, in the order of business time."""
    days = sorted(chance.sample(range(60), 12))
    found: list[tuple[str, dict[str, Any]]] = []
    for number, day in enumerate(days):
        at = (NOW - timedelta(days=60 - day, minutes=number)).isoformat()
        if chance.random() < 0.3:
            lines = [{"product": "A1", "quantity": "1", "unit_price": str(chance.randint(1, 300))}]
            order = {"source": "till-7", "number": f"{prefix}{number}", "placed_at": at, "lines": lines}
            found.append(("/v1/orders", {**order, "member": {"phone": who}}))
        else:
            payload = {"rating": chance.randint(1, 5)}
            kind = chance.choice(KINDS)
            found.append(
                (
                    "/v1/activities",
                    an_activity(f"{prefix}{number}", kind=kind, occurred_at=at, payload=payload, member=f"phone:{who}"),
                )
            )
    return found


async def what_is_there(database: Database, who: int) -> tuple[Any, ...]:
    """Balances, lots by their days, and the level of a member."""
    async with database.transaction() as session:
        accounts = await session.execute(
            text(
                "select currency_id, available, pending, held, debt from ledger_account "
                "where member_id = :who and version > 0 order by 1"
            ),
            {"who": who},
        )
        lots = await session.execute(
            text(
                "select currency_id, earned_on::text, expires_on::text, sum(amount), sum(remaining) from ledger_lot "
                "where member_id = :who group by 1, 2, 3 order by 1, 2, 3"
            ),
            {"who": who},
        )
        level = await session.scalar(text("select rank from member_tier where member_id = :who"), {"who": who})
        return [tuple(row) for row in accounts], [tuple(row) for row in lots], level


@pytest.mark.parametrize("seed", range(3))
async def test_any_order_of_arrival_ends_where_date_order_ends(
    client: httpx.AsyncClient, database: Database, seed: int
) -> None:
    set_shop_clock(NOW)
    async with database.transaction() as session:
        await checkout.set_up_programme(session, money="CNY")
        await a_rule(session, "check_in", fixed(3), fixed(2, "growth"))
        await a_rule(session, "review", fixed(7), when=asks("activity.number", ">=", 3, field="rating"))
        await a_rule(session, "share", fixed(5, "growth"))
        first, second = await enrolled(
            session, [person("甲", phone("15400000001")), person("乙", phone("15400000002"))]
        )
    in_order = history(random.Random(seed), "15400000001", "a")
    shuffled = history(random.Random(seed), "15400000002", "b")
    chance = random.Random(seed + 1_000)
    shuffled += chance.sample(shuffled, 5)
    chance.shuffle(shuffled)

    for path, body in in_order:
        assert (await client.post(path, json=body)).status_code == 201
    for path, body in shuffled:
        assert (await client.post(path, json=body)).status_code in {200, 201}

    assert await what_is_there(database, second) == await what_is_there(database, first)
    assert (await ledger.verify_ledger(database)).wrong is None


@pytest.mark.parametrize("seed", range(2))
async def test_what_is_taken_back_is_never_more_than_was_given(
    client: httpx.AsyncClient, database: Database, seed: int
) -> None:
    set_shop_clock(NOW)
    cap = {"per": "member", "counts": "amount", "period": "week", "limit": 25, "mode": "truncate"}
    async with database.transaction() as session:
        await checkout.set_up_programme(session, money="CNY")
        await a_rule(session, "check_in", fixed(10), caps=[cap])
        await enrolled(session, [person("甲", phone("15400000001"))])
    chance = random.Random(seed)
    ids: list[int] = []
    for number in range(20):
        day = chance.randint(0, 20)
        at = (NOW - timedelta(days=day)).isoformat()
        made = await client.post("/v1/activities", json=an_activity(str(number), occurred_at=at))
        ids.append(made.json()["id"])
        for _ in range(chance.randint(0, 2)):
            one = chance.choice(ids)
            assert (await client.post(f"/v1/activities/{one}/cancel", json={"reason": "假"})).status_code == 200

    async with database.transaction() as session:
        given = (
            await session.execute(
                text(
                    "select coalesce(sum(w.awarded) filter (where a.cancelled_at is null), 0), "
                    "bool_and(w.taken_back = case when a.cancelled_at is null then 0 else w.awarded end) "
                    "from activity a join activity_award w using (member_id, activity_id)"
                )
            )
        ).one()
        balance = await session.scalar(text("select available - debt from ledger_account where currency_id = 1"))
        weeks = (
            await session.execute(
                text(
                    "select date_trunc('week', a.business_day)::date, sum(w.awarded) "
                    "from activity a join activity_award w using (member_id, activity_id) "
                    "where a.cancelled_at is null group by 1 order by 1"
                )
            )
        ).all()
        used = (
            await session.execute(text("select period_start, amount from earning_cap_use where amount > 0 order by 1"))
        ).all()
    assert [tuple(week) for week in weeks] == [tuple(use) for use in used]
    assert all(amount <= 25 for _, amount in used)
    assert tuple(given) == (balance, True)
    assert (await ledger.verify_ledger(database)).wrong is None
