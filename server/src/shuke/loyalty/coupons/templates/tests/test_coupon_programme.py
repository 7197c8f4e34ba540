"""Coupons as a part of the programme's document: out, compared, and in again, all of it or nothing."""

from datetime import timedelta
from typing import Any

import pytest

from shuke.foundation.organization.testing import a_shop
from shuke.loyalty.coupons.rules import Stacking
from shuke.loyalty.coupons.templates import actions
from shuke.loyalty.coupons.templates.errors import TemplatesCannotWait, TemplatesInvalid
from shuke.loyalty.coupons.templates.programme import apply_coupons, diff_coupons, export_coupons
from shuke.loyalty.coupons.templates.queries import all_templates, find_stacking
from shuke.loyalty.coupons.testing import a_template
from shuke.platform import clock
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Session

TEN: dict[str, Any] = {
    "code": "ten",
    "name": {"zh": "满百减十", "en": "Ten off"},
    "terms": {"discount": {"kind": "amount_off", "off_minor": 1_000}, "category": "brand"},
    "issuing": {"stock": 3},
}
GROUPS = {
    "groups": [
        {"category": "general", "name_zh": "通用", "name_en": "General"},
        {"category": "brand", "name_zh": "品牌", "name_en": "Brand"},
    ]
}
WANTED = {"templates": [TEN], "stacking": GROUPS}


@pytest.fixture(autouse=True)
async def _shop(session: Session) -> None:
    await a_shop(session)


async def states(session: Session) -> list[tuple[str, str, int]]:
    return [(one.code, one.state, one.terms_version) for one in await all_templates(session)]


async def test_what_was_exported_changes_nothing(session: Session):
    await a_template(session, "old")
    assert await diff_coupons(session, await export_coupons(session), "en") == []


async def test_a_document_is_taken_over_and_what_it_does_not_name_is_closed(session: Session):
    await a_template(session, "old")
    changes = await diff_coupons(session, WANTED, "zh")
    assert [(one.kind, one.code) for one in changes] == [("added", "ten"), ("retired", "old"), ("changed", "stacking")]
    await apply_coupons(session, WANTED, None, SYSTEM)
    assert await states(session) == [("old", "closed", 1), ("ten", "published", 1)]
    assert await diff_coupons(session, WANTED, "zh") == []
    assert len((await find_stacking(session))[0].groups) == 2

    better = {**TEN, "state": "paused", "terms": {**TEN["terms"], "discount": {"kind": "percent_off", "percent": 12}}}
    await apply_coupons(session, {"templates": [better]}, None, SYSTEM)
    assert await states(session) == [("old", "closed", 1), ("ten", "paused", 2)]
    assert len((await find_stacking(session))[0].groups) == 2


async def test_a_change_is_told_in_words(session: Session):
    await apply_coupons(session, WANTED, None, SYSTEM)
    (change,) = await diff_coupons(session, {**WANTED, "templates": [{**TEN, "state": "paused"}]}, "en")
    assert (change.kind, change.code) == ("changed", "ten")
    assert [(line.before, line.after) for line in change.lines] == [("published", None), (None, "paused")]


@pytest.mark.parametrize(
    ("part", "pointer"),
    [
        ({"templates": [TEN, {**TEN, "code": "two", "terms": {}}], "stacking": GROUPS}, "/coupons/templates/1/terms"),
        ({"templates": [TEN]}, "/coupons/templates/0/terms/category"),
        ({"templates": [TEN, TEN], "stacking": GROUPS}, "/coupons/templates/1/code"),
        ({"templates": [{**TEN, "issuing": {"stock": -1}}], "stacking": GROUPS}, "/coupons/templates/0/issuing/stock"),
        ({"templates": [], "stacking": {"most": 0}}, "/coupons/stacking/most"),
        ({"templates": "none"}, "/coupons/templates"),
    ],
)
async def test_one_wrong_thing_keeps_all_of_it_out(session: Session, part: dict, pointer: str):
    await a_template(session, "old")
    with pytest.raises(TemplatesInvalid) as refused:
        await apply_coupons(session, part, None, SYSTEM)
    assert refused.value.fields[0].pointer.startswith(pointer)
    assert await states(session) == [("old", "published", 1)]
    assert await find_stacking(session) == (Stacking(), 0)


async def test_coupons_do_not_wait_for_a_later_day(session: Session):
    with pytest.raises(TemplatesCannotWait):
        await apply_coupons(session, WANTED, clock.now() + timedelta(days=1), SYSTEM)
    assert await states(session) == []
    await apply_coupons(session, await export_coupons(session), clock.now() + timedelta(days=1), SYSTEM)


async def test_drafts_stay_here(session: Session):
    await actions.add_template(session, "draft", actions.STATES["draft"], draft={})
    assert (await export_coupons(session))["templates"] == []
    await apply_coupons(session, {"templates": []}, None, SYSTEM)
    assert await states(session) == [("draft", "draft", 0)]
