"""Benefits follow members and their levels: joining, promotions, falls, merges, erasure."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from shuke.foundation.organization.testing import a_shop
from shuke.loyalty import tiers
from shuke.loyalty.benefits import discounts_for
from shuke.loyalty.benefits.handlers import on_changes
from shuke.loyalty.benefits.testing import CAKE, a_benefit, entitlements, known, set_day
from shuke.loyalty.benefits.tests.test_granting import BIRTHDAY_CAKE, born, due
from shuke.loyalty.ledger.testing import two_currencies
from shuke.loyalty.tiers.testing import four_levels
from shuke.people import members
from shuke.platform import clock, module
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Session, raw
from shuke.platform.events import StoredEvent

NOON = datetime(2026, 3, 8, 4, tzinfo=UTC)
UPGRADE = {"kind": "upgrade_gift", "gift": CAKE}


def changed(event_id: int, member_id: int, before: str | None, after: str | None, **body: Any) -> StoredEvent:
    """A change of level as tiers announce it."""
    values = {"scheme": "main", "from_level": before, "to_level": after, "valid_until": None, "reason": "promoted"}
    return StoredEvent(event_id, 1, tiers.TierChanged.name, member_id, clock.now(), values | body)


async def merged(session: Session, absorbed: int, survivor: int) -> int:
    """Both are one from now on; the merge's id."""
    wanted = members.MergeWanted(absorbed_id=absorbed, survivor_id=survivor, reason="test", policy="hand")
    return await members.merge(session, SYSTEM, wanted)


async def test_rising_grants_once_and_falling_and_rising_again_does_not(session: Session):
    set_day(NOON)
    await a_shop(session)
    await four_levels(session)
    (mine,) = await born(session, None)
    await a_benefit(session, "hello", UPGRADE, levels=["gold", "diamond"])

    await on_changes(session, [changed(1, mine, None, "silver"), changed(2, mine, "silver", "gold")])
    await on_changes(session, [changed(2, mine, "silver", "gold")])
    await on_changes(session, [changed(3, mine, "gold", "silver", reason="demoted")])
    await on_changes(session, [changed(4, mine, "silver", "gold")])
    await on_changes(session, [changed(5, mine, "gold", "diamond")])

    once = [("level:gold:2", "open", 1, 0), ("level:diamond:5", "open", 1, 0)]
    assert await entitlements(session, mine) == once

    set_day(NOON + timedelta(days=366))
    await on_changes(session, [changed(6, mine, "diamond", "silver", reason="demoted")])
    await on_changes(session, [changed(7, mine, "silver", "gold")])
    assert await entitlements(session, mine) == [*once, ("level:gold:7", "open", 1, 0)]


async def test_promotions_of_the_past_and_merged_levels_grant_nothing(session: Session):
    set_day(NOON)
    await a_shop(session)
    await four_levels(session)
    (mine,) = await born(session, None)
    early = changed(1, mine, "silver", "gold")
    set_day(NOON + timedelta(hours=1))
    await a_benefit(session, "hello", UPGRADE, levels=["gold"])

    await on_changes(session, [early, changed(2, mine, "silver", "gold", reason="merged")])

    assert await entitlements(session, mine) == []


async def test_unused_gifts_go_with_the_level_where_the_benefit_says_so(session: Session):
    set_day(NOON)
    await a_shop(session)
    await four_levels(session)
    one, two = await born(session, None, None)
    await a_benefit(session, "kept", UPGRADE, levels=["gold"])
    await a_benefit(session, "lost", {**UPGRADE, "on_level_lost": "revoke"}, levels=["silver", "gold"])
    await a_benefit(session, "refunded", {**UPGRADE, "on_refund": "revoke"}, levels=["gold"])
    await on_changes(session, [changed(1, one, "silver", "gold"), changed(2, two, "silver", "gold")])

    await on_changes(session, [changed(3, one, "gold", "silver", reason="demoted")])
    await on_changes(session, [changed(4, two, "gold", "silver", reason="demoted", cause="refund")])

    assert [state for _, state, _, _ in await entitlements(session, one)] == ["open", "revoked", "open"]
    assert [state for _, state, _, _ in await entitlements(session, two)] == ["open", "revoked", "revoked"]


async def test_who_joins_in_the_days_of_the_birthday_gets_the_gift_at_once(session: Session):
    set_day(NOON)
    await a_shop(session)
    await a_benefit(session, "cake", {**BIRTHDAY_CAKE, "days_after": 6})
    joined, other = await born(session, "1990-03-06", "1990-03-01")

    events = [StoredEvent(at, 1, members.MemberJoined.name, one, NOON, {}) for at, one in ((1, joined), (2, other))]
    await on_changes(session, events)
    await on_changes(session, events)

    assert await entitlements(session, joined) == [("birthday:2026", "open", 1, 0)]
    assert await entitlements(session, other) == []


