"""Shapes of signing in."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from shuke.platform.i18n import LanguageTag

from ..rules import Method

Password = Annotated[str, Field(min_length=1, max_length=200, json_schema_extra={"format": "password"})]


Code = Annotated[str, Field(min_length=1, max_length=40)]
Credential = Annotated[dict[str, Any], Field(description="What the browser's credential says of itself, as JSON.")]


class SignIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    username: Annotated[str, Field(min_length=1, max_length=64)]
    password: Password


class PasswordChange(BaseModel):
    model_config = ConfigDict(extra="forbid")

    current_password: Password
    new_password: Password


class SessionChange(BaseModel):
    model_config = ConfigDict(extra="forbid")

    language: LanguageTag


class UserOut(BaseModel):
    id: int
    username: str
    display_name: str
    is_password_temporary: bool
    language: LanguageTag | None


class SessionOut(BaseModel):
    user: UserOut
    permissions: list[str]
    must_first: Annotated[
        Literal["password", "second_factor"] | None,
        Field(description="What has to be done before anything else: a new password, or a second factor."),
    ]
    stores: Annotated[
        list[int] | None, Field(description="The stores, by their ids, whose records this person sees. Null: all.")
    ]


class HalfSessionOut(BaseModel):
    """The password was right; a second factor is asked for within five minutes."""

    has_totp: bool
    has_passkey: bool


class SecondFactor(BaseModel):
    """A one-time code of the app, or a recovery code."""

    model_config = ConfigDict(extra="forbid")

    code: Code


class Proof(BaseModel):
    """One of the three: the password, a one-time code, or a passkey's answer."""

    model_config = ConfigDict(extra="forbid")

    password: Password | None = None
    code: Code | None = None
    credential: Credential | None = None


class CredentialIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    credential: Credential


class PasskeyIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=60)]
    credential: Credential


class PasskeyOptionsOut(BaseModel):
    options: Annotated[dict[str, Any], Field(description="For navigator.credentials, as JSON.")]


class PasskeyOut(BaseModel):
    id: int
    name: str
    created_at: datetime
    used_at: datetime | None


class FactorsOut(BaseModel):
    has_password: bool
    totp_since: datetime | None
    recovery_codes: int
    passkeys: list[PasskeyOut]


class TotpOut(BaseModel):
    secret: str
    address: str
    qr_svg: str


class TotpRemoval(BaseModel):
    model_config = ConfigDict(extra="forbid")

    password: Password
    code: Code


class RecoveryCodesOut(BaseModel):
    """Shown once; empty where there are earlier ones that still hold."""

    recovery_codes: list[str]


class ProviderChoiceOut(BaseModel):
    id: int
    name: str


class ProviderChoicesOut(BaseModel):
    items: list[ProviderChoiceOut]


class ProviderWay(BaseModel):
    model_config = ConfigDict(extra="forbid")

    provider: Annotated[int, Field(ge=1)]


class ProviderWayOut(BaseModel):
    address: str


class ProviderReturn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: Annotated[str, Field(min_length=1, max_length=4_000)]
    state: Annotated[str, Field(min_length=1, max_length=200)]


class SignInOut(BaseModel):
    id: int
    created_at: datetime
    seen_at: datetime
    address: str
    user_agent: str
    method: Method
    is_current: bool


class SignInsOut(BaseModel):
    items: list[SignInOut]
