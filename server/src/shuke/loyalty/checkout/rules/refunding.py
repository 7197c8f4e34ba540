"""A refund: what it takes from orders, from what they earned, and what it gives back.

The steps: settle the coupons by their terms; give back the points that had paid; judge again what remains of each order
by its own rules and take back the difference; give room back to caps and budgets; judge the level by the scheme's
policy. All of a refund is one act: its number names it, and nothing is taken back twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from shuke.loyalty import earning, ledger

from . import judging, operations
from .asking import take_asked
from .coupons import settle_coupons
from .giving import count_value, judge_level
from .matching import match
from .model import Award, Book, Document, OpenOrder, Part, Programme
from .outcome import Outcome


def apply_refund(book: Book, programme: Programme, document: Document, recorded_at: datetime) -> Outcome:
    """Apply a refund to the member's book. Raises RefundExceedsOrder and RefundAmountDiffers for what it asks of a
    named order."""
    outcome = Outcome()
    if document.ask is not None:
        outcome.parts, outcome.lines = take_asked(book, document, document.ask)
    else:
        outcome.parts = match(book, document)
    touched = {part.line.order.order_id: part.line.order for part in outcome.parts if part.line}
    lost_minor = sum(_count_again(book, order, outcome) for order in touched.values())
    unmatched_minor = sum(part.amount_minor for part in outcome.parts if part.is_goods and part.line is None)
    if unmatched_minor:
        book.spend(document.business_day, -unmatched_minor)
    settle_coupons(book, programme, document, recorded_at, outcome, touched.values())
    book.counters.refund_count += 1
    book.counters.net_spend_minor -= lost_minor + unmatched_minor
    if not book.accounts:
        # Nobody's order: nothing was earned, nothing was paid with points.
        return outcome
    # Given back first: what is to be taken back is then there to be taken.
    _give_back(book, programme, document, recorded_at, outcome, touched.values())
    judged = _judge_again(book, programme, touched.values())
    _take_back(book, programme, document, recorded_at, outcome, touched, judged, unmatched_minor)
    outcome.still_earned = _still_earned(programme, document, touched.values(), judged)
    judge_level(book, programme, document.placed_at, "refund")
    return outcome


# What is left of each order earns this by its own rules, where the policy asks for that.
_Judged = Mapping[int, earning.Decision]


def _judge_again(book: Book, programme: Programme, touched: Iterable[OpenOrder]) -> _Judged:
    if programme.policies.refunds.earned != "judge_again":
        return {}
    return {
        order.order_id: earning.decide(_versions(programme, order), judging.subject(book, programme, order))
        for order in touched
    }


def _versions(programme: Programme, order: OpenOrder) -> Sequence[earning.RuleVersion]:
    """The rules by which an order was judged when it came."""
    return earning.in_force(programme.rule_versions, order.placed_at, order.received_at)


def _still_earned(
    programme: Programme, document: Document, touched: Iterable[OpenOrder], judged: _Judged
) -> list[earning.StillEarned]:
    """What orders still earn beside value, judged like points; of a share nothing goes before the whole order does."""
    policy = programme.policies.refunds.earned
    found = []
    for order in touched:
        if policy == "keep" or (policy == "share" and not order.is_whole):
            continue
        if not any(version.rule.gives_effects for version in _versions(programme, order)):
            continue
        effects = [] if order.is_whole else judged[order.order_id].effects
        given = earning.given_effects(
            effects, member_id=order.member_id, origin_kind="order", origin_id=order.order_id, at=order.placed_at
        )
        still = earning.StillEarned(
            member_id=order.member_id,
            origin_kind="order",
            origin_id=order.order_id,
            at=document.placed_at,
            actor=document.actor,
            effects=tuple(given),
        )
        found.append(still)
    return found


def _count_again(book: Book, order: OpenOrder, outcome: Outcome) -> int:
    """Let an order count for what is left of it, in its own day. Answers what no longer counts.

    What points and coupons had paid of the lines that went back does not come back as money.
    """
    counted_minor, points_minor, coupon_minor = order.counts_minor, order.points_left_minor, order.coupon_left_minor
    order.count_again()
    lost_minor = counted_minor - order.counts_minor
    outcome.points_minor += points_minor - order.points_left_minor
    outcome.coupon_minor += coupon_minor - order.coupon_left_minor
    book.spend(order.business_day, -lost_minor)
    if order.is_whole:
        book.measures.add("order_count", order.business_day, -1)
    return lost_minor


def _take_back(
    book: Book,
    programme: Programme,
    document: Document,
    recorded_at: datetime,
    outcome: Outcome,
    touched: dict[int, OpenOrder],
    judged: _Judged,
    unmatched_minor: int,
) -> None:
    amounts, facts = _settle(book, programme, touched, judged, outcome.parts)
    versions = earning.in_force(programme.rule_versions, document.placed_at)
    unmatched = earning.unmatched(versions, unmatched_minor)
    operation = operations.of_value(document, recorded_at)
    for currency in sorted(amounts.keys() | unmatched.keys()):
        amount = amounts.get(currency, 0) + unmatched.get(currency, 0)
        if amount == 0:
            continue
        entry = ledger.take_back(
            book.accounts[currency],
            operation,
            amount,
            origin_ids=touched,
            explanation={
                "money": programme.money,
                "orders": facts.get(currency, []),
                "unmatched_minor": unmatched_minor,
                "unmatched_taken": unmatched.get(currency, 0),
            },
        )
        outcome.taken_back[currency] = -entry.amount if entry else 0
        count_value(book, programme, currency, document.business_day, -outcome.taken_back[currency])
    book.operations.append(operation)


def _settle(
    book: Book, programme: Programme, touched: dict[int, OpenOrder], judged: _Judged, parts: list[Part]
) -> tuple[dict[str, int], dict[str, list[dict[str, Any]]]]:
    """What is to be taken back by currency, and for each order why."""
    amounts: dict[str, int] = {}
    facts: dict[str, list[dict[str, Any]]] = {}
    for order in touched.values():
        goods = [part for part in parts if part.is_goods and part.line is not None and part.line.order is order]
        lost_minor = sum(part.amount_minor for part in goods)
        due = _due(programme, order, judged)
        for currency in dict.fromkeys(award.currency for award in order.awards):
            awards = [award for award in order.awards if award.currency == currency]
            kept = sum(award.awarded - award.taken_back for award in awards)
            deserved = sum(amount for (_, of), amount in due.items() if of == currency)
            taken = max(0, kept - deserved)
            facts.setdefault(currency, []).append(
                {
                    "order_id": order.order_id,
                    "number": order.number,
                    "eligible_before_minor": order.goods_left_minor + lost_minor,
                    "eligible_after_minor": order.goods_left_minor,
                    "awarded": sum(award.awarded for award in awards),
                    "due": deserved,
                    "taken": taken,
                }
            )
            if taken:
                amounts[currency] = amounts.get(currency, 0) + taken
                _spread(book, programme, order, awards, due, taken)
    return amounts, facts


# By rule version and currency.
_Due = dict[tuple[int, str], int]


def _due(programme: Programme, order: OpenOrder, judged: _Judged) -> _Due:
    """What an order still deserves by each rule."""
    policy = programme.policies.refunds.earned
    awards = {(award.version.rule_version_id, award.currency): award for award in order.awards}
    if policy != "judge_again":
        return {key: award.awarded if policy == "keep" else order.share(award.awarded) for key, award in awards.items()}
    due: _Due = {}
    for grant in judged[order.order_id].grants:
        key = (grant.version.rule_version_id, grant.currency)
        given = awards.get(key)
        deserved = grant.entitled
        if given is None and grant.version.rule.limits:
            # It gave nothing and used no room: what its caps would leave of it now, nobody has promised.
            deserved = 0
        elif given is not None and given.awarded < given.entitled:
            # What a cap or a budget had cut does not come back by way of a refund.
            deserved = min(deserved, given.awarded)
        due[key] = due.get(key, 0) + deserved
    return due


def _spread(book: Book, programme: Programme, order: OpenOrder, awards: list[Award], due: _Due, taken: int) -> None:
    """Note what is taken back on the awards that are no longer due, the last first, and give their rules room again.

    An award that is still due keeps its room: else its rule would give twice what its caps allow.
    """
    left = taken
    for award in reversed(awards):
        key = (award.version.rule_version_id, award.currency)
        part = min(left, max(0, award.awarded - award.taken_back - due.get(key, 0)))
        if part == 0:
            continue
        left -= part
        award.taken_back += part
        award.is_changed = True
        if programme.policies.refunds.limits == "give_back":
            is_whole = award.taken_back == award.awarded
            book.room.give_back(
                award.version, award.currency, book.member_id, order.business_day, part, is_whole=is_whole
            )


def _give_back(
    book: Book,
    programme: Programme,
    document: Document,
    recorded_at: datetime,
    outcome: Outcome,
    touched: Iterable[OpenOrder],
) -> None:
    """Give back the points that paid for what was returned, into the lots they came from."""
    if programme.policies.refunds.used_points == "keep":
        return
    for order in touched:
        amount = order.points_used - order.points_left() - order.points_returned
        if amount <= 0:
            continue
        operation = operations.of_payment(document, recorded_at, order)
        explanation = {"order": order.number, "amount": order.points_used}
        account = book.accounts["points"]
        posted = book.payments.get(order.order_id)
        if posted is None:
            # The order was somebody's who is this member by now: what paid it lies in an account that is empty.
            ledger.credit(account, operation, amount, may_refuse=False, explanation=explanation)
        else:
            ledger.restore(account, operation, posted, amount, explanation=explanation)
            book.payments[order.order_id] = posted.after(amount)
        order.points_returned += amount
        outcome.points_returned += amount
        book.operations.append(operation)
