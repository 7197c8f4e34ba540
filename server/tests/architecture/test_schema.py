"""The tables in the code and the tables that the migrations make are the same."""

import importlib
import pkgutil
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

import shuke
from shuke.platform.db import metadata, sqlalchemy_url
from shuke.platform.embedded import Urls

SCHEMAS = {None, "public"} | {table.schema for table in metadata.tables.values()}
# The job queue brings its own tables; Alembic keeps its own version.
FOREIGN = ("pgqueuer", "alembic_version")


def load_all_tables() -> None:
    for found in pkgutil.walk_packages(shuke.__path__, "shuke."):
        if found.name.endswith(".tables") or found.name.startswith("shuke.platform."):
            importlib.import_module(found.name)


def is_ours(name: str | None, kind: str, parents: dict[str, Any]) -> bool:
    if kind == "schema":
        return name in SCHEMAS | {table.schema for table in metadata.tables.values()}
    return not (kind == "table" and (name or "").startswith(FOREIGN))


def differences(connection: Connection) -> list[Any]:
    options = {"include_schemas": True, "include_name": is_ours, "compare_type": True, "compare_server_default": True}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


async def test_the_tables_in_the_code_equal_the_migrated_database(database_urls: Urls):
    load_all_tables()
    engine = create_async_engine(sqlalchemy_url(database_urls.owner), poolclass=NullPool)

    async with engine.connect() as connection:
        found = await connection.run_sync(differences)
    await engine.dispose()

    assert found == []
