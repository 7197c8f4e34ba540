"""Coupons are made once for a key, and every step is taken once, on the version that it was decided on."""

import asyncio
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from shuke.loyalty.coupons.changing import Step, change
from shuke.loyalty.coupons.making import NewCoupon, make
from shuke.loyalty.coupons.testing import a_template, states
from shuke.people.members.testing import enrolled, person
from shuke.platform.db import Database, Session, raw

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 3, 1, 20, tzinfo=UTC)


def coupon(member_id: int, template_id: int, code: str, key: str | None = None) -> NewCoupon:
    return NewCoupon(
        member_id=member_id,
        template_id=template_id,
        terms_version=1,
        code=code,
        how="staff",
        at=AT,
        valid_from=AT,
        expires_at=None,
        actor="system:0",
        grant_key=key,
    )


def step(member_id: int, coupon_id: int, template_id: int, version: int) -> Step:
    return Step(
        member_id=member_id, coupon_id=coupon_id, template_id=template_id, version=version, at=AT, actor="system:0"
    )


async def moves(session: Session) -> list[tuple[int, str, str]]:
    rows = await (await raw(session)).fetch(
        "select move_no, kind, day::text from coupon_move order by coupon_id, move_no"
    )
    return [tuple(row) for row in rows]


async def test_a_key_gives_one_coupon(session: Session):
    (member_id,) = await enrolled(session, [person()])
    template_id = await a_template(session)
    made = await make(
        session, [coupon(member_id, template_id, "A", "k"), coupon(member_id, template_id, "B", "k")], ZONE
    )
    again = await make(session, [coupon(member_id, template_id, "C", "k")], ZONE)
    assert len(made) == 1
    assert again == {}
    assert [state for _, state, _ in await states(session, member_id)] == ["issued"]
    assert await moves(session) == [(1, "issued", "2026-03-02")]


async def test_a_step_on_an_old_version_does_nothing(session: Session):
    (member_id,) = await enrolled(session, [person()])
    template_id = await a_template(session)
    coupon_id = (await make(session, [coupon(member_id, template_id, "A")], ZONE))["A"]
    first = step(member_id, coupon_id, template_id, 1)
    assert await change(session, "redeemed", [first], ZONE) == {coupon_id}
    assert await change(session, "redeemed", [first], ZONE) == set()
    assert await change(session, "locked", [step(member_id, coupon_id, template_id, 2)], ZONE) == set()
    assert await states(session, member_id) == [("A", "redeemed", 2)]
    assert await change(session, "returned", [step(member_id, coupon_id, template_id, 2)], ZONE) == {coupon_id}
    assert await states(session, member_id) == [("A", "issued", 3)]
    assert await moves(session) == [
        (1, "issued", "2026-03-02"),
        (2, "redeemed", "2026-03-02"),
        (3, "returned", "2026-03-02"),
    ]


async def test_of_many_at_once_one_redeems(database: Database):
    async with database.transaction() as session:
        (member_id,) = await enrolled(session, [person()])
        template_id = await a_template(session)
        coupon_id = (await make(session, [coupon(member_id, template_id, "A")], ZONE))["A"]

    async def redeem() -> bool:
        async with database.transaction() as session:
            return bool(await change(session, "redeemed", [step(member_id, coupon_id, template_id, 1)], ZONE))

    assert sorted(await asyncio.gather(*(redeem() for _ in range(8)))) == [False] * 7 + [True]
    async with database.transaction() as session:
        assert await states(session, member_id) == [("A", "redeemed", 2)]
        assert len(await moves(session)) == 2
