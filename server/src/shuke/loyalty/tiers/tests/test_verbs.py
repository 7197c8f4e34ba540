"""Grants by hand, schemes published anew, everybody judged again, the nightly judging, merges: in the database."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg
import pytest
from sqlalchemy import text

from shuke.commerce.orders.testing import stored
from shuke.foundation.organization.testing import a_shop
from shuke.loyalty import tiers
from shuke.loyalty.tiers import jobs as tier_jobs
from shuke.loyalty.tiers.errors import GrantEndsTooEarly, LevelInUse, LevelNotFound, NoGrant, SchemeChanged
from shuke.loyalty.tiers.merging import PART
from shuke.loyalty.tiers.privacy import forget_reasons
from shuke.loyalty.tiers.rejudging import REJUDGE
from shuke.loyalty.tiers.testing import LEVELS, four_levels
from shuke.people import members
from shuke.people.members.testing import enrolled, external, person
from shuke.platform import clock, jobs
from shuke.platform.db import raw
from shuke.platform.i18n import LocalName

ZONE = ZoneInfo("Asia/Shanghai")
MARCH = datetime(2026, 3, 1, 4, tzinfo=UTC)
NOW = datetime(2026, 3, 10, 4, tzinfo=UTC)


@pytest.fixture
def at_ten(monkeypatch):
    """The shop's clock stands on 10 March, noon in Shanghai."""
    clock.set_offset(NOW - clock.wall())


async def a_member(session, key: str, spends: str | None, at: datetime = MARCH) -> int:
    """A member who spent something in one order, judged as checkout does it."""
    (member_id,) = await enrolled(session, [person("王小明", external(key))])
    if spends:
        order = await stored(session, key, [("A1", "1", spends)], member_id=member_id, placed_at=at)
        await session.execute(text("update sales_order set counts_minor = goods_minor where number = :n"), {"n": key})
        scheme = await the_scheme(session)
        standing = (await tiers.lock_standings(session, scheme, [member_id]))[member_id]
        measures = tiers.Measures(date(2025, 1, 1))
        measures.add("net_spend", order.business_day, order.goods_minor)
        tiers.judge_change(standing, scheme, measures, at, ZONE, "order")
        await tiers.save(session, scheme, [standing])
    return member_id


async def the_scheme(session) -> tiers.Scheme:
    scheme = await tiers.find_scheme(session)
    assert scheme is not None
    return scheme


async def standing_of(session, member_id: int) -> tiers.Standing:
    return (await tiers.lock_standings(session, await the_scheme(session), [member_id], is_locked=False))[member_id]


async def changes_of(session, member_id: int) -> list[tuple[int | None, int, str]]:
    driver = await raw(session)
    rows = await driver.fetch(
        "select from_rank, to_rank, reason from tier_change where member_id = $1 order by change_no", member_id
    )
    return [tuple(row) for row in rows]


async def summary_of(session, member_id: int) -> tuple[str | None, date | None]:
    driver = await raw(session)
    row = await driver.fetchrow(
        "select tier_code, tier_valid_until from member_summary where member_id = $1", member_id
    )
    assert row is not None
    return row[0], row[1]


def new_levels(**changes: dict[str, Any]) -> list[tiers.NewLevel]:
    """The four levels, some of them changed, by code."""
    return [
        tiers.NewLevel(
            level=replace(tiers.Level(rank, code, threshold), **changes.get(code, {})),
            name=LocalName(zh, en),
            colour=colour,
        )
        for rank, (code, zh, en, threshold, colour) in enumerate(LEVELS, 1)
    ]


@pytest.fixture
async def shop(session, at_ten):
    await a_shop(session)
    await four_levels(session)


