"""Which column means what. Built in for known formats; others come as a YAML file of the same shape."""

import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from shuke.platform.errors import AppError

_FOLDER = Path(__file__).parent / "mappings"


class BadMapping(AppError):
    """A mapping file that cannot be used; says which key is wrong."""

    code = "imports.bad_mapping"
    title = {"zh": "列对应关系文件有误", "en": "The column mapping is not valid"}
    detail = {
        "zh": "列对应关系文件有误：{problem}。请参照 docs/guide 中的例子修改。",
        "en": "The column mapping is not valid: {problem}. Compare it with the example in docs/guide.",
    }


class Columns(BaseModel):
    """The file's column for each thing an order line needs; those with None may be missing."""

    model_config = ConfigDict(extra="forbid")

    number: str
    placed_at: str
    product: str
    quantity: str
    unit_price: str
    customer: str | None = None
    product_name: str | None = None
    store: str | None = None
    kind: str | None = None


class LocalText(BaseModel):
    """A text in both languages."""

    model_config = ConfigDict(extra="forbid")

    zh: str
    en: str


class Mapping(BaseModel):
    """How to read one format of order history."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(pattern=r"^[a-z0-9-]{1,40}$")
    name: LocalText
    description: LocalText
    # Where the orders come from: with the number, their natural key.
    source: str = Field(pattern=r"^[a-z0-9-]{1,40}$")
    # Zone of times without an offset; left out: the shop's.
    time_zone: str | None = None
    # Refused when the shop's money is another; left out: the shop's.
    currency: str | None = None
    columns: Columns
    # Tried after ISO 8601, in this order, as Python's strptime reads them.
    date_formats: list[str] = ["%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S", "%d/%m/%Y %H:%M", "%Y/%m/%d", "%Y年%m月%d日"]
    refund_prefix: str | None = None
    adjustment_prefix: str | None = None
    store_is_country: bool = False
    not_goods: list[str] = []
    generate_people: bool = False

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str | None) -> str | None:
        if value is not None and value not in available_timezones():
            raise ValueError(f"{value} is not an IANA time zone")
        return value

    @field_validator("date_formats")
    @classmethod
    def _usable_formats(cls, values: list[str]) -> list[str]:
        for value in values:
            try:
                datetime.strptime("", value)  # noqa: DTZ007 — only tried, not used
            except re.error:
                raise ValueError(f"{value} is no date format") from None
            except ValueError as error:
                if "bad directive" in str(error) or "stray %" in str(error):
                    raise ValueError(f"{value} is no date format") from None
        return values

    def zone(self, shop_zone: ZoneInfo) -> ZoneInfo:
        """The zone in which the file's times are to be read."""
        return ZoneInfo(self.time_zone) if self.time_zone else shop_zone


def read_mapping(text: str) -> Mapping:
    """A mapping from YAML. Raises BadMapping."""
    try:
        found: Any = yaml.safe_load(text)
        mapping = Mapping.model_validate(found)
        # What the database cannot store has no place in a mapping either.
        if not mapping.model_dump_json().isprintable() or "\\u0000" in mapping.model_dump_json():
            raise BadMapping(problem="it holds characters that cannot be stored")
        return mapping
    except ValidationError as error:
        first = error.errors()[0]
        raise BadMapping(problem=f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise BadMapping(problem=(str(error).splitlines() or ["it cannot be read"])[0][:200]) from None


@cache
def built_in() -> tuple[Mapping, ...]:
    """The mappings that come with the program."""
    return tuple(read_mapping(path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("*.yaml")))


def find_built_in(code: str) -> Mapping | None:
    """A built-in mapping by its code."""
    return next((mapping for mapping in built_in() if mapping.code == code), None)
