"""What exchanging the demonstration asks and answers over HTTP."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from shuke.platform.i18n import LocalName
from shuke.platform.settings import Currency, TimeZone

from .choosing import Wanted
from .shops import Present
from .switching import State


class DemoOut(BaseModel):
    """The shop as it is, and how far an exchange is. `why_not`: why it cannot be exchanged; left empty: it can."""

    present: Present
    shop: LocalName
    state: State
    wanted: Wanted | None
    done: int
    total: int | None
    why_not: str | None


class DemoSwitchIn(BaseModel):
    """`confirm`: the name of the shop that goes, as it is written in either language. An empty shop begins with the
    currency and the time zone that are named; they are never changed afterwards.
    """

    model_config = ConfigDict(extra="forbid")

    to: Wanted
    confirm: Annotated[str, Field(max_length=200)]
    currency: Currency | None = None
    time_zone: TimeZone | None = None
