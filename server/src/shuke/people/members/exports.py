"""Members as a file: the list of members, with its filters."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from shuke.foundation import exports
from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.i18n import Language, LocalName
from shuke.platform.pages import MAX_LIMIT

from .custom.filters import PREFIX
from .permissions import READ
from .queries import list_members
from .queries.labels import shop_zone
from .rules.values import MemberFilters, MemberRow, WantedCondition

Day = Annotated[date | None, Field(ge=date(1900, 1, 1), le=date(2999, 12, 31))]
Number = Annotated[int | None, Field(ge=-(2**63), le=2**63 - 1)]
_STATUS = {
    "active": LocalName("正常", "active"),
    "frozen": LocalName("已冻结", "frozen"),
    "cancelled": LocalName("已注销", "left"),
}


class MemberListFilters(BaseModel):
    """What the list can be narrowed to: the same as in the address of the list."""

    model_config = ConfigDict(extra="forbid")

    # Custom fields come as `custom.<key>`, `custom.<key>_min`, `custom.<key>_max`, as in the address.
    custom: dict[str, Annotated[str, Field(max_length=200)]] = Field(default={}, max_length=20)
    q: Annotated[str | None, Field(max_length=200)] = None
    tier: Annotated[str | None, Field(max_length=500)] = None
    store: Number = None
    status: Literal["active", "frozen", "cancelled"] | None = None
    spend_min: Number = None
    spend_max: Number = None
    points_min: Number = None
    points_max: Number = None
    orders_min: Number = None
    orders_max: Number = None
    last_order_from: Day = None
    last_order_to: Day = None
    joined_from: Day = None
    joined_to: Day = None
    employee: Number = None
    region: Number = None
    # As JSON.
    condition: Annotated[str | None, Field(max_length=16_000)] = None

    @model_validator(mode="before")
    @classmethod
    def _gather_custom(cls, values: Any) -> Any:
        if not isinstance(values, dict):
            return values
        custom = {name.removeprefix(PREFIX): str(value) for name, value in values.items() if name.startswith(PREFIX)}
        others = {name: value for name, value in values.items() if not name.startswith(PREFIX)}
        return {**others, "custom": custom} if custom else others

    def asked(self) -> MemberFilters:
        """The filters as the list knows them."""
        named = self.model_dump(exclude={"tier", "store", "employee", "region", "custom", "condition"})
        tiers = tuple(code for code in (self.tier or "").split(",") if code) or None
        return MemberFilters(
            **named,
            tiers=tiers,
            store_id=self.store,
            employee_id=self.employee,
            region_id=self.region,
            custom=tuple(self.custom.items()) or None,
            condition=WantedCondition(text=self.condition) if self.condition else None,
        )


async def load(
    session: Session, filters: MemberListFilters, sight: Sight, language: Language, cursor: str | None
) -> exports.Rows:
    """A page of the members whom the asker sees, in the order in which they joined."""
    zone = await shop_zone(session)
    page = await list_members(session, filters.asked(), sight, sort="joined_at", limit=MAX_LIMIT, cursor=cursor)
    rows = [
        {
            "number": row.number,
            "name": row.name,
            "phone": row.phone,
            "status": _status(row, language),
            "tier": row.tier.name.pick(language) if row.tier else None,
            "tier_valid_until": exports.day(row.tier_valid_until),
            "points": row.points_available,
            "growth": row.growth,
            "orders": row.order_count,
            "spend": exports.money(row.net_spend_minor, row.currency),
            "currency": row.currency,
            "last_order_at": exports.instant(row.last_order_at, zone),
            "store": row.store.name if row.store else None,
            "employee": row.employee,
            "joined_at": exports.instant(row.joined_at, zone),
        }
        for row in page.items
    ]
    return exports.Rows(rows=rows, next=page.next)


def _status(row: MemberRow, language: Language) -> str:
    return _STATUS[row.status].pick(language) if row.status in _STATUS else row.status


MEMBERS = exports.Exportable(
    key="members",
    label=LocalName("会员", "Members"),
    permission=READ.code,
    filters=MemberListFilters,
    columns=(
        exports.Column(key="number", label=LocalName("会员号", "Member number")),
        exports.Column(key="name", label=LocalName("姓名", "Name"), view="name"),
        exports.Column(key="phone", label=LocalName("手机号", "Phone"), view="phone"),
        exports.Column(key="status", label=LocalName("状态", "Status")),
        exports.Column(key="tier", label=LocalName("等级", "Level")),
        exports.Column(key="tier_valid_until", label=LocalName("等级有效至", "Level valid until")),
        exports.Column(key="points", label=LocalName("可用积分", "Points")),
        exports.Column(key="growth", label=LocalName("成长值", "Growth")),
        exports.Column(key="orders", label=LocalName("订单数", "Orders")),
        exports.Column(key="spend", label=LocalName("净消费", "Net spending")),
        exports.Column(key="currency", label=LocalName("币种", "Currency")),
        exports.Column(key="last_order_at", label=LocalName("最近消费", "Last order")),
        exports.Column(key="store", label=LocalName("门店", "Store")),
        exports.Column(key="employee", label=LocalName("导购", "Employee")),
        exports.Column(key="joined_at", label=LocalName("入会时间", "Joined")),
    ),
    rows=load,
)
