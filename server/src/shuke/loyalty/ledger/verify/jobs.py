"""What comes due every night: a signed root, then a verification of everything.

The clock ticks every hour, and it is night where the shop is.
"""

import structlog

from shuke.foundation import organization
from shuke.platform import clock, jobs

from .errors import RootBeingMade
from .roots import make_root
from .runs import verify_nightly

ROOT_HOUR, VERIFY_HOUR = 2, 3

logger = structlog.get_logger("shuke.ledger")


async def make_nightly_root() -> None:
    """Sign a root in the hour after two."""
    if not await _is_hour(ROOT_HOUR):
        return
    try:
        root = await make_root(jobs.database())
    except RootBeingMade:
        return
    logger.info("root made", root_id=root.root_id, accounts=root.accounts, hash=root.hash.hex())


async def verify_at_night() -> None:
    """Verify everything in the hour after three."""
    if await _is_hour(VERIFY_HOUR):
        await verify_nightly()


async def _is_hour(hour: int) -> bool:
    """Whether it is that hour in the shop, by the machine's clock: a shop whose clock is set sleeps like others."""
    async with jobs.transaction() as session:
        shop = await organization.find_shop(session)
    return shop is not None and clock.wall().astimezone(shop.zone).hour == hour
