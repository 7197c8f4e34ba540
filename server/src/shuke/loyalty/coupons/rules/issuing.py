"""How a template is given out. Unlike the terms it may change at any time, for what is not issued yet."""

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from shuke.platform.clock import Period

from .kinds.base import Minor, Part


class Limit(Part):
    """How many one member may have in a period of the shop's calendar."""

    period: Period = "lifetime"
    most: Annotated[int, Field(ge=1, le=1_000)]


class Budget(Part):
    """How much the redemptions of a period may cost (`discount`, minor units) or how many they may be (`count`)."""

    counts: Literal["discount", "count"]
    period: Period = "lifetime"
    limit: Minor


class Claiming(Part):
    """Whether members may take it themselves, when, with which word (口令), and who.

    `is_rush`: many come at once: only with a ticket, and at the pace of the gate. `most_per_address`: a minute.
    """

    is_open: bool = False
    opens_at: Annotated[AwareDatetime | None, Field(strict=False)] = None
    closes_at: Annotated[AwareDatetime | None, Field(strict=False)] = None
    word: Annotated[str | None, Field(min_length=2, max_length=40)] = None
    members: dict[str, Any] | None = None
    is_rush: bool = False
    most_per_address: Annotated[int | None, Field(ge=1, le=100_000)] = None


class Issuing(Part):
    """All of it. `stock`: how many there are at all, None: without end. `remind_days`: before the end, an event."""

    stock: Annotated[int | None, Field(ge=0, le=10_000_000)] = None
    limits: Annotated[tuple[Limit, ...], Field(max_length=5)] = ()
    budgets: Annotated[tuple[Budget, ...], Field(max_length=5)] = ()
    claiming: Claiming = Claiming()
    remind_days: Annotated[int | None, Field(ge=1, le=90)] = None
