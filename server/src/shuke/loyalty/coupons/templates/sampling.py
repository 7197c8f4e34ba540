"""Coupons tried on a cart: one that was sent, or one thought of that fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from shuke.platform import clock
from shuke.platform.money import exponent

from .. import rules
from ..rules import Cart, Combination, Held, Item, Promise, Stacking, Terms
from ..rules.kinds import AmountOff, FixedPrice, FreeShipping, Gift, NthItem, Steps

_PRODUCT = "sample"
# What a made-up cart costs where the terms name no amount, in whole units of the currency.
_USUAL = 200
_POSTAGE = 10
# Long enough for any weekday and hour that terms may name.
_DAYS = 8


@dataclass(frozen=True)
class Tried:
    """A template's terms that are tried, under its code."""

    template: str
    terms: Terms


@dataclass(frozen=True)
class Sample:
    """A cart with what coupons do on it."""

    cart: Cart
    is_made_up: bool
    combination: Combination


def try_on(tried: Sequence[Tried], stacking: Stacking, cart: Cart, is_made_up: bool) -> Sample:
    """The best that coupons can do together on a cart."""
    held = [
        Held(
            member_id=0,
            coupon_id=number,
            code=one.template,
            promise=Promise(template_id=number, version=0, code=one.template, terms=one.terms),
            valid_from=cart.at,
            expires_at=None,
        )
        for number, one in enumerate(tried, 1)
    ]
    return Sample(cart, is_made_up, rules.combine(cart, held, stacking))


def fitting_cart(tried: Sequence[Tried], now: datetime, zone: ZoneInfo, money: str) -> Cart:
    """A cart on which every coupon tried could be used by itself, where there is one: at a time, a place and for an
    amount that the terms name. Whom a coupon is for is not asked.
    """
    terms = [one.terms for one in tried]
    items = _merged([item for one in terms for item in _goods(one, money)])
    if any(isinstance(one.discount, FreeShipping) for one in terms):
        postage = _whole(_POSTAGE, money)
        items.append(Item(len(items) + 1, "postage", None, None, Decimal(1), postage, is_goods=False))
    first = terms[0].scope
    return Cart(
        items=tuple(items),
        at=_moment(terms[0], now, zone),
        zone=zone,
        money=money,
        source=next(iter(first.sources), "pos"),
        store=next(iter(first.stores), None),
        tier=next(iter(first.tiers), None),
    )


def _goods(terms: Terms, money: str) -> list[Item]:
    scope, discount = terms.scope, terms.discount
    pieces = _pieces(terms)
    bought = Item(
        line_no=0,
        product=next(iter(scope.products), _PRODUCT),
        category=next(iter(scope.categories), None),
        brand=next(iter(scope.brands), None),
        quantity=Decimal(pieces),
        amount_minor=-(-_amount(terms, money) // pieces) * pieces,
    )
    if not isinstance(discount, Gift):
        return [bought]
    # A gift's own products do not count for its threshold.
    price = max(_whole(_USUAL, money) // 4, discount.price_minor * 2)
    given = Item(0, discount.products[0], None, None, Decimal(discount.pieces), price * discount.pieces)
    return [bought, given]


def _pieces(terms: Terms) -> int:
    discount, threshold = terms.discount, terms.threshold
    needed = threshold.least if threshold.counts == "pieces" else 1
    if isinstance(discount, NthItem):
        needed = max(needed, discount.nth)
    return max(needed, 1)


def _amount(terms: Terms, money: str) -> int:
    discount, threshold = terms.discount, terms.threshold
    usual = _whole(_USUAL, money)
    if isinstance(discount, Steps):
        return max(usual, discount.steps[-1].from_minor)
    if isinstance(discount, FixedPrice):
        return max(usual, discount.price_minor * _pieces(terms) * 2)
    least = threshold.least if threshold.counts == "amount" else 0
    off = discount.off_minor if isinstance(discount, AmountOff) else 0
    return max(least, off * 2) or usual


def _whole(units: int, money: str) -> int:
    """Whole units of a currency in minor units."""
    return units * int(10 ** exponent(money))


def _merged(items: list[Item]) -> list[Item]:
    """One line for goods that are the same to every coupon: the dearest."""
    by_goods: dict[tuple[str, str | None, str | None], Item] = {}
    for item in items:
        key = (item.product, item.category, item.brand)
        known = by_goods.get(key)
        if known is None or (item.amount_minor, item.quantity) > (known.amount_minor, known.quantity):
            by_goods[key] = item
    return [
        Item(number, one.product, one.category, one.brand, one.quantity, one.amount_minor)
        for number, one in enumerate(by_goods.values(), 1)
    ]


def _moment(terms: Terms, now: datetime, zone: ZoneInfo) -> datetime:
    """The first time from now on at which terms may be used."""
    validity = terms.validity
    day = clock.business_day(now, zone)
    if validity.kind == "fixed" and validity.first_day is not None:
        day = max(day, validity.first_day)
    starts = sorted(hours[:5] for hours in validity.hours)
    for later in range(_DAYS):
        one = day + timedelta(days=later)
        if validity.weekdays and one.isoweekday() not in validity.weekdays:
            continue
        if not starts:
            is_today = one == clock.business_day(now, zone)
            return now if is_today else datetime.combine(one, time(12), zone)
        for start in starts:
            at = datetime.combine(one, time.fromisoformat(start), zone)
            if at >= now:
                return at
    return now
