"""What reports answer over HTTP."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field

from shuke.platform.i18n import LocalName

from .rules import By


class CouponReportPeriodOut(BaseModel):
    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    from_: date = Field(alias="from")
    to: date


class CouponFiguresOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    issued: int = Field(description="Coupons that came to be, printed codes included; given away or exchanged, once.")
    claimed: int = Field(description="Taken by members themselves: claimed, won, or exchanged from a code.")
    received: int = Field(description="Came into the hands of members: claimed, granted or exchanged.")
    redeemed: int
    returned: int = Field(description="Redemptions undone: by a refund, or at the till.")
    expired: int
    voided: int
    discount_minor: int = Field(description="Taken off by what was redeemed.")
    cost_minor: int = Field(description="The same, less what refunds took back of it, whenever they came.")
    orders: int = Field(description="Orders with at least one coupon, each once.")
    sales_minor: int = Field(description="What those orders came to when they were placed.")
    net_sales_minor: int = Field(description="The same less refunds.")
    average_order_minor: int | None = Field(description="`net_sales_minor` by `orders`.")
    redemption_rate: int | None = Field(
        description="Redeemed less returned, per ten thousand issued in the same days; above 10,000 where more coupons "
        "of earlier days were used than new ones issued."
    )


class CouponReportRowOut(BaseModel):
    """One day, template, store or channel. `key`: the day, the code, the store's id, or the channel's code."""

    key: str | None = Field(description="Null: no store, or no channel, was named.")
    name: LocalName | None = Field(description="Of templates and stores.")
    figures: CouponFiguresOut


class CouponReportOut(BaseModel):
    period: CouponReportPeriodOut
    by: By
    currency: str
    as_of: datetime
    total: CouponFiguresOut
    items: list[CouponReportRowOut]
