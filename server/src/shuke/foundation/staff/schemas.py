"""Shapes of signing in."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from shuke.platform.i18n import LanguageTag

Password = Annotated[str, Field(min_length=1, max_length=200, json_schema_extra={"format": "password"})]


class SignIn(BaseModel):
    username: Annotated[str, Field(min_length=1, max_length=64)]
    password: Password


class PasswordChange(BaseModel):
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


class SignInOut(BaseModel):
    id: int
    created_at: datetime
    seen_at: datetime
    address: str
    user_agent: str
    is_current: bool


class SignInsOut(BaseModel):
    items: list[SignInOut]
