"""Background work of acts on many members."""

from datetime import timedelta

from sqlalchemy import delete, select

from shuke.platform import clock, jobs

from .tables import bulk_act, bulk_member

_KEPT = timedelta(days=90)


async def forget_old_members() -> None:
    """Who was among the members of an old act is forgotten; the act and its counts stay."""
    async with jobs.transaction() as session:
        ended = select(bulk_act.c.bulk_id).where(bulk_act.c.ended_at < clock.wall() - _KEPT)
        await session.execute(delete(bulk_member).where(bulk_member.c.bulk_id.in_(ended)))
