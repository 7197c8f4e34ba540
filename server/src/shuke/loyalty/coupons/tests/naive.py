"""The best combination by trying every set of coupons, and every discount piece by piece: slow, and easy to believe."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from shuke.loyalty.coupons.rules import Cart, Held, Item, Stacking

Amounts = dict[int, int]
_BY_PIECE = {"gift", "fixed_price", "nth_item"}


@dataclass(frozen=True)
class Set:
    """Coupons, in the order in which they are taken off, and what each takes off by line."""

    used: tuple[Held, ...]
    shares: tuple[Amounts, ...]

    @property
    def total(self) -> int:
        return sum(share for one in self.shares for share in one.values())

    @property
    def key(self) -> tuple[Any, ...]:
        """The least is the best."""
        return -self.total, len(self.used), sorted(over_first(one) for one in self.used)


def best(cart: Cart, held: Sequence[Held], stacking: Stacking) -> Set:
    """The best of all legal sets."""
    return min(legal_sets(cart, held, stacking), key=lambda one: one.key)


def legal_sets(cart: Cart, held: Sequence[Held], stacking: Stacking) -> list[Set]:
    """Every set of coupons that may be used together."""
    room = sum(item.amount_minor for item in cart.items) - cart.taken_minor - stacking.floor_minor
    prices = {item.line_no: item.amount_minor for item in cart.items}
    alone = {}
    for one in held:
        _, off = _off(one, cart, prices, prices)
        if _is_open(one, cart) and off:
            alone[one.coupon_id] = min(off, max(0, room))
    usable = _let_in([one for one in held if one.coupon_id in alone], alone, stacking)
    ranks = {group.category: rank for rank, group in enumerate(stacking.groups)}
    usable.sort(key=lambda one: (ranks[category(one)], _rank(one), one.promise.template_id, over_first(one)))
    found = [Set((), ())]
    _grow(found, found[0], prices, room, usable, cart, stacking)
    return found


def _grow(
    found: list[Set], node: Set, left: Amounts, room: int, more: Sequence[Held], cart: Cart, stacking: Stacking
) -> None:
    prices = {item.line_no: item.amount_minor for item in cart.items} if stacking.base == "before" else left
    for place, one in enumerate(more):
        used = (*node.used, one)
        if not _go_together(used, stacking):
            continue
        claims, off = _off(one, cart, prices, left)
        taken = min(max(0, room), off)
        if not taken:
            continue
        shares = _shared(taken, claims)
        grown = Set(used, (*node.shares, shares))
        found.append(grown)
        after = {line: amount - shares.get(line, 0) for line, amount in left.items()}
        _grow(found, grown, after, room - taken, more[place + 1 :], cart, stacking)


def category(one: Held) -> str:
    return one.promise.terms.category


def over_first(one: Held) -> tuple[datetime, int]:
    return one.expires_at or datetime.max.replace(tzinfo=UTC), one.coupon_id


def _rank(one: Held) -> int:
    kind = one.promise.terms.discount.kind
    return 0 if kind in _BY_PIECE else {"percent_off": 1, "free_shipping": 3}.get(kind, 2)


def _let_in(held: Sequence[Held], alone: Mapping[int, int], stacking: Stacking) -> list[Held]:
    kept = []
    for group in stacking.groups:
        members = [one for one in held if category(one) == group.category]
        if group.mode == "order":
            members = sorted(members, key=over_first)[:1]
        if group.mode == "best_for_merchant":
            members = sorted(members, key=lambda one: (alone[one.coupon_id], over_first(one)))[:1]
        kept += members
    return kept


def _go_together(used: Sequence[Held], stacking: Stacking) -> bool:
    if len(used) > stacking.most:
        return False
    for group in stacking.groups:
        most = group.most if group.mode == "stack" else 1
        if sum(category(one) == group.category for one in used) > most:
            return False
    return all(may_meet(category(one), category(other), stacking) for one in used for other in used)


def may_meet(one: str, other: str, stacking: Stacking) -> bool:
    """Whether coupons of two groups may be used together."""
    if one == other:
        return True
    named = {frozenset(pair) for pair in (stacking.never if stacking.together else stacking.always)}
    return (frozenset((one, other)) in named) != stacking.together


def _is_open(one: Held, cart: Cart) -> bool:
    stores = one.promise.terms.scope.stores
    return not stores or cart.store in stores


def _off(one: Held, cart: Cart, prices: Amounts, left: Amounts) -> tuple[Amounts, int]:
    """The most that one takes off by line, and altogether; nothing where it may not be used."""
    terms = one.promise.terms
    discount, threshold = terms.discount, terms.threshold
    own = discount.products if discount.kind == "gift" else ()
    goods = [item for item in cart.items if item.is_goods]
    in_scope = [item for item in goods if _in_scope(item, terms.scope)]
    counted = [item for item in (in_scope if threshold.of == "eligible" else goods) if item.product not in own]
    amount = sum(prices[item.line_no] for item in counted)
    amount = max(0, amount - (cart.taken_minor if threshold.of == "order" else 0))
    pieces = sum(floor(item.quantity) for item in counted)
    if (pieces if threshold.counts == "pieces" else amount) < threshold.least:
        return {}, 0
    if not in_scope and (terms.scope.products or terms.scope.categories or terms.scope.not_products):
        return {}, 0
    lines = [item for item in goods if item.product in own] if own else in_scope
    if discount.kind == "free_shipping":
        lines = [item for item in cart.items if not item.is_goods]
    claims, most = _claims(discount, lines, prices, amount, threshold)
    claims = {line: min(claim, left[line]) for line, claim in claims.items()}
    return claims, sum(claims.values()) if most is None else min(most, sum(claims.values()))


def _in_scope(item: Item, scope: Any) -> bool:
    is_named = item.product in scope.products or item.category in scope.categories
    if (scope.products or scope.categories) and not is_named:
        return False
    return item.product not in scope.not_products


def _claims(discount: Any, lines: Sequence[Item], prices: Amounts, amount: int, threshold: Any) -> tuple[Amounts, Any]:
    whole = {item.line_no: prices[item.line_no] for item in lines}
    if discount.kind == "free_shipping":
        return whole, discount.most_minor
    if discount.kind == "amount_off":
        is_repeated = discount.repeats and threshold.counts == "amount" and threshold.least
        off = discount.off_minor * (amount // threshold.least if is_repeated else 1)
        return whole, min(off, discount.most_minor or off)
    if discount.kind == "steps":
        return whole, max([step.off_minor for step in discount.steps if step.from_minor <= amount], default=0)
    if discount.kind == "percent_off":
        return _percents(discount.percent, whole), discount.most_minor
    pieces = _pieces(lines, prices)
    if discount.kind == "nth_item":
        chosen = pieces[discount.nth - 1 :: discount.nth][: discount.most_times]
    else:
        chosen = pieces[: discount.pieces if discount.kind == "gift" else discount.most_pieces]
    claims = {}
    for line in whole:
        units = [unit for unit, of in chosen if of == line]
        cost = floor(sum(units))
        if discount.kind == "nth_item":
            claims[line] = _half_up(Fraction(cost * discount.percent, 100))
        else:
            claims[line] = max(0, cost - len(units) * discount.price_minor)
    return claims, None


def _pieces(lines: Sequence[Item], prices: Amounts) -> list[tuple[Fraction, int]]:
    """Every whole piece with its price, the dearest first."""
    found = [
        (Fraction(prices[item.line_no]) / Fraction(item.quantity), item.line_no)
        for item in lines
        for _ in range(int(item.quantity // Decimal(1)))
    ]
    return sorted(found, key=lambda one: (-one[0], one[1]))


def _percents(percent: int, whole: Amounts) -> Amounts:
    shares, seen = {}, 0
    for line, price in whole.items():
        before, seen = seen, seen + price
        shares[line] = _half_up(Fraction(seen * percent, 100)) - _half_up(Fraction(before * percent, 100))
    return shares


def _shared(total: int, weights: Amounts) -> Amounts:
    whole, seen, shares = sum(weights.values()), 0, {}
    for line, weight in weights.items():
        before, seen = seen, seen + weight
        shares[line] = floor(Fraction(total * seen, whole)) - floor(Fraction(total * before, whole)) if whole else 0
    return shares


def _half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))
