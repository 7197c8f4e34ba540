"""Shapes of the audit trail."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from . import rules


class AuditActorOut(BaseModel):
    code: str = Field(description="Such as `staff:7` or `api_key:3`; `unknown` for somebody not signed in.")
    name: str


class AuditChangeOut(BaseModel):
    field: str
    label: str
    before: Any
    after: Any


class AuditLineOut(BaseModel):
    id: int
    at: datetime = Field(description="When it happened, by the machine's clock.")
    shop_at: datetime = Field(description="The shop's clock then; differs in a demo shop only.")
    sentence: str = Field(description="The line in words, in the caller's language.")
    actor: AuditActorOut
    on_behalf_of: AuditActorOut | None
    action: str
    object_kind: str
    object_id: str
    object_label: str
    member_id: int | None
    result: Literal["ok", "refused"]
    code: str | None = Field(description="Why it was refused.")
    fields: list[str] = Field(description="What was changed or shown, by name.")
    has_difference: bool = Field(description="Personal values before and after are there, sealed.")
    address: str


class AuditLinesOut(BaseModel):
    items: list[AuditLineOut]
    next: str | None


class AuditProofOut(BaseModel):
    seq: int = Field(description="The line's place in the chain.")
    hash: str


class AuditDetailOut(AuditLineOut):
    changes: list[AuditChangeOut]
    details: dict[str, Any]
    session_id: int | None
    trace_id: str
    proof: AuditProofOut | None = Field(
        description="None until the line is sealed, a few seconds after it was written."
    )


class AuditDifferenceIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: str = Field(min_length=2, max_length=500, description="Why the values are looked at; it is recorded.")


class AuditDifferenceOut(BaseModel):
    changes: list[AuditChangeOut] = Field(description="Empty when the member has been erased.")
    is_destroyed: bool


class AuditWordOut(BaseModel):
    code: str
    label: str


class AuditWordsOut(BaseModel):
    actors: list[AuditWordOut]
    actions: list[AuditWordOut]
    kinds: list[AuditWordOut]


class AuditHeadOut(BaseModel):
    seq: int
    hash: str
    made_at: datetime
    key_id: str


class AuditWrongOut(BaseModel):
    seq: int
    audit_id: int | None
    detail: str


class AuditVerifiedOut(BaseModel):
    at: datetime
    ok: bool
    lines: int
    first_seq: int
    last_seq: int
    heads: int
    seconds: float
    wrong: AuditWrongOut | None


class AuditChainOut(BaseModel):
    sealed: int = Field(description="Place of the newest sealed line.")
    unsealed: int
    oldest_unsealed_at: datetime | None
    head: AuditHeadOut | None
    verified: AuditVerifiedOut | None
    retention_days: int
    shortest_days: int = rules.SHORTEST_DAYS
    longest_days: int = rules.LONGEST_DAYS


class AuditSettingsIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    retention_days: int = Field(ge=rules.SHORTEST_DAYS, le=rules.LONGEST_DAYS)


class AuditSettingsOut(BaseModel):
    retention_days: int


class AskedOut(BaseModel):
    """Something that is done in the background, and where to see how it ended."""

    see: str
