"""A bonus for certain goods, stores, ways to pay, weekdays or hours."""

from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from shuke.platform.conditions import FactKey, fact_key
from shuke.platform.i18n import LocalName
from shuke.platform.money import Rounding, round_to_int

from ..case import Case
from ..rounding import ratio
from ..subject import Item
from ..words import ROUNDINGS, AmountMinor, Code, Points, refusal, titled
from .base import MOST, Given, ValueKind

STORE = fact_key("order.store")
PAYMENTS = fact_key("order.payment_methods")

_BY = {
    "product": ("商品", "Product"),
    "category": ("品类", "Category"),
    "brand": ("品牌", "Brand"),
    "store": ("门店", "Store"),
    "payment": ("支付方式", "Way to pay"),
    "weekday": ("星期", "Weekday"),
    "hour": ("时段（小时）", "Hour"),
}
_GIVES = {
    "once": ("每单一次", "Once for the order"),
    "per_item": ("每件", "For each piece"),
    "per_amount": ("每满金额", "For each amount"),
}
_BOUNDS = {"weekday": range(1, 8), "hour": range(24)}

Number = Annotated[int, Field(ge=0, le=23)]


class Bonus(ValueKind):
    """Points for the lines of certain products, categories or brands; or for the whole order in certain stores, paid in
    certain ways, on certain weekdays, within certain hours of the shop's zone.
    """

    LABEL: ClassVar = LocalName(
        "加赠：指定商品、门店、支付方式或时间", "Bonus: certain goods, stores, payments or times"
    )
    kind: Literal["bonus"] = "bonus"
    by: Literal["product", "category", "brand", "store", "payment", "weekday", "hour"] = titled("按", "By", choices=_BY)
    values: tuple[Code | Number, ...] = titled("指定为", "One of", control="by", min_length=1, max_length=500)
    gives_for: Literal["once", "per_item", "per_amount"] = titled("发放方式", "Given", choices=_GIVES, default="once")
    points: Points = titled("得积分", "Points")
    per_minor: AmountMinor | None = titled("每满金额", "For each", control="money", default=None)
    rounding: Rounding = titled("取整方式", "Rounding", choices=ROUNDINGS, default="down")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.gives_for == "per_amount") != (self.per_minor is not None):
            raise refusal(
                "按金额发放时填写“每满金额”，其他方式不填。",
                "Give per_minor where the bonus is for each amount, and only there.",
            )
        bounds = _BOUNDS.get(self.by)
        for value in self.values:
            if bounds is None and not isinstance(value, str):
                raise refusal("请填写编码。", "Name codes as text.")
            if bounds is not None and value not in bounds:
                low, high = bounds[0], bounds[-1]
                raise refusal(f"请填写 {low} 到 {high} 的整数。", f"Give whole numbers from {low} to {high}.")
        return self

    @property
    def wants_order(self) -> bool:
        """Whatever happens has a weekday and an hour; the rest only orders have."""
        return self.by not in {"weekday", "hour"} or self.gives_for != "once"

    @property
    def needs(self) -> frozenset[FactKey]:
        """The store or the payments of the order, where the bonus is by these."""
        return frozenset({"store": {STORE}, "payment": {PAYMENTS}}.get(self.by, ()))

    @property
    def judges_lines(self) -> bool:
        """Goods are told by line, and pieces counted so."""
        return self.by in {"product", "category", "brand"} or self.gives_for == "per_item"

    def gives(self, case: Case) -> Given | None:
        """Points for what matches; None where nothing does."""
        if not self.wants_order and case.view.subject.activity != "order_paid":
            return Given(self.points, {"by": self.by}) if self._holds(case) else None
        items = self._matching(case)
        eligible_minor = case.eligible_minor(items)
        if eligible_minor <= 0:
            return None
        why = {"by": self.by, "matching_minor": eligible_minor, "matching_lines": [item.line_no for item in items]}
        if self.gives_for == "once":
            return Given(self.points, why)
        if self.gives_for == "per_item":
            pieces = sum((item.quantity for item in items if case.eligible_of(item) > 0), start=Decimal(0))
            return Given(min(round_to_int(pieces * self.points, self.rounding), MOST), why)
        assert self.per_minor is not None
        amount = min(ratio(eligible_minor * self.points, self.per_minor, self.rounding), MOST)
        return Given(amount, {**why, "bonus_rate": {"points": self.points, "per_minor": self.per_minor}})

    def _matching(self, case: Case) -> list[Item]:
        if self.by in {"product", "category", "brand"}:
            return [item for item in case.items if getattr(item, self.by) in self.values]
        return list(case.items) if self._holds(case) else []

    def _holds(self, case: Case) -> bool:
        if self.by == "store":
            return case.fact(STORE) in self.values
        if self.by == "payment":
            return any(payment in self.values for payment in case.fact(PAYMENTS) or ())
        if self.by == "weekday":
            return case.view.subject.day.isoweekday() in self.values
        return case.view.hour in self.values
