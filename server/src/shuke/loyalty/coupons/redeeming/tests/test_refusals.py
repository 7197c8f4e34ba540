"""Everything that a cashier may be told instead of "redeemed", in both languages; and nothing is written."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from shuke.loyalty.coupons import codes
from shuke.loyalty.coupons.testing import OFF_TEN, a_coupon, a_template, set_clock, take
from shuke.platform.db import Database, Session

from .ground import NOW, Ground, everything, lay, redeem

Given = Callable[[Session, Ground], Awaitable[str]]
GIFT = {"discount": {"kind": "gift", "products": ["CAKE"]}}


@pytest.fixture
async def ground(client: httpx.AsyncClient, database: Database) -> Ground:
    return await lay(database)


def with_terms(
    terms: dict[str, Any], *, issuing: dict[str, Any] | None = None, holder: str = "ada", **more: Any
) -> Given:
    """A coupon of these terms."""

    async def given(session: Session, ground: Ground) -> str:
        template_id = await a_template(session, "told", {**OFF_TEN, **terms}, issuing)
        return await a_coupon(session, getattr(ground, holder) if holder else 0, template_id, **more)

    return given


def after(kind: Any, **more: Any) -> Given:
    """A coupon to which something happened."""

    async def given(session: Session, ground: Ground) -> str:
        template_id = await a_template(session, "told")
        code = await a_coupon(session, ground.ada, template_id)
        values = {"store_id": ground.pudong} if kind == "redeemed" else {}
        assert await take(session, kind, code, **values, **more)
        return code

    return given


async def unknown(session: Session, ground: Ground) -> str:
    await a_coupon(session, ground.ada, await a_template(session, "told"))
    return "OLD-SHOP-1"


async def mistyped(session: Session, ground: Ground) -> str:
    code = await a_coupon(session, ground.ada, await a_template(session, "told"))
    return code[:-1] + ("2" if code[-1] != "2" else "3")


async def frozen(session: Session, ground: Ground) -> str:
    code = await a_coupon(session, ground.ada, await a_template(session, "told"))
    await session.execute(text("update member set status = 'frozen' where member_id = :ada"), {"ada": ground.ada})
    return code


async def over_unswept(session: Session, ground: Ground) -> str:
    """Over by time, and the nightly work has not come yet."""
    set_clock(NOW - timedelta(days=3))
    code = await a_coupon(session, ground.ada, await a_template(session, "told"), days=1)
    set_clock(NOW)
    return code


LOCKED = {"locked_until": NOW + timedelta(minutes=30), "cart_number": "c1"}
OFFERED = {"locked_until": NOW + timedelta(days=2), "channel": "transfer"}
LATER: dict[str, Any] = {"valid_from": datetime(2026, 3, 5, 16, tzinfo=UTC)}
AT_PUDONG = {"scope": {"stores": ["pudong", "gone"]}}
FROM_200 = {"threshold": {"least": 20_000}}
SPENT = {"budgets": [{"counts": "discount", "period": "month", "limit": 999}]}
STEPS = {"discount": {"kind": "steps", "steps": [{"from_minor": 10_000, "off_minor": 1_000}]}}
HALF = {"discount": {"kind": "nth_item", "nth": 2, "percent": 50}}
POSTAGE = {"discount": {"kind": "free_shipping"}}
KITCHEN = {"scope": {"categories": ["kitchen"]}}
ONE_CAKE = {"goods": [{"product": "CAKE", "amount_minor": 30_000}]}
LEVELS = {"scope": {"tiers": ["gold"]}}

# What there is, what is asked, the code of the refusal, and a part of its sentence in both languages.
CASES: dict[str, tuple[Given, dict[str, Any], str, str, str]] = {
    "unknown": (unknown, {}, "coupons.unknown", "OLD-SHOP-1", "OLD-SHOP-1"),
    "mistyped": (mistyped, {}, "coupons.mistyped", "校验位不对", "check character"),
    "used": (after("redeemed"), {}, "coupons.used", "2026-03-02 10:00 在浦东店", "2026-03-02 10:00 at 浦东店"),
    "expired": (after("expired"), {}, "coupons.over", "已经过期", "has expired"),
    "over, not swept": (over_unswept, {}, "coupons.over", "2026-02-28 10:00", "2026-02-28 10:00"),
    "not yet": (with_terms({}, **LATER), {}, "coupons.not_yet", "从 2026-03-06 00:00 起", "from 2026-03-06 00:00 on"),
    "void": (after("voided", reason="x"), {}, "coupons.void", "已作废", "is void"),
    "given away": (after("given"), {}, "coupons.given_away", "新的券码", "another code"),
    "locked": (after("locked", **LOCKED), {}, "coupons.locked", "2026-03-02 10:30", "until 2026-03-02 10:30"),
    "offered": (after("locked", **OFFERED), {}, "coupons.offered", "正在转赠", "somebody else"),
    "wrong member": (with_terms({}), {"member": "bo"}, "coupons.of_somebody_else", "另一位会员", "another member"),
    "frozen member": (frozen, {}, "members.not_active", "", ""),
    "wrong store": (with_terms(AT_PUDONG), {}, "coupons.wrong_store", "：浦东店、gone。", ": 浦东店, gone."),
    "unknown store": (with_terms({}), {"store": "mars"}, "coupons.unknown_store", "mars", "mars"),
    "wrong channel": (with_terms({"scope": {"sources": ["web"]}}), {}, "coupons.wrong_channel", "web", "web"),
    "weekday": (
        with_terms({"validity": {"weekdays": [6, 7]}}), {}, "coupons.wrong_weekday", "周六、周日", "Saturday, Sunday"
    ),
    "hour": (
        with_terms({"validity": {"hours": ["14:00-17:00"]}}), {}, "coupons.wrong_hour", "14:00-17:00", "14:00-17:00"
    ),
    "below the threshold": (
        with_terms(FROM_200), {"amount_minor": 15_000}, "coupons.below_threshold", "¥200.00，现在 ¥150.00", "¥150.00"
    ),
    "below the step": (with_terms(STEPS), {"amount_minor": 9_999}, "coupons.below_threshold", "¥99.99", "¥99.99"),
    "amount needed": (with_terms(FROM_200), {}, "coupons.amount_needed", "金额", "amount"),
    "goods needed": (with_terms(HALF), {"amount_minor": 5_000}, "coupons.goods_needed", "件数", "pieces"),
    "postage": (with_terms(POSTAGE), {"amount_minor": 1}, "coupons.order_needed", "运费", "postage"),
    "nothing for it": (with_terms(KITCHEN), ONE_CAKE, "coupons.nothing_for_it", "适用范围", "is for"),
    "another gift": (
        with_terms(GIFT), {"goods": [{"product": "CUP"}]}, "coupons.nothing_for_it", "适用范围", "is for"
    ),
    "nothing to take off": (with_terms({}), {"amount_minor": 0}, "coupons.does_not_apply", "可以再减", "nothing left"),
    "unknown goods": (with_terms(KITCHEN), {"goods": [{"product": "X"}]}, "coupons.unknown_product", "X", "X"),
    "level": (with_terms(LEVELS), {}, "coupons.not_for_member", "等级", "level"),
    "level of nobody": (with_terms(LEVELS, holder=""), {}, "coupons.member_needed", "会员", "member"),
    "budget": (
        with_terms({}, issuing=SPENT), {}, "coupons.budget_used_up", "“券 told”（told）本月的预算", "this month"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
async def test_a_refusal_says_why_in_both_languages_and_writes_nothing(
    client: httpx.AsyncClient, ground: Ground, name: str
):
    given, asked, code, zh, en = CASES[name]
    async with ground.database.transaction() as session:
        coupon = await given(session, ground)
    asked = {**asked, "member": str(getattr(ground, asked["member"]))} if "member" in asked else asked
    before = await everything(ground.database)

    for language, part in (("zh", zh), ("en", en)):
        client.headers["Accept-Language"] = language
        answer = await redeem(client, coupon, **{"store": "xidan", **asked})
        assert answer.json()["code"] == code
        assert answer.status_code in {404, 409, 422}
        assert part in answer.json()["detail"]

    assert await everything(ground.database) == before


async def test_the_table_has_every_refusal_that_redeeming_declares(client: httpx.AsyncClient):
    declared: set[str] = set()
    document = (await client.get("/openapi.json")).json()
    for status, response in document["paths"]["/v1/coupons/{code}/redeem"]["post"]["responses"].items():
        if status in {"404", "409", "422"}:
            declared |= {part.strip("` ") for part in response["description"].split(",")}
    # Somebody else was quicker, and gave it back at once.
    elsewhere = {"coupons.changed"}
    shared = {code for code in declared if not code.startswith(("coupons.", "members.not_active"))}
    assert {code for _, _, code, _, _ in CASES.values()} == declared - elsewhere - shared


async def test_codes_are_read_as_they_are_typed(client: httpx.AsyncClient, ground: Ground):
    async with ground.database.transaction() as session:
        code = await a_coupon(session, ground.ada, await a_template(session))
    typed = f"{code[:4]}-{code[4:8]} {code[8:]}".lower()
    assert codes.normal(typed) == code
    assert (await redeem(client, typed)).status_code == 201
