"""Rules and benefits give coupons, each once, and promise only those that there are."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from shuke.loyalty import checkout, earning
from shuke.loyalty.benefits.actions import grant_due
from shuke.loyalty.benefits.testing import a_benefit, known
from shuke.loyalty.coupons.testing import a_template, set_clock
from shuke.loyalty.earning.errors import DefinitionInvalid
from shuke.people import members
from shuke.people.members.testing import enrolled, phone
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Database, Session, raw
from shuke.platform.i18n import LocalName

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
TWO = {"activity": "order_paid", "branches": [{"effects": [{"kind": "coupon", "coupon": "ten-off", "count": 2}]}]}


@pytest.fixture
async def till(client: httpx.AsyncClient, database: Database) -> httpx.AsyncClient:
    set_clock(NOW)
    async with database.transaction() as session:
        await checkout.set_up_programme(session, money="CNY")
    return client


async def publish(database: Database, definition: dict[str, Any]) -> None:
    async with database.transaction() as session:
        await earning.publish_definition(
            session,
            code="coupons",
            name=LocalName("送券", "Coupons"),
            definition=definition,
            effective_from=datetime(2026, 1, 1, tzinfo=UTC),
            actor=SYSTEM,
        )


def order(number: str = "1") -> dict[str, Any]:
    return {
        "source": "till-7",
        "number": number,
        "placed_at": "2026-03-02T11:00:00+08:00",
        "member": {"phone": "15400000001"},
        "lines": [{"product": "A1", "quantity": "1", "unit_price": "100"}],
    }


async def given(database: Database) -> list[tuple[str, str, str | None]]:
    """How each coupon came, its state, and why it was given."""
    async with database.transaction() as session:
        rows = await (await raw(session)).fetch(
            """
            select how, state, reason from coupon join coupon_move using (member_id, coupon_id)
            where move_no = 1 order by coupon_id
            """
        )
        return [tuple(row) for row in rows]


async def test_a_rule_promises_only_what_is_published(session: Session):
    with pytest.raises(DefinitionInvalid) as unknown:
        await earning.check_definition(session, TWO)
    await a_template(session, "paused", state="paused")
    branches = [{"effects": [{"kind": "coupon", "coupon": "paused"}]}]
    with pytest.raises(DefinitionInvalid):
        await earning.check_definition(session, {**TWO, "branches": branches})
    await a_template(session)
    await earning.check_definition(session, TWO)

    assert [one.pointer for one in unknown.value.fields] == ["/branches/0/effects/0/coupon"]


async def test_an_order_gives_the_coupons_of_a_rule_once(till: httpx.AsyncClient, database: Database):
    async with database.transaction() as session:
        await a_template(session, issuing={"stock": 9})
    await publish(database, TWO)

    for _ in range(2):
        assert (await till.post("/v1/orders", json=order())).status_code in {200, 201}

    assert await given(database) == [("rule", "issued", "coupons")] * 2
    async with database.transaction() as session:
        rows = await (await raw(session)).fetch("select issued_at from coupon")
        free = await (await raw(session)).fetchval("select count(*) from coupon_unit where state = 'free'")
    assert ({row["issued_at"] for row in rows}, free) == ({datetime(2026, 3, 2, 3, tzinfo=UTC)}, 7)


async def test_when_it_is_sold_out_the_order_is_recorded_all_the_same(till: httpx.AsyncClient, database: Database):
    async with database.transaction() as session:
        await a_template(session, issuing={"stock": 1})
    await publish(database, TWO)
    assert (await till.post("/v1/orders", json=order())).status_code == 201
    assert await given(database) == [("rule", "issued", "coupons")]


async def test_a_refunded_order_gives_its_coupons_back(till: httpx.AsyncClient, database: Database):
    async with database.transaction() as session:
        await a_template(session, issuing={"stock": 2, "limits": [{"most": 2}]})
    await publish(database, TWO)
    await till.post("/v1/orders", json=order())
    refund = {
        "source": "till-7",
        "number": "r1",
        "refund_of": "1",
        "placed_at": "2026-03-02T11:30:00+08:00",
        "is_whole": True,
    }
    assert (await till.post("/v1/checkout/refund", json=refund)).status_code == 201
    assert await given(database) == [("rule", "void", "coupons")] * 2

    # Stock and limits have room again.
    assert (await till.post("/v1/orders", json=order("2"))).status_code == 201
    assert [state for _, state, _ in await given(database)] == ["void", "void", "issued", "issued"]


async def test_a_birthday_gives_its_coupon_once(till: httpx.AsyncClient, database: Database):
    async with database.transaction() as session:
        await a_template(session)
        profile = members.Profile(name="张三", birthday="1990-03-02")
        (member_id,) = await enrolled(session, [members.NewMember(identities=(phone(),), profile=profile)])
        await known(session, [member_id])
        gift = {"kind": "birthday_gift", "gift": {"kind": "coupon", "template": "ten-off"}}
        benefit = await a_benefit(session, "birthday", gift)
        for _ in range(2):
            await grant_due(session, benefit, date(2026, 3, 2), date(2026, 3, 2), ZONE, after=0)
    assert await given(database) == [("benefit", "issued", None)]


async def test_a_gift_promises_only_what_is_published(till: httpx.AsyncClient, database: Database):
    body = {
        "code": "birthday",
        "name": {"zh": "生日券", "en": "Birthday coupon"},
        "what": {"kind": "birthday_gift", "gift": {"kind": "coupon", "template": "ten-off"}},
    }
    refused = await till.post("/v1/benefits", json=body)
    assert (refused.status_code, refused.json()["code"]) == (422, "benefits.gift_impossible")
    async with database.transaction() as session:
        await a_template(session)
    assert (await till.post("/v1/benefits", json=body)).status_code == 201
