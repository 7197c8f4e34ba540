"""Accounts, entries and points of orders as they are read."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from shuke.commerce.orders.testing import stored
from shuke.foundation.organization.testing import a_shop
from shuke.loyalty import ledger
from shuke.loyalty.ledger import sections
from shuke.loyalty.ledger.queries import find_points_of_orders, get_currency, list_entries
from shuke.loyalty.ledger.testing import AT, ZONE, credited, expired, instruct, operation, taken_back, two_currencies
from shuke.loyalty.ledger.views import show_accounts, show_entries, show_order_points
from shuke.people.members.testing import enrolled, external, person
from shuke.platform import clock, module
from shuke.platform.i18n import LocalName
from shuke.platform.pages import BadCursor


@pytest.fixture
async def member_id(session):
    await a_shop(session)
    await two_currencies(session)
    return (await enrolled(session, [person("王小明", external("1"))]))[0]


async def test_a_new_member_has_empty_accounts_in_every_currency(session, member_id):
    shown = await show_accounts(session, member_id)

    assert [(account.currency.code, account.available, account.version, account.lots) for account in shown] == [
        ("points", 0, 0, []),
        ("growth", 0, 0, []),
    ]


async def test_an_account_shows_open_lots_and_what_expires_next(session, member_id):
    order = await stored(session, "536365", member_id=member_id)
    await credited(session, member_id, 100, operation("a", origin_kind="order", origin_id=order.order_id))
    await credited(session, member_id, 30, operation("b", AT + timedelta(days=5)))
    await credited(session, member_id, 50, operation("c", AT + timedelta(days=40)))
    await credited(session, member_id, 7, operation("d"), currency="growth")

    points, growth = await show_accounts(session, member_id)

    assert (points.available, points.version) == (180, 3)
    assert [(one.on, one.amount) for one in points.expiring] == [(date(2026, 9, 30), 130), (date(2026, 10, 31), 50)]
    assert [(lot.amount, lot.remaining, lot.state, lot.expires_on) for lot in points.lots] == [
        (100, 100, "open", date(2026, 9, 30)),
        (30, 30, "open", date(2026, 9, 30)),
        (50, 50, "open", date(2026, 10, 31)),
    ]
    assert points.lots[0].origin is not None
    assert points.lots[0].origin.number == "536365"
    assert points.lots[1].origin is None
    assert (growth.available, growth.expiring, growth.lots[0].expires_on) == (7, [], None)


async def test_spent_and_expired_lots_are_no_longer_shown(session, member_id):
    await credited(session, member_id, 100, operation("a"))
    await credited(session, member_id, 50, operation("b", AT + timedelta(days=40)))
    await taken_back(session, member_id, 20, operation("c", AT + timedelta(days=41), kind="refund"))
    await expired(session, member_id, datetime(2026, 10, 1, tzinfo=UTC))

    points, _ = await show_accounts(session, member_id)

    assert points.available == 50
    assert [(lot.lot_no, lot.remaining) for lot in points.lots] == [(2, 50)]
    assert [(one.on, one.amount) for one in points.expiring] == [(date(2026, 10, 31), 50)]


async def test_an_account_shows_what_is_set_aside_and_what_waits(session, member_id):
    clock.set_offset(AT - clock.wall())
    await instruct(session, member_id, ledger.Credit(amount=100))
    waits = ledger.Terms(available_on=date(2026, 3, 9), funding="spring campaign")
    await instruct(session, member_id, ledger.Credit(amount=40, terms=waits))
    await instruct(session, member_id, ledger.SetAside(amount=60, minutes=30))
    await instruct(session, member_id, ledger.SetAside(amount=10))
    await instruct(session, member_id, ledger.Capture(hold_no=1, amount=25))
    await instruct(session, member_id, ledger.Release(hold_no=2))

    points, growth = await show_accounts(session, member_id)

    assert (points.available, points.pending, points.held) == (40, 40, 35)
    (hold,) = points.holds
    assert (hold.hold_no, hold.amount, hold.remaining, hold.opened_on) == (1, 60, 35, date(2026, 3, 1))
    assert hold.expires_at is not None
    assert timedelta(minutes=29) < hold.expires_at - AT < timedelta(minutes=31)
    assert hold.origin is None
    assert [(lot.state, lot.remaining, lot.held, lot.funding, lot.available_on) for lot in points.lots] == [
        ("open", 75, 35, None, None),
        ("pending", 40, 0, "spring campaign", date(2026, 3, 9)),
    ]
    assert [(one.on, one.amount) for one in points.expiring] == [(date(2026, 9, 30), 40)]
    assert growth.holds == []


async def test_what_ends_by_inactivity_ends_on_one_day_whatever_its_lots_say(session, member_id):
    await session.execute(
        text("update ledger_currency set expiry = cast(:policy as jsonb) where code = 'points'"),
        {"policy": '{"kind": "inactivity", "months": 12, "resets": ["spend"]}'},
    )
    await credited(session, member_id, 30, operation("a"))
    await credited(session, member_id, 12, operation("b", AT + timedelta(days=40)))

    points, _ = await show_accounts(session, member_id)

    assert [(one.on, one.amount) for one in points.expiring] == [(date(2027, 3, 1), 42)]


async def test_only_an_order_is_shown_as_the_origin(session, member_id):
    order = await stored(session, "536365", member_id=member_id)
    await credited(session, member_id, 10, operation("a", origin_kind="order", origin_id=order.order_id))
    await credited(session, member_id, 10, operation("b", origin_kind="campaign", origin_id=order.order_id))

    points, _ = await show_accounts(session, member_id)
    page = await list_entries(session, member_id, 1, limit=10, cursor=None)
    newest, oldest = await show_entries(session, member_id, page.items, await get_currency(session, "points"), "en")

    assert [lot.origin.number if lot.origin else None for lot in points.lots] == ["536365", None]
    assert (newest.order, oldest.order.number) == (None, "536365")


async def test_entries_come_newest_first_with_order_rule_lines_and_reason(session, member_id, monkeypatch):
    async def rules(_session):
        return {5: ledger.RuleName(code="purchase", version=2, name=LocalName("消费积分", "Purchase points"))}

    names = ledger.RuleNames(load=rules)
    monkeypatch.setattr(module, "_installed", (module.Module(name="above", contributions=(names,)),))
    order = await stored(session, "536365", [("A1", "2", "10"), ("POST", "1", "5")], member_id=member_id)
    facts = {
        "eligible_minor": 2_000,
        "left_out_minor": 500,
        "money": "CNY",
        "rate": {"points": 1, "per_minor": 100},
        "rounding": "down",
        "outcome": 20,
    }
    what = operation("order:till:536365", origin_kind="order", origin_id=order.order_id)
    await credited(session, member_id, 20, what, facts=facts, rule_version_id=5)
    await credited(session, member_id, 1, operation("b"))
    points = await get_currency(session, "points")

    page = await list_entries(session, member_id, points.currency_id, limit=10, cursor=None)
    newest, oldest = await show_entries(session, member_id, page.items, points, "zh")

    assert (newest.version, newest.order, newest.rule, newest.explanation.lines) == (2, None, None, [])
    assert (oldest.amount, oldest.balance_after, oldest.contra) == (20, 20, "issuance")
    assert (oldest.operation.key, oldest.operation.kind) == ("order:till:536365", "order")
    assert oldest.order is not None
    assert oldest.order.number == "536365"
    assert oldest.rule is not None
    assert (oldest.rule.code, oldest.rule.version) == ("purchase", 2)
    why = oldest.explanation
    assert why.text == "商品净额 ¥20.00（¥5.00 运费等非商品不计），每 ¥1.00 得 1 积分，不足部分舍去，共得 20 积分。"
    assert (why.eligible_minor, why.rate, why.outcome) == (2_000, "每 ¥1.00 得 1 积分", 20)
    assert [(line.name, line.quantity, line.amount_minor, line.eligible_minor, line.why) for line in why.lines] == [
        ("Product A1", "2", 2_000, 2_000, None),
        ("Product POST", "1", 500, 0, "运费、手续费等非商品，不计积分"),
    ]


async def test_pages_of_entries_go_on_without_gap_or_repeat(session, member_id):
    for number in range(5):
        await credited(session, member_id, number + 1, operation(f"o{number}"))

    first = await list_entries(session, member_id, 1, limit=2, cursor=None)
    second = await list_entries(session, member_id, 1, limit=2, cursor=first.next)
    third = await list_entries(session, member_id, 1, limit=2, cursor=second.next)

    versions = [entry.version for page in (first, second, third) for entry in page.items]
    assert versions == [5, 4, 3, 2, 1]
    assert third.next is None
    with pytest.raises(BadCursor):
        await list_entries(session, member_id, 1, limit=2, cursor="WyItdmVyc2lvbiIsIngiXQ")


async def test_debt_shows_in_the_balance(session, member_id):
    await credited(session, member_id, 10, operation("a"))
    await taken_back(session, member_id, 25, operation("b", kind="refund"))

    (entry, _) = (await list_entries(session, member_id, 1, limit=10, cursor=None)).items
    points, _ = await show_accounts(session, member_id)

    assert (entry.amount, entry.balance_after, entry.debt_after) == (-25, -15, 15)
    assert (points.available, points.debt) == (0, 15)


async def test_an_unknown_currency_is_refused(session, member_id):
    with pytest.raises(ledger.CurrencyNotFound):
        await get_currency(session, "stamps")


async def test_the_points_of_orders_are_what_each_document_changed(session, member_id):
    sale = await stored(session, "1", member_id=member_id)
    refund = await stored(session, "C1", [("A1", "-1", "4")], member_id=member_id, kind="refund")
    guest = await stored(session, "2")
    await credited(session, member_id, 10, operation("a", origin_kind="order", origin_id=sale.order_id))
    await credited(
        session, member_id, 9, operation("g", origin_kind="order", origin_id=sale.order_id), currency="growth"
    )
    await taken_back(
        session, member_id, 4, operation("b", kind="refund", origin_kind="refund", origin_id=refund.order_id)
    )
    keys = [(member_id, sale.order_id), (member_id, refund.order_id), (0, guest.order_id)]

    of_list = await find_points_of_orders(session, keys)
    of_sale = await show_order_points(session, member_id, sale.order_id, "en")

    assert of_list == {sale.order_id: 10, refund.order_id: -4}
    assert [(one.account, one.amount) for one in of_sale] == [("points", 10), ("growth", 9)]
    assert await find_points_of_orders(session, []) == {}


async def test_the_timeline_tells_of_points_and_leaves_growth_out(session, member_id):
    sale = await stored(session, "1", member_id=member_id)
    await credited(session, member_id, 10, operation("a", origin_kind="order", origin_id=sale.order_id))
    await credited(session, member_id, 9, operation("g"), currency="growth")
    await taken_back(session, member_id, 4, operation("b", kind="refund"))
    await expired(session, member_id, datetime(2026, 10, 1, tzinfo=UTC))

    items = await sections.load_timeline(session, member_id, None, 10, "zh")
    older = await sections.load_timeline(session, member_id, (items[1].at, items[1].id), 10, "zh")

    assert [(item.type, item.title, item.points) for item in items] == [
        ("points.expired", "6 积分到期", -6),
        ("points.taken_back", "收回 4 积分", -4),
        ("points.earned", "获得 10 积分", 10),
    ]
    assert items[2].link is not None
    assert items[2].link.id == str(sale.order_id)
    assert [item.id for item in older] == [items[2].id]


async def test_the_timeline_has_a_title_for_everything_that_can_happen(session, member_id):
    clock.set_offset(AT - clock.wall())
    (other,) = await enrolled(session, [person("B", external("2"))])
    await instruct(session, member_id, ledger.Credit(amount=100), key="gift")
    await instruct(session, member_id, ledger.Credit(amount=8, terms=ledger.Terms(matures_on="parcel received")))
    await instruct(session, member_id, ledger.Cancel(lot_no=2, amount=3))
    await instruct(session, member_id, ledger.Mature(lot_no=2))
    await instruct(session, member_id, ledger.Spend(amount=10))
    await instruct(session, member_id, ledger.Adjust(amount=-5, reason="counted twice"))
    await instruct(session, member_id, ledger.SetAside(amount=20, minutes=1))
    await instruct(session, member_id, ledger.Capture(hold_no=1, amount=4))
    clock.set_offset(AT + timedelta(minutes=5) - clock.wall())
    await ledger.transfer(
        session,
        ZONE,
        ledger.Asked(key="t", actor="user:1", request_hash=b"t", reason="family"),
        from_member=member_id,
        to_member=other,
        currency="points",
        amount=7,
    )

    items = await sections.load_timeline(session, member_id, None, 20, "zh")
    english = await sections.load_timeline(session, member_id, None, 20, "en")
    received = await sections.load_timeline(session, other, None, 20, "en")

    assert [(item.type, item.title, item.points) for item in items] == [
        ("points.transferred", "积分转移 −7", -7),
        ("points.released", "解除冻结 16 积分", 0),
        ("points.used", "使用 4 积分", -4),
        ("points.held", "冻结 20 积分", 0),
        ("points.adjusted", "人工调整 −5 积分", -5),
        ("points.used", "使用 10 积分", -10),
        ("points.matured", "5 积分到账可用", 0),
        ("points.cancelled", "取消待到账的 3 积分", -3),
        ("points.earned", "获得 8 积分", 8),
        ("points.earned", "获得 100 积分", 100),
    ]
    assert items[1].summary == "冻结超时，16 积分自动解除冻结。"
    assert [item.title for item in english[:3]] == ["Transfer of −7 points", "16 points released", "4 points used"]
    assert [(item.title, item.summary) for item in received] == [
        ("Transfer of +7 points", "7 points received from another member; reason: family.")
    ]


async def test_the_section_of_the_member_page_shows_every_account(session, member_id):
    await credited(session, member_id, 10, operation("a"))

    shown = await sections.load_section(session, member_id, "zh")

    points = shown.model_dump(mode="json")["accounts"][0]
    assert points["currency"] == {"code": "points", "name": {"zh": "积分", "en": "Points"}}
    assert points["expiring"] == [{"on": "2026-09-30", "amount": 10}]
