"""Shapes of the members' requests and answers. Answers are the module's own values, already masked."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, TypeAdapter
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from shuke.platform.module import contributions

from .extensions import MemberSection
from .rules.timeline import TimelineItem
from .rules.values import (
    IdentityKind,
    Member,
    MemberRow,
    MemberSource,
    NewIdentity,
    NewMember,
    Profile,
    ProfileChange,
)

RevealField = Literal["name", "phone", "gender", "birthday", "language", "address", "identities", "custom"]
ShortText = Annotated[str, Field(max_length=300)]


class CountOut(BaseModel):
    value: int
    is_capped: bool


class MembersOut(BaseModel):
    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    items: list[MemberRow]
    next: str | None
    count: CountOut | None = None


class SectionOut(BaseModel):
    """One part of the member page: `key` says which, and with it the shape of `data`."""

    key: str
    data: dict[str, Any]

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """One shape for each part that the installed modules give."""
        parts = [
            {
                "type": "object",
                "properties": {
                    "key": {"type": "string", "const": part.key},
                    "data": handler(TypeAdapter(part.shape).core_schema),
                },
                "required": ["key", "data"],
            }
            for part in contributions(MemberSection)
        ]
        return {"oneOf": parts, "description": cls.__doc__} if parts else handler(core_schema)


class OverviewOut(BaseModel):
    member: Member
    sections: list[SectionOut]


class TimelineOut(BaseModel):
    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    items: list[TimelineItem]
    next: str | None


class IdentityIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: IdentityKind
    value: ShortText
    source: ShortText = ""


class SourceIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    channel: Annotated[str, Field(max_length=60)] | None = None
    store_id: int | None = None
    employee_id: int | None = None
    campaign: Annotated[str, Field(max_length=100)] | None = None
    manager_id: int | None = Field(default=None, description="The employee who is the account manager.")
    inviter: ShortText | None = Field(default=None, description="Who brought them: a member by id or natural key.")


class ProfileIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: ShortText | None = None
    gender: Literal["female", "male"] | None = None
    birthday: ShortText | None = Field(default=None, description="YYYY-MM-DD, or --MM-DD without a year.")
    language: ShortText | None = None
    address: ShortText | None = None
    custom: dict[str, Any] = Field(
        default={},
        max_length=100,
        description="Values of custom fields by key, see `GET /v1/custom-fields`; null empties one, others stay.",
    )

    def as_change(self) -> ProfileChange:
        """The fields that the request names; the others stay as they are."""
        return ProfileChange(**self.model_dump(exclude_unset=True, exclude={"custom"}))


class NewMemberIn(ProfileIn):
    phone: ShortText | None = None
    email: ShortText | None = None
    card: ShortText | None = None
    identities: list[IdentityIn] = Field(default=[], max_length=10)
    source: SourceIn = SourceIn()

    def as_candidate(self) -> NewMember:
        """Who wants to become a member."""
        named: list[tuple[IdentityKind, str | None]] = [
            ("phone", self.phone),
            ("email", self.email),
            ("card", self.card),
        ]
        identities = [NewIdentity(kind=kind, value=value) for kind, value in named if value is not None]
        identities += [NewIdentity(kind=one.kind, value=one.value, source=one.source) for one in self.identities]
        return NewMember(
            identities=tuple(identities),
            profile=Profile(
                name=self.name,
                gender=self.gender,
                birthday=self.birthday,
                language=self.language,
                address=self.address,
            ),
            source=MemberSource(**self.source.model_dump(exclude={"inviter"})),
        )


class ResolvedOut(BaseModel):
    is_new: bool
    member: Member


class UnmaskIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    fields: list[RevealField] = Field(min_length=1, max_length=10)
    reason: str = Field(min_length=2, max_length=200, description="Why; it is kept in the audit trail.")


class UnmaskOut(BaseModel):
    values: dict[str, Any]
