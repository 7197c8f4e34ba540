"""The codes of a batch as a file: in clear, because they are printed from it."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from shuke.foundation import exports, organization
from shuke.platform import clock
from shuke.platform.actor import Sight
from shuke.platform.db import Session, raw
from shuke.platform.i18n import Language, LocalName
from shuke.platform.pages import BadCursor, decode_cursor, encode_cursor

from ..permissions import COUPONS_ISSUE
from .queries import get_batch

_SORT = "code"
_AT_A_TIME = 5_000
_STATES = {
    "issued": LocalName("未使用", "Not used"),
    "locked": LocalName("占用中", "In a cart"),
    "redeemed": LocalName("已核销", "Used"),
    "expired": LocalName("已过期", "Expired"),
    "void": LocalName("已作废", "Void"),
    "given": LocalName("已兑换", "Exchanged"),
}


class CouponCodeFilters(BaseModel):
    """Which batch; none: every code that is nobody's."""

    model_config = ConfigDict(extra="forbid")

    batch: Annotated[int | None, Field(ge=1, le=2**63 - 1)] = None


async def load(
    session: Session, filters: CouponCodeFilters, sight: Sight, language: Language, cursor: str | None
) -> exports.Rows:
    """A page of the codes of a batch that are nobody's, as they were made. Those of members are in no such list."""
    del sight  # Asked only by who sees the whole shop.
    behind = 0
    if cursor is not None:
        (last,) = decode_cursor(cursor, _SORT, 1)
        if type(last) is not int:
            raise BadCursor
        behind = last
    zone = (await organization.get_shop(session)).zone
    driver = await raw(session)
    if filters.batch is None:
        rows = await driver.fetch(_ALL, behind, _AT_A_TIME + 1)
    else:
        batch = await get_batch(session, filters.batch)
        rows = await driver.fetch(_OF_BATCH, behind, _AT_A_TIME + 1, batch.batch_id)
    return exports.Rows(
        rows=[
            {
                "code": row["code"],
                "state": _STATES[row["state"]].pick(language),
                "last_day": exports.day(clock.last_day(row["expires_at"], zone)) if row["expires_at"] else None,
                "batch": row["name"],
            }
            for row in rows[:_AT_A_TIME]
        ],
        next=encode_cursor(_SORT, [rows[_AT_A_TIME - 1]["coupon_id"]]) if len(rows) > _AT_A_TIME else None,
    )


CODES = exports.Exportable(
    key="coupon_codes",
    label=LocalName("券码", "Coupon codes"),
    permission=COUPONS_ISSUE.code,
    filters=CouponCodeFilters,
    columns=(
        exports.Column(key="code", label=LocalName("券码", "Code")),
        exports.Column(key="state", label=LocalName("状态", "State")),
        exports.Column(key="last_day", label=LocalName("可用至", "Good until")),
        exports.Column(key="batch", label=LocalName("批次", "Batch")),
    ),
    rows=load,
    needs_whole_sight=True,
)

_ALL = """
    select coupon_id, coupon.code, coupon.state, expires_at, name from coupon left join coupon_batch using (batch_id)
    where member_id = 0 and coupon_id > $1 order by coupon_id limit $2
"""
_OF_BATCH = """
    select coupon_id, coupon.code, coupon.state, expires_at, name from coupon join coupon_batch using (batch_id)
    where batch_id = $3 and batch_id is not null and member_id = 0 and coupon_id > $1 order by coupon_id limit $2
"""
