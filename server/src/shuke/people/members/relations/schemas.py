"""Shapes of requests and answers about relations."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from ..rules.values import MemberName
from .model import Role

Reference = Annotated[str, Field(max_length=300, description="A member by id or natural key.")]


class RelativeOut(BaseModel):
    member: MemberName
    role: Role = Field(description="What they are to the member.")


class ManagerOut(BaseModel):
    id: int
    name: str


class RelationsOut(BaseModel):
    """Who belongs to a member, as far as the caller sees them. `invited` are the latest 50."""

    inviter: MemberName | None
    invited: list[MemberName]
    invited_count: int
    family: list[RelativeOut]
    manager: ManagerOut | None


class FamilyIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    member: Reference
    role: Role = Field(description="What they are to the member of the path.")


class InviterIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    member: Reference | None = Field(description="null: nobody.")


class ManagerIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    employee_id: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = Field(description="null: nobody.")
    reason: Annotated[str, Field(min_length=2, max_length=200)]
