"""The plain values of activities."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, get_args

ActivityKind = Literal[
    "sign_up", "profile_completed", "birthday", "check_in", "review", "share", "referral", "survey", "custom"
]
KINDS: tuple[ActivityKind, ...] = get_args(ActivityKind)
# In a referral: who asked somebody along, and who came.
Role = Literal["inviter", "invited"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One member's part in an activity."""

    activity_id: int
    member_id: int
    kind: ActivityKind
    event: str | None
    role: Role | None
    other_member_id: int | None
    source: str
    key: str
    occurred_at: datetime
    business_day: date
    payload: Mapping[str, Any]
    actor: str
