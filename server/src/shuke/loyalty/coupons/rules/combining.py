"""Coupons together on one cart: the best legal combination, or those that somebody chose, and why others are not used.

Precisely, a combination is legal when

1. each of its coupons may be used on the cart by itself (`fitting.fit`);
2. its coupons stand in the order of taking off: by the order of their groups; within a group what changes single pieces
   before shares, shares before amounts, amounts before postage; then by template and version; then the one that is over
   first; then the oldest;
3. of a group that does not stack at most one goes, and of `best_for_merchant` only the one that takes off least by
   itself, of `order` only the one that is over first; of a stack at most `most`;
4. no two groups are in it that may not be combined, and no more than `Stacking.most` coupons;
5. taken off one after the other, each still reaches its threshold (on the prices that `base` says) and takes something
   off. No line falls below zero. What would make the order cheaper than the floor is cut; with nothing left of it the
   coupon does not go.

The best is the one that takes off most; of equals the one with the fewest coupons; then the one whose coupons are over
first; then whose are the oldest.
"""

from collections.abc import Sequence

from .arranging import Candidate, Table, arrange, set_table
from .fitting import Fitted, fit, lay_out
from .model import Cart, Combination, Held, Unused, Use
from .searching import MOST_STEPS, Node, add, may_join, search, start
from .stacking import Stacking


def combine(cart: Cart, held: Sequence[Held], stacking: Stacking, most_steps: int = MOST_STEPS) -> Combination:
    """The best legal combination of some coupons on a cart, and why each of the others is not in it."""
    candidates, table, unused = _prepare(cart, held, stacking)
    node, is_exact = search(candidates, table, most_steps)
    return _combination(node, candidates, table, unused, is_exact=is_exact)


def combine_chosen(cart: Cart, held: Sequence[Held], stacking: Stacking) -> Combination:
    """Exactly these coupons, one after the other in the order of taking off; whichever does not go is left out.

    Of a group of which only the best goes, that is the one that takes off most by itself.
    """
    candidates, table, unused = _prepare(cart, held, stacking)
    best = _best_of_groups(candidates, table)
    node = start(table)
    for place, one in enumerate(candidates):
        is_full = len(node.used) >= table.most or not may_join(node, one.group, table)
        if is_full or best.get(one.group, place) != place:
            continue
        claims, gain = table.claim(one.fitted, node.left, node.room)
        if gain:
            node = add(one, place, one.fitted.shares(claims, gain), node, table)
    return _combination(node, candidates, table, unused, is_exact=True)


def _best_of_groups(candidates: Sequence[Candidate], table: Table) -> dict[int, int]:
    """Of each group of which only the best goes, the place of the one that takes off most by itself."""
    best: dict[int, tuple[tuple[object, ...], int]] = {}
    for place, one in enumerate(candidates):
        if table.groups[one.group].mode == "best_for_customer":
            found = ((-table.alone(one.fitted), one.fitted.order), place)
            best[one.group] = min(best.get(one.group, found), found)
    return {group: place for group, (_, place) in best.items()}


def _prepare(cart: Cart, held: Sequence[Held], stacking: Stacking) -> tuple[list[Candidate], Table, list[Unused]]:
    desk = lay_out(cart)
    table = set_table(desk, stacking, {one.promise.terms.category for one in held})
    fitted: list[Fitted] = []
    unused: list[Unused] = []
    for one in held:
        found = fit(one, desk)
        if isinstance(found, Unused):
            unused.append(found)
        elif table.room_minor <= 0:
            unused.append(_by_floor(one, stacking.floor_minor))
        else:
            fitted.append(found)
    candidates, left_out = arrange(fitted, table)
    return candidates, table, unused + left_out


def _by_floor(held: Held, floor_minor: int) -> Unused:
    return Unused(held, "floor", {"floor": floor_minor})


def _combination(
    node: Node, candidates: Sequence[Candidate], table: Table, unused: list[Unused], *, is_exact: bool
) -> Combination:
    items = table.desk.cart.items
    uses = []
    for place, shares in zip(node.used, node.shares, strict=True):
        fitted = candidates[place].fitted
        taken = {items[here].line_no: share for here, share in zip(fitted.places, shares, strict=True) if share}
        uses.append(Use(fitted.held, sum(shares), taken))
    lefts = _lefts(node, candidates, table)
    others = [_why(place, node, candidates, table, lefts) for place in range(len(candidates)) if place not in node.used]
    return Combination(tuple(uses), (*unused, *others), is_exact)


def _lefts(node: Node, candidates: Sequence[Candidate], table: Table) -> list[Node]:
    """The node as it grew, from nothing."""
    grown = [start(table)]
    for place, shares in zip(node.used, node.shares, strict=True):
        grown.append(add(candidates[place], place, shares, grown[-1], table))
    return grown


def _why(place: int, node: Node, candidates: Sequence[Candidate], table: Table, grown: Sequence[Node]) -> Unused:
    """Why a candidate is not in a combination: what keeps it from joining, or that the combination is better so."""
    one = candidates[place]
    held, group = one.fitted.held, table.groups[one.group]
    rivals = [candidates[used] for used in node.used]
    same = [rival for rival in rivals if rival.group == one.group]
    if len(same) >= table.most_of(one.group):
        facts = {"category": group.category, "mode": group.mode, "with": same[0].fitted.held.code}
        return Unused(held, "group", facts)
    enemy = next((rival for rival in rivals if not table.mates[rival.group] >> one.group & 1), None)
    if enemy is not None:
        with_whom = {"with": enemy.fitted.held.code, "category": table.groups[enemy.group].category}
        return Unused(held, "never_with", with_whom)
    if len(rivals) >= table.most:
        return Unused(held, "too_many", {"most": table.most})
    before = grown[sum(used < place for used in node.used)]
    refusal = one.fitted.refusal(table.desk.prices if table.is_before else before.left)
    if refusal:
        return Unused(held, *refusal)
    if before.room <= 0:
        return _by_floor(held, table.desk.payable_minor - table.room_minor)
    if not table.claim(one.fitted, before.left, before.room)[1]:
        return Unused(held, "no_effect")
    return Unused(held, "not_best")
