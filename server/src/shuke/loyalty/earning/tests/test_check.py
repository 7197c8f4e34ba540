"""What may not be published, and where the refusal points."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from shuke.loyalty import earning
from shuke.loyalty.earning.errors import DefinitionInvalid, EffectNotAvailable
from shuke.loyalty.earning.testing import LONG_AGO, fixed, per_amount, when
from shuke.loyalty.ledger.testing import two_currencies
from shuke.loyalty.tiers.testing import four_levels
from shuke.platform import module
from shuke.platform.db import Session
from shuke.platform.errors import FieldError

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
async def programme(session: Session) -> None:
    """Two currencies and four levels."""
    await two_currencies(session)
    await four_levels(session)


async def refusal(session: Session, definition: dict[str, Any], language: Any = "en") -> dict[str, str]:
    with pytest.raises(DefinitionInvalid) as caught:
        await earning.check_definition(session, definition, language=language)
    return {field.pointer: field.detail for field in caught.value.fields}


def one(*effects: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"branches": [{"effects": list(effects)}], **more}


async def test_a_definition_comes_back_without_what_editors_add(session: Session):
    tree = when("order.amount", 10_000, ">=")
    tree["id"] = tree["rules"][0]["id"] = "made-by-an-editor"

    found = await earning.check_definition(session, {"branches": [{"when": tree, "effects": [per_amount()]}]})

    assert earning.written(found)["branches"][0]["when"] == {
        "combinator": "and",
        "not": False,
        "rules": [{"field": "order.amount", "operator": ">=", "value": 10_000}],
    }


@pytest.mark.parametrize(
    ("definition", "pointer"),
    [
        ({}, "/branches"),
        ({"branches": []}, "/branches"),
        (one(), "/branches/0/effects"),
        (one(per_amount(0)), "/branches/0/effects/0/points"),
        (one({"kind": "multiplier", "factor": 0}), "/branches/0/effects/0/factor"),
        (one({"kind": "multiplier", "factor": -1}), "/branches/0/effects/0/factor"),
        (one({"kind": "magic"}), "/branches/0/effects/0"),
        (one({"kind": "steps", "steps": [{"from_minor": 2, "points": 1}, {"from_minor": 1, "points": 2}]}), None),
        (one(fixed(5), {"kind": "multiplier", "factor": 2}), "/branches/0"),
        (one(fixed(5, "stars")), "/branches/0/effects/0/currency"),
        (one({"kind": "tier_multiplier", "factors": {"platinum": 2}}), "/branches/0/effects/0/factors/platinum"),
        (one({"kind": "tier_multiplier", "factors": {"gold": 1}}), "/branches/0/effects/0/factors"),
        (one(per_amount(), activity="sign_up"), "/branches/0/effects/0/kind"),
        (one(fixed(5), activity="custom"), ""),
        (one(fixed(5), event="quiz"), ""),
        (one(fixed(5), schedule={"from": "2026-03-02", "until": "2026-03-01"}), "/schedule"),
        (one(fixed(5), schedule={"weekdays": [8]}), "/schedule/weekdays/0"),
        (one(fixed(5), schedule={"hours": [24]}), "/schedule/hours/0"),
        (one(fixed(5), caps=[{"counts": "amount", "period": "day", "limit": 0}]), "/caps/0/limit"),
        (one(fixed(5), budgets=[{"period": "decade", "limit": 5}]), "/budgets/0/period"),
        (one(fixed(5), audience=when("member.shoe_size", 44)), "/audience/rules/0/field"),
        (one(fixed(5), audience=when("line.product", "TEA")), "/audience/rules/0/field"),
        (one(fixed(5), audience=when("time.weekday", 9)), None),
        (one(fixed(5), audience=when("order.amount", [5, 3], "between")), None),
        (one(fixed(5), audience={"combinator": "and", "rules": []}), "/audience/rules"),
        ({"branches": [{"effects": [fixed(1)]}, {"effects": [fixed(2)]}]}, "/branches/1"),
        (one(fixed(5), name="x"), "/name"),
    ],
)
async def test_what_cannot_be_is_refused_at_its_place(
    session: Session, definition: dict[str, Any], pointer: str | None
):
    english, chinese = await refusal(session, definition), await refusal(session, definition, "zh")

    assert english.keys() == chinese.keys()
    if pointer is None:
        (pointer,) = english
    assert list(english) == [pointer]
    assert english[pointer]
    assert chinese[pointer]


async def test_our_own_rules_are_said_in_both_languages(session: Session):
    definition = one(fixed(5), {"kind": "multiplier", "factor": 2})

    assert await refusal(session, definition) == {
        "/branches/0": "A multiplier raises what other rules give: put it into a rule of its own."
    }
    assert await refusal(session, definition, "zh") == {
        "/branches/0": "倍数只放大其他规则所给的积分，请单独设一条规则。"
    }


async def test_an_effect_that_nobody_carries_out_is_not_published(session: Session):
    with pytest.raises(EffectNotAvailable) as caught:
        await earning.check_definition(session, one(fixed(1), {"kind": "tag", "tag": "tea"}))

    assert [field.pointer for field in caught.value.fields] == ["/branches/0/effects/1"]
    assert caught.value.values == {"kinds": "tag"}


async def test_whoever_carries_an_effect_out_is_asked_and_told(session: Session, monkeypatch: pytest.MonkeyPatch):
    carried: list[earning.GivenEffect] = []

    async def check(_: Session, parameters: Mapping[str, Any]) -> Sequence[FieldError]:
        return [] if parameters["tag"] == "tea" else [FieldError("/tag", "no such tag")]

    async def carry_out(_: Session, effects: Sequence[earning.GivenEffect]) -> None:
        carried.extend(effects)

    handler = earning.EffectHandler(kind="tag", check=check, apply=carry_out)
    labels = module.Module(name="labels", contributions=(handler,))
    monkeypatch.setattr(module, "_installed", (*module.installed(), labels))
    tag = earning.GivenEffect(
        kind="tag",
        parameters={"tag": "tea"},
        member_id=7,
        rule_version_id=1,
        rule_code="rule-1",
        origin_kind="order",
        origin_id=3,
        place=0,
        at=LONG_AGO,
    )

    await earning.check_definition(session, one({"kind": "tag", "tag": "tea"}))
    await earning.apply_effects(session, [tag, replace(tag, kind="letter"), replace(tag, place=1)])
    wrong = await refusal(session, one({"kind": "tag", "tag": "cat"}))

    assert wrong == {"/branches/0/effects/0/tag": "no such tag"}
    assert carried == [tag, replace(tag, place=1)]
