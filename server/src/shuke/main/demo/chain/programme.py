"""The chain's programme, made through the same document that operators export and import."""

from typing import Any

from shuke.loyalty import checkout, earning
from shuke.loyalty.benefits.actions import BenefitWish, add_benefit
from shuke.loyalty.benefits.rules.kinds import read
from shuke.loyalty.checkout.policies import change_policies, find_policies
from shuke.loyalty.checkout.rules.policies import PointsPayment
from shuke.main.programme import document
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from .. import truth

MEMBER_DAY = 8

_LEVEL_NAMES = {
    "bronze": ("普通卡", "Basic"), "silver": ("银卡", "Silver"), "gold": ("金卡", "Gold"),
    "diamond": ("黑钻", "Diamond"),
}  # fmt: skip
_RULES = (
    ("member-day", "每月 8 日会员日双倍积分", "Double points on member day, the 8th", {

        "branches": [{
            "when": {"combinator": "and", "rules": [
                {"field": "time.day_of_month", "operator": "=", "value": MEMBER_DAY}]},
            "effects": [{"kind": "multiplier", "currency": "points", "factor": 2}],
        }],
    }),
    ("birthday-month", "生日当月 1.5 倍积分", "One and a half times the points in the month of the birthday", {
        "branches": [{
            "effects": [{"kind": "birthday_multiplier", "currency": "points", "factor": 1.5, "during": "month"}],
        }],
    }),
    ("first-order", "首单送 50 积分", "50 points for the first order", {
        "branches": [{"effects": [{"kind": "first_purchase", "currency": "points", "points": 50}]}],
    }),
)  # fmt: skip
_BENEFITS: tuple[tuple[str, str, str, tuple[str, ...], dict[str, Any]], ...] = (
    ("birthday-points", "生日礼 100 积分", "100 points on the birthday", (), {
        "kind": "birthday_gift", "gift": {"kind": "points", "amount": 100}, "whole_month": True}),
    ("gold-discount", "金卡及以上 95 折", "5% off for gold and above", ("gold", "diamond"), {
        "kind": "discount", "percent_off": 5}),
    ("free-delivery", "银卡及以上满 99 元包邮", "Free delivery from ¥99 for silver and above",
        ("silver", "gold", "diamond"), {"kind": "free_shipping", "least_order_minor": 9_900}),
    ("upgrade-gift", "升级金卡赠品", "A gift on reaching gold", ("gold",), {
        "kind": "upgrade_gift", "gift": {"kind": "goods", "text_zh": "马克杯一只", "text_en": "A mug"}}),
    ("priority", "黑钻优先服务", "Priority service for diamond", ("diamond",), {
        "kind": "priority_service", "places": ["counter", "phone"]}),
)  # fmt: skip


async def set_up_programme(session: Session) -> None:
    """Rules, levels, points as payment and benefits. The shop's clock stands at the first day."""
    await checkout.set_up_programme(session, money="CNY")
    here = await document.export(session)
    levels = [
        {**level, "name_zh": _LEVEL_NAMES[level["code"]][0], "name_en": _LEVEL_NAMES[level["code"]][1]}
        for level in here["tiers"]["levels"]
    ]
    rules = [
        {"code": code, "name": {"zh": zh, "en": en}, "definition": earning.written(earning.read_definition(said))}
        for code, zh, en, said in _RULES
    ]
    wanted = {"tiers": {**here["tiers"], "levels": levels}, "rules": [*here["rules"], *rules]}
    await document.take_over(session, wanted, "zh", None, SYSTEM)
    await _take_points(session)
    for code, zh, en, held_by, what in _BENEFITS:
        await add_benefit(session, code, _wish(zh, en, held_by, what))


async def _take_points(session: Session) -> None:
    kept = await find_policies(session)
    payment = PointsPayment(
        is_on=True,
        step=truth.POINTS_STEP,
        least=truth.POINTS_LEAST,
        most_percent=round(truth.POINTS_MOST_SHARE * 100),
    )
    await change_policies(session, kept.policies.model_copy(update={"points_payment": payment}), kept.version, SYSTEM)


def _wish(zh: str, en: str, levels: tuple[str, ...], what: dict[str, Any]) -> BenefitWish:
    return BenefitWish(
        name=LocalName(zh, en),
        description=LocalName("", ""),
        levels=levels,
        what=read(what),
        active_from=None,
        active_until=None,
        state="active",
    )
