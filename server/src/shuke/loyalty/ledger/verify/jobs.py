"""What comes due every night where the shop is: a signed root, then a verification of everything.

The worker looks every hour. A night on which it did not run is made up for: the root on the next day, the verification,
which is heavier, in the next night.
"""

from datetime import datetime

import structlog

from shuke.foundation import organization
from shuke.platform import clock, jobs

from .errors import RootBeingMade
from .roots import find_newest, make_root
from .runs import last_start, verify_nightly

_ROOT_FROM = 2
_VERIFY_FROM, _VERIFY_UNTIL = 3, 6

logger = structlog.get_logger("shuke.ledger")


async def make_nightly_root() -> None:
    """Sign the root of the day, from two o'clock on."""
    async with jobs.transaction() as session:
        shop = await organization.find_shop(session)
        newest = await find_newest(session)
    if shop is None:
        return
    now = clock.now().astimezone(shop.zone)
    if now.hour < _ROOT_FROM or _is_of_day(newest.made_at if newest else None, now):
        return
    try:
        root = await make_root(jobs.database())
    except RootBeingMade:
        return
    logger.info("root made", root_id=root.root_id, accounts=root.accounts, hash=root.hash.hex())


async def verify_at_night() -> None:
    """Verify everything, between three and six o'clock, once."""
    async with jobs.transaction() as session:
        shop = await organization.find_shop(session)
        last = await last_start(session)
    if shop is None:
        return
    now = clock.wall().astimezone(shop.zone)
    if _VERIFY_FROM <= now.hour < _VERIFY_UNTIL and not _is_of_day(last, now):
        await verify_nightly()


def _is_of_day(at: datetime | None, now: datetime) -> bool:
    return at is not None and at.astimezone(now.tzinfo).date() == now.date()
