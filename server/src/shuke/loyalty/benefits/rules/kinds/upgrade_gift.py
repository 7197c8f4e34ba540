"""升级礼: for reaching a level."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from shuke.platform.i18n import LocalName

from .base import GiftBenefit, Telling, WhatRemains


class UpgradeGift(GiftBenefit):
    """Granted when a member rises to one of the levels; again only after some months."""

    label: ClassVar = LocalName("升级礼", "Upgrade gift")
    kind: Literal["upgrade_gift"]
    again_after_months: Annotated[int, Field(ge=0, le=1_200)] = Field(
        default=12, description="Who falls and rises again gets it anew only after so many months. 0: every time."
    )
    on_refund: WhatRemains = Field(
        default="keep", description="What becomes of unused units when a refund takes the level away."
    )

    def told(self, telling: Telling) -> LocalName:
        """What, and how often."""
        gift = self.told_gift(telling)
        if not self.again_after_months:
            return LocalName(f"升级即送 {gift.zh}", f"{gift.en} on reaching the level")
        months = self.again_after_months
        return LocalName(
            f"升级即送 {gift.zh}，{months} 个月内同一等级只送一次",
            f"{gift.en} on reaching the level, once in {months} months",
        )
