"""Entitlements as a file, in the order in which they were granted."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select

from shuke.foundation import exports, organization
from shuke.people import members
from shuke.platform import clock
from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.i18n import Language, LocalName
from shuke.platform.pages import BadCursor, decode_cursor, encode_cursor

from .permissions import BENEFITS_READ
from .queries.entitlements import entitlement_of
from .rules.benefit import EntitlementState
from .tables import benefit, benefit_entitlement

_SORT = "entitlement"
_AT_A_TIME = 2_000


class EntitlementListFilters(BaseModel):
    """What the list can be narrowed to."""

    model_config = ConfigDict(extra="forbid")

    benefit: Annotated[str | None, Field(max_length=40)] = None
    state: EntitlementState | None = None


async def load(
    session: Session, filters: EntitlementListFilters, sight: Sight, language: Language, cursor: str | None
) -> exports.Rows:
    """A page of the entitlements of the members whom the asker sees."""
    column = benefit_entitlement.c
    wanted = (
        select(benefit_entitlement, benefit.c.code, benefit.c.name_zh, benefit.c.name_en)
        .join(benefit, benefit.c.benefit_id == column.benefit_id)
        .where(members.only_visible(column.member_id, sight))
    )
    if filters.benefit is not None:
        wanted = wanted.where(benefit.c.code == filters.benefit)
    if filters.state is not None:
        wanted = wanted.where(column.state == filters.state)
    if cursor is not None:
        (last,) = decode_cursor(cursor, _SORT, 1)
        if type(last) is not int:
            raise BadCursor
        wanted = wanted.where(column.entitlement_id > last)
    rows = (await session.execute(wanted.order_by(column.entitlement_id).limit(_AT_A_TIME + 1))).all()
    shown = [(entitlement_of(row._mapping), row) for row in rows[:_AT_A_TIME]]
    names = await members.names(session, sorted({one.member_id for one, _ in shown}), sight)
    zone = (await organization.get_shop(session)).zone
    return exports.Rows(
        rows=[
            {
                "member": names[one.member_id].number if one.member_id in names else None,
                "benefit": row.code,
                "name": LocalName(row.name_zh, row.name_en).pick(language),
                "occasion": one.occasion,
                "state": one.state,
                "units": one.units,
                "used": one.used,
                "granted_at": exports.instant(one.granted_at, zone),
                "expires_on": exports.day(clock.last_day(one.expires_at, zone)) if one.expires_at else None,
            }
            for one, row in shown
        ],
        next=encode_cursor(_SORT, [shown[-1][0].entitlement_id]) if len(rows) > _AT_A_TIME else None,
    )


ENTITLEMENTS = exports.Exportable(
    key="benefit_entitlements",
    label=LocalName("会员权益", "Benefits granted"),
    permission=BENEFITS_READ.code,
    filters=EntitlementListFilters,
    columns=(
        exports.Column(key="member", label=LocalName("会员号", "Member number")),
        exports.Column(key="benefit", label=LocalName("权益代码", "Benefit")),
        exports.Column(key="name", label=LocalName("权益", "Name")),
        exports.Column(key="occasion", label=LocalName("场合", "Occasion")),
        exports.Column(key="state", label=LocalName("状态", "State")),
        exports.Column(key="units", label=LocalName("份数", "Units")),
        exports.Column(key="used", label=LocalName("已用", "Used")),
        exports.Column(key="granted_at", label=LocalName("发放时间", "Granted")),
        exports.Column(key="expires_on", label=LocalName("有效期至", "Usable through")),
    ),
    rows=load,
)
