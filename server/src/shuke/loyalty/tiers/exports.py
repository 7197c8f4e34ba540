"""Changes of level as a file, member by member in the order in which they came."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import literal, select, tuple_

from shuke.foundation import exports, organization
from shuke.people import members
from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.i18n import Language, LocalName
from shuke.platform.pages import BadCursor, decode_cursor, encode_cursor

from .permissions import TIERS_READ
from .tables import tier_change, tier_level

_SORT = "change"
_AT_A_TIME = 2_000
_REASON = {
    "entered": LocalName("入会", "entered"),
    "promoted": LocalName("升级", "promoted"),
    "kept": LocalName("保级", "kept"),
    "demoted": LocalName("降级", "demoted"),
    "manual": LocalName("人工调整", "by hand"),
    "merged": LocalName("合并会员", "merged"),
    "parted": LocalName("撤销合并", "merge undone"),
    "grace": LocalName("宽限", "grace"),
}


class ChangeListFilters(BaseModel):
    """What the changes can be narrowed to."""

    model_config = ConfigDict(extra="forbid")

    reason: Annotated[str | None, Field(max_length=20)] = None


async def load(
    session: Session, filters: ChangeListFilters, sight: Sight, language: Language, cursor: str | None
) -> exports.Rows:
    """A page of the changes of the members whom the asker sees."""
    change = tier_change.c
    key = (change.member_id, change.scheme_id, change.change_no)
    wanted = select(tier_change).where(members.only_visible(change.member_id, sight))
    if filters.reason is not None:
        wanted = wanted.where(change.reason == filters.reason)
    if cursor is not None:
        wanted = wanted.where(tuple_(*key) > tuple_(*(literal(value) for value in _place(cursor))))
    rows = (await session.execute(wanted.order_by(*key).limit(_AT_A_TIME + 1))).all()
    shown = rows[:_AT_A_TIME]
    names = await members.names(session, sorted({row.member_id for row in shown}), sight)
    levels = await _levels(session, language)
    zone = (await organization.get_shop(session)).zone
    following = None
    if len(rows) > _AT_A_TIME:
        last = shown[-1]
        following = encode_cursor(_SORT, [last.member_id, last.scheme_id, last.change_no])
    return exports.Rows(
        rows=[
            {
                "member": names[row.member_id].number if row.member_id in names else None,
                "from": levels.get((row.scheme_id, row.from_rank)),
                "to": levels.get((row.scheme_id, row.to_rank)),
                "reason": _REASON[row.reason].pick(language) if row.reason in _REASON else row.reason,
                "at": exports.instant(row.at, zone),
                "valid_until": exports.instant(row.valid_until, zone),
            }
            for row in shown
        ],
        next=following,
    )


async def _levels(session: Session, language: Language) -> dict[tuple[int, int | None], str]:
    found = await session.execute(select(tier_level))
    return {(row.scheme_id, row.rank): row.name_zh if language == "zh" else row.name_en for row in found}


def _place(cursor: str) -> list[int]:
    values = decode_cursor(cursor, _SORT, 3)
    if not all(type(value) is int for value in values):
        raise BadCursor
    return values


CHANGES = exports.Exportable(
    key="tier_changes",
    label=LocalName("等级变动", "Changes of level"),
    permission=TIERS_READ.code,
    filters=ChangeListFilters,
    columns=(
        exports.Column(key="member", label=LocalName("会员号", "Member number")),
        exports.Column(key="from", label=LocalName("原等级", "From")),
        exports.Column(key="to", label=LocalName("新等级", "To")),
        exports.Column(key="reason", label=LocalName("原因", "Reason")),
        exports.Column(key="at", label=LocalName("时间", "When")),
        exports.Column(key="valid_until", label=LocalName("有效至", "Valid until")),
    ),
    rows=load,
)
