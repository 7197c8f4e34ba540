"""What people decide about an import: columns, keys, policy, defaults. Remembered by the headings of the file."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from .headings import CUSTOM, FIELDS, NOT_TAKEN

MatchKind = Literal["phone", "email", "card", "external"]
DateOrder = Literal["ymd", "dmy", "mdy"]
MATCH_KINDS: tuple[MatchKind, ...] = ("phone", "email", "card", "external")


class ImportSettings(BaseModel):
    """How a file of members is read, and what becomes of people who are known already."""

    model_config = ConfigDict(extra="forbid")

    # One for each column of the file: a field, or None for a column that is passed over.
    fields: list[str | None] = Field(default=[], max_length=500)
    # Members are recognised by these, the first before the others.
    match: list[MatchKind] = Field(default=list(MATCH_KINDS), min_length=1, max_length=4)
    policy: Literal["create", "update", "both"] = "both"
    on_update: Literal["fill", "overwrite"] = "fill"
    store_id: int | None = None
    channel: str = Field(default="import", min_length=1, max_length=60)
    # Whose numbers the external numbers and cards are.
    source: str = Field(default="import", min_length=1, max_length=60)
    phone_region: str = Field(default="CN", pattern="^[A-Z]{2}$")
    date_order: DateOrder = "ymd"
    # Whether new members are rewarded as those who sign up; members from elsewhere have signed up long ago.
    is_sign_up: bool = False

    @field_validator("fields")
    @classmethod
    def _known_fields(cls, values: list[str | None]) -> list[str | None]:
        for value in values:
            if value is not None and value not in (*FIELDS, *NOT_TAKEN) and not value.startswith(CUSTOM):
                raise ValueError(f"{value} is no field of a member")
        named = [value for value in values if value is not None]
        if len(named) != len(set(named)):
            raise ValueError("two columns are the same field")
        return values

    @field_validator("channel", "source")
    @classmethod
    def _visible(cls, value: str) -> str:
        if not value.strip() or not value.isprintable():
            raise ValueError("only visible characters")
        return value.strip()

    @model_validator(mode="after")
    def _one_of_each(self) -> "ImportSettings":
        if len(set(self.match)) != len(self.match):
            raise ValueError("a match key stands there twice")
        return self

    @property
    def is_usable(self) -> bool:
        """Whether some column can recognise a member."""
        return any(kind in self.fields for kind in MATCH_KINDS)
