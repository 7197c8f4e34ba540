"""包邮: orders are sent without postage."""

from typing import ClassVar, Literal

from shuke.platform.i18n import LocalName

from .base import Minor, RunningBenefit, Telling


class FreeShippingBenefit(RunningBenefit):
    """No postage, from an order's amount on."""

    label: ClassVar = LocalName("包邮", "Free shipping")
    kind: Literal["free_shipping"]
    least_order_minor: Minor = 0

    def told(self, telling: Telling) -> LocalName:
        """From which amount on."""
        when = self.when()
        if not self.least_order_minor:
            return LocalName("全场包邮" + when.zh, "Free shipping" + when.en)
        least = telling.money(self.least_order_minor)
        return LocalName(f"满 {least} 包邮{when.zh}", f"Free shipping from {least}{when.en}")
