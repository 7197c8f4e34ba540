"""Scheduled work of analytics."""

from shuke.foundation import organization
from shuke.platform import clock, jobs

from .actions import keep_rfm_map
from .queries import is_map_kept


async def keep_todays_map() -> None:
    """Keep the RFM map of the shop's today, where sales have come since it was last kept or a day has begun."""
    async with jobs.transaction() as session:
        shop = await organization.find_shop(session)
        if shop is None:
            return
        today = clock.business_day(clock.now(), shop.zone)
        if not await is_map_kept(session, today):
            await keep_rfm_map(session, today, shop.time_zone)
