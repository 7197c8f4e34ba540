"""Shapes of users, roles, security and providers."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from shuke.platform.actor import FieldView

from ..queries import ApprovalState, Matching, UserState
from ..rules import FIELDS, AdminKind, FieldName, Policy, Scope


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be blank")
    return text


Username = Annotated[str, Field(min_length=2, max_length=64, pattern=r"^[\w.@+-]+$")]
Name = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_not_blank)]
Email = Annotated[str, Field(min_length=3, max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")]
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Codes = Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=500)]
Ids = Annotated[list[Id], Field(max_length=1_000)]


class Holdings(BaseModel):
    """What a staff user may do and whose records it sees; what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    roles: Codes | None = None
    stores: Ids | None = None
    regions: Ids | None = None
    employee_id: Id | None = None


class NewUser(Holdings):
    username: Username
    display_name: Name
    email: Email | None = None


class UserChange(BaseModel):
    model_config = ConfigDict(extra="forbid")

    display_name: Name | None = None
    email: Email | None = None


class StaffUserOut(BaseModel):
    id: int
    username: str
    display_name: str
    email: str | None
    state: UserState
    roles: list[str]
    stores: list[int]
    regions: list[int]
    employee_id: int | None
    is_password_temporary: bool
    has_second_factor: bool
    created_at: datetime
    seen_at: datetime | None


class StaffUsersOut(BaseModel):
    items: list[StaffUserOut]
    next: str | None


class NewPasswordOut(BaseModel):
    """A temporary password, shown once."""

    user: StaffUserOut
    password: str


class RoleIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name_zh: Name
    name_en: Annotated[str, Field(max_length=80)] = ""
    permissions: Codes
    scope: Scope
    fields: dict[FieldName, FieldView] = Field(default_factory=dict, max_length=len(FIELDS))


class RoleOut(BaseModel):
    code: str
    name_zh: str
    name_en: str
    permissions: list[str]
    scope: Scope
    fields: dict[FieldName, FieldView]
    is_built_in: bool
    admin_kind: AdminKind | None
    users: int


class RolesOut(BaseModel):
    items: list[RoleOut]


class PermissionOut(BaseModel):
    code: str
    name_zh: str
    name_en: str
    is_sensitive: bool


class PermissionGroupOut(BaseModel):
    module: str
    permissions: list[PermissionOut]


class PermissionsOut(BaseModel):
    groups: list[PermissionGroupOut]


class FieldViewOut(BaseModel):
    field: FieldName
    view: FieldView
    sample: Annotated[str | None, Field(description="How generated sample data would look; null where hidden.")]


class ViewOut(BaseModel):
    """What somebody with these roles sees."""

    permissions: list[str]
    scope: Scope | Literal["nothing"]
    scope_told: str
    fields: list[FieldViewOut]


class SecurityIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    policy: Policy
    idle_minutes: Annotated[int, Field(ge=15, le=30)]
    absolute_hours: Annotated[int, Field(ge=1, le=24)]
    requires_second_factor: bool


class ClashOut(BaseModel):
    id: int
    display_name: str


class SecurityOut(SecurityIn):
    clashes: Annotated[
        list[ClashOut], Field(description="Who holds duties together that the chosen policy keeps apart.")
    ]


class ProviderIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Name
    issuer: Annotated[str, Field(min_length=8, max_length=500)]
    client_id: Annotated[str, Field(min_length=1, max_length=200)]
    client_secret: Annotated[str, Field(max_length=500, json_schema_extra={"format": "password"})] | None = None
    console_address: Annotated[str, Field(min_length=8, max_length=500, pattern=r"^https?://[^\s/]+$")]
    matching: Matching
    default_role: Annotated[str, Field(max_length=80)] | None = None
    is_active: bool = True


class ProviderOut(BaseModel):
    id: int
    name: str
    issuer: str
    client_id: str
    console_address: str
    return_address: str
    matching: Matching
    default_role: str | None
    is_active: bool


class ProvidersOut(BaseModel):
    items: list[ProviderOut]


class ApprovalOut(BaseModel):
    id: int
    kind: str
    kind_name: str
    summary: str
    state: ApprovalState
    requested_by: int
    requested_by_name: str
    requested_at: datetime
    decided_by_name: str | None
    decided_at: datetime | None
    note: str | None
    is_own: bool
    confirmation: Annotated[
        str | None, Field(description="What to type where the one who asked is the only one who may approve.")
    ]


class ApprovalsOut(BaseModel):
    items: list[ApprovalOut]
    next: str | None


class Approve(BaseModel):
    model_config = ConfigDict(extra="forbid")

    confirmation: Annotated[str, Field(max_length=40)] | None = None


class Reject(BaseModel):
    model_config = ConfigDict(extra="forbid")

    note: Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_not_blank)]
