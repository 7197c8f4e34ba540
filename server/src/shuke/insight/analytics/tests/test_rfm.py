"""The RFM map: the statement and the pure function are held against each other, and against a worked example."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from shuke.insight.analytics import actions, queries
from shuke.insight.analytics.rules import SEGMENTS, Purchaser, map_members, pairs_of, score, segment_of
from shuke.insight.analytics.rules.rfm import percentiles
from shuke.insight.analytics.rules.sums import MemberSums, SalesSums
from shuke.platform.actor import EVERYTHING

AS_OF = date(2026, 3, 10)
BEGINNING = datetime(2026, 3, 10)  # noqa: DTZ001 — local time without zone is what the rule takes
ZONE = "Europe/London"


async def _take(session, members: list[Purchaser]) -> None:
    sums = {
        one.member_id: MemberSums(
            one.order_count, one.paid_minor, one.refunded_minor, one.last_at.replace(tzinfo=UTC), _utc(one)
        )
        for one in members
    }
    await actions.take_sales(session, SalesSums(members=sums))


def _utc(one: Purchaser) -> datetime:
    # In winter London's time is UTC.
    return one.last_at.replace(tzinfo=UTC)


def _crowd(seed: int, size: int) -> list[Purchaser]:
    chance = random.Random(seed)
    return [
        Purchaser(
            member_id=number,
            order_count=chance.choice([1, 1, 1, 2, 2, 3, 5, 9]),
            paid_minor=chance.choice([0, 1, 500, 500, chance.randrange(100_000)]),
            refunded_minor=-chance.choice([0, 0, chance.randrange(1_000)]),
            last_at=BEGINNING - timedelta(minutes=chance.randrange(-600, 100 * 24 * 60)),
        )
        for number in chance.sample(range(1, 10 * size), size)
    ]


@pytest.mark.parametrize(("seed", "size"), [(1, 1), (2, 2), (3, 4), (4, 7), (5, 60), (6, 997)])
async def test_the_statement_and_the_rule_draw_the_same_map(session, seed, size):
    members = _crowd(seed, size)
    await _take(session, members)

    found = await queries.rfm_map(session, AS_OF, ZONE)

    assert found == map_members(members, BEGINNING)


async def test_nobody_makes_an_empty_map(session):
    found = await queries.rfm_map(session, AS_OF, ZONE)

    assert (found.members, found.cuts, found.cells) == (0, None, ())
    assert await queries.find_score(session, 1, as_of=AS_OF, zone=ZONE) is None
    assert (
        await queries.list_segment(session, EVERYTHING, "new", as_of=AS_OF, zone=ZONE, limit=5, cursor=None)
    ).items == []


async def test_every_member_is_listed_in_the_segment_of_its_own_score(session):
    members = _crowd(7, 300)
    await _take(session, members)
    cuts = map_members(members, BEGINNING).cuts
    assert cuts is not None
    expected = {
        name: sorted(one.member_id for one in members if one.paid_minor and score(one, cuts, BEGINNING).segment == name)
        for name in SEGMENTS
    }

    for name in SEGMENTS:
        listed: list[int] = []
        cursor = None
        while True:
            page = await queries.list_segment(session, EVERYTHING, name, as_of=AS_OF, zone=ZONE, limit=7, cursor=cursor)
            listed += page.items
            cursor = page.next
            if cursor is None:
                break
        assert listed == expected[name]
    for one in members[:40]:
        found = await queries.find_score(session, one.member_id, as_of=AS_OF, zone=ZONE)
        assert found == (score(one, cuts, BEGINNING) if one.paid_minor else None)


def test_a_worked_example_of_ten_members():
    # Member n bought n times, last n × 10 days and an hour before: the more often, the longer ago.
    members = [Purchaser(n, n, n * 1_000, 0, BEGINNING - timedelta(days=n * 10, hours=1)) for n in range(1, 11)]

    found = map_members(members, BEGINNING)

    assert found.cuts is not None
    assert found.cuts.recency_days == pytest.approx((28.0, 46.0, 64.0, 82.0))
    assert found.cuts.frequency_rank == pytest.approx((2.8, 4.6, 6.4, 8.2))
    assert found.cuts.frequency_bounds == ((2, 2), (4, 4), (6, 6), (8, 8))
    assert [(cell.r, cell.f, cell.members, cell.net_spend_minor) for cell in found.cells] == [
        (1, 5, 2, 19_000),
        (2, 4, 2, 15_000),
        (3, 3, 2, 11_000),
        (4, 2, 2, 7_000),
        (5, 1, 2, 3_000),
    ]
    scores = [score(one, found.cuts, BEGINNING) for one in (members[0], members[9])]
    assert [(one.r, one.f, one.m, one.segment) for one in scores] == [(5, 1, 1, "new"), (1, 5, 5, "cannot_lose")]


def test_every_pair_of_fifths_belongs_to_one_of_ten_segments():
    drawn = {(r, f): segment_of(r, f) for r in range(1, 6) for f in range(1, 6)}

    assert set(drawn.values()) == set(SEGMENTS)
    assert sorted(pair for name in SEGMENTS for pair in pairs_of(name)) == sorted(drawn)
    assert [drawn[1, f] for f in range(1, 6)] == drawn_row("hibernating hibernating at_risk at_risk cannot_lose")
    assert [drawn[3, f] for f in range(1, 6)] == drawn_row("about_to_sleep about_to_sleep need_attention loyal loyal")
    assert [drawn[4, f] for f in range(1, 6)] == drawn_row(
        "promising potential_loyalist potential_loyalist loyal loyal"
    )
    assert [drawn[5, f] for f in range(1, 6)] == drawn_row(
        "new potential_loyalist potential_loyalist champions champions"
    )


def drawn_row(names: str) -> list[str]:
    return names.split()


def test_a_purchase_of_the_day_itself_is_no_days_ago():
    early = Purchaser(1, 1, 100, 0, BEGINNING + timedelta(hours=9))

    assert map_members([early], BEGINNING).cuts.recency_days == (0.0, 0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("values", "cuts"), [([5], (5, 5, 5, 5)), ([1, 2, 3, 4, 5, 6], (2, 3, 4, 5)), ([0, 10], (2, 4, 6, 8))]
)
def test_percentiles_are_continuous(values, cuts):
    assert percentiles(values) == pytest.approx(cuts)


async def test_recency_is_counted_in_local_time_over_the_change_to_summer_time(session):
    # 30 March 2026 begins in London at 23:00 UTC of the 29th, the day on which clocks went forward.
    last_at = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)
    await actions.take_sales(session, SalesSums(members={1: MemberSums(1, 100, 0, last_at, last_at)}))

    found = await queries.rfm_map(session, date(2026, 3, 30), ZONE)

    assert found.cuts is not None
    assert found.cuts.recency_days == (1.0, 1.0, 1.0, 1.0)


async def test_a_kept_map_is_used_until_a_sale_comes(session):
    await _take(session, _crowd(8, 20))
    await actions.note_taken(session, queries.SALES, 5)
    assert not await queries.is_map_kept(session, AS_OF)

    await actions.keep_rfm_map(session, AS_OF, ZONE)
    kept = await queries.rfm_map(session, AS_OF, ZONE)
    is_kept = await queries.is_map_kept(session, AS_OF)
    # What changes behind the back of events is not seen by the kept map.
    await _take(session, [Purchaser(900, 1, 5, 0, BEGINNING)])
    shown_before = await queries.map_in_use(session, AS_OF, ZONE)
    await actions.note_taken(session, queries.SALES, 6)
    shown_after = await queries.map_in_use(session, AS_OF, ZONE)

    assert is_kept
    assert shown_before == kept
    assert shown_after.members == kept.members + 1
    assert not await queries.is_map_kept(session, AS_OF)
