"""Tiers as they are read: the scheme, a member's level, what the next one needs, the history in words."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from shuke.commerce.orders import NewOrder
from shuke.commerce.orders.testing import stored
from shuke.foundation.organization.testing import a_shop
from shuke.loyalty import tiers
from shuke.loyalty.tiers import sections
from shuke.loyalty.tiers.queries import list_changes
from shuke.loyalty.tiers.schemas import TierSectionOut
from shuke.loyalty.tiers.testing import four_levels
from shuke.loyalty.tiers.views import show_change, show_member_tier, show_tiers
from shuke.people.members.testing import enrolled, external, person
from shuke.platform import clock
from shuke.platform.actor import EVERYTHING
from shuke.platform.i18n import Language
from shuke.platform.pages import BadCursor

ZONE = ZoneInfo("Asia/Shanghai")
BOUGHT_AT = datetime(2026, 3, 1, 4, tzinfo=UTC)


@pytest.fixture
async def member_id(session):
    await a_shop(session)
    await four_levels(session)
    clock.set_offset(datetime(2026, 3, 10, 4, tzinfo=UTC) - clock.wall())
    return (await enrolled(session, [person("王小明", external("1"))]))[0]


async def _scheme(session) -> tiers.SchemeView:
    scheme = await tiers.find_scheme_view(session)
    assert scheme is not None
    return scheme


async def _shown(session, member_id: int, language: Language = "zh") -> TierSectionOut:
    shown = await show_member_tier(session, member_id, language)
    assert shown is not None
    return shown


async def _bought(session, member_id: int, number: str, amount: str, at: datetime) -> NewOrder:
    """A stored order of which everything counts; checkout decides how much."""
    order = await stored(session, number, [("A1", "1", amount)], member_id=member_id, placed_at=at)
    await session.execute(
        text("update sales_order set counts_minor = goods_minor where order_id = :order"), {"order": order.order_id}
    )
    return order


async def _spend(
    session, member_id, number: str, amount: str, at: datetime, earlier: dict[date, int] | None = None
) -> None:
    """An order stored and judged together with earlier ones, as checkout does it."""
    order = await _bought(session, member_id, number, amount, at)
    scheme = await tiers.find_scheme(session)
    assert scheme is not None
    standing = (await tiers.lock_standings(session, scheme, [member_id]))[member_id]
    spending = {**(earlier or {}), order.business_day: order.goods_minor}
    measures = tiers.Measures(date(2025, 1, 1), {"net_spend": spending}, {"net_spend": sum(spending.values())})
    tiers.judge_change(standing, scheme, measures, at, ZONE, "order")
    await tiers.save(session, scheme, [standing])


async def test_the_scheme_shows_its_levels_with_their_members(session, member_id):
    await _spend(session, member_id, "1", "600", BOUGHT_AT)

    shown = await show_tiers(session, await _scheme(session), EVERYTHING, "zh")

    assert (shown.scheme.metric, shown.scheme.unit, shown.scheme.version) == ("net_spend", "money", 1)
    assert shown.scheme.parameters.model_dump()["window"] == {"kind": "rolling", "days": 180}
    assert shown.scheme.sentences == [
        "等级看最近 180 天净消费。",
        "达到门槛当时就升级，可以一次升几级。",
        "等级有效 3 个月。",
        "保级要求：最近 180 天净消费不低于 ¥500.00（银卡）、¥2,000.00（金卡）、¥5,000.00（黑钻）。",
        "有效期结束时没有保住，降到实际够得着的等级。",
        "退货不会当场降级，到期核定时一并计算。",
    ]
    assert [(level.code, level.threshold, level.member_count) for level in shown.levels] == [
        ("bronze", 0, 0),
        ("silver", 50_000, 1),
        ("gold", 200_000, 0),
        ("diamond", 500_000, 0),
    ]


async def test_a_member_sees_what_the_next_level_needs_and_what_keeps_this_one(session, member_id):
    await _spend(session, member_id, "1", "600", BOUGHT_AT)

    shown = await _shown(session, member_id)

    assert shown.level is not None
    assert (shown.level.code, shown.since, shown.valid_until) == ("silver", date(2026, 3, 1), date(2026, 6, 1))
    assert shown.next is not None
    assert (shown.next.level.code, shown.next.need.have, shown.next.need.missing) == ("gold", 60_000, 140_000)
    assert shown.next.need.text == "最近 180 天净消费 ¥600.00，还差 ¥1,400.00 升为金卡。"
    assert shown.keep is not None
    # The window that ends on 1 June still holds the order of 1 March.
    (need,) = shown.keep.needs
    assert (need.threshold, need.missing, need.by, shown.keep.by) == (50_000, 0, date(2026, 6, 1), date(2026, 6, 1))
    assert (shown.keep.is_kept, shown.keep.text) == (True, "保级条件已满足，2026-06-01 到期后继续。")
    assert shown.why == "2025-09-03 至 2026-03-01 净消费 ¥600.00，达到 ¥500.00，升为银卡。"


async def test_what_will_have_left_the_window_does_not_keep_a_level(session, member_id):
    early = datetime(2025, 11, 1, 4, tzinfo=UTC)
    await _bought(session, member_id, "early", "450", early)
    await _spend(session, member_id, "1", "100", BOUGHT_AT, {early.date(): 45_000})

    shown = await _shown(session, member_id, "en")

    assert shown.level is not None
    assert shown.next is not None
    assert (shown.level.code, shown.next.need.have) == ("silver", 55_000)
    assert shown.keep is not None
    (need,) = shown.keep.needs
    assert (need.missing, shown.keep.by, shown.keep.is_kept) == (40_000, date(2026, 6, 1), False)
    assert shown.keep.text == (
        "Holds through 2026-06-01. To keep it: "
        "net spend from 2025-12-04 to 2026-06-01: ¥100.00 of ¥500.00, ¥400.00 more."
    )


async def test_a_member_before_the_first_order_has_no_level(session, member_id):
    shown = await _shown(session, member_id)

    assert (shown.level, shown.since, shown.keep, shown.why) == (None, None, None, None)
    assert shown.next is not None
    assert (shown.next.level.code, shown.next.need.have, shown.next.need.missing) == ("bronze", 0, 0)


async def test_the_lowest_level_needs_nothing_to_be_kept_and_the_highest_has_no_next(session, member_id):
    await _spend(session, member_id, "1", "10", BOUGHT_AT)

    lowest = await _shown(session, member_id)
    await _spend(session, member_id, "2", "9000", BOUGHT_AT)
    highest = await _shown(session, member_id)

    assert lowest.keep is not None
    assert (lowest.keep.needs, lowest.keep.by, lowest.valid_until) == ([], None, None)
    assert lowest.keep.text == "长期有效，不需要保级。"
    assert highest.next is None
    assert highest.keep is not None
    assert [need.threshold for need in highest.keep.needs] == [500_000]


async def test_changes_are_told_newest_first_with_the_reason(session, member_id):
    await _spend(session, member_id, "1", "10", BOUGHT_AT)
    await _spend(session, member_id, "2", "600", datetime(2026, 3, 5, 4, tzinfo=UTC))
    scheme = await _scheme(session)

    page = await list_changes(session, scheme.scheme_id, member_id, limit=1, cursor=None)
    rest = await list_changes(session, scheme.scheme_id, member_id, limit=1, cursor=page.next)
    promoted = show_change(page.items[0], scheme, ZONE, "zh").model_dump(mode="json")
    entered = show_change(rest.items[0], scheme, ZONE, "en").model_dump(mode="json")

    assert rest.next is None
    assert (promoted["from"]["code"], promoted["to"]["code"], promoted["reason"]) == ("bronze", "silver", "promoted")
    assert promoted["valid_until"] == "2026-06-05"
    assert promoted["explanation"]["text"] == "2025-09-07 至 2026-03-05 净消费 ¥600.00，达到 ¥500.00，升为银卡。"
    assert (entered["from"], entered["to"]["code"], entered["reason"]) == (None, "bronze", "entered")
    assert entered["explanation"]["text"] == "Net spend from 2025-09-03 to 2026-03-01 was ¥10.00: entered as Bronze."
    with pytest.raises(BadCursor):
        await list_changes(session, scheme.scheme_id, member_id, limit=1, cursor="WyItY2hhbmdlX25vIiwieCJd")


async def test_the_timeline_and_the_labels_speak_of_levels(session, member_id):
    await _spend(session, member_id, "1", "600", BOUGHT_AT)

    items = await sections.load_timeline(session, member_id, None, 10, "zh")
    below = await sections.load_timeline(session, member_id, (items[0].at, items[0].id), 10, "zh")
    labels = await sections.load_labels(session)

    assert [(item.type, item.title) for item in items] == [("tier.promoted", "升级为银卡")]
    assert below == []
    assert (labels["gold"].rank, labels["gold"].name.zh, labels["gold"].colour) == (3, "金卡", "#C9A227")


async def test_a_shop_without_a_scheme_shows_nothing(session):
    await a_shop(session)

    assert await tiers.find_scheme_view(session) is None
    assert await sections.load_section(session, 1, "zh") is None
    assert await sections.load_timeline(session, 1, None, 10, "zh") == []
    assert await sections.load_labels(session) == {}
