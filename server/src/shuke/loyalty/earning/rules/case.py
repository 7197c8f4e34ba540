"""A subject as rules ask about it: its facts, and what of it may earn."""

from collections.abc import Iterable, Mapping, Sequence
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
# The value of some lines, and what points and coupons paid of it.
Sums = tuple[int, int, int]


def add_up(items: Iterable[Item]) -> Sums:
    """The sums of some lines."""
    amount = points = coupons = 0
    for item in items:
        amount += item.amount_minor
        points += item.points_minor
        coupons += item.coupon_minor
    return amount, points, coupons


class View:
    """The facts of a subject, worked out when the first rule asks for them and shared by all."""

    __slots__ = ("_hour", "_lines", "_whole", "subject", "sums", "told")

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.sums = add_up(subject.items)
        # What explanations say of all lines, by what the rules count: the same for most rules.
        self.told: dict[tuple[bool, bool], list[dict[str, Any]]] = {}
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
                ORDER_AMOUNT: self.sums[0],
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


class Case:
    """What a branch of a rule gives for: the lines that match it, and whether what points and coupons paid counts."""

    __slots__ = ("items", "on_coupons", "on_points", "sums", "view")

    def __init__(self, view: View, items: Sequence[Item], *, on_points: bool, on_coupons: bool) -> None:
        self.view = view
        self.items = items
        self.on_points = on_points
        self.on_coupons = on_coupons
        self.sums = view.sums if items is view.subject.items else add_up(items)

    def eligible_minor(self, items: Sequence[Item] | None = None) -> int:
        """The value that earns, of some lines or of all that match: without what points and coupons paid of it, unless
        the rule counts that too.
        """
        amount, points, coupons = self.sums if items is None else add_up(items)
        return amount - (0 if self.on_points else points) - (0 if self.on_coupons else coupons)

    def eligible_of(self, item: Item) -> int:
        """The value of one line that earns."""
        paid = (0 if self.on_points else item.points_minor) + (0 if self.on_coupons else item.coupon_minor)
        return item.amount_minor - paid

    def fact(self, key: FactKey) -> Any:
        """A fact of the subject as a whole; None where it is not known."""
        return self.view.subject.facts.get(key)
