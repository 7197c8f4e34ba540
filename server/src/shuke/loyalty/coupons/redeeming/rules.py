"""What a coupon takes off when it is redeemed by itself, and what has to be known for that. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from ..rules import Cart, Group, Held, Item, Stacking, Unused, combine_chosen, why_not_here
from ..rules.kinds import AmountOff, FreeShipping, Gift, PercentOff, Steps

_OF_GOODS = ("products", "categories", "brands", "not_products", "not_categories", "not_brands")
# What nobody said, and the answer depends on.
Missing = Literal["member", "amount", "goods", "order"]


@dataclass(frozen=True)
class Goods:
    """A product that is handed over or bought. Its amount is what it costs without the coupon."""

    product: str
    category: str | None
    brand: str | None
    quantity: Decimal
    amount_minor: int


@dataclass(frozen=True)
class Verdict:
    """What the coupon takes off; or why it does not go, or what is missing to say."""

    discount_minor: int = 0
    unused: Unused | None = None
    missing: Missing | None = None


def judge(held: Held, cart: Cart, goods: Sequence[Goods], amount_minor: int | None, *, knows_member: bool) -> Verdict:
    """Judge a coupon by itself. `cart` says where, when and by whom; its lines are made here.

    Without goods, `amount_minor` is what the goods it is for cost: the cashier sees to it that they are.
    """
    scope = held.promise.terms.scope
    if not knows_member and (scope.tiers or scope.members is not None):
        return Verdict(missing="member")
    refused = why_not_here(held, cart)
    if refused is not None:
        return Verdict(unused=refused)
    if isinstance(held.promise.terms.discount, FreeShipping):
        return Verdict(missing="order")
    if goods:
        items = [
            Item(number, one.product, one.category, one.brand, one.quantity, one.amount_minor)
            for number, one in enumerate(goods, start=1)
        ]
        return _by_items(held, cart, items)
    return _by_amount(held, cart, amount_minor)


def _by_items(held: Held, cart: Cart, items: Sequence[Item]) -> Verdict:
    terms = held.promise.terms
    alone = Stacking(groups=(Group(category=terms.category, name_zh="-", name_en="-"),))
    found = combine_chosen(replace(cart, items=tuple(items)), [held], alone)
    if found.uses:
        return Verdict(discount_minor=found.discount_minor)
    (unused,) = found.unused
    if unused.why == "no_effect" and isinstance(terms.discount, Gift):
        # Handed over without a price: nothing is paid, so nothing comes off.
        return Verdict()
    return Verdict(unused=unused)


def _by_amount(held: Held, cart: Cart, amount_minor: int | None) -> Verdict:
    terms = held.promise.terms
    discount, threshold = terms.discount, terms.threshold
    if threshold.least and threshold.counts == "pieces":
        return Verdict(missing="goods")
    if not isinstance(discount, AmountOff | PercentOff | Steps | Gift):
        return Verdict(missing="goods")
    if amount_minor is None:
        if threshold.least or not isinstance(discount, AmountOff | Gift) or _repeats(discount):
            return Verdict(missing="amount")
        return Verdict(discount_minor=discount.off_minor if isinstance(discount, AmountOff) else 0)
    items = [Item(1, "", None, None, Decimal(1), amount_minor)]
    if isinstance(discount, Gift):
        items.append(Item(2, discount.products[0], None, None, Decimal(discount.pieces), 0))
    return _by_items(_of_any_goods(held), cart, items)


def _repeats(discount: AmountOff | Gift) -> bool:
    return isinstance(discount, AmountOff) and discount.repeats


def _of_any_goods(held: Held) -> Held:
    """The coupon without the goods that it is for: the cashier has told them apart."""
    terms = held.promise.terms
    scope = terms.scope.model_copy(update=dict.fromkeys(_OF_GOODS, ()))
    return replace(held, promise=replace(held.promise, terms=terms.model_copy(update={"scope": scope})))
