"""Scheduled work of keys."""

from shuke.platform import jobs

from . import actions


async def forget_nonces() -> None:
    """Delete what no signature can use any more."""
    async with jobs.transaction() as session:
        await actions.forget_nonces(session)
