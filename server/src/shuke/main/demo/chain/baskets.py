"""What lies in a basket: which goods, how many, at which price."""

from functools import cache

from ..truth import MemberType
from .days import day_of, discount_on
from .dice import Dice, running
from .goods import CATEGORIES, articles

_EACH = len(articles()) // len(CATEGORIES)
_QUANTITIES = running([0.78, 0.15, 0.05, 0.02])
# A typical price, in fen: the dearer half lies above it.
_TYPICAL = 6_000

# (place of the article, quantity, unit price in fen)
Line = tuple[int, int, int]


def basket(dice: Dice, kind: MemberType | None, day: int, mean_lines: float) -> tuple[Line, ...]:
    """The lines of one order; no article stands in two of them."""
    discount = discount_on(day)
    months = _categories(day_of(day).month)
    prices = _articles(kind.dear if kind else 1.0)
    lines: dict[int, Line] = {}
    for _ in range(1 + dice.poisson(mean_lines - 1)):
        category = dice.pick(months)
        place = category * _EACH + dice.pick(prices[category])
        quantity = 1 + dice.pick(_QUANTITIES)
        lines.setdefault(place, (place, quantity, _price(articles()[place].price_minor, discount)))
    return tuple(lines.values())


def goods_minor(lines: tuple[Line, ...]) -> int:
    """What lines cost, in fen."""
    return sum(quantity * unit for _, quantity, unit in lines)


def _price(minor: int, discount: float) -> int:
    """A price with something off, to ten fen."""
    return round(minor * (1 - discount) / 10) * 10


@cache
def _categories(month: int) -> list[float]:
    return running([category.draw * category.months.get(month, 1.0) for category in CATEGORIES])


@cache
def _articles(dear: float) -> list[list[float]]:
    """For each category, running totals of how its articles are drawn by those whom prices draw so."""
    all_of_them = articles()
    return [
        running(
            [
                round(one.draw * (one.price_minor / _TYPICAL) ** (dear - 1), 9)
                for one in all_of_them[start : start + _EACH]
            ]
        )
        for start in range(0, len(all_of_them), _EACH)
    ]