async def test_a_level_by_hand_is_held_shown_and_announced_and_comes_off_again(session, shop):
    member_id = await a_member(session, "1", "600")
    until = clock.start_of_day(date(2026, 4, 1), ZONE)

    await tiers.grant_level(session, member_id, "diamond", until, "开业嘉宾", "staff:1")
    given = await standing_of(session, member_id)
    shown = await summary_of(session, member_id)
    await tiers.end_grant(session, member_id, "活动取消", "staff:2")

    assert (given.rank, given.basis, given.valid_until) == (4, "manual", until)
    assert shown == ("diamond", date(2026, 3, 31))
    back = await standing_of(session, member_id)
    assert (back.rank, back.basis, back.since, back.beneath) == (2, "promoted", MARCH, None)
    assert await summary_of(session, member_id) == ("silver", date(2026, 6, 1))
    assert await changes_of(session, member_id) == [(None, 2, "promoted"), (2, 4, "manual"), (4, 2, "demoted")]
    driver = await raw(session)
    told = await driver.fetch(
        "select explanation from tier_change where member_id = $1 and change_no > 1 order by change_no", member_id
    )
    assert told[0]["explanation"] == {"granted": True, "because": "开业嘉宾", "by": "staff:1"}
    assert told[1]["explanation"] == {
        "metric": "net_spend",
        "amount_minor": 60_000,
        "money": "CNY",
        "window_from": "2025-09-12",
        "window_to": "2026-03-10",
        "threshold_minor": 50_000,
        "grant_ended": True,
        "because": "活动取消",
        "by": "staff:2",
    }
    events = await driver.fetch(
        "select body from event where name = 'tier.changed' and member_id = $1 order by id", member_id
    )
    assert [(row["body"]["from_level"], row["body"]["to_level"]) for row in events] == [
        (None, "silver"),
        ("silver", "diamond"),
        ("diamond", "silver"),
    ]


async def test_a_grant_that_cannot_be_changes_nothing(session, shop):
    member_id = await a_member(session, "1", "600")
    before = await standing_of(session, member_id)

    with pytest.raises(GrantEndsTooEarly):
        await tiers.grant_level(session, member_id, "gold", NOW - timedelta(days=1), "x", "staff:1")
    with pytest.raises(LevelNotFound):
        await tiers.grant_level(session, member_id, "platinum", None, "x", "staff:1")
    with pytest.raises(NoGrant):
        await tiers.end_grant(session, member_id, "x", "staff:1")

    assert await standing_of(session, member_id) == before
    assert await changes_of(session, member_id) == [(None, 2, "promoted")]


async def test_who_never_ordered_can_be_given_a_level_and_has_the_lowest_afterwards(session, shop):
    member_id = await a_member(session, "1", None)

    await tiers.grant_level(session, member_id, "gold", None, "x", "staff:1")
    given = await standing_of(session, member_id)
    await tiers.end_grant(session, member_id, "x", "staff:1")

    assert (given.rank, given.valid_until) == (3, None)
    assert (await standing_of(session, member_id)).rank == 1
    assert await changes_of(session, member_id) == [(None, 3, "manual"), (3, 1, "demoted")]


async def test_a_scheme_is_published_as_a_new_version_and_the_old_one_stays(session, shop):
    before = await the_scheme(session)

    after = await tiers.save_scheme(
        session,
        parameters=before.parameters.model_copy(update={"grace_days": 14}),
        levels=new_levels(silver={"threshold": 60_000, "keep_threshold": 40_000}, diamond={"is_floor": True}),
        seen_version=1,
        actor="staff:7",
    )

    assert (before.version, after.version) == (1, 2)
    assert await the_scheme(session) == after
    driver = await raw(session)
    rows = await driver.fetch("select version, parameters, levels, actor from tier_scheme_version order by version")
    assert [(row["version"], row["actor"]) for row in rows] == [(1, "system:0"), (2, "staff:7")]
    assert [row["parameters"].get("grace_days") for row in rows] == [None, 14]
    assert [row["levels"][1]["threshold"] for row in rows] == [50_000, 60_000]
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await driver.execute("update tier_scheme_version set actor = 'staff:9'")


async def test_saving_what_is_there_publishes_nothing(session, shop):
    before = await the_scheme(session)

    after = await tiers.save_scheme(
        session, parameters=before.parameters, levels=new_levels(), seen_version=1, actor="staff:7"
    )

    assert after == before
    assert await session.scalar(text("select count(*) from tier_scheme_version")) == 1


