"""What the platform itself does by the clock."""

from shuke.platform import idempotency, jobs
from shuke.platform.module import Module, Schedule


async def forget_old_keys() -> None:
    """Delete idempotency keys that have been kept long enough."""
    async with jobs.transaction() as session:
        await idempotency.forget_old(session)


MODULE = Module(
    name="housekeeping",
    schedules=(Schedule(name="platform.forget_old_idempotency_keys", cron="23 3 * * *", run=forget_old_keys),),
)
