"""优先购: sales and new products open earlier."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from shuke.platform.i18n import LocalName

from .base import RunningBenefit, Telling


class EarlyAccessBenefit(RunningBenefit):
    """How many hours before everybody else."""

    label: ClassVar = LocalName("提前购", "Early access")
    kind: Literal["early_access"]
    hours_ahead: Annotated[int, Field(ge=1, le=24 * 30)]

    def told(self, _: Telling) -> LocalName:
        """How long before."""
        when = self.when()
        return LocalName(f"提前 {self.hours_ahead} 小时开抢{when.zh}", f"{self.hours_ahead} hours ahead{when.en}")
