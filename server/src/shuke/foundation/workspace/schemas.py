"""Shapes of what people arrange."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

ListName = Annotated[
    str,
    StringConstraints(max_length=50, pattern=r"^[a-z][a-z0-9_.-]*$"),
    Field(description="The console's name of the list."),
]
ViewName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=80)]
FilterText = Annotated[str, StringConstraints(max_length=6000)]


class SettingIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    value: dict[str, Any] = Field(description="Whatever the screen wants to find again.")


class SettingsOut(BaseModel):
    settings: dict[str, dict[str, Any]] = Field(description="By key.")


class ViewColumn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    key: Word
    width: int | None = Field(default=None, ge=40, le=1200, description="In pixels; without it, as wide as needed.")
    hidden: bool = False


class ViewContent(BaseModel):
    """How a list is shown. What people type to search for one person is not kept."""

    model_config = ConfigDict(extra="forbid")

    filters: dict[Word, FilterText] = Field(default={}, max_length=60, description="As the list's address has them.")
    sort: str = Field(default="", max_length=80)
    columns: list[ViewColumn] = Field(default=[], max_length=100, description="In their order; none: as usual.")
    rows: int | None = Field(default=None, ge=1, le=200, description="Rows per page.")
    condition: dict[str, Any] | None = Field(default=None, description="A tree of conditions over facts of members.")


class SavedViewIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    list: ListName
    name: ViewName
    is_shared: bool = Field(default=False, description="For everybody; needs views.share.")
    content: ViewContent


class SavedViewChangeIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: ViewName | None = None
    is_shared: bool | None = None
    content: ViewContent | None = None


class SavedViewOut(BaseModel):
    id: int
    list: str
    name: str
    is_shared: bool
    is_mine: bool
    owner: str | None
    content: ViewContent
    changed_at: datetime


class SavedViewsOut(BaseModel):
    items: list[SavedViewOut]
    default_id: int | None = Field(description="The view that opens first for the caller.")
    pinned: list[int] = Field(description="The caller's views in front, in their order.")


class ViewArrangementIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    default_id: int | None = None
    pinned: list[int] = Field(default=[], max_length=50)
    list: ListName
