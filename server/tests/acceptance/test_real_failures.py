"""What went wrong in other systems, and must not here. The comments name the public reports."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from shuke.foundation import organization
from shuke.loyalty import checkout, ledger
from shuke.loyalty.ledger.testing import two_currencies
from shuke.people.members.testing import enrolled, external, person
from shuke.platform import clock
from shuke.platform.db import Database, dump_json

_keys = count(1)


@pytest.fixture
async def member(app: FastAPI, database: Database) -> int:
    async with database.transaction() as session:
        await two_currencies(session)
        (member_id,) = await enrolled(session, [person(None, external("1"))])
    return member_id


async def post(client: httpx.AsyncClient, path: str, member: int, **body: Any) -> httpx.Response:
    """One operation, sent again with the same key as long as the answer asks for that."""
    key = f"a{next(_keys)}"
    while True:
        answer = await client.post(
            f"/v1/ledger/{path}",
            json={"member": str(member), "currency": "points", **body},
            headers={"Idempotency-Key": key},
        )
        if answer.status_code not in {409, 429} or "Retry-After" not in answer.headers:
            return answer
        await asyncio.sleep(0.05)


async def buckets(client: httpx.AsyncClient, member: int) -> tuple[int, int, int, int]:
    found = (await client.get(f"/v1/ledger/accounts/{member}/points")).json()
    return found["available"], found["pending"], found["held"], found["debt"]


async def assert_balanced(database: Database, member: int) -> None:
    """Balance = entries = lots − debt, and versions without a gap."""
    async with database.transaction() as session:
        row = (
            await session.execute(
                text("""
                select a.available + a.pending + a.held - a.debt as balance, a.version,
                    (select coalesce(sum(amount), 0) from ledger_entry e
                     where (e.member_id, e.currency_id) = (a.member_id, a.currency_id)) as entries,
                    (select count(*) from ledger_entry e
                     where (e.member_id, e.currency_id) = (a.member_id, a.currency_id)) as count,
                    (select coalesce(sum(remaining), 0) from ledger_lot l
                     where (l.member_id, l.currency_id) = (a.member_id, a.currency_id)) - a.debt as lots
                from ledger_account a where a.member_id = :member and a.currency_id = 1
                """),
                {"member": member},
            )
        ).one()
    assert (row.entries, row.lots, row.count) == (row.balance, row.balance, row.version)


async def test_1_fifty_parallel_redemptions_of_the_last_points_have_one_winner(
    client: httpx.AsyncClient, member: int, database: Database
) -> None:
    """ruoyi: an update without a guard let both of two spends pass; mall: one balance written over another."""
    await post(client, "credits", member, amount=100)

    answers = await asyncio.gather(*(post(client, "debits", member, amount=100) for _ in range(50)))

    assert sorted(answer.status_code for answer in answers) == [201] + [422] * 49
    assert {answer.json().get("code") for answer in answers} == {None, "ledger.not_enough"}
    assert await buckets(client, member) == (0, 0, 0, 0)
    await assert_balanced(database, member)


async def test_4_too_few_points_fail_loudly(client: httpx.AsyncClient, member: int, database: Database) -> None:
    """ruoyi: a spend beyond the balance was skipped in silence, and the order got its discount."""
    await post(client, "credits", member, amount=99)

    answer = await post(client, "debits", member, amount=100)

    assert (answer.status_code, answer.json()["code"]) == (422, "ledger.not_enough")
    assert "1 are missing" in answer.json()["detail"]
    assert await buckets(client, member) == (99, 0, 0, 0)
    await assert_balanced(database, member)


async def test_5_spending_everything_keeps_what_is_earned_meanwhile(
    client: httpx.AsyncClient, member: int, database: Database
) -> None:
    """CRMEB: using all points wrote zero over what had been earned between reading and writing."""
    await post(client, "credits", member, amount=500)

    spends = [post(client, "debits", member, amount=100) for _ in range(5)]
    earns = [post(client, "credits", member, amount=7) for _ in range(20)]
    answers = await asyncio.gather(*earns[:10], *spends, *earns[10:])

    assert {answer.status_code for answer in answers} == {201}
    assert await buckets(client, member) == (140, 0, 0, 0)
    await assert_balanced(database, member)


@pytest.mark.parametrize(
    ("negative", "left"),
    [
        ({"kind": "refuse"}, (0, 0, 0, 0)),
        ({"kind": "debt", "limit": 30}, (0, 0, 0, 30)),
        ({"kind": "unlimited"}, (0, 0, 0, 80)),
    ],
)
async def test_6_earn_spend_refund_stays_balanced_under_each_policy(
    client: httpx.AsyncClient, member: int, database: Database, negative: Any, left: Any
) -> None:
    """CRMEB: the balance went to zero and the bill said otherwise; odoo#257854: buy, refund, keep the points."""
    async with database.transaction() as session:
        await session.execute(
            text("update ledger_currency set negative = cast(:policy as jsonb)"), {"policy": dump_json(negative)}
        )
    given = (await post(client, "credits", member, amount=100)).json()["operation"]
    used = (await post(client, "debits", member, amount=80)).json()["operation"]

    taken = await post(client, "reversals", member, operation=given, reason="refund")

    assert taken.status_code == 201
    assert await buckets(client, member) == left
    await assert_balanced(database, member)
    # And the other way round: what was used comes back, and repays first.
    await post(client, "reversals", member, operation=used, reason="refund")
    assert (await buckets(client, member))[0] == 80 - left[3]
    await assert_balanced(database, member)


