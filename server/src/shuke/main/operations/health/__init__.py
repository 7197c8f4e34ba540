"""Is everything well? One list of checks, for the console's page, the API and `shuke doctor`."""

import asyncio

from shuke.platform.db import Session
from shuke.platform.settings import Settings

from . import database, keeping, program, work
from .model import Check, CheckGroup, CheckState, worst

__all__ = ["Check", "CheckGroup", "CheckState", "examine", "examine_installation", "worst"]


async def examine(session: Session, settings: Settings) -> list[Check]:
    """Everything that the running program can say of itself."""
    files, disk = await asyncio.gather(
        asyncio.to_thread(keeping.look_at_backups, settings.backups),
        asyncio.to_thread(database.disk, settings.data_directory),
    )
    return [
        await work.worker(session),
        *await work.queue(session),
        await work.schedules(session),
        work.summary(await work.events(session)),
        await database.version(session),
        *await database.usage(session),
        disk,
        await database.schema(session),
        await database.roles(session, settings.database_owner_url),
        keeping.backup(files, settings.backup_max_age_hours),
        keeping.drill(files),
        await keeping.ledger(session),
        await keeping.audit(session),
        keeping.key_files(settings),
        await keeping.rotation(session),
        program.release(),
        await program.shop_time(session),
    ]


async def examine_installation(session: Session, owner_url: str) -> list[Check]:
    """What `shuke doctor` asks of the database; nothing more where the schema is another one."""
    found = [await database.version(session), await database.schema(session)]
    if found[-1].state == "wrong":
        return found
    return [
        *found,
        await database.roles(session, owner_url),
        await program.shop_time(session),
        await work.worker(session),
        *[check for check in await work.events(session) if check.state != "ok"],
        *[check for check in await work.queue(session) if check.state != "ok"],
        *[check for check in [await work.schedules(session)] if check.state != "ok"],
    ]
