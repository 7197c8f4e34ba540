"""Shapes of requests and answers about attribution."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from .actions import Attribution
from .plans import How

LARGEST = 2**63 - 1
Id = Annotated[int, Field(ge=1, le=LARGEST)]
Reference = Annotated[str, Field(max_length=300)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]
Number = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]


class MembersFilterIn(BaseModel):
    """The members that a list with the same filters shows."""

    model_config = ConfigDict(extra="forbid")

    q: Annotated[str, Field(max_length=200)] | None = None
    tiers: list[Annotated[str, Field(max_length=100)]] | None = Field(default=None, max_length=50)
    store: Id | None = None
    region: Id | None = None
    employee: Id | None = None
    status: Literal["active", "frozen", "cancelled"] | None = None
    spend_min: Number | None = None
    spend_max: Number | None = None
    points_min: Number | None = None
    points_max: Number | None = None
    orders_min: Number | None = None
    orders_max: Number | None = None
    condition: Annotated[str, Field(max_length=16_000, description="As JSON.")] | None = None


class AttributionsIn(BaseModel):
    """Which members, and where they belong from now on: what is left out stays, null is nobody."""

    model_config = ConfigDict(extra="forbid")

    members: list[Reference] | None = Field(default=None, max_length=1_000)
    filter: MembersFilterIn | None = Field(default=None, description="Instead of `members`.")
    store_id: Id | None = None
    employee_id: Id | None = None
    manager_id: Id | None = None
    reason: Reason
    dry_run: bool = Field(default=False, description="Only count.")

    def wanted(self) -> Attribution:
        """What the request says of where members belong."""
        said = self.model_dump(include={"store_id", "employee_id", "manager_id"}, exclude_unset=True)
        return Attribution(**said)


class AttributionsOut(BaseModel):
    members: int = Field(description="Members who were meant.")
    changed: int = Field(description="Members for whom it is new.")
    dry_run: bool


class NamedOut(BaseModel):
    id: int
    name: str


class AttributionChangeOut(BaseModel):
    changed_at: datetime
    by: str
    reason: str
    transfer_id: int | None
    store_before: NamedOut | None
    store_after: NamedOut | None
    employee_before: NamedOut | None
    employee_after: NamedOut | None
    manager_before: NamedOut | None
    manager_after: NamedOut | None


class AttributionChangesOut(BaseModel):
    items: list[AttributionChangeOut]


class MemberTransferIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    employee_id: Id = Field(description="Whose members are moved.")
    target_ids: list[Id] = Field(min_length=1, max_length=50, description="Who takes over.")
    how: How = Field(
        default="evenly", description="evenly: in turn; by_store: in turn among those of the member's own store."
    )
    reason: Reason
    dry_run: bool = Field(default=False, description="Only count.")


class ShareOut(BaseModel):
    employee: NamedOut
    members: int | None = Field(description="How many they would get; only in a preview.")


class MemberTransferOut(BaseModel):
    """A transfer, or with `dry_run` what it would be: then it has no id."""

    id: int | None
    employee: NamedOut
    how: How
    shares: list[ShareOut]
    reason: str
    by: str | None
    begun_at: datetime | None
    state: Literal["preview", "running", "done", "undoing", "undone"]
    members: int = Field(description="Members to move, as store employee and as account manager together.")
    accounts: int | None = Field(description="Of these as account manager; only in a preview.")
    moved: int
    finished_at: datetime | None
    undone_at: datetime | None


class MemberTransfersOut(BaseModel):
    items: list[MemberTransferOut]
