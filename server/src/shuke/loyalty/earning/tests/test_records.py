"""Rules as records: what is published stays, and everybody sees at once what changed."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from shuke.foundation.organization.testing import a_shop
from shuke.loyalty.earning import actions, published_versions
from shuke.loyalty.earning.errors import (
    DayInThePast,
    DraftChanged,
    DraftNotFound,
    DraftUnchanged,
    NothingToRetire,
    RuleCodeTaken,
    RuleWasPublished,
)
from shuke.loyalty.earning.queries import get_rule, list_rules
from shuke.loyalty.earning.tables import earning_rule, earning_rule_draft, earning_rule_version
from shuke.loyalty.ledger.testing import two_currencies
from shuke.platform import clock
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Database, Session
from shuke.platform.events import event_log
from shuke.platform.i18n import LocalName

NAME = LocalName("周末双倍", "Double weekends")


def giving(points: int) -> dict:
    effect = {"kind": "per_amount", "currency": "points", "points": points, "per_minor": 100, "rounding": "down"}
    return {"activity": "order_paid", "branches": [{"effects": [effect]}]}


async def a_rule(session: Session, points: int = 1, code: str = "weekend") -> None:
    await actions.add_rule(session, code=code, name=NAME)
    await actions.save_draft(session, code, giving(points), note="first", seen=0, actor=SYSTEM)


async def a_published_rule(session: Session, points: int = 1, code: str = "weekend") -> None:
    await a_rule(session, points, code)
    await actions.publish_draft(session, code, from_day=None, seen=1, actor=SYSTEM)


async def test_a_draft_becomes_a_version_and_is_gone(session: Session):
    await a_shop(session)
    await two_currencies(session)
    await a_rule(session)

    rule = await actions.publish_draft(session, "weekend", from_day=None, seen=1, actor=SYSTEM)

    assert rule.draft is None
    assert [(one.version, one.note, one.published_by) for one in rule.versions] == [(1, "first", "system:0")]
    assert rule.versions[0].definition == giving(1)
    assert rule.state(clock.now()) == "live"
    (version,) = await published_versions(session)
    assert (version.rule_code, version.version, version.effective_until) == ("weekend", 1, None)
    row = (await session.execute(select(event_log.c.name, event_log.c.body))).one()
    assert (row.name, row.body["rule"], row.body["version"]) == ("earning_rule.published", "weekend", 1)


async def test_a_version_from_a_later_day_waits_for_it(session: Session):
    await a_shop(session)
    await two_currencies(session)
    await a_published_rule(session)
    zone = (await session.execute(text("select time_zone from shop"))).scalar_one()
    tomorrow = clock.business_day(clock.now(), ZoneInfo(zone)) + timedelta(days=1)
    await actions.save_draft(session, "weekend", giving(2), note="", seen=0, actor=SYSTEM)

    rule = await actions.publish_draft(session, "weekend", from_day=tomorrow, seen=1, actor=SYSTEM)

    begins = clock.start_of_day(tomorrow, ZoneInfo(zone))
    assert rule.newest.effective_from == begins
    assert rule.live(begins - timedelta(microseconds=1)).version == 1
    assert rule.live(begins).version == 2


async def test_nothing_begins_or_ends_in_the_past(session: Session):
    await a_shop(session)
    await two_currencies(session)
    await a_published_rule(session)
    await actions.save_draft(session, "weekend", giving(2), note="", seen=0, actor=SYSTEM)
    long_ago = datetime(2020, 1, 1, tzinfo=UTC).date()

    with pytest.raises(DayInThePast):
        await actions.publish_draft(session, "weekend", from_day=long_ago, seen=1, actor=SYSTEM)
    with pytest.raises(DayInThePast):
        await actions.retire_rule(session, "weekend", from_day=long_ago, actor=SYSTEM)

    rule = await get_rule(session, "weekend")
    assert [one.version for one in rule.versions] == [1]
    assert rule.newest.effective_until is None
    assert rule.draft is not None


async def test_who_saves_over_an_unseen_draft_is_told(session: Session):
    await a_shop(session)
    await two_currencies(session)
    await a_rule(session)
    await actions.save_draft(session, "weekend", giving(2), note="", seen=1, actor=SYSTEM)

    with pytest.raises(DraftChanged):
        await actions.save_draft(session, "weekend", giving(3), note="", seen=1, actor=SYSTEM)
    with pytest.raises(DraftChanged):
        await actions.publish_draft(session, "weekend", from_day=None, seen=1, actor=SYSTEM)

    rule = await get_rule(session, "weekend")
    assert rule.draft.definition == giving(2)
    assert rule.versions == ()


async def test_the_same_again_is_not_published(session: Session):
    await a_shop(session)
    await two_currencies(session)
    await a_published_rule(session)
    await actions.save_draft(session, "weekend", giving(1), note="", seen=0, actor=SYSTEM)

    with pytest.raises(DraftUnchanged):
        await actions.publish_draft(session, "weekend", from_day=None, seen=1, actor=SYSTEM)

    assert len((await get_rule(session, "weekend")).versions) == 1


async def test_a_retired_rule_earns_nothing_and_can_come_back(session: Session):
    await a_shop(session)
    await two_currencies(session)
    await a_published_rule(session)

    retired = await actions.retire_rule(session, "weekend", from_day=None, actor=SYSTEM)

    assert retired.state(clock.now()) == "retired"
    (version,) = await published_versions(session)
    assert version.effective_until == retired.newest.effective_until
    assert version.retired_at is not None
    with pytest.raises(NothingToRetire):
        await actions.retire_rule(session, "weekend", from_day=None, actor=SYSTEM)
    await actions.save_draft(session, "weekend", giving(1), note="", seen=0, actor=SYSTEM)
    back = await actions.publish_draft(session, "weekend", from_day=None, seen=1, actor=SYSTEM)
    assert back.live(clock.now()).version == 2


async def test_what_has_not_begun_is_retired_too(session: Session):
    await a_shop(session)
    await two_currencies(session)
    await a_published_rule(session)
    later = (clock.now() + timedelta(days=30)).date()
    await actions.save_draft(session, "weekend", giving(2), note="", seen=0, actor=SYSTEM)
    await actions.publish_draft(session, "weekend", from_day=later, seen=1, actor=SYSTEM)

    rule = await actions.retire_rule(session, "weekend", from_day=None, actor=SYSTEM)

    assert rule.live(clock.now() + timedelta(days=60)) is None
    assert rule.state(clock.now()) == "retired"


async def test_only_what_was_never_published_can_be_removed(session: Session):
    await a_shop(session)
    await two_currencies(session)
    await a_published_rule(session)
    await a_rule(session, code="trial")

    await actions.remove_rule(session, "trial")
    with pytest.raises(RuleWasPublished):
        await actions.remove_rule(session, "weekend")

    assert [rule.code for rule in await list_rules(session)] == ["weekend"]


async def test_a_code_is_given_once(session: Session):
    await a_shop(session)
    await two_currencies(session)
    await a_rule(session)

    with pytest.raises(RuleCodeTaken):
        await actions.add_rule(session, code="weekend", name=LocalName("另一个", "Another"))

    assert (await get_rule(session, "weekend")).name == NAME


async def test_a_copy_says_the_same_under_another_code(session: Session):
    await a_shop(session)
    await two_currencies(session)
    await a_published_rule(session, points=3)

    copied = await actions.copy_rule(session, "weekend", new_code="copy", name=LocalName("副本", "Copy"), actor=SYSTEM)

    assert copied.versions == ()
    assert copied.draft.definition == giving(3)


async def test_a_draft_can_be_thrown_away(session: Session):
    await a_shop(session)
    await two_currencies(session)
    await a_rule(session)

    await actions.discard_draft(session, "weekend", seen=1)

    assert (await get_rule(session, "weekend")).draft is None
    with pytest.raises(DraftNotFound):
        await actions.discard_draft(session, "weekend", seen=None)


@pytest.mark.parametrize(
    "statement",
    [
        "update earning_rule_version set definition = '{}'",
        "update earning_rule_version set effective_from = now()",
        "update earning_rule_version set version = version + 1",
        "delete from earning_rule_version",
        "truncate earning_rule_version",
    ],
)
async def test_the_program_cannot_rewrite_what_was_published(database: Database, statement: str):
    async with database.transaction() as session:
        await a_shop(session)
        await two_currencies(session)
        await a_published_rule(session)

    with pytest.raises(ProgrammingError, match="permission denied"):
        async with database.transaction() as session:
            await session.execute(text(statement))

    async with database.transaction() as session:
        assert (await get_rule(session, "weekend")).versions[0].definition == giving(1)


async def test_a_publication_that_is_undone_leaves_nothing_behind(database: Database):
    """What a transaction saw of its own rules must not be shown to others when it comes to nothing."""
    async with database.transaction() as session:
        await a_shop(session)
        await two_currencies(session)
        await a_published_rule(session)
        assert len(await published_versions(session)) == 1

    with pytest.raises(RuntimeError):
        async with database.transaction() as session:
            await a_published_rule(session, code="never")
            assert len(await published_versions(session)) == 2
            raise RuntimeError

    async with database.transaction() as session:
        assert [one.rule_code for one in await published_versions(session)] == ["weekend"]


async def test_another_process_sees_what_was_published(database: Database, database_urls):
    async with database.transaction() as session:
        await a_shop(session)
        await two_currencies(session)
        await a_published_rule(session)
        before = await published_versions(session)
        assert await published_versions(session) is before
    other = Database(database_urls.app)
    # Written behind this process's back, as another process would.
    async with other.transaction() as session:
        rule_id = await session.scalar(select(earning_rule.c.rule_id))
        await session.execute(
            earning_rule_version.insert().values(
                rule_id=rule_id,
                version=2,
                definition=giving(9),
                effective_from=clock.now(),
                published_at=clock.now(),
            )
        )
        await session.execute(text("update earning_stamp set stamp = gen_random_uuid()"))
    await other.close()

    async with database.transaction() as session:
        assert [one.version for one in await published_versions(session)] == [1, 2]


async def test_a_rule_has_one_draft(session: Session):
    await a_shop(session)
    await two_currencies(session)
    await a_rule(session)
    await actions.save_draft(session, "weekend", giving(2), note="", seen=1, actor=SYSTEM)

    drafts = (await session.execute(select(earning_rule_draft.c.revision))).scalars().all()

    assert drafts == [2]


async def test_of_two_who_publish_one_draft_at_once_one_does(database: Database):
    async with database.transaction() as session:
        await a_shop(session)
        await two_currencies(session)
        await a_rule(session)

    async def publish() -> bool:
        try:
            async with database.transaction() as session:
                await actions.publish_draft(session, "weekend", from_day=None, seen=1, actor=SYSTEM)
        except DraftNotFound:
            return False
        return True

    done = await asyncio.gather(*(publish() for _ in range(6)))

    assert sorted(done) == [False] * 5 + [True]
    async with database.transaction() as session:
        assert [one.version for one in (await get_rule(session, "weekend")).versions] == [1]
