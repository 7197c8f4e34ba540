"""Shapes of notices."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from .queries import Tone


class StaffNoticeOut(BaseModel):
    id: int
    kind: str
    kind_label: str
    tone: Tone
    title: str
    detail: str
    link: str | None = Field(description="A place in the console.")
    told_at: datetime
    read_at: datetime | None


class StaffNoticesOut(BaseModel):
    items: list[StaffNoticeOut]
    next: str | None


class UnreadOut(BaseModel):
    count: int = Field(description="No further than the bell counts.")
    is_more: bool = Field(description="There are more than were counted.")
    newest: int | None = Field(description="The newest unread notice.")


class ReadUpToIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    up_to: int = Field(ge=0, description="The newest notice that was shown; what came since stays unread.")


class ReadOut(BaseModel):
    read: int


class NoticeKindOut(BaseModel):
    code: str
    label: str
    is_on: bool


class NoticeKindsOut(BaseModel):
    items: list[NoticeKindOut]


class NoticeChoiceIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    is_on: bool
