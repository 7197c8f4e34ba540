"""One coupon and a cart: whether it may be used, and what it takes off.

The goods that it is for are the goods of its scope; of a gift: the products that it names; of free shipping: what is no
goods. Its threshold counts the goods of its scope (`eligible`) or all goods of the cart (`order`, less what others have
paid, `Cart.taken_minor`); postage and fees never count, nor do a gift's own products. Amounts are counted on the prices
that the discount counts from: the original ones, or what earlier coupons have left of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from math import lcm
from typing import Any

from shuke.platform.conditions import Condition

from .kinds import Discount, Gift, Steps
from .kinds.base import Line, Reached, spread
from .model import Cart, Held, Item, Unused, Why
from .terms import Scope
from .validity import why_closed

_NEVER_OVER = datetime.max.replace(tzinfo=UTC)
Refusal = tuple[Why, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A coupon that may be used on a cart: the lines that it takes off (`places`), and those its threshold counts.

    `least` and `repeats_at`: the amount that it asks for, and the amount at which an amount off is given once more.
    """

    held: Held
    discount: Discount
    places: tuple[int, ...]
    lines: tuple[Line, ...]
    counted: tuple[int, ...]
    taken_minor: int
    pieces: int
    least: int
    least_pieces: int
    repeats_at: int

    @property
    def order(self) -> tuple[datetime, int, int]:
        """The one that is over first comes first; then the oldest."""
        return self.held.expires_at or _NEVER_OVER, self.held.coupon_id, self.held.member_id

    def amount(self, prices: Sequence[int]) -> int:
        """What the threshold counts, in money."""
        return max(0, sum([prices[place] for place in self.counted]) - self.taken_minor)

    def refusal(self, prices: Sequence[int]) -> Refusal | None:
        """Why its threshold, or its first step, is not reached at these prices."""
        if self.pieces < self.least_pieces:
            return "threshold", {"counts": "pieces", "least": self.least_pieces, "found": self.pieces}
        if self.least and (found := self.amount(prices)) < self.least:
            return "threshold", {"counts": "amount", "least": self.least, "found": found}
        return None

    def claim(self, prices: Sequence[int], left: Sequence[int], room: int) -> tuple[Sequence[int], int]:
        """What it may take off each of its places, which cost `prices` and of which `left` can still be taken, and how
        much of it altogether; nothing where its threshold is not reached.
        """
        amount = self.amount(prices) if self.least or self.repeats_at else 0
        if amount < self.least or self.pieces < self.least_pieces or room <= 0:
            return (), 0
        claims = self.discount.claims(self.lines, [prices[place] for place in self.places])
        if prices is not left:
            claims = [min(claim, left[place]) for claim, place in zip(claims, self.places, strict=True)]
        total, most = sum(claims), self.discount.most(Reached(amount, self.repeats_at))
        return claims, min(total, room) if most is None else min(total, room, most)

    def shares(self, claims: Sequence[int], total: int) -> tuple[int, ...]:
        """What comes off each place of what was claimed."""
        return tuple(claims) if sum(claims) == total else tuple(spread(total, claims))


@dataclass(frozen=True)
class Desk:
    """A cart laid out for its coupons: what its lines cost, and their pieces."""

    cart: Cart
    prices: tuple[int, ...]
    lines: tuple[Line, ...]

    @property
    def payable_minor(self) -> int:
        """What is to be paid without any of these coupons."""
        return sum(item.amount_minor for item in self.cart.items) - self.cart.taken_minor


def lay_out(cart: Cart) -> Desk:
    """A cart as numbers."""
    ratios = [item.quantity.as_integer_ratio() if item.quantity > 0 else (0, 1) for item in cart.items]
    common = lcm(*(numerator for numerator, _ in ratios if numerator))
    lines = tuple(
        Line(
            pieces=numerator // denominator,
            numerator=numerator,
            denominator=denominator,
            weight=common // numerator * denominator if numerator else 0,
        )
        for numerator, denominator in ratios
    )
    return Desk(cart, tuple(max(0, item.amount_minor) for item in cart.items), lines)


def why_not_here(held: Held, cart: Cart) -> Unused | None:
    """Why a coupon may not be used now, here or by this member, whatever is bought; None: it may."""
    refusal = _not_now(held, cart) or _not_for(held, cart)
    return Unused(held, *refusal) if refusal else None


