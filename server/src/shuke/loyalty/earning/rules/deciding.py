"""What an activity earns under the rules in force, and what an order still deserves after a refund."""

from collections.abc import Sequence
from datetime import datetime

from .model import Decision, Grant, RuleVersion, Subject
from .room import Room


def in_force(versions: Sequence[RuleVersion], at: datetime, known_at: datetime | None = None) -> list[RuleVersion]:
    """Of each rule the newest version in force at an instant, by rule. `known_at`: as far as it was published by then,
    so that an order is judged again by what was known when it came.
    """
    newest: dict[int, RuleVersion] = {}
    for version in versions:
        known = newest.get(version.rule_id)
        if (
            (known_at is None or version.published_at <= known_at)
            and version.effective_from <= at
            and (known is None or known.version < version.version)
        ):
            newest[version.rule_id] = version
    return list(newest.values())


def decide(versions: Sequence[RuleVersion], subject: Subject, room: Room | None = None) -> Decision:
    """What the subject earns under versions in force. Without a room, as if there were no caps and budgets: that is
    how an order is judged again after a refund.
    """
    decision = Decision()
    eligible_minor = sum(item.amount_minor for item in subject.items)
    for version in versions:
        entitled = version.parameters.worth(eligible_minor)
        if entitled == 0:
            continue
        currency = version.parameters.currency
        amount = room.grant(version, currency, subject.member_id, subject.day, entitled) if room else entitled
        explanation = {
            "eligible_minor": eligible_minor,
            "left_out_minor": subject.left_out_minor,
            "money": subject.money,
            "rate": {"points": version.parameters.points, "per_minor": version.parameters.per_minor},
            "rounding": version.parameters.rounding,
            "outcome": amount,
        }
        decision.grants.append(Grant(version, currency, entitled, amount, explanation))
    return decision


def unmatched(versions: Sequence[RuleVersion], amount_minor: int) -> dict[str, int]:
    """What goods value without an order would earn, by currency: only rules that pay for each amount, everything
    else depends on an order that nobody knows.
    """
    amounts: dict[str, int] = {}
    for version in versions:
        currency = version.parameters.currency
        amounts[currency] = amounts.get(currency, 0) + version.parameters.worth(amount_minor)
    return amounts
