"""A subject as rules ask about it: its facts, and what of it may earn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shuke.platform.conditions import FactKey, fact_key

from .subject import Item, Subject

ORDER_AMOUNT = fact_key("order.amount")
NUMBER_OF_ITEMS = fact_key("order.number_of_items")
WEEKDAY = fact_key("time.weekday")
HOUR = fact_key("time.hour")
DAY = fact_key("time.day")
MONTH = fact_key("time.month")
DAY_OF_MONTH = fact_key("time.day_of_month")
LINE_PRODUCT = fact_key("line.product")
LINE_CATEGORY = fact_key("line.category")
LINE_BRAND = fact_key("line.brand")
LINE_QUANTITY = fact_key("line.quantity")
LINE_AMOUNT = fact_key("line.amount")
LINE_UNIT_PRICE = fact_key("line.unit_price")

Facts = Mapping[FactKey, Any]


class View:
    """The facts of a subject, worked out when the first rule asks for them and shared by all."""

    __slots__ = ("_hour", "_lines", "_whole", "subject")

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self._hour: int | None = None
        self._whole: dict[FactKey, Any] | None = None
        self._lines: list[dict[FactKey, Any]] | None = None

    @property
    def hour(self) -> int:
        """The hour of the day in the shop's zone."""
        if self._hour is None:
            self._hour = self.subject.at.astimezone(self.subject.zone).hour
        return self._hour

    def whole(self) -> Facts:
        """The facts of the subject as a whole."""
        if self._whole is None:
            subject, day = self.subject, self.subject.day
            self._whole = {
                **subject.facts,
                ORDER_AMOUNT: sum(item.amount_minor for item in subject.items),
                NUMBER_OF_ITEMS: sum((item.quantity for item in subject.items), start=Decimal(0)),
                WEEKDAY: day.isoweekday(),
                HOUR: self.hour,
                DAY: day,
                MONTH: day.month,
                DAY_OF_MONTH: day.day,
            }
        return self._whole

    def lines(self) -> Sequence[Facts]:
        """The facts of each line, with those of the whole."""
        if self._lines is None:
            whole = self.whole()
            self._lines = [
                {
                    **whole,
                    LINE_PRODUCT: item.product,
                    LINE_CATEGORY: item.category,
                    LINE_BRAND: item.brand,
                    LINE_QUANTITY: item.quantity,
                    LINE_AMOUNT: item.amount_minor,
                    LINE_UNIT_PRICE: item.amount_minor / item.quantity if item.quantity else None,
                }
                for item in self.subject.items
            ]
        return self._lines


@dataclass(slots=True)
class Case:
    """What a branch of a rule gives for: the lines that match it, and whether what points and coupons paid counts."""

    view: View
    items: Sequence[Item]
    on_points: bool
    on_coupons: bool

    def eligible_minor(self, items: Sequence[Item]) -> int:
        """The value that earns: without what points and coupons paid of it, unless the rule counts that too."""
        amount = sum(item.amount_minor for item in items)
        if not self.on_points:
            amount -= sum(item.points_minor for item in items)
        if not self.on_coupons:
            amount -= sum(item.coupon_minor for item in items)
        return amount

    def earns(self, item: Item) -> bool:
        """Whether a line has value left that earns."""
        return self.eligible_minor((item,)) > 0

    def fact(self, key: FactKey) -> Any:
        """A fact of the subject as a whole; None where it is not known."""
        return self.view.subject.facts.get(key)