async def test_a_scheme_that_somebody_else_changed_or_that_takes_a_level_away_is_refused(session, shop):
    await a_member(session, "1", "600")
    before = await the_scheme(session)

    with pytest.raises(SchemeChanged):
        await tiers.save_scheme(
            session, parameters=before.parameters, levels=new_levels(), seen_version=5, actor="staff:7"
        )
    without_silver = [one for one in new_levels(gold={"rank": 2}, diamond={"rank": 3}) if one.level.code != "silver"]
    with pytest.raises(LevelInUse) as refused:
        await tiers.save_scheme(
            session, parameters=before.parameters, levels=without_silver, seen_version=1, actor="staff:7"
        )

    assert refused.value.values == {"level": "silver", "members": 1}
    assert await the_scheme(session) == before


async def test_a_level_that_nobody_ever_had_can_go(session, shop):
    await a_member(session, "1", "600")
    before = await the_scheme(session)

    after = await tiers.save_scheme(
        session, parameters=before.parameters, levels=new_levels()[:3], seen_version=1, actor="staff:7"
    )

    assert [level.code for level in after.levels] == ["bronze", "silver", "gold"]


async def test_judging_everybody_again_moves_those_whom_the_new_scheme_moves_and_says_how_far_it_is(database, at_ten):
    jobs.use(database)
    async with database.transaction() as session:
        await a_shop(session)
        await four_levels(session)
        poor = await a_member(session, "1", "600")
        middle = await a_member(session, "2", "1500")
        rich = await a_member(session, "3", "5000")
        scheme = await the_scheme(session)
        await tiers.save_scheme(
            session,
            parameters=scheme.parameters,
            levels=new_levels(silver={"threshold": 70_000}, gold={"threshold": 150_000}),
            seen_version=1,
            actor="staff:7",
        )
        run = await tiers.rejudge_all(session, "staff:7")
        again = await tiers.rejudge_all(session, "staff:7")
        waiting = await session.scalar(
            text("select count(*) from queue.pgqueuer where entrypoint = :name"), {"name": REJUDGE}
        )

    await tier_jobs.rejudge({"run_id": run.run_id})
    await tier_jobs.rejudge({"run_id": run.run_id})

    async with database.transaction() as session:
        done = await tiers.find_rejudging(session)
        ranks = [(await standing_of(session, one)).rank for one in (poor, middle, rich)]
        changes = [len(await changes_of(session, one)) for one in (poor, middle, rich)]
        versions = (await session.execute(text("select distinct scheme_version from tier_change"))).scalars().all()
        shown = await summary_of(session, middle)
    assert (run.run_id, run.state, run.total, waiting) == (again.run_id, "running", 3, 1)
    assert done is not None
    assert (done.state, done.done, done.promoted, done.demoted, done.scheme_version) == ("done", 3, 1, 1, 2)
    assert (ranks, changes) == ([1, 3, 4], [2, 2, 1])
    assert sorted(versions) == [1, 2]
    assert shown == ("gold", date(2026, 6, 10))


async def test_one_night_judges_everybody_due_once_also_when_two_workers_do_it(database, at_ten):
    june = datetime(2026, 6, 2, tzinfo=UTC)
    september = datetime(2026, 9, 2, tzinfo=UTC)
    async with database.transaction() as session:
        await a_shop(session)
        await four_levels(session)
        ids = [await a_member(session, str(number), "600") for number in range(12)]

    judged = await asyncio.gather(*(tiers.judge_all_due(database, june) for _ in range(3)))
    async with database.transaction() as session:
        kept = [await changes_of(session, one) for one in ids]
    later = await tiers.judge_all_due(database, september)
    again = await tiers.judge_all_due(database, september)

    assert max(judged) == 12
    assert kept == [[(None, 2, "promoted"), (2, 2, "kept")]] * 12
    async with database.transaction() as session:
        fallen = [await changes_of(session, one) for one in ids]
        shown = {await summary_of(session, one) for one in ids}
    assert (later, again) == (12, 0)
    assert fallen == [[(None, 2, "promoted"), (2, 2, "kept"), (2, 1, "demoted")]] * 12
    assert shown == {("bronze", None)}


