"""Pure earning rules. One kind so far: points for each whole amount of net goods value."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from shuke.platform.money import Rounding, round_to_int


@dataclass(frozen=True)
class PerAmount:
    """`points` for every `per_minor` of net goods value of an order, rounded by name."""

    currency: str
    points: int
    per_minor: int
    rounding: Rounding


@dataclass(frozen=True)
class RuleVersion:
    """One published version of a rule: never changed, named by every award."""

    rule_version_id: int
    rule_code: str
    version: int
    effective_from: datetime
    parameters: PerAmount


def entitlement(version: RuleVersion, eligible_minor: int) -> int:
    """What net goods value earns under a version. Nothing is earned on nothing or less."""
    if eligible_minor <= 0:
        return 0
    parameters = version.parameters
    return round_to_int(Decimal(eligible_minor * parameters.points) / parameters.per_minor, parameters.rounding)


def effective(versions: tuple[RuleVersion, ...], at: datetime) -> list[RuleVersion]:
    """Of each rule the newest version in force at an instant, in the order of the rules."""
    newest: dict[str, RuleVersion] = {}
    for version in versions:
        known = newest.get(version.rule_code)
        if version.effective_from <= at and (known is None or known.version < version.version):
            newest[version.rule_code] = version
    return list(newest.values())


def explanation(
    version: RuleVersion, *, money: str, eligible_minor: int, left_out_minor: int, outcome: int
) -> dict[str, Any]:
    """Why an order earned what it earned: the facts, from which the sentence is made."""
    parameters = version.parameters
    return {
        "eligible_minor": eligible_minor,
        "left_out_minor": left_out_minor,
        "money": money,
        "rate": {"points": parameters.points, "per_minor": parameters.per_minor},
        "rounding": parameters.rounding,
        "outcome": outcome,
    }
