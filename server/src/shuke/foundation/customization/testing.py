"""For tests of modules whose records have custom fields."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from sqlalchemy import text

from shuke.platform import jobs as background

from . import jobs


async def bring_indexes() -> None:
    """What the worker does for every field that waits; `platform.jobs` knows the database."""
    async with background.transaction() as session:
        ids = list((await session.execute(text("select field_id from custom_field order by field_id"))).scalars())
    for field_id in ids:
        await jobs.bring_index({"field_id": field_id})


@asynccontextmanager
async def as_owner() -> AsyncIterator[asyncpg.Connection]:
    """A connection as the role that owns the tables."""
    async with jobs._owner() as connection:
        yield connection


def no_owner() -> str:
    """Stands for the owner's address where the worker knows none."""
    raise jobs.OwnerNeeded


OWNER_URL = "shuke.foundation.customization.jobs._owner_url"
bring_index = jobs.bring_index
