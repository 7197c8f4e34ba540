"""Which counts a redemption is written on, and how much of it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shuke.platform.clock import Period

from ..periods import period_key
from ..rules import Budget

# Template, what is counted, period: a row. Their order is the order in which everybody takes them.
RoomKey = tuple[int, str, str]


@dataclass(frozen=True)
class Spend:
    """A redemption of a template's coupon on a day of the shop, under the budgets that the template has by now."""

    template_id: int
    budgets: tuple[Budget, ...]
    day: date
    discount_minor: int


@dataclass(frozen=True)
class Wanted:
    """What redemptions want of one count. `limit`: what it may reach."""

    amount: int
    limit: int
    period: Period


@dataclass(frozen=True)
class Left:
    """What the budgets of a template leave. None: no budget counts that."""

    discount_minor: int | None = None
    count: int | None = None


def room_keys(template_id: int, budgets: Sequence[Budget], day: date) -> list[RoomKey]:
    """The counts of a template's budgets on a day, a row each."""
    return [(template_id, budget.counts, period_key(budget.period, day)) for budget in budgets]


def add_up(spends: Sequence[Spend]) -> dict[RoomKey, Wanted]:
    """What redemptions want of each count, in the order of rows. Of two budgets of one count the lower one holds."""
    sums: dict[RoomKey, Wanted] = {}
    for spend in spends:
        lowest: dict[RoomKey, Budget] = {}
        for budget in spend.budgets:
            (key,) = room_keys(spend.template_id, [budget], spend.day)
            if key not in lowest or budget.limit < lowest[key].limit:
                lowest[key] = budget
        for key, budget in lowest.items():
            amount = spend.discount_minor if budget.counts == "discount" else 1
            before = sums[key].amount if key in sums else 0
            sums[key] = Wanted(before + amount, budget.limit, budget.period)
    return dict(sorted(sums.items()))


def left_of(template_id: int, budgets: Sequence[Budget], day: date, used: Mapping[RoomKey, int]) -> Left:
    """What budgets leave on a day, by what their counts have used."""
    left: dict[str, int] = {}
    for budget, key in zip(budgets, room_keys(template_id, budgets, day), strict=True):
        rest = max(budget.limit - used.get(key, 0), 0)
        left[budget.counts] = min(rest, left.get(budget.counts, rest))
    return Left(discount_minor=left.get("discount"), count=left.get("count"))
