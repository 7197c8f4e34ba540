"""Reading conditions: what is refused and where, which conditions can never hold, and how they are said in words."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import BigInteger, Column, MetaData, Table

from shuke.platform.conditions import (
    SCOPES,
    TIME_FACTS,
    Argument,
    Catalogue,
    Choice,
    ConditionInvalid,
    Fact,
    FactNotForSets,
    FactSource,
    Moment,
    fact_key,
    in_words,
    load,
    read,
    read_stored,
    where,
)
from shuke.platform.conditions.schema import schema_of
from shuke.platform.i18n import LocalName

NAMES = {
    "member.tier": ("会员等级", "Tier"),
    "member.city": ("城市", "City"),
    "member.points": ("可用积分", "Points available"),
    "member.joined_on": ("入会日期", "Joined on"),
    "order.amount": ("订单金额", "Order amount"),
    "order.is_first": ("首单", "First order"),
    "order.payment_methods": ("支付方式", "Ways of payment"),
    "order.weight": ("重量", "Weight"),
    "history.product_orders": ("买过某商品的订单数", "Orders with a product"),
    "line.product": ("商品编码", "Product code"),
}


def fact(name: str, kind: Any, **said: Any) -> Fact:
    scopes = {"lines"} if name.startswith("line.") else set(SCOPES)
    label = LocalName(*NAMES[name])
    return Fact(name=name, type=kind, label=label, group=label, **{"scopes": frozenset(scopes)} | said)


TIERS = (
    Choice(value="gold", label=LocalName("金卡", "Gold")),
    Choice(value="silver", label=LocalName("银卡", "Silver")),
)
PRODUCT = Argument(
    name="product", type="text", label=LocalName("商品", "Product"), phrase=LocalName("商品 {value}", "product {value}")
)
DAYS = Argument(
    name="days",
    type="number",
    label=LocalName("天数", "Days"),
    phrase=LocalName("最近 {value} 天", "last {value} days"),
    is_required=False,
)
FACTS = (
    fact("member.tier", "text", choices=TIERS),
    fact("member.city", "text"),
    fact("member.points", "number", low=0, is_optional=False, unit=LocalName("分", "points")),
    fact("member.joined_on", "date", is_optional=False),
    fact("order.amount", "money", is_optional=False),
    fact("order.is_first", "boolean"),
    fact("order.payment_methods", "choices"),
    fact("order.weight", "decimal"),
    fact("history.product_orders", "number", low=0, is_optional=False, arguments=(PRODUCT, DAYS)),
    fact("line.product", "text"),
    *TIME_FACTS,
)
CATALOGUE = Catalogue({one.name: one for one in FACTS})


def rule(field: str, operator: str, value: Any = None, **more: Any) -> dict[str, Any]:
    return {"field": field, "operator": operator} | ({} if value is None else {"value": value}) | more


def every(*rules: Any, **more: Any) -> dict[str, Any]:
    return {"combinator": "and", "rules": list(rules)} | more


def refused(
    tree: Any, *, scope: Any = "earning", language: Any = "en", catalogue: Catalogue = CATALOGUE
) -> dict[str, str]:
    with pytest.raises(ConditionInvalid) as caught:
        read(tree, catalogue, scope=scope, language=language)
    return {field.pointer: field.detail for field in caught.value.fields}


def said(tree: Any, language: Any = "en", **more: Any) -> str:
    return in_words(read(tree, CATALOGUE, scope="earning"), language, **more)


def bought(product: str, operator: str, value: int, **more: Any) -> dict[str, Any]:
    return rule("history.product_orders", operator, value, arguments={"product": product, **more})


def test_a_condition_keeps_its_meaning_and_nothing_of_the_editor():
    tree = every(
        rule("order.amount", ">=", 100, id="a", valueSource="value"),
        {
            "id": "b",
            "combinator": "or",
            "not": True,
            "rules": [bought("A", "<", 2, days=90)],
        },
        id="root",
    )

    condition = read(tree, CATALOGUE, scope="earning")

    assert condition.tree == {
        "combinator": "and",
        "not": False,
        "rules": [
            {"field": "order.amount", "operator": ">=", "value": 100},
            {
                "combinator": "or",
                "not": True,
                "rules": [
                    {
                        "field": "history.product_orders",
                        "operator": "<",
                        "value": 2,
                        "arguments": {"days": 90, "product": "A"},
                    }
                ],
            },
        ],
    }
    assert condition.needs == {fact_key("order.amount"), fact_key("history.product_orders", product="A", days=90)}
    assert read(condition.tree, CATALOGUE, scope="earning").tree == condition.tree


def test_a_fact_without_its_optional_argument_is_another_fact():
    ever = read(every(rule("history.product_orders", "=", 1, arguments={"product": "A"})), CATALOGUE, scope="members")

    assert ever.needs == {("history.product_orders", (("product", "A"),))}


def test_comparisons_with_what_is_missing_are_false_and_turned_round_they_are_true():
    plain = read(every(rule("member.city", "!=", "a")), CATALOGUE, scope="earning")
    turned = read(every(rule("member.city", "=", "a"), **{"not": True}), CATALOGUE, scope="earning")

    assert [plain.holds({fact_key("member.city"): value}) for value in (None, "a", "b")] == [False, False, True]
    assert [turned.holds({fact_key("member.city"): value}) for value in (None, "a", "b")] == [True, False, True]
    assert plain.holds({}) is False


def test_relative_days_need_to_know_today():
    condition = read(every(rule("member.joined_on", "inLast", 7)), CATALOGUE, scope="earning")
    today = fact_key("time.day")

    def holds(day: int) -> bool:
        return condition.holds({fact_key("member.joined_on"): date(2026, 3, day), today: date(2026, 3, 10)})

    assert today in condition.needs
    assert [holds(day) for day in (3, 4, 10, 11)] == [False, True, True, False]


@pytest.mark.parametrize("tree", [None, [], "x", 5, {}, {"rules": {}}, {"rules": None, "combinator": "and"}])
def test_what_is_no_group_is_refused(tree):
    assert refused(tree) == {"": "Give a group: a combinator and rules."}


def test_every_wrong_place_is_named_with_what_may_stand_there():
    tree = every(
        rule("member.points", "contains", 1),
        rule("member.age", "=", 1),
        rule("member.tier", "=", "wood"),
        every(),
        rule("member.points", "between", [1]),
        rule("history.product_orders", "=", 1),
        rule("history.product_orders", "=", 1, arguments={"product": "A", "days": 0}),
        rule("member.tier", "null", "x"),
        rule("line.product", "=", "A"),
        rule("member.points", "=", 1, shade="blue"),
    )

    assert refused(tree) == {
        "/rules/0/operator": "“Points available” can be compared with: = (is), != (is not), < (is less than), "
        "<= (is at most), > (is more than), >= (is at least), between (is between), notBetween (is not between), "
        "in (is one of), notIn (is none of).",
        "/rules/1/field": "There is no such fact. Choose one of the list of facts.",
        "/rules/2/value": "Choose one of: gold, silver.",
        "/rules/3/rules": "A group needs at least one rule.",
        "/rules/4/value": "Give two values: from and to.",
        "/rules/5/arguments/product": "Say “Product”.",
        "/rules/6/arguments/days": "“Days” is from 1 to 3660.",
        "/rules/7/value": "This comparison takes no value.",
        "/rules/8/field": "“Product code” cannot be asked about here. Use another fact.",
        "/rules/9": "Not known here: shade.",
    }


def test_refusals_speak_the_callers_language_and_start_where_the_condition_stands():
    with pytest.raises(ConditionInvalid) as caught:
        read(every(rule("x", "=", 1)), CATALOGUE, scope="earning", pointer="/audience", language="zh")

    told = caught.value.fields[0]
    assert (told.pointer, told.detail) == ("/audience/rules/0/field", "没有这个条件项。请从条件项列表中选择。")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("member.points", "5"),
        ("member.points", True),
        ("member.points", 1.5),
        ("member.points", 2**53),
        ("member.points", float("inf")),
        ("member.points", float("nan")),
        ("member.points", [1]),
        ("order.amount", "1.00"),
        ("order.weight", "1.0000001"),
        ("order.weight", "NaN"),
        ("order.weight", "one"),
        ("order.weight", "9" * 50),
        ("order.is_first", "true"),
        ("order.is_first", 1),
        ("member.joined_on", "2026-02-30"),
        ("member.joined_on", "20260201"),
        ("member.joined_on", "1899-12-31"),
        ("member.city", ""),
        ("member.city", "x" * 201),
        ("member.city", "a\x00b"),
        ("member.city", "\ud800"),
        ("member.city", 5),
    ],
)
def test_values_are_of_the_facts_type_and_fit_to_be_stored(field, value):
    assert list(refused(every({"field": field, "operator": "=", "value": value}))) == ["/rules/0/value"]


@pytest.mark.parametrize(
    ("field", "value", "is_read_as"),
    [
        ("member.points", 5.0, 5),
        ("order.weight", 0.1, Decimal("0.1")),
        ("order.weight", "1.50", Decimal("1.50")),
        ("member.joined_on", "2024-02-29", date(2024, 2, 29)),
        ("member.city", "😀" * 200, "😀" * 200),
    ],
)
def test_values_are_read_exactly(field, value, is_read_as):
    (found,) = read(every(rule(field, "=", value)), CATALOGUE, scope="earning").root.parts

    assert found.value == is_read_as
    assert type(found.value) is type(is_read_as)


def nested(depth: int) -> dict[str, Any]:
    tree = every(rule("member.points", "=", 1))
    for _ in range(depth - 1):
        tree = every(tree)
    return tree


def test_conditions_are_as_large_as_this_and_no_larger():
    many = [f"v{number}" for number in range(1_000)]

    read(nested(8), CATALOGUE, scope="earning")
    read(every(*[rule("member.points", ">=", 1)] * 200), CATALOGUE, scope="earning")
    read(every(rule("member.city", "in", many)), CATALOGUE, scope="earning")
    assert list(refused(nested(9))) == ["/rules/0" * 8]
    assert list(refused(every(*[rule("member.points", ">=", 1)] * 201))) == ["/rules"]
    assert list(refused(every(rule("member.city", "in", [*many, "x"])))) == ["/rules/0/value"]
    assert list(refused(every(rule("member.city", "in", [])))) == ["/rules/0/value"]


def test_a_tree_without_end_is_refused_and_not_walked():
    tree: dict[str, Any] = every()
    tree["rules"].append(tree)

    assert list(refused(tree)) == ["/rules/0" * 8]


@pytest.mark.parametrize(
    ("tree", "places"),
    [
        (every(rule("member.points", "between", [5, 3])), ["/rules/0"]),
        (every(rule("member.points", "<", 0)), ["/rules/0"]),
        (every(rule("time.hour", ">", 23)), ["/rules/0"]),
        (every(rule("time.month", "in", [13, 14])), ["/rules/0"]),
        (every(rule("time.weekday", "notIn", [1, 2, 3, 4, 5, 6, 7])), ["/rules/0"]),
        (every(rule("member.points", ">", 5), rule("member.points", "<", 6)), [""]),
        (every(rule("order.weight", ">", 5), rule("order.weight", "<=", 5)), [""]),
        (every(rule("member.tier", "=", "gold"), rule("member.tier", "=", "silver")), [""]),
        (every(rule("member.tier", "null"), rule("member.tier", "!=", "gold")), [""]),
        (every(rule("member.joined_on", ">", "2026-01-01"), every(rule("member.joined_on", "<", "2026-01-02"))), [""]),
        (every(rule("time.hour", ">=", 0), **{"not": True}), [""]),
        ({"combinator": "or", "rules": [rule("time.hour", "=", 3), rule("time.hour", "=", 24)]}, ["/rules/1"]),
        (
            {
                "combinator": "or",
                "rules": [rule("time.hour", "=", 3), every(rule("time.hour", "=", 3), rule("time.hour", "=", 4))],
            },
            ["/rules/1"],
        ),
    ],
)
def test_what_can_never_hold_is_refused_where_it_stands(tree, places):
    told = refused(tree)

    assert list(told) == places
    assert all("never hold" in detail for detail in told.values())


@pytest.mark.parametrize(
    "tree",
    [
        every(rule("order.weight", ">", 5), rule("order.weight", "<", 6)),
        every(rule("member.points", ">=", 5), rule("member.points", "<=", 5)),
        every(rule("member.tier", "=", "gold"), **{"not": True}),
        every(rule("member.city", "contains", "a"), rule("member.city", "doesNotContain", "b")),
        every(rule("order.payment_methods", "contains", "a"), rule("order.payment_methods", "contains", "b")),
        {"combinator": "or", "rules": [rule("member.points", ">", 5), rule("member.points", "<", 5)]},
        every(bought("A", "=", 0), bought("B", "=", 1)),
    ],
)
def test_what_may_hold_is_read(tree):
    assert read(tree, CATALOGUE, scope="earning").tree["rules"]


@pytest.mark.parametrize(
    ("tree", "zh", "en"),
    [
        (every(rule("member.tier", "=", "gold")), "会员等级是金卡", "tier is Gold"),
        (
            every(rule("member.tier", "in", ["gold", "silver"]), rule("order.amount", ">=", 10_050)),
            "会员等级是金卡、银卡之一，并且订单金额不少于 ¥100.50",
            "tier is one of Gold, Silver and order amount is at least ¥100.50",
        ),
        (
            every(
                rule("order.is_first", "=", True),
                {"combinator": "or", "rules": [rule("time.weekday", "=", 6), rule("time.weekday", "=", 7)]},
            ),
            "首单：是，并且（星期是星期六，或者星期是星期日）",
            "first order: yes and (day of the week is Saturday or day of the week is Sunday)",
        ),
        (
            every(rule("history.product_orders", ">=", 2, arguments={"product": "A1", "days": 90}), **{"not": True}),
            "不满足（买过某商品的订单数（商品 A1，最近 90 天）不少于 2）",
            "not (orders with a product (product A1, last 90 days) is at least 2)",
        ),
        (
            every(rule("member.points", "between", [1_000, 5_000]), rule("member.city", "null")),
            "可用积分在 1,000 分到 5,000 分之间，并且城市为空",
            "points available is between 1,000 points and 5,000 points and city is empty",
        ),
        (
            every(rule("member.joined_on", "inLast", 30), rule("member.joined_on", ">=", "2026-01-01")),
            "入会日期在最近 30 天内，并且入会日期不早于 2026-01-01",
            "joined on is in the last 30 days and joined on is on or after 2026-01-01",
        ),
        (
            every(rule("member.city", "in", [f"c{number}" for number in range(12)])),
            "城市是“c0”、“c1”、“c2”、“c3”、“c4”、“c5”、“c6”、“c7”、“c8”、“c9”、另外 2 个之一",
            "city is one of “c0”, “c1”, “c2”, “c3”, “c4”, “c5”, “c6”, “c7”, “c8”, “c9”, 2 more",
        ),
    ],
)
def test_conditions_are_said_in_both_languages(tree, zh, en):
    assert said(tree, "zh", money="CNY") == zh
    assert said(tree, "en", money="CNY") == en


def test_a_stored_condition_stays_readable_when_choices_and_fields_have_gone():
    def gone(name: str, kind: Any) -> Fact | None:
        return fact("member.city", kind, says_type=True) if name == "member.custom.city" else None

    catalogue = Catalogue(CATALOGUE.facts, (FactSource(missing=gone),))
    tree = every(rule("member.tier", "=", "wood"), rule("member.custom.city", "=", "x", type="text"))

    condition = read_stored(tree, catalogue, scope="earning")

    assert condition.holds({fact_key("member.tier"): "wood", fact_key("member.city"): "x"})
    assert in_words(condition, "en") == "tier is “wood” and city is “x”"
    assert list(refused(tree, catalogue=catalogue)) == ["/rules/0/value"]


def test_sets_refuse_what_is_known_of_one_only():
    condition = read(every(rule("member.city", "=", "a")), CATALOGUE, scope="members")
    now = Moment(datetime(2026, 3, 10, tzinfo=UTC), ZoneInfo("UTC"))
    catalogue = Catalogue(CATALOGUE.facts, (FactSource(population=_column()),))

    with pytest.raises(FactNotForSets) as caught:
        where(condition, _column(), catalogue, now)

    assert "City" in caught.value.say("en")


def _column() -> Any:
    return Table("t", MetaData(), Column("id", BigInteger)).c.id


async def test_what_a_moment_says_is_the_shops_time(session):
    # 18:00 UTC on a Tuesday is 02:00 on Wednesday in Shanghai.
    moment = Moment(datetime(2026, 3, 31, 18, tzinfo=UTC), ZoneInfo("Asia/Shanghai"))
    needs = [fact_key(f"time.{name}") for name in ("weekday", "hour", "day", "month", "day_of_month")]

    loaded = await load(
        session, [*needs, fact_key("order.amount"), fact_key("nothing")], [7], moment, catalogue=CATALOGUE
    )

    assert loaded == {7: dict(zip(needs, [3, 2, date(2026, 4, 1), 4, 1], strict=True))}


def test_the_schema_offers_exactly_the_facts_of_the_scope():
    schema = schema_of(CATALOGUE, "members")

    rules = [one["properties"] for one in schema["$defs"]["rule"]["anyOf"]]
    offered = {one["field"]["const"] for one in rules}
    assert offered == {one.name for one in FACTS if "members" in one.scopes}
    chosen = next(
        one for one in schema["$defs"]["rule"]["anyOf"] if one["properties"]["field"]["const"] == "member.tier"
    )
    assert chosen["properties"]["value"] == {"enum": ["gold", "silver"]}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["rules", "combinator", "not", "field", "operator", "value", "arguments", "type", "id"]),
            inner | st.sampled_from(["and", "or", "=", "in", "between", *NAMES]),
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(json_values)
def test_whatever_comes_is_read_or_refused(tree):
    try:
        condition = read(tree, CATALOGUE, scope="lines")
    except ConditionInvalid as refusal:
        told = refusal.fields
    else:
        told = ()
        assert condition.holds({}) in (True, False)

    assert all(field.detail for field in told)