async def test_a_birthday_that_is_changed_gives_no_second_gift_of_the_year(session: Session):
    set_day(NOON)
    await a_shop(session)
    cake = await a_benefit(session, "cake", BIRTHDAY_CAKE)
    (mine,) = await born(session, "1990-03-08")
    await known(session, [mine])
    await due(session, cake, date(2026, 3, 8))
    await members.update_profile(session, mine, members.ProfileChange(birthday="1990-05-05"), version=1)

    fields = {"version": 2, "fields": ["birthday"]}
    await on_changes(session, [StoredEvent(1, 1, members.MemberProfileChanged.name, mine, NOON, fields)])
    await due(session, cake, date(2026, 5, 5))
    await due(session, cake, date(2027, 5, 5))

    assert [one[0] for one in await entitlements(session, mine)] == ["birthday:2026", "birthday:2027"]


async def test_a_merge_keeps_what_both_had_and_doubles_no_gift(session: Session):
    set_day(NOON)
    await a_shop(session)
    await four_levels(session)
    await two_currencies(session)
    cake = await a_benefit(session, "cake", BIRTHDAY_CAKE)
    year = await a_benefit(session, "card", {"kind": "date_gift", "gift": CAKE, "on": "05-01"})
    absorbed, survivor = await born(session, "1990-03-08", "1990-03-09")
    await known(session, [absorbed, survivor])
    await due(session, cake, date(2026, 3, 8))
    await due(session, year, date(2026, 5, 1))

    merge_id = await merged(session, absorbed, survivor)
    await due(session, cake, date(2026, 3, 9))

    # The gift of the birthday was the absorbed member's; of the two of the date the survivor's stays.
    assert await entitlements(session, absorbed) == [("birthday:2026", "open", 1, 0), ("date:2026", "revoked", 1, 0)]
    assert await entitlements(session, survivor) == [("date:2026", "open", 1, 0)]

    await members.undo_merge(session, SYSTEM, merge_id, "test")
    await due(session, cake, date(2026, 3, 9))
    assert await entitlements(session, absorbed) == [("birthday:2026", "open", 1, 0), ("date:2026", "open", 1, 0)]
    assert await entitlements(session, survivor) == [("date:2026", "open", 1, 0), ("birthday:2026", "open", 1, 0)]


async def test_discounts_are_those_of_the_rank_and_the_day(session: Session):
    set_day(NOON)
    await a_shop(session)
    await four_levels(session)
    mine, other = await born(session, "1990-03-08", "1990-03-09")
    await known(session, [mine, other])
    await a_benefit(session, "gold", {"kind": "discount", "percent_off": 10}, levels=["gold"])
    await a_benefit(session, "birthday", {"kind": "discount", "amount_minor": 500, "only_on": "birthday"})
    await a_benefit(session, "over", {"kind": "discount", "percent_off": 5}, active_until=date(2026, 3, 7))

    async def codes(member_id: int, rank: int) -> list[str]:
        return [one.code for one in await discounts_for(session, member_id, rank, NOON)]

    assert await codes(mine, 3) == ["gold", "birthday"]
    assert await codes(mine, 2) == ["birthday"]
    assert await codes(other, 3) == ["gold"]
    assert await codes(other, 0) == []


async def test_erasing_forgets_the_birthday_and_takes_back_what_was_not_used(session: Session):
    set_day(NOON)
    await a_shop(session)
    cake = await a_benefit(session, "cake", BIRTHDAY_CAKE)
    (mine,) = await born(session, "1990-03-08")
    await known(session, [mine])
    await due(session, cake, date(2026, 3, 8))

    parts = [one for one in module.contributions(members.PersonalData) if one.key.startswith("benefit_")]
    exported = {one.key: [row async for row in one.export(session, [mine])] for one in parts}
    for one in parts:
        if one.erase is not None:
            await one.erase(session, [mine])

    assert exported["benefit_members"] == [
        {"member_id": mine, "level": None, "joined_on": exported["benefit_members"][0]["joined_on"]}
    ]
    assert [row["occasion"] for row in exported["benefit_entitlements"]] == ["birthday:2026"]
    assert await entitlements(session, mine) == [("birthday:2026", "revoked", 1, 0)]
    driver = await raw(session)
    assert await driver.fetchval("select count(*) from benefit_member where member_id = $1", mine) == 0
