"""What activities hold about members: a copy is theirs; what came with them goes with the person."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from shuke.people import members
from shuke.platform.db import Session, raw
from shuke.platform.i18n import LocalName
from shuke.platform.keys import SealedColumn

from .queries import list_activities, place
from .tables import activity, activity_award

_KEPT = LocalName(
    "做过什么、何时、得了多少（只有会员号）：撤销和对账据此进行",
    "What was done when and what it earned, by member number alone: cancellations and the ledger go by it",
)
_PAGE = 200


async def export(session: Session, member_ids: Sequence[int]) -> AsyncIterator[Mapping[str, Any]]:
    """Every activity, with what came with it in clear."""
    cursor: str | None = None
    while True:
        page = await list_activities(session, member_ids, kind=None, limit=_PAGE, cursor=cursor)
        for one in page.items:
            yield {
                "member_id": one.member_id,
                "activity_id": one.activity_id,
                "kind": one.kind,
                "event": one.event,
                "role": one.role,
                "source": one.source,
                "key": one.key,
                "occurred_at": one.occurred_at.isoformat(),
                "payload": dict(one.payload) if one.payload is not None else None,
                "cancelled_at": one.cancelled_at.isoformat() if one.cancelled_at is not None else None,
                "cancel_reason": one.cancel_reason,
            }
        if page.next is None:
            return
        cursor = page.next


async def erase(session: Session, member_ids: Sequence[int]) -> int:
    """Empty what came with activities, and the words with which some were cancelled."""
    driver = await raw(session)
    done: str = await driver.execute(
        """
        update activity set payload = null, cancel_reason = case when cancel_reason is not null then '—' end
        where member_id = any($1::bigint[]) and (payload is not null or cancel_reason is not null)
        """,
        list(member_ids),
    )
    return int(done.rpartition(" ")[2])


PERSONAL_DATA = (
    members.PersonalData(
        key="activities", label=LocalName("会员行为", "Activities"), export=export, erase=erase, kept=_KEPT
    ),
    members.PersonalData(
        key="activity_awards",
        label=LocalName("行为所得积分", "Awards of activities"),
        export=members.exporting(activity_award),
        kept=_KEPT,
    ),
)
SEALED = SealedColumn(
    table=activity,
    column="payload",
    owner="member_id",
    context=lambda row: members.place_of(row["member_id"], place(row["member_id"], row["activity_id"])),
)
