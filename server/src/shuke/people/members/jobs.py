"""What members do by the clock: keys that have been in use for long enough are renewed."""

from datetime import timedelta
from typing import Any

import structlog

from shuke.platform import jobs
from shuke.platform.keys import RotationRunning
from shuke.platform.module import Job, Schedule
from shuke.platform.settings import settings

from . import rekeying

logger = structlog.get_logger("shuke.members")


async def renew_data_keys() -> None:
    """Renew the data keys that are older than the settings allow."""
    days = settings().member_key_days
    if days is not None:
        done = await rekeying.renew_old_data_keys(jobs.database(), timedelta(days=days))
        logger.info("data keys renewed", members=done)


async def renew_data_key(payload: dict[str, Any]) -> None:
    """Renew the data key of one member."""
    async with jobs.transaction() as session:
        await rekeying.renew_data_key(session, int(payload["member_id"]))


async def reindex() -> None:
    """Index by the newest index key whoever is not yet: after a rotation that broke off, or a restored backup."""
    async with jobs.transaction() as session:
        left = await rekeying.count_indexed_otherwise(session)
    if left:
        try:
            await rekeying.reindex(jobs.database())
        except RotationRunning:
            return


JOBS = (Job(name="members.renew_data_key", run=renew_data_key),)
SCHEDULES = (
    Schedule(name="members.renew_data_keys", cron="11 19 * * *", run=renew_data_keys),
    Schedule(name="members.reindex", cron="*/5 * * * *", run=reindex),
)
