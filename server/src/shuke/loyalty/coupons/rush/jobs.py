"""Draws are drawn when their entries have closed, and winners get their coupons."""

from typing import Any

from shuke.platform import jobs

from . import actions
from .queries import find_due


async def draw_what_is_due() -> None:
    """Draw every draw whose entries have closed, each in a transaction of its own."""
    async with jobs.transaction() as session:
        due = await find_due(session)
    for template_id, round_no in due:
        async with jobs.transaction() as session:
            await actions.draw(session, template_id, round_no)


async def give_to_winners(payload: dict[str, Any]) -> None:
    """Give the winners of a draw their coupons; whoever has one gets no second."""
    place: int | None = 0
    while place is not None:
        async with jobs.transaction() as session:
            place = await actions.give_to_winners(session, payload["template_id"], payload["round"], place)