def why_unusable(held: Held, cart: Cart) -> Unused | None:
    """Why a coupon may not be used on the cart by itself; None: it may."""
    fitted = fit(held, lay_out(cart))
    return fitted if isinstance(fitted, Unused) else None


def fit(held: Held, desk: Desk) -> Fitted | Unused:
    """A coupon made ready for a cart, or why it cannot be used on it even by itself."""
    refused = why_not_here(held, desk.cart)
    if refused:
        return refused
    fitted = _fitted(held, desk)
    if fitted is None:
        return Unused(held, "nothing_eligible")
    refusal = fitted.refusal(desk.prices)
    if refusal:
        return Unused(held, *refusal)
    _, effect = fitted.claim(desk.prices, desk.prices, sum(desk.prices))
    return fitted if effect else Unused(held, "no_effect")


def _fitted(held: Held, desk: Desk) -> Fitted | None:
    terms, items = held.promise.terms, desk.cart.items
    discount, threshold = terms.discount, terms.threshold
    own = set(discount.products) if isinstance(discount, Gift) else set()
    goods = [place for place, item in enumerate(items) if item.is_goods]
    eligible = [place for place in goods if is_eligible(items[place], terms.scope)]
    if not discount.takes_goods:
        places = [place for place, item in enumerate(items) if not item.is_goods]
    elif own:
        places = [place for place in goods if items[place].product in own]
    else:
        places = eligible
    counted = [
        place for place in (eligible if threshold.of == "eligible" else goods) if items[place].product not in own
    ]
    if not places or (not eligible and _narrows(terms.scope)):
        return None
    least = threshold.least if threshold.counts == "amount" else 0
    return Fitted(
        held=held,
        discount=discount,
        places=tuple(places),
        lines=tuple(desk.lines[place] for place in places),
        counted=tuple(counted),
        taken_minor=desk.cart.taken_minor if threshold.of == "order" else 0,
        pieces=sum(desk.lines[place].pieces for place in counted),
        least=max(least, discount.steps[0].from_minor) if isinstance(discount, Steps) else least,
        least_pieces=threshold.least if threshold.counts == "pieces" else 0,
        repeats_at=least,
    )


def is_eligible(item: Item, scope: Scope) -> bool:
    """Whether a line lies in a scope. One that is named by product, category or brand is in; one that is left out by
    any of them is not.
    """
    sets = _sets(scope.products, scope.categories, scope.brands)
    without = _sets(scope.not_products, scope.not_categories, scope.not_brands)
    traits = (item.product, item.category, item.brand)
    is_named = not _names_goods(scope) or any(trait in named for trait, named in zip(traits, sets, strict=True))
    return is_named and not any(trait in named for trait, named in zip(traits, without, strict=True))


@lru_cache(maxsize=4_096)
def _sets(*names: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(one) for one in names)


def _names_goods(scope: Scope) -> bool:
    return bool(scope.products or scope.categories or scope.brands)


def _narrows(scope: Scope) -> bool:
    return _names_goods(scope) or bool(scope.not_products or scope.not_categories or scope.not_brands)


def _not_now(held: Held, cart: Cart) -> Refusal | None:
    if cart.at < held.valid_from:
        return "not_yet", {"from": held.valid_from.isoformat()}
    if held.expires_at is not None and cart.at >= held.expires_at:
        return "over", {"expired": held.expires_at.isoformat()}
    validity = held.promise.terms.validity
    closed = why_closed(validity, cart.at, cart.zone)
    if closed == "weekday":
        return closed, {"weekdays": list(validity.weekdays)}
    return (closed, {"hours": list(validity.hours)}) if closed else None


def _not_for(held: Held, cart: Cart) -> Refusal | None:
    scope = held.promise.terms.scope
    if scope.stores and cart.store not in scope.stores:
        return "store", {"stores": list(scope.stores)}
    if scope.sources and cart.source not in scope.sources:
        return "source", {"sources": list(scope.sources)}
    if scope.tiers and cart.tier not in scope.tiers:
        return "tier", {"tiers": list(scope.tiers)}
    members = held.promise.members
    return ("member", {}) if members is not None and not _holds(members, cart) else None


def _holds(members: Condition, cart: Cart) -> bool:
    """Whether a condition holds. Of somebody of whom nothing is known, such as a guest, none about members does."""
    asked = [key for key in members.needs if not key[0].startswith("time.")]
    return members.holds(cart.facts) and (not asked or any(key in cart.facts for key in asked))
