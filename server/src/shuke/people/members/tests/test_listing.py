"""Lists: every filter, every sort and every page exactly as a plain computation says."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from shuke.foundation.organization.testing import a_shop
from shuke.people import members
from shuke.people.members.queries import listing
from shuke.people.members.testing import enrolled, external, person, phone
from shuke.platform.actor import EVERYTHING
from shuke.platform.i18n import LocalName
from shuke.platform.module import Module, install, installed
from shuke.platform.pages import BadCursor, encode_cursor

SORTS = (
    "number",
    "joined_at",
    "last_order_at",
    "order_count",
    "net_spend_minor",
    "points_available",
    "growth",
    "tier_rank",
)
START = datetime(2011, 1, 1, 4, tzinfo=UTC)


@pytest.fixture
async def crowd(session) -> dict[int, members.MemberRow]:
    """Forty members with many equal values, and some who never ordered."""
    await a_shop(session, time_zone="Asia/Shanghai", currency="CNY")
    ids = await enrolled(
        session,
        [
            replace(
                person(f"王{chr(0x5C0F + number)}", external(str(number)), phone(f"154{number:08d}")),
                joined_at=START + timedelta(days=number % 7),
            )
            for number in range(40)
        ],
    )
    await members.write_facts(
        session,
        [
            members.FactsRow(
                member_id=member_id,
                order_count=place % 5,
                net_spend_minor=place % 4 * 1000,
                last_order_at=START + timedelta(days=place % 6) if place % 5 else None,
                first_order_at=START if place % 5 else None,
                points_available=place % 3 * 10,
                growth=place % 2,
                tier_code=("gold", "silver", None)[place % 3],
                tier_rank=(2, 1, None)[place % 3],
            )
            for place, member_id in enumerate(ids)
        ],
    )
    page = await members.list_members(session, members.MemberFilters(), EVERYTHING, limit=200)
    return {row.id: row for row in page.items}


def _key(row: members.MemberRow, field: str):
    if field == "tier_rank":
        return (row.tier.rank if row.tier else -1, row.id)
    if field == "last_order_at":
        return (row.last_order_at or datetime.min.replace(tzinfo=UTC), row.id)
    return (getattr(row, field), row.id)


@pytest.mark.parametrize("field", SORTS)
@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize("filters", [{}, {"points_min": 0}])
async def test_pages_hold_everybody_once_in_order(session, crowd, field, sign, filters):
    expected = sorted(crowd.values(), key=lambda row: _key(row, field), reverse=sign == "-")

    found, cursor = [], None
    while True:
        page = await members.list_members(
            session, members.MemberFilters(**filters), EVERYTHING, sort=sign + field, limit=7, cursor=cursor
        )
        found += page.items
        cursor = page.next
        if cursor is None:
            break

    assert len(crowd) == 40
    assert found == expected


@pytest.mark.parametrize(
    ("filters", "passes"),
    [
        ({"tiers": ("gold",)}, lambda row: row.tier is not None and row.tier.code == "gold"),
        ({"tiers": ("gold", "silver")}, lambda row: row.tier is not None),
        ({"tiers": ("none such",)}, lambda row: False),
        ({"spend_min": 1000, "spend_max": 2000}, lambda row: 1000 <= row.net_spend_minor <= 2000),
        ({"points_min": 10}, lambda row: row.points_available >= 10),
        ({"points_max": 0}, lambda row: row.points_available <= 0),
        ({"orders_min": 4}, lambda row: row.order_count >= 4),
        ({"orders_max": 2**62}, lambda row: True),
        ({"store_id": 999}, lambda row: False),
        ({"status": "frozen"}, lambda row: False),
        (
            {"last_order_from": date(2011, 1, 2), "last_order_to": date(2011, 1, 3)},
            lambda row: (
                row.last_order_at is not None
                and date(2011, 1, 2) <= (row.last_order_at + timedelta(hours=8)).date() <= date(2011, 1, 3)
            ),
        ),
        ({"last_order_to": date(2011, 1, 1)}, lambda row: row.last_order_at == START),
        (
            {"joined_from": date(2011, 1, 2), "joined_to": date(2011, 1, 3)},
            lambda row: date(2011, 1, 2) <= (row.joined_at + timedelta(hours=8)).date() <= date(2011, 1, 3),
        ),
    ],
)
@pytest.mark.parametrize("few", [0, 5_000])
async def test_filters_pass_exactly_who_they_describe(session, crowd, filters, passes, few, monkeypatch):
    monkeypatch.setattr(listing, "_FEW", few)
    wanted = members.MemberFilters(**filters)

    page = await members.list_members(session, wanted, EVERYTHING, sort="number", limit=200)

    expected = sorted((row for row in crowd.values() if passes(row)), key=lambda row: row.number)
    assert list(page.items) == expected
    assert await members.count_members(session, wanted, EVERYTHING) == (len(expected), False)


@pytest.mark.parametrize(
    ("question", "count"), [("王", 40), ("0007", 1), ("15400000011", 1), ("7", 1), ("李", 0), ("wang", 40)]
)
async def test_search_finds_over_the_database(session, crowd, question, count):
    assert await members.count_members(session, members.MemberFilters(q=question), EVERYTHING) == (count, False)


@pytest.mark.parametrize("few", [0, 5_000])
async def test_search_and_filter_narrow_together_over_pages(session, crowd, few, monkeypatch):
    monkeypatch.setattr(listing, "_FEW", few)
    wanted = members.MemberFilters(q="wang", tiers=("gold",), points_max=0)

    first = await members.list_members(session, wanted, EVERYTHING, limit=10)
    second = await members.list_members(session, wanted, EVERYTHING, limit=10, cursor=first.next)

    assert len(first.items) == 10
    assert [row.tier.code for row in (*first.items, *second.items)] == ["gold"] * 14
    assert second.next is None


@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense",
        "",
        encode_cursor("-last_order_at", ["yesterday", 1]),
        encode_cursor("-last_order_at", ["0001-01-01T00:00:00+14:00", 1]),
        encode_cursor("-last_order_at", ["2011-01-01T00:00:00", 1]),
        encode_cursor("-last_order_at", [7, 1]),
        encode_cursor("-last_order_at", [None, 2**63]),
        encode_cursor("-last_order_at", [None, "1"]),
        encode_cursor("-last_order_at", [None, True]),
        encode_cursor("number", ["M1", 1]),
    ],
)
async def test_a_foreign_cursor_is_refused(session, crowd, cursor):
    with pytest.raises(BadCursor):
        await members.list_members(session, members.MemberFilters(), EVERYTHING, cursor=cursor)


@pytest.mark.parametrize("sort", ["name", "", "--number", "number desc"])
async def test_an_unknown_sort_is_refused(session, crowd, sort):
    with pytest.raises(members.BadFilter):
        await members.list_members(session, members.MemberFilters(), EVERYTHING, sort=sort)


async def test_rows_come_in_the_order_asked_for_and_name_their_tier(session, crowd):
    ids = list(crowd)[3:6]
    gold = members.TierRef(code="gold", rank=2, name=LocalName("金卡", "Gold"), colour="#d4af37")

    async def load(_):
        return {"gold": gold}

    before = installed()
    install([Module(name="tiers", contributions=(members.TierLabels(load=load),))])
    try:
        rows = await members.list_rows(session, [ids[2], 10**9, ids[0], ids[1]], EVERYTHING)
    finally:
        install(before)

    assert [row.id for row in rows] == [ids[2], ids[0], ids[1]]
    assert {row.tier.name.zh for row in rows if row.tier and row.tier.code == "gold"} <= {"金卡"}
    assert all(row.phone.startswith("154****") and row.name.endswith("*") for row in rows)


async def test_facts_left_out_stay_and_the_first_store_stays(session, crowd):
    one, other = list(crowd)[:2]
    before = await members.get_counts(session, [one, other])

    await members.write_facts(
        session,
        [
            members.FactsRow(member_id=other, growth=9, tier_code=None, tier_rank=None, store_id=5),
            members.FactsRow(member_id=one, points_debt=3),
            members.FactsRow(member_id=one),
        ],
    )
    await members.write_facts(session, [members.FactsRow(member_id=other, store_id=6)])

    assert await members.get_counts(session, [one, other]) == before
    rows = {row.id: row for row in await members.list_rows(session, [one, other], EVERYTHING)}
    assert rows[one] == replace(crowd[one], points_debt=3)
    assert rows[other] == replace(crowd[other], growth=9, tier=None)
    assert [
        row.id for row in (await members.list_members(session, members.MemberFilters(store_id=5), EVERYTHING)).items
    ] == [other]
    assert (await members.list_members(session, members.MemberFilters(store_id=6), EVERYTHING)).items == []
