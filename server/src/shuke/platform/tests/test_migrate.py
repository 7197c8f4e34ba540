"""Migrations: rights of the two roles, one migrator at a time, locked tables."""

import asyncio

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from shuke.platform import migrate
from shuke.platform.db import Database, Session
from shuke.platform.embedded import APP_ROLE, Urls

pytestmark = pytest.mark.anyio


async def test_a_migrated_database_is_current(session: Session) -> None:
    assert await migrate.current(session) == migrate.newest()
    assert await migrate.is_current(session)


@pytest.mark.parametrize("table", ["event", "audit"])
async def test_the_application_cannot_change_history(session: Session, table: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        await session.execute(text(f"delete from {table}"))


async def test_the_application_cannot_create_tables(session: Session) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        await session.execute(text("create table smuggled (id integer)"))


async def test_two_migrators_at_once_migrate_once(empty_database_urls: Urls) -> None:
    both = (migrate.upgrade(empty_database_urls.owner, APP_ROLE) for _ in range(2))

    await asyncio.gather(*both)

    database = Database(empty_database_urls.app)
    async with database.transaction() as session:
        assert await migrate.is_current(session)
    await database.close()


async def test_a_locked_table_is_waited_for_in_short_tries(empty_database_urls: Urls) -> None:
    blocker = await asyncpg.connect(empty_database_urls.owner)
    await blocker.execute("create table alembic_version (version_num varchar(32) primary key)")
    transaction = blocker.transaction()
    await transaction.start()
    await blocker.execute("lock table alembic_version in access exclusive mode")

    waiting = asyncio.create_task(migrate.upgrade(empty_database_urls.owner, APP_ROLE))
    await asyncio.sleep(2.5)
    assert not waiting.done()
    await transaction.rollback()
    await waiting

    assert await blocker.fetchval("select version_num from alembic_version") == migrate.newest()
    await blocker.close()


async def test_a_role_name_that_could_carry_sql_is_refused(empty_database_urls: Urls) -> None:
    with pytest.raises(migrate.MigrationError, match="role name"):
        await migrate.upgrade(empty_database_urls.owner, "shuke_app; drop table event")
