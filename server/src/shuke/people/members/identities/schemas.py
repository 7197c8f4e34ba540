"""Shapes of the requests that change identities and status."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from ..rules.values import IdentityKind
from .actions import How

Reason = Annotated[str, Field(min_length=2, max_length=300)]


class NewIdentityIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: IdentityKind
    value: Annotated[str, Field(max_length=300)]
    source: Annotated[str, Field(max_length=300)] = Field(
        default="", description="Whose number an external one is; the app of a WeChat openid, `union` for a unionid."
    )
    take_over: bool = Field(default=False, description="Take it from whoever has it; needs the permission to merge.")


class VerifyIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    how: How


class RemoveIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Reason


class StatusIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    status: Literal["active", "frozen", "cancelled"]
    reason: Reason
