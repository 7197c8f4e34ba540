"""What budgets leave, for quotes and screens."""

from collections.abc import Collection
from datetime import date

from shuke.platform.db import Session, raw

from ..promises import find_templates_by_id
from .rules import Left, RoomKey, left_of, room_keys


async def look(session: Session, template_ids: Collection[int], day: date) -> dict[int, Left]:
    """What the budgets of templates leave on a day of the shop, just now; templates without budgets are left out."""
    templates = await find_templates_by_id(session, template_ids)
    limited = {template_id: one.issuing.budgets for template_id, one in templates.items() if one.issuing.budgets}
    keys = [key for template_id, budgets in limited.items() for key in room_keys(template_id, budgets, day)]
    used = await find_used(session, keys)
    return {template_id: left_of(template_id, budgets, day, used) for template_id, budgets in limited.items()}


async def find_used(session: Session, keys: Collection[RoomKey]) -> dict[RoomKey, int]:
    """What counts have used; those that nobody has used yet are left out."""
    if not keys:
        return {}
    rows = await (await raw(session)).fetch(_USED, *(list(column) for column in zip(*keys, strict=True)))
    return {(row["template_id"], row["counts"], row["period"]): row["used"] for row in rows}


_USED = """
    select room.* from coupon_budget_room room
    join unnest($1::bigint[], $2::text[], $3::text[]) as asked (template_id, counts, period)
    using (template_id, counts, period)
"""