async def test_10_no_points_for_what_points_or_coupons_paid(client: httpx.AsyncClient, database: Database) -> None:
    """odoo#150833, woocommerce#20872: points on points. What counts is the net amount of a line."""
    async with database.transaction() as session:
        await checkout.set_up_programme(session, money=(await organization.get_shop(session)).currency)
    order = {
        "source": "till",
        "number": "N1",
        "placed_at": "2026-03-01T12:00:00+08:00",
        "member": {"phone": "+8613800138000"},
        "lines": [{"product": "A", "quantity": "1", "unit_price": "100.00", "amount_minor": 6_500}],
    }

    answer = await client.post("/v1/orders", json=order)

    assert answer.status_code == 201, answer.text
    assert answer.json()["points"]["earned"] == 65


async def test_11_what_ends_first_is_used_first_and_expiry_touches_only_what_is_due(
    client: httpx.AsyncClient, member: int, database: Database
) -> None:
    """Open Loyalty: oldest first let later lots expire; hyena#3: the job expired other lots, twice."""
    today = clock.business_day(clock.now(), ZoneInfo("Asia/Shanghai"))
    for days, amount in ((30, 10), (5, 20), (10, 40)):
        await post(client, "credits", member, amount=amount, expires_on=str(today + timedelta(days=days)))
    await post(client, "debits", member, amount=25)

    clock.set_offset(timedelta(days=6))
    for _ in range(2):
        await ledger.do_due(database)
    assert await buckets(client, member) == (45, 0, 0, 0)
    clock.set_offset(timedelta(days=11))
    done = [await ledger.do_due(database) for _ in range(3)]

    assert done == [1, 0, 0]
    assert await buckets(client, member) == (10, 0, 0, 0)
    await assert_balanced(database, member)


@pytest.mark.parametrize(
    ("zone", "earned_at", "policy", "last_day"),
    [
        # Summer time begins and ends on the last day; the day has 23 and 25 hours.
        ("Europe/London", datetime(2026, 1, 29, 12, tzinfo=UTC), {"kind": "after", "months": 2}, date(2026, 3, 29)),
        ("Europe/London", datetime(2026, 8, 25, 12, tzinfo=UTC), {"kind": "after", "months": 2}, date(2026, 10, 25)),
        # A zone in which that midnight does not exist.
        ("America/Santiago", datetime(2026, 9, 1, 12, tzinfo=UTC), {"kind": "after", "days": 4}, date(2026, 9, 5)),
        ("Asia/Shanghai", datetime(2024, 2, 29, 3, tzinfo=UTC), {"kind": "after", "years": 1}, date(2025, 2, 28)),
        ("Asia/Shanghai", datetime(2027, 12, 31, 3, tzinfo=UTC), {"kind": "after", "months": 2}, date(2028, 2, 29)),
        ("Asia/Shanghai", datetime(2026, 1, 31, 3, tzinfo=UTC), {"kind": "after", "months": 1}, date(2026, 2, 28)),
        # Earned late in the evening in New York, when it is tomorrow in UTC.
        ("America/New_York", datetime(2026, 3, 1, 3, tzinfo=UTC), {"kind": "after", "days": 1}, date(2026, 3, 1)),
        (
            "Asia/Kolkata",
            datetime(2026, 3, 1, 3, tzinfo=UTC),
            {"kind": "on_dates", "dates": ["06-30", "12-31"]},
            date(2026, 6, 30),
        ),
    ],
)
async def test_12_value_ends_with_its_local_day(
    client: httpx.AsyncClient,
    member: int,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    zone: str,
    earned_at: datetime,
    policy: Any,
    last_day: date,
) -> None:
    """edd#7492: codes ended hours early; tldraw#9431: days cut in the wrong zone."""
    at = [earned_at]
    monkeypatch.setattr(clock, "now", lambda: at[0])
    async with database.transaction() as session:
        await session.execute(text("update shop set time_zone = :zone"), {"zone": zone})
        await session.execute(
            text("update ledger_currency set expiry = cast(:policy as jsonb)"), {"policy": dump_json(policy)}
        )
    await post(client, "credits", member, amount=10)
    end = clock.start_of_day(last_day + timedelta(days=1), ZoneInfo(zone))

    at[0] = end - timedelta(microseconds=1)
    await ledger.do_due(database)
    assert (await buckets(client, member))[0] == 10
    at[0] = end
    await ledger.do_due(database)

    assert (await buckets(client, member))[0] == 0
    async with database.transaction() as session:
        days = await session.execute(text("select business_day from ledger_entry where kind = 'expire'"))
        assert list(days.scalars()) == [last_day]
