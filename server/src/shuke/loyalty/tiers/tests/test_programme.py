"""Tiers as a part of the programme's document: out, compared, and in again."""

from datetime import timedelta

import pytest

from shuke.foundation.organization.testing import a_shop
from shuke.loyalty import tiers
from shuke.loyalty.tiers.errors import BadScheme, MoneyDiffers, SchemeCannotWait, ThresholdsNotAscending
from shuke.loyalty.tiers.programme import apply_tiers, diff_tiers, export_tiers
from shuke.loyalty.tiers.testing import four_levels
from shuke.platform import clock
from shuke.platform.actor import SYSTEM


@pytest.fixture
async def exported(session):
    await a_shop(session)
    await four_levels(session)
    return await export_tiers(session)


async def _version(session) -> int:
    scheme = await tiers.find_scheme(session)
    assert scheme is not None
    return scheme.version


async def test_what_was_exported_changes_nothing(session, exported):
    assert exported["parameters"]["window"] == {"kind": "rolling", "days": 180}
    assert [(level["code"], level["threshold"]) for level in exported["levels"]] == [
        ("bronze", 0),
        ("silver", 50_000),
        ("gold", 200_000),
        ("diamond", 500_000),
    ]

    changes = await diff_tiers(session, exported, "zh")
    await apply_tiers(session, exported, None, SYSTEM)

    assert (changes, await _version(session)) == ([], 1)


async def test_a_difference_is_told_in_words_and_applied_once(session, exported):
    exported["levels"][1]["threshold"] = 60_000
    exported["parameters"]["grace_days"] = 10

    (change,) = await diff_tiers(session, exported, "en")
    await apply_tiers(session, exported, None, SYSTEM)
    await apply_tiers(session, exported, None, SYSTEM)

    assert (change.kind, change.code) == ("changed", "tiers")
    assert [(line.title, line.before, line.after) for line in change.lines][1:] == [
        ("silver", "Silver · ¥500.00", "Silver · ¥600.00")
    ]
    assert "10 days of grace" in (change.lines[0].after or "")
    assert (await _version(session), await export_tiers(session)) == (2, exported)
    assert await diff_tiers(session, exported, "en") == []


async def test_what_cannot_be_is_refused_and_changes_nothing(session, exported):
    flat = {**exported, "levels": [level | {"threshold": 0} for level in exported["levels"]]}
    foreign = {**exported, "parameters": exported["parameters"] | {"money": "GBP"}}
    changed = {**exported, "parameters": exported["parameters"] | {"grace_days": 3}}

    with pytest.raises(BadScheme) as refused:
        await diff_tiers(session, {"parameters": {}, "levels": []}, "en")
    with pytest.raises(ThresholdsNotAscending):
        await apply_tiers(session, flat, None, SYSTEM)
    with pytest.raises(MoneyDiffers):
        await apply_tiers(session, foreign, None, SYSTEM)
    with pytest.raises(SchemeCannotWait):
        await apply_tiers(session, changed, clock.now() + timedelta(days=1), SYSTEM)

    assert "/tiers/levels" in {field.pointer for field in refused.value.fields}
    assert await _version(session) == 1
