"""Shapes of requests and answers about custom fields."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic import Field as Described

from shuke.platform.i18n import LocalName

from .rules.fields import MOST_CHOICES, Choice, Field, IndexState, Kind, Limits

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Bound = Annotated[str, StringConstraints(max_length=30)]
Length = Annotated[int, Described(ge=0, le=5_000)]


class LabelIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    zh: Label
    en: Label


class WordsIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    zh: Words = ""
    en: Words = ""


class CustomLimitsIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    shortest: Length | None = None
    longest: Length | None = None
    low: Bound | None = Described(default=None, description="A number, an amount in minor units, or a day.")
    high: Bound | None = None
    pattern: Annotated[str, StringConstraints(min_length=1, max_length=100)] | None = Described(
        default=None, description="Characters, sets such as [A-Z] or \\d, and how often; no groups or alternatives."
    )


class CustomChoiceIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: Key
    name: LabelIn
    is_archived: bool = False


class CustomFieldChangeIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    label: LabelIn
    help: WordsIn = WordsIn()
    group: WordsIn = WordsIn()
    is_required: bool = False
    limits: CustomLimitsIn = CustomLimitsIn()
    choices: list[CustomChoiceIn] = Described(default=[], max_length=MOST_CHOICES)
    default: Any = Described(default=None, description="What a new record has where nothing is said.")

    def as_field(self, key: str, kind: Kind = "text", *, is_personal: bool = False) -> Field:
        """The definition as plain values."""
        return Field(
            id=0,
            key=key,
            kind=kind,
            label=LocalName(self.label.zh, self.label.en),
            help=LocalName(self.help.zh, self.help.en),
            group=LocalName(self.group.zh, self.group.en),
            is_required=self.is_required,
            is_personal=is_personal,
            limits=Limits(**self.limits.model_dump()),
            choices=tuple(
                Choice(code=one.code, name=LocalName(one.name.zh, one.name.en), is_archived=one.is_archived)
                for one in self.choices
            ),
            default=self.default,
        )


class CustomFieldIn(CustomFieldChangeIn):
    key: Key
    kind: Kind
    is_personal: bool = Described(
        default=False, description="Sealed with each person's own key; never filtered or sorted by. Cannot be changed."
    )
    is_filterable: bool = False


class CustomLimitsOut(BaseModel):
    shortest: int | None
    longest: int | None
    low: str | None
    high: str | None
    pattern: str | None


class CustomChoiceOut(BaseModel):
    code: str
    name: LocalName
    is_archived: bool


class CustomFieldOut(BaseModel):
    key: str
    kind: Kind
    label: LocalName
    help: LocalName
    group: LocalName
    is_required: bool
    is_personal: bool
    is_archived: bool
    limits: CustomLimitsOut
    choices: list[CustomChoiceOut]
    default: str | int | bool | list[str] | None
    index_state: IndexState = Described(description="Lists can be filtered by a field once this is `ready`.")
    index_progress: int = Described(description="Per cent.")
    index_problem: str | None
    version: int


class CustomFieldsOut(BaseModel):
    items: list[CustomFieldOut]
    used: int
    limit: int
    filterable_used: int
    filterable_limit: int


class FilterableIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    is_filterable: bool


class CustomFieldOrderIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    keys: list[Key] = Described(max_length=1_000)


def shown(field: Field) -> CustomFieldOut:
    """A field as it is answered."""
    return CustomFieldOut(
        **{name: value for name, value in vars(field).items() if name in CustomFieldOut.model_fields}
        | {
            "limits": CustomLimitsOut(**vars(field.limits)),
            "choices": [CustomChoiceOut(**vars(one)) for one in field.choices],
        }
    )
