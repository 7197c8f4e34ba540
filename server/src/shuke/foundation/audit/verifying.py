"""Verifying the whole chain as of one moment."""

from shuke.platform.db import Database, raw

from .queries import chain
from .rules import Head


async def verify(
    database: Database, *, known: Head | None = None, progress: chain.Progress | None = None
) -> chain.Report:
    """Follow the whole chain. `known`: a head kept elsewhere, which must be part of it."""
    async with database.transaction() as session:
        driver = await raw(session)
        await driver.execute("set transaction isolation level repeatable read, read only")
        await driver.execute("set local statement_timeout = 0")
        return await chain.check(session, known=known, progress=progress)
