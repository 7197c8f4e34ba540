"""Fields with a name in both languages, so that screens can draw a rule from its JSON Schema."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError


class Drawn(BaseModel):
    """A part of a rule: strict, fixed once read, and drawn from its schema."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def titled(
    zh: str,
    en: str,
    *,
    choices: Mapping[Any, tuple[str, str]] | None = None,
    control: str | None = None,
    **constraints: Any,
) -> Any:
    """A field with its label in both languages (`titles`), the labels of its values (`choices`) and the kind of control
    that a screen should draw for it (`control`), where type and format do not say it.
    """
    extra: dict[str, Any] = {"titles": {"zh": zh, "en": en}}
    if choices is not None:
        extra["choices"] = [{"value": value, "zh": name[0], "en": name[1]} for value, name in choices.items()]
    if control is not None:
        extra["control"] = control
    return Field(title=en, json_schema_extra=extra, **constraints)


def refusal(zh: str, en: str) -> PydanticCustomError:
    """What is wrong with a rule, in both languages, for a validator to raise."""
    return PydanticCustomError("rule", "{en}", {"zh": zh, "en": en})


ROUNDINGS = {
    "down": ("舍去小数", "Down"),
    "up": ("进一", "Up"),
    "half_up": ("四舍五入", "Half up"),
    "half_even": ("四舍六入五成双", "Half to even"),
}
WEEKDAYS = {
    1: ("周一", "Monday"),
    2: ("周二", "Tuesday"),
    3: ("周三", "Wednesday"),
    4: ("周四", "Thursday"),
    5: ("周五", "Friday"),
    6: ("周六", "Saturday"),
    7: ("周日", "Sunday"),
}

Code = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^\S(.*\S)?$")]
CurrencyCode = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[a-z][a-z0-9_]*$")]
Points = Annotated[int, Field(ge=1, le=1_000_000)]
AmountMinor = Annotated[int, Field(ge=1, le=1_000_000_000_000)]
