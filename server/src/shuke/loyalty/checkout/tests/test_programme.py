"""What a process keeps of the programme is what the transaction that asks would read."""

import pytest
from sqlalchemy import text

from shuke.foundation.organization.testing import a_shop
from shuke.loyalty import checkout, earning, ledger, tiers
from shuke.loyalty.checkout.errors import ProgrammeMissing
from shuke.loyalty.checkout.policies import find_policies
from shuke.loyalty.checkout.rules import Programme
from shuke.platform.db import Database, Session
from shuke.platform.testing import TestServer

pytestmark = pytest.mark.anyio

# Everything that orders go by, each changed by one statement.
CHANGES = {
    "shop": "update shop set time_zone = 'Europe/London'",
    "ledger_currency": "update ledger_currency set balance_cap = 7 where code = 'points'",
    "earning_stamp": "update earning_stamp set stamp = gen_random_uuid()",
    "earning_rule": "update earning_rule set name_en = 'Other' where rule_id > 0",
    "earning_rule_version": "update earning_rule_version set effective_until = now(), retired_at = now()",
    "tier_scheme": "update tier_scheme set version = version + 1",
    "tier_level": "update tier_level set threshold = threshold + 1 where rank = 4",
    "checkout_policy": "insert into checkout_policy (version, content, changed_at) "
    'values (1, \'{"products": {"unknown": "refuse"}}\', now())',
}


@pytest.fixture
async def shop(database: Database) -> Database:
    """A shop with its first programme, which this process has read."""
    async with database.transaction() as session:
        await a_shop(session)
        await checkout.set_up_programme(session, money="CNY")
    async with database.transaction() as session:
        await checkout.load_programme(session)
    return database


async def as_stored(session: Session) -> tuple[object, ...]:
    zone = await session.scalar(text("select time_zone from shop"))
    return (
        zone,
        await ledger.currencies(session),
        await earning.published_versions(session),
        await tiers.find_scheme(session),
        (await find_policies(session)).policies,
    )


def as_kept(programme: Programme) -> tuple[object, ...]:
    found = programme
    return found.zone.key, found.currencies, found.rule_versions, found.scheme, found.policies


async def test_what_did_not_change_is_kept(shop: Database) -> None:
    async with shop.transaction() as session:
        first = await checkout.load_programme(session)
    async with shop.transaction() as session:
        assert await checkout.load_programme(session) is first
        assert as_kept(first) == await as_stored(session)


@pytest.mark.parametrize("table", CHANGES)
async def test_a_change_by_anybody_holds_from_its_commit_on(shop: Database, table: str) -> None:
    async with shop.transaction() as session:
        before = await checkout.load_programme(session)
    async with shop.transaction() as elsewhere, shop.transaction() as here:
        await elsewhere.execute(text(CHANGES[table]))
        # Whoever changes sees it at once, nobody else before the commit.
        changed = await checkout.load_programme(elsewhere)
        assert changed is not before
        assert as_kept(changed) == await as_stored(elsewhere)
        assert as_kept(await checkout.load_programme(here)) == as_kept(before)

    async with shop.transaction() as session:
        after = await checkout.load_programme(session)
        assert as_kept(after) == as_kept(changed) == await as_stored(session)


async def test_a_change_that_is_taken_back_leaves_nothing_behind(shop: Database) -> None:
    async with shop.engine.connect() as session:
        before = as_kept(await checkout.load_programme(session))
        savepoint = await session.begin_nested()
        await session.execute(text(CHANGES["shop"]))
        assert (await checkout.load_programme(session)).zone.key == "Europe/London"
        await savepoint.rollback()
        assert as_kept(await checkout.load_programme(session)) == before == await as_stored(session)


async def test_databases_of_one_process_are_told_apart(
    shop: Database, test_server: TestServer, template_database: str
) -> None:
    name = await test_server.clone(template_database)
    other = Database(test_server.urls(name).app)
    try:
        async with other.transaction() as session:
            with pytest.raises(ProgrammeMissing):
                await checkout.load_programme(session)
            await a_shop(session, time_zone="Europe/London", currency="GBP")
            await checkout.set_up_programme(session, money="GBP")
        for _ in range(2):
            async with other.transaction() as session:
                assert (await checkout.load_programme(session)).money == "GBP"
            async with shop.transaction() as session:
                assert (await checkout.load_programme(session)).money == "CNY"
    finally:
        await other.close()
        await test_server.drop(name)
