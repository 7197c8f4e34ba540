"""优先服务: served before others, at the counter or on the phone."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from shuke.platform.i18n import LocalName

from .base import RunningBenefit, Telling

_PLACES = {
    "counter": LocalName("门店", "in the store"),
    "phone": LocalName("电话客服", "on the phone"),
    "online": LocalName("在线客服", "online"),
}


class PriorityServiceBenefit(RunningBenefit):
    """Where the member is served first."""

    label: ClassVar = LocalName("优先服务", "Priority service")
    kind: Literal["priority_service"]
    places: Annotated[tuple[Literal["counter", "phone", "online"], ...], Field(min_length=1, max_length=3)] = (
        "counter",
    )

    def told(self, _: Telling) -> LocalName:
        """Where."""
        when, places = self.when(), [_PLACES[place] for place in self.places]
        zh, en = "、".join(one.zh for one in places), ", ".join(one.en for one in places)
        return LocalName(f"{zh}优先服务{when.zh}", f"Served first {en}{when.en}")
