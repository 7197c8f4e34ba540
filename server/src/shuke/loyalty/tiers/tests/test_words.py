"""Every change, every scheme and every parameter has its words in both languages."""

from typing import Any, get_args

import pytest

from shuke.loyalty.tiers import rules
from shuke.loyalty.tiers.checks import require_publishable
from shuke.loyalty.tiers.describing import describe_parameters
from shuke.loyalty.tiers.explain import sentence, title
from shuke.loyalty.tiers.sentences import NamedLevel, tell_scheme
from shuke.loyalty.tiers.starting_points import starting_points
from shuke.loyalty.tiers.wording import METRICS, UNITS, amount
from shuke.platform.i18n import Language, LocalName

NAMES = [
    LocalName("铜卡", "Bronze"),
    LocalName("银卡", "Silver"),
    LocalName("金卡", "Gold"),
    LocalName("黑钻", "Diamond"),
]


def facts(amount_minor: int, threshold: int, metric: str = "net_spend", **more: Any) -> dict[str, Any]:
    return {
        "metric": metric,
        "amount_minor": amount_minor,
        "threshold_minor": threshold,
        "money": "CNY",
        "window_from": "2025-03-02",
        "window_to": "2026-03-01",
        **more,
    }


KEPT_BY_ONE: dict[str, Any] = {"join": "and", "criteria": [facts(30_000, 60_000)]}
KEPT_BY_TWO: dict[str, Any] = {"join": "or", "criteria": [facts(30_000, 60_000), facts(12, 10, "visits")]}


@pytest.mark.parametrize(
    ("reason", "given", "chinese", "english"),
    [
        (
            "entered",
            facts(1_000, 0),
            "2025-03-02 至 2026-03-01 净消费 ¥10.00，成为金卡。",
            "Net spend from 2025-03-02 to 2026-03-01 was ¥10.00: entered as Gold.",
        ),
        (
            "promoted",
            facts(6_200, 6_000, "growth", window_from=None),
            "入会至 2026-03-01 成长值 6,200，达到 6,000，升为金卡。",
            "Growth from joining to 2026-03-01 was 6,200 and reached 6,000: promoted to Gold.",
        ),
        (
            "kept",
            facts(12, 10, "order_count"),
            "2025-03-02 至 2026-03-01 订单数 12，仍达到 10，保级金卡。",
            "Orders from 2025-03-02 to 2026-03-01 were 12, still at or above 10: stays Gold.",
        ),
        (
            "kept",
            facts(30_000, 60_000, **KEPT_BY_TWO),
            "2025-03-02 至 2026-03-01 净消费 ¥300.00（要求 ¥600.00），2025-03-02 至 2026-03-01 到店天数 12（要求 10），"
            "满足保级条件，保级金卡。",
            "Net spend from 2025-03-02 to 2026-03-01 was ¥300.00 (¥600.00 asked); days with a visit from 2025-03-02 to "
            "2026-03-01 were 12 (10 asked), enough to keep the level: stays Gold.",
        ),
        (
            "kept",
            facts(0, 100_000, floor=True),
            "2025-03-02 至 2026-03-01 净消费 ¥0.00，未达到 ¥1,000.00；金卡是保底等级，继续保持。",
            "Net spend from 2025-03-02 to 2026-03-01 was ¥0.00, less than ¥1,000.00; Gold is never lost, so it stays.",
        ),
        (
            "kept",
            facts(16_000, 10_000, "growth", deducted=2_000, remaining=14_000),
            "2025-03-02 至 2026-03-01 成长值 16,000，扣减 2,000 后剩 14,000，仍达到 10,000，保级金卡。",
            "Growth from 2025-03-02 to 2026-03-01 was 16,000; 2,000 taken away leaves 14,000, still at or above "
            "10,000: stays Gold.",
        ),
        (
            "demoted",
            facts(20_000, 10_000, "growth", deducted=4_000, remaining=16_000),
            "2025-03-02 至 2026-03-01 成长值 20,000，扣减 4,000 后剩 16,000，降为金卡。",
            "Growth from 2025-03-02 to 2026-03-01 was 20,000; 4,000 taken away leaves 16,000: falls to Gold.",
        ),
        (
            "demoted",
            facts(30_000, 0, refunded=True, **KEPT_BY_ONE),
            "退货后，2025-03-02 至 2026-03-01 净消费 ¥300.00，未达到保级要求的 ¥600.00，降为金卡。",
            "After a refund, net spend from 2025-03-02 to 2026-03-01 was ¥300.00, less than the ¥600.00 that keeps the "
            "level: falls to Gold.",
        ),
        (
            "grace",
            facts(30_000, 0, **KEPT_BY_ONE),
            "2025-03-02 至 2026-03-01 净消费 ¥300.00，未达到保级要求；进入宽限期，金卡保留到 2026-03-31。",
            "Net spend from 2025-03-02 to 2026-03-01 was ¥300.00, too little to keep the level; in a time of grace "
            "Gold stays through 2026-03-31.",
        ),
        (
            "manual",
            {"granted": True, "because": "VIP", "by": "staff:1"},
            "手动授予金卡，有效到 2026-03-31。原因：VIP",
            "Granted Gold by hand, through 2026-03-31. Reason: VIP",
        ),
        ("manual", {}, "人工调整为金卡。", "Set to Gold by hand."),
        (
            "merged",
            {"merge_id": 1},
            "会员合并，保留较高等级金卡。",
            "Members were merged; the better level Gold stays.",
        ),
        ("parted", {"merge_id": 1}, "撤销会员合并，恢复为金卡。", "The merge was undone; Gold again."),
    ],
)
def test_every_change_says_why_in_both_languages(
    reason: str, given: dict[str, Any], chinese: str, english: str
) -> None:
    assert sentence(reason, given, to="金卡", language="zh", until="2026-03-31") == chinese
    assert sentence(reason, given, to="Gold", language="en", until="2026-03-31") == english


