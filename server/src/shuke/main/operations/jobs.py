"""Background work about background work."""

from shuke.platform import jobs

from . import queue


async def forget_old_log() -> None:
    """Forget what the queue itself has written down about jobs that are long gone."""
    async with jobs.transaction() as session:
        await queue.forget_log(session)
