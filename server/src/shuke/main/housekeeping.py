"""What the platform itself does by the clock."""

from shuke.platform import idempotency, jobs
from shuke.platform.keys import RotationRunning, rotation
from shuke.platform.module import Module, Schedule


async def forget_old_keys() -> None:
    """Delete idempotency keys that have been kept long enough."""
    async with jobs.transaction() as session:
        await idempotency.forget_old(session)


async def rewrap_data_keys() -> None:
    """Wrap by the newest key-encryption key what is not yet: where a rotation broke off, or a backup was restored."""
    try:
        await rotation.rewrap(jobs.database())
    except RotationRunning:
        return


MODULE = Module(
    name="housekeeping",
    schedules=(
        Schedule(name="platform.forget_old_idempotency_keys", cron="23 3 * * *", run=forget_old_keys),
        Schedule(name="platform.rewrap_data_keys", cron="*/5 * * * *", run=rewrap_data_keys),
    ),
    contributions=(idempotency.WRAPPED,),
)