async def test_a_rise_that_waits_for_the_night_comes_with_it(session, shop):
    before = await the_scheme(session)
    scheme = await tiers.save_scheme(
        session,
        parameters=before.parameters.model_copy(update={"promote": "nightly"}),
        levels=new_levels(),
        seen_version=1,
        actor="staff:7",
    )
    member_id = await a_member(session, "1", "600", NOW)
    waiting = await standing_of(session, member_id)
    midnight = clock.start_of_day(date(2026, 3, 11), ZONE)

    early = await tiers.members_due(session, midnight - timedelta(seconds=1), 0, 10)
    page = await tiers.judge_due_page(session, scheme, ZONE, midnight, after=0, limit=10)

    assert (waiting.rank, waiting.review_at, early) == (1, midnight, [])
    assert (page.members, page.promoted) == (1, 1)
    risen = await standing_of(session, member_id)
    assert (risen.rank, risen.since, risen.review_at) == (2, midnight, None)
    assert await summary_of(session, member_id) == ("silver", date(2026, 6, 10))


async def test_a_merge_takes_a_grant_along_with_what_is_beneath_it_and_undoing_brings_both_back(session, shop):
    absorbed = await a_member(session, "1", "600")
    survivor = await a_member(session, "2", "2000")
    until = clock.start_of_day(date(2026, 4, 1), ZONE)
    await tiers.grant_level(session, absorbed, "diamond", until, "x", "staff:1")
    before = [await standing_of(session, one) for one in (absorbed, survivor)]
    merging = members.Merging(
        merge_id=1, absorbed_id=absorbed, survivor_id=survivor, at=NOW, actor="staff:1", reason="one person"
    )

    await PART.merge(session, merging)
    merged = await standing_of(session, survivor)
    gone = await standing_of(session, absorbed)
    await PART.undo(session, merging)

    assert (merged.rank, merged.basis, merged.valid_until) == (4, "manual", until)
    assert merged.beneath == before[0].beneath
    assert gone.rank == 0
    for one, was in zip((absorbed, survivor), before, strict=True):
        now = await standing_of(session, one)
        assert replace(now, change_count=0) == replace(was, change_count=0)


async def test_a_scheme_that_takes_from_accounts_is_left_to_the_books(session, shop):
    before = await the_scheme(session)
    growth = before.parameters.model_copy(update={"demote": "deduct"})

    assert tiers.needs_accounts(before) is False
    assert tiers.needs_accounts(replace(before, parameters=growth)) is True


async def test_erasing_a_member_takes_away_the_words_about_them_and_leaves_the_levels(session, shop):
    member_id, other = await a_member(session, "1", "600"), await a_member(session, "2", "600")
    for one in (member_id, other):
        await tiers.grant_level(session, one, "gold", None, "王总的朋友", "staff:1")
    before = await changes_of(session, member_id)

    forgotten = await forget_reasons(session, [member_id])

    left = await session.scalars(
        text("select member_id from tier_change where explanation ->> 'because' = '王总的朋友'")
    )
    assert (forgotten, left.all()) == (1, [other])
    assert await changes_of(session, member_id) == before
    assert await forget_reasons(session, [member_id]) == 0


async def test_what_accounts_gain_counts_towards_what_the_scheme_goes_by(session, shop):
    spend = await the_scheme(session)
    stars = spend.parameters.model_copy(update={"metric": "custom", "custom_currency": "stars"})
    growth = spend.parameters.model_copy(update={"metric": "growth"})

    assert tiers.metrics_of(spend, "growth") == []
    assert tiers.metrics_of(replace(spend, parameters=stars), "stars") == ["custom"]
    assert tiers.metrics_of(replace(spend, parameters=growth), "growth") == ["growth"]
    assert tiers.currency_of(replace(spend, parameters=stars), "custom") == "stars"