@pytest.mark.parametrize("reason", get_args(rules.Reason))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_reason_has_a_title(reason: str, language: Language) -> None:
    assert "Gold" in title(reason, {}, to="Gold", language=language)


def test_every_metric_has_a_name_and_a_unit() -> None:
    assert set(METRICS) == set(UNITS) == set(get_args(rules.Metric))
    assert [amount("order_count", one, "CNY", "en") for one in (1, 2)] == ["1 order", "2 orders"]
    assert amount("net_spend", -1_050, "GBP", "zh") == "−£10.50"


@pytest.mark.parametrize("start", starting_points("CNY"), ids=lambda start: start.code)
def test_every_starting_point_can_be_published_and_told(start: Any) -> None:
    codes = ("bronze", "silver", "gold", "diamond")
    levels = [
        rules.Level(rank, code, one.threshold, one.keep_threshold, one.deduct, one.is_floor)
        for rank, (code, one) in enumerate(zip(codes, start.levels, strict=True), 1)
    ]

    require_publishable(start.parameters, levels)

    named = [NamedLevel(level, name) for level, name in zip(levels, NAMES, strict=True)]
    for language, stop in (("zh", "。"), ("en", ".")):
        told = tell_scheme(start.parameters, named, language)  # type: ignore[arg-type]  # both are languages
        assert len(told) >= 4
        assert all(one.endswith(stop) and "{" not in one for one in told)


def test_amounts_of_starting_points_follow_the_shops_money() -> None:
    yuan, yen = (
        {start.code: start.levels[1].threshold for start in starting_points(money)} for money in ("CNY", "JPY")
    )

    assert (yuan["rolling_spend"], yen["rolling_spend"]) == (50_000, 500)
    assert yuan["calendar_points"] == yen["calendar_points"] == 500


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_field_and_choice_of_the_schema_has_words(language: Language) -> None:
    schema = describe_parameters(language)
    shapes = {**schema["$defs"], "": schema}

    untold = [
        f"{name}.{field}"
        for name, shape in shapes.items()
        for field, part in shape.get("properties", {}).items()
        if field not in {"kind", "money"} and not part.get("title")
    ]
    unlabelled = [
        f"{name}.{field}"
        for name, shape in shapes.items()
        for field, part in shape.get("properties", {}).items()
        for place in (part, *part.get("anyOf", ()))
        if "enum" in place and set(place["enum"]) != set(place.get("x-labels", {}))
    ]

    assert (untold, unlabelled) == ([], [])
    if language == "zh":
        titles = [part["title"] for shape in shapes.values() for part in shape.get("properties", {}).values()]
        assert [one for one in titles if one.isascii() and one not in {"Kind", "Money"}] == []
