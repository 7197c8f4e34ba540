"""Scheduled work: tell people what has come due."""

from shuke.foundation import notices
from shuke.platform import jobs
from shuke.platform.i18n import LocalName

from . import actions, queries

DUE = "follow_ups.due"
_AT_A_TIME = 500


async def remind() -> None:
    """Tell every assignee once what has come due."""
    async with jobs.transaction() as session:
        rows = await queries.list_unreminded(session, _AT_A_TIME)
        await notices.tell(
            session,
            *(
                notices.Notice(
                    kind=DUE,
                    key=f"follow_up:{row.follow_up_id}:{row.version}",
                    title=LocalName("有一个会员跟进到时间了", "A follow-up of a member is due"),
                    link="/members/follow-ups",
                    users=[row.assignee_id],
                )
                for row in rows
            ),
        )
        await actions.mark_reminded(session, rows)
