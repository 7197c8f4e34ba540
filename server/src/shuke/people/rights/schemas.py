"""Shapes of the requests and answers about the rights of members."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from shuke.people.members import ProfileChange
from shuke.platform.i18n import LocalName

from .rules import Because, Channel, HoldBasis, Kind, Policy, RefusalCode, State, VerifiedHow

Words = Annotated[str, Field(min_length=2, max_length=2_000)]
ShortText = Annotated[str, Field(max_length=300)]


class RequestIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    member: Annotated[str, Field(min_length=1, max_length=300)] = Field(
        description="Id, `number:M…`, `phone:+86…`, `email:…` or `external:<source>:<number>`."
    )
    kind: Kind
    channel: Channel
    verified_how: VerifiedHow = Field(description="How it is known that the request comes from the member.")
    words: Annotated[str, Field(max_length=2_000)] | None = Field(default=None, description="Kept sealed.")


class RequestNoteIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    words: Words


class AssignmentIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    to: Annotated[str, Field(pattern=r"^staff:[0-9]{1,18}$")] | None = Field(
        description="Such as `staff:7`; null: nobody."
    )


class RefusalIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: RefusalCode
    words: Words = Field(description="What the member is told besides; kept sealed.")


class RestrictionIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    is_restricted: bool


class CorrectionIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    version: int = Field(ge=1, le=2**31 - 1, description="The version of the member that was seen.")
    name: ShortText | None = None
    gender: Literal["female", "male"] | None = None
    birthday: ShortText | None = None
    language: ShortText | None = None
    address: ShortText | None = None

    def as_change(self) -> ProfileChange:
        """The fields that are named; the others stay as they are."""
        return ProfileChange(**self.model_dump(exclude_unset=True, exclude={"version"}))


class ErasureIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    confirm: str = Field(max_length=40, description="The member number.")
    told_points_lost: bool = Field(description="The member was told that points and benefits are lost.")


class RequestOut(BaseModel):
    id: int
    member_id: int
    member_number: str
    member_name: str | None
    kind: Kind
    channel: str
    state: State
    received_at: datetime
    due_on: date
    hard_due_on: date
    is_extended: bool
    days_left: int
    is_overdue: bool
    verified_how: str
    verified_by: str
    verified_at: datetime
    assigned_to: str | None
    erase_on: date | None
    ended_at: datetime | None


class StepOut(BaseModel):
    step_no: int
    at: datetime
    actor: str
    action: str
    details: dict[str, Any]
    note: str | None


class MemberCopyOut(BaseModel):
    id: int
    state: Literal["waiting", "ready", "failed", "gone"]
    asked_at: datetime
    made_at: datetime | None
    ends_at: datetime | None
    rows: int
    bytes: int


class CertificateOut(BaseModel):
    code: str
    because: Because
    erased_at: datetime
    actor: str
    content: dict[str, Any]


class RequestPageOut(BaseModel):
    request: RequestOut
    steps: list[StepOut]
    copy_made: MemberCopyOut | None
    certificate: CertificateOut | None
    is_on_hold: bool


class RequestsOut(BaseModel):
    items: list[RequestOut]
    next: str | None
    open_count: int
    overdue_count: int


class ErasurePartOut(BaseModel):
    key: str
    label: LocalName
    rows: int
    is_erased: bool
    kept: LocalName | None


class ErasurePreviewOut(BaseModel):
    member_id: int
    number: str
    people: int
    points_lost: int
    cooling_days: int
    is_on_hold: bool
    parts: list[ErasurePartOut]


class RequestPolicyIO(BaseModel):
    model_config = ConfigDict(extra="forbid")

    working_days: int = Field(ge=1, le=15, description="Working days for an answer.")
    hard_days: int = Field(ge=1, le=30, description="Days for an answer at the very latest.")
    cooling_days: int = Field(ge=0, le=15, description="Days for second thoughts before an erasure.")

    def as_policy(self) -> Policy:
        """The policy."""
        return Policy(**self.model_dump())


class DayIO(BaseModel):
    model_config = ConfigDict(extra="forbid")

    day: date
    is_working: bool
    name: Annotated[str, Field(min_length=1, max_length=60)]


class CalendarOut(BaseModel):
    policy: RequestPolicyIO
    days: list[DayIO]


class DaysIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    days: list[DayIO] = Field(max_length=366)


class LegalHoldIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    basis: HoldBasis


class LegalHoldOut(BaseModel):
    basis: HoldBasis | None
    placed_at: datetime | None
    placed_by: str | None


class RetentionLineOut(BaseModel):
    purpose: str
    data: str
    label: LocalName
    days: int
    rows: int
    oldest: datetime | None
    overdue: int
    erased: int


class RetentionOut(BaseModel):
    now: list[RetentionLineOut]
    last_run_at: datetime | None
    last_run: list[RetentionLineOut]
