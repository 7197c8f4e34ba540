"""Background work of tiers: judging everybody again when somebody has asked for it."""

from typing import Any

from shuke.platform import jobs

from .rejudging import rejudge_page


async def rejudge(payload: dict[str, Any]) -> None:
    """Judge page after page, each in a transaction of its own; it can stop anywhere and go on from there."""
    is_more = True
    while is_more:
        async with jobs.transaction() as session:
            is_more = await rejudge_page(session, payload["run_id"])
