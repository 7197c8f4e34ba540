"""Scheduled work of staff."""

from shuke.platform import jobs

from . import actions


async def forget_ended_sessions() -> None:
    """Delete sessions and failures whose time is over."""
    async with jobs.transaction() as session:
        await actions.forget_ended(session)


async def close_old_approvals() -> None:
    """Close the large acts that nobody has decided about."""
    async with jobs.transaction() as session:
        await actions.expire_approvals(session)
