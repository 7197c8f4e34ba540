"""Shapes of keys for programs."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from . import rules

Name = Annotated[str, Field(min_length=1, max_length=100)]
Scopes = Annotated[list[Annotated[str, Field(max_length=100)]], Field(min_length=1, max_length=200)]
StoreIds = Annotated[list[int], Field(min_length=1, max_length=2_000)]
Network = Annotated[str, Field(max_length=50), AfterValidator(rules.network)]
Addresses = Annotated[
    list[Network], Field(max_length=rules.MOST_ADDRESSES, description="Addresses or networks such as 10.1.0.0/16.")
]
PerMinute = Annotated[int, Field(ge=1, le=1_000_000)]


class NewApiKeyIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Name
    scopes: Scopes
    store_ids: StoreIds | None = Field(default=None, description="Left out: all stores.")
    addresses: Addresses = []
    must_sign: bool = False
    requests_per_minute: PerMinute | None = None
    expires_at: AwareDatetime | None = None


class ApiKeyChangeIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Name = ""
    scopes: Scopes = []
    store_ids: StoreIds | None = None
    addresses: Addresses = []
    must_sign: bool = False
    requests_per_minute: PerMinute | None = None
    expires_at: AwareDatetime | None = None


class NewSecretIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    grace_hours: int = Field(
        default=rules.USUAL_GRACE_HOURS,
        ge=0,
        le=rules.LONGEST_GRACE_HOURS,
        description="How long the secret before goes on working.",
    )


class ApiKeyPersonOut(BaseModel):
    code: str
    name: str


class ApiKeyOut(BaseModel):
    id: int
    name: str
    prefix: str = Field(description="How the key begins.")
    scopes: list[str]
    store_ids: list[int] | None
    addresses: list[str]
    must_sign: bool
    requests_per_minute: int | None
    created_by: ApiKeyPersonOut
    created_at: AwareDatetime
    expires_at: AwareDatetime | None
    disabled_at: AwareDatetime | None
    is_live: bool
    last_used_at: AwareDatetime | None
    last_address: str
    older_secret_ends_at: AwareDatetime | None = Field(description="Until when the secret before the newest works.")


class ApiKeysOut(BaseModel):
    items: list[ApiKeyOut]


class MadeApiKeyOut(ApiKeyOut):
    secret: str = Field(description="The whole key. Shown this once.")


class ApiKeyScopeOut(BaseModel):
    code: str
    label: str
    is_yours: bool = Field(description="Whether the caller may give it away.")


class ApiKeyScopeGroupOut(BaseModel):
    module: str
    items: list[ApiKeyScopeOut]


class ApiKeyScopesOut(BaseModel):
    groups: list[ApiKeyScopeGroupOut]


class ApiKeyDayOut(BaseModel):
    day: date
    requests: int


class ApiKeyUsageOut(BaseModel):
    days: list[ApiKeyDayOut]
