"""More points for higher tiers."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from shuke.platform.conditions import FactKey, fact_key
from shuke.platform.i18n import LocalName

from ..case import Case
from ..factors import Factor, percent_of
from ..words import Code, titled
from .base import MultiplierKind

TIER = fact_key("member.tier")


class TierMultiplier(MultiplierKind):
    """A factor for each tier, as the member's tier was when it happened; tiers that are not named have none."""

    LABEL: ClassVar = LocalName("等级倍数", "Multiplier by tier")
    kind: Literal["tier_multiplier"] = "tier_multiplier"
    factors: Annotated[dict[Code, Factor], Field(min_length=1, max_length=100)] = titled(
        "各等级倍数", "Factor of each tier", control="tiers"
    )

    @property
    def needs(self) -> frozenset[FactKey]:
        """The member's tier."""
        return frozenset({TIER})

    def percent(self, case: Case) -> int | None:
        """The factor of the member's tier."""
        factor = self.factors.get(case.fact(TIER))
        return None if factor is None else percent_of(factor)
