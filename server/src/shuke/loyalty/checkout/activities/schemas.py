"""Shapes of the requests and answers about activities."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from shuke.platform.i18n import LocalName
from shuke.platform.problems import Problem

from .model import KINDS, ActivityKind, Role

Source = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
Key = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00-\x1f]+$")]
Reference = Annotated[
    str, Field(min_length=1, max_length=200, description="An id, or a natural key such as phone:+86… or number:M…")
]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
PAYLOAD_FIELDS, PAYLOAD_TEXT = 20, 500


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class MemberActivityIn(_In):
    """Something that a member did other than buying. `source` and `key` name it for ever: the same again changes
    nothing.
    """

    source: Source
    key: Key
    # Judged by the program and not by the shape, so that one bad item of a batch is refused alone.
    kind: Annotated[str, Field(max_length=40, json_schema_extra={"enum": list(KINDS)})]
    event: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")] | None = Field(
        default=None, description="The name of a custom activity; others have none."
    )
    member: Reference
    occurred_at: AwareDatetime
    invited: Reference | None = Field(default=None, description="Referrals: who came; `member` is who invited them.")
    payload: dict[str, Any] = Field(
        default_factory=dict,
        description="Up to 20 fields: lower-case names; texts of up to 500 characters, numbers, true or false.",
        json_schema_extra={
            "maxProperties": PAYLOAD_FIELDS,
            "propertyNames": {"pattern": "^[a-z][a-z0-9_]{0,39}$"},
            "additionalProperties": {"type": ["string", "number", "boolean"], "maxLength": PAYLOAD_TEXT},
        },
    )


class ActivitiesIn(_In):
    """Up to 1,000 activities; each is judged for itself unless `all_or_nothing`."""

    activities: Annotated[list[MemberActivityIn], Field(min_length=1, max_length=1000)]
    all_or_nothing: bool = False


class ActivityCancelIn(_In):
    reason: Annotated[Reason, Field(description="Why, in words; no personal data.")]


class ActivityAmountOut(BaseModel):
    """What one rule gave. `entitled` is more than `amount` where a cap, a budget or the highest balance cut it."""

    rule: str
    version: int
    name: LocalName
    account: str
    account_name: LocalName
    amount: int
    entitled: int
    text: str


class ActivityEffectOut(BaseModel):
    """What one rule gave beside value, such as a coupon or a tag."""

    rule: str
    version: int
    name: LocalName
    kind: str
    parameters: dict[str, Any]


class ActivityPointsOut(BaseModel):
    """Points of this activity, and what the member had right after it."""

    earned: int
    balance: int
    debt: int


class ActivityTierOut(BaseModel):
    code: str
    rank: int


class ActivityPartOut(BaseModel):
    """What an activity did for one member."""

    member_id: int
    role: Role | None
    points: ActivityPointsOut
    growth_earned: int
    tier: ActivityTierOut | None
    given: list[ActivityAmountOut]
    effects: list[ActivityEffectOut]
    nothing_because: list[str] = Field(description="Where nothing was earned: why, rule by rule.")


class ActivityOut(ActivityPartOut):
    """An activity and what it did. In a referral the fields are the inviter's, and `invited` is the other's."""

    id: int
    source: str
    key: str
    kind: ActivityKind
    event: str | None
    occurred_at: datetime
    business_day: date
    received_at: datetime
    payload: dict[str, Any] | None = Field(description="Null where nobody can read it any more.")
    invited: ActivityPartOut | None
    cancelled_at: datetime | None
    cancel_reason: str | None


class RecordedActivityOut(ActivityOut):
    state: Literal["created", "unchanged"]


class ActivityResultOut(BaseModel):
    """One result of a batch, in the order of the request. `error` says why an activity was refused."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    index: int
    status: Literal["created", "unchanged", "refused"]
    activity: RecordedActivityOut | None = None
    error: Problem | None = None


class ActivityResultsOut(BaseModel):
    results: list[ActivityResultOut]


class MemberActivitiesOut(BaseModel):
    items: list[ActivityOut]
    next: str | None
