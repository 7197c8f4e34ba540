"""Shapes of what people arrange."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class SettingIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    value: dict[str, Any] = Field(description="Whatever the screen wants to find again.")


class SettingsOut(BaseModel):
    settings: dict[str, dict[str, Any]] = Field(description="By key.")
