"""How coupons of the shop may be combined. What that means precisely stands in `combining.py`."""

from typing import Annotated, Literal

from pydantic import Field

from .kinds.base import Part

Category = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]


class Group(Part):
    """A category of templates. `mode`: all of them may be used together (`stack`), or one: the best for the customer,
    the best for the merchant (the least discount), or the first in order of expiry. `most`: how many of a stack.
    """

    category: Category
    name_zh: Annotated[str, Field(min_length=1, max_length=40)]
    name_en: Annotated[str, Field(min_length=1, max_length=40)]
    mode: Literal["stack", "best_for_customer", "best_for_merchant", "order"] = "best_for_customer"
    most: Annotated[int, Field(ge=1, le=20)] = 1


class Stacking(Part):
    """The groups in the order in which they are taken off; how two of different groups go together.

    `together`: whether two groups may be combined where nothing else is said; `never` and `always` name pairs for which
    it is otherwise (a pair of a group with itself is the group's own matter). `most`: coupons of one order. `base`: a
    later discount counts from the price `before` or `after` the earlier ones. `floor_minor`: what an order costs at
    least.
    """

    groups: Annotated[tuple[Group, ...], Field(min_length=1, max_length=30)] = (
        Group(category="general", name_zh="通用券", name_en="General"),
    )
    together: bool = True
    never: Annotated[tuple[tuple[Category, Category], ...], Field(max_length=200)] = ()
    always: Annotated[tuple[tuple[Category, Category], ...], Field(max_length=200)] = ()
    most: Annotated[int, Field(ge=1, le=20)] = 10
    base: Literal["before", "after"] = "after"
    floor_minor: Annotated[int, Field(ge=0, le=10**9)] = 0
