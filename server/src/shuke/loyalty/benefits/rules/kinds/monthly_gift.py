"""每月礼: on the first of the month, to whoever has the level then."""

from typing import ClassVar, Literal

from shuke.platform.i18n import LocalName

from .base import GiftBenefit, Telling


class MonthlyGift(GiftBenefit):
    """Granted on the first, and usable through the month unless `valid_days` says otherwise."""

    label: ClassVar = LocalName("每月礼", "Monthly gift")
    kind: Literal["monthly_gift"]

    def told(self, telling: Telling) -> LocalName:
        """What."""
        gift = self.told_gift(telling)
        return LocalName(f"每月送 {gift.zh}", f"{gift.en} every month")
