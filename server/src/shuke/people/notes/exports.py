"""Follow-ups as a file, in the order in which they are due."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from shuke.foundation import exports, organization
from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.i18n import Language, LocalName
from shuke.platform.pages import MAX_LIMIT

from .permissions import READ
from .queries import list_follow_ups
from .rules import Due, State


class FollowUpListFilters(BaseModel):
    """What the list can be narrowed to."""

    model_config = ConfigDict(extra="forbid")

    state: State = "open"
    due: Due | None = None
    assignee_id: int | None = None


async def load(
    session: Session, filters: FollowUpListFilters, sight: Sight, language: Language, cursor: str | None
) -> exports.Rows:
    """A page of the follow-ups of members whom the asker sees."""
    del language
    zone = (await organization.get_shop(session)).zone
    page = await list_follow_ups(session, sight, **filters.model_dump(), limit=MAX_LIMIT, cursor=cursor)

    def told(at: datetime | None) -> str | None:
        return exports.instant(at, zone)

    rows = [
        {
            "number": one.member_number,
            "name": one.member_name,
            "text": one.text,
            "due_at": told(one.due_at),
            "assignee": one.assignee_name,
            "author": one.author_name,
            "written_at": told(one.written_at),
            "ended_at": told(one.ended_at),
        }
        for one in page.items
    ]
    return exports.Rows(rows=rows, next=page.next)


FOLLOW_UPS = exports.Exportable(
    key="follow_ups",
    label=LocalName("会员跟进", "Follow-ups"),
    permission=READ.code,
    filters=FollowUpListFilters,
    columns=(
        exports.Column(key="number", label=LocalName("会员号", "Member number")),
        exports.Column(key="name", label=LocalName("姓名", "Name"), view="name"),
        exports.Column(key="text", label=LocalName("要做什么", "What is to be done")),
        exports.Column(key="due_at", label=LocalName("到期时间", "Due")),
        exports.Column(key="assignee", label=LocalName("负责人", "Assigned to")),
        exports.Column(key="author", label=LocalName("安排人", "Arranged by")),
        exports.Column(key="written_at", label=LocalName("安排时间", "Arranged")),
        exports.Column(key="ended_at", label=LocalName("结束时间", "Ended")),
    ),
    rows=load,
)
