"""Shapes of requests and answers about tickets, the rush and draws."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from .actions import MadeTicket, WantedDraw, WhyNot
from .queries import Draw, DrawState, Entry
from .tickets import LONGEST

Reference = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class RushTicketsIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    members: Annotated[list[Reference], Field(min_length=1, max_length=1_000)] = Field(
        description="Whom they are for, at most 1,000: ids, `number:M…`, `phone:+86…`. Each time somebody is named, "
        "one ticket."
    )
    opens_at: AwareDatetime | None = Field(
        default=None, description="From when they can be used; left out: when claiming opens, or now."
    )
    closes_at: AwareDatetime | None = Field(
        default=None, description="Until when; left out: when claiming closes, or a day after they open."
    )


class RushTicketOut(BaseModel):
    member: str = Field(description="As it was asked for.")
    ticket: str | None
    why: WhyNot | None = Field(description="Why there is no ticket.")

    @classmethod
    def of(cls, made: MadeTicket) -> "RushTicketOut":
        """The shape of a ticket."""
        return cls(member=made.member, ticket=made.ticket, why=made.why)


class RushTicketsOut(BaseModel):
    opens_at: datetime
    closes_at: datetime
    items: list[RushTicketOut]


class RushTicketIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    ticket: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)]


class RushClaimOut(BaseModel):
    id: int
    coupon: str = Field(description="The code of the coupon.")
    template: str
    issued_at: datetime
    valid_from: datetime
    expires_at: datetime | None


class RushEntryOut(BaseModel):
    round: int


class RushStateOut(BaseModel):
    state: str
    is_rush: bool
    is_sold_out: bool
    free: int | None = Field(description="Units that nobody has; null: the stock has no end.")
    taken: int
    attempts_per_second: dict[str, float] = Field(
        description="Attempts a second over the last ten, by outcome, in the process that answers: `claimed`, `again`, "
        "or the code of the refusal."
    )


class CouponDrawIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    opens_at: AwareDatetime
    closes_at: AwareDatetime
    winners: Annotated[int, Field(ge=1, le=100_000)]

    def as_wanted(self) -> WantedDraw:
        """The draw as a plain value."""
        return WantedDraw(opens_at=self.opens_at, closes_at=self.closes_at, winners=self.winners)


class CouponDrawOut(BaseModel):
    round: int
    state: DrawState
    opens_at: datetime
    closes_at: datetime
    winners: int
    entries: int
    given: int = Field(description="Winners who have their coupon.")
    seed_hash: str = Field(description="SHA-256 of the seed's text, told before anybody could enter.")
    seed: str | None = Field(description="64 hexadecimal characters; null until it is drawn.")
    entries_hash: str | None = Field(
        description="SHA-256 of the entries' numbers in ascending order, each followed by a line feed."
    )
    drawn_at: datetime | None

    @classmethod
    def of(cls, draw: Draw) -> "CouponDrawOut":
        """The shape of a draw."""
        told: dict[str, Any] = {name: getattr(draw, name) for name in cls.model_fields}
        return cls(**told)


class CouponDrawsOut(BaseModel):
    items: list[CouponDrawOut]


class CouponDrawEntryOut(BaseModel):
    number: str = Field(description="The member's public number.")
    place: int | None
    is_winner: bool | None

    @classmethod
    def of(cls, entry: Entry) -> "CouponDrawEntryOut":
        """The shape of an entry."""
        return cls(number=entry.number, place=entry.place, is_winner=entry.is_winner)


class CouponDrawEntriesOut(BaseModel):
    items: list[CouponDrawEntryOut]
    next: str | None


class CouponDrawEntriesIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    members: Annotated[list[Reference], Field(min_length=1, max_length=1_000)]


class CouponDrawEnteredOut(BaseModel):
    entered: int = Field(description="How many of those named are among the entries now.")
    unknown: list[str] = Field(description="References that name nobody.")
