"""What comes due by the clock."""

from shuke.platform import jobs

from . import actions


async def forget_old() -> None:
    """Forget notices that were told ninety days ago."""
    async with jobs.transaction() as session:
        await actions.forget_old(session)
