"""Which column means what. Built in for known formats; others come as a YAML file of the same shape."""

import re
from collections.abc import Sequence
from datetime import datetime, time
from functools import cache
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from shuke.platform.errors import AppError
from shuke.platform.zones import is_time_zone

_FOLDER = Path(__file__).parent / "mappings"
ORDERS = "orders"
RETURNS = "returns"
CODE = r"^[a-z0-9-]{1,40}$"


class BadMapping(AppError):
    """A mapping file that cannot be used; says which key is wrong."""

    code = "imports.bad_mapping"
    title = {"zh": "列对应关系文件有误", "en": "The column mapping is not valid"}
    detail = {
        "zh": "列对应关系文件有误：{problem}。请参照 docs/guide 中的例子修改。",
        "en": "The column mapping is not valid: {problem}. Compare it with the example in docs/guide.",
    }


Heading = Annotated[str, Field(min_length=1, max_length=200)]


class Columns(BaseModel):
    """The file's column for each thing an order line needs; those with None may be missing."""

    model_config = ConfigDict(extra="forbid")

    number: Heading
    placed_at: Heading
    product: Heading
    quantity: Heading
    unit_price: Heading
    customer: Heading | None = None
    product_name: Heading | None = None
    store: Heading | None = None
    kind: Heading | None = None
    category: Heading | None = None
    brand: Heading | None = None
    # Money of the line that points and coupons paid, and what the rest was paid by.
    points_paid: Heading | None = None
    coupon_paid: Heading | None = None
    payment: Heading | None = None


class Join(BaseModel):
    """A further file, whose columns are known to rows as `<name>.<column>`: the row whose `key` is what `by` holds."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(pattern=r"^[a-z0-9_]{1,40}$")
    by: Heading
    key: Heading


class ReturnColumns(BaseModel):
    """The columns of a file of goods that came back, naming neither order nor customer."""

    model_config = ConfigDict(extra="forbid")

    # When it came back.
    placed_at: Heading
    product: Heading
    quantity: Heading
    product_name: Heading | None = None
    store: Heading | None = None


class Returns(BaseModel):
    """How to read returns, and which orders can be the one that a return belongs to."""

    model_config = ConfigDict(extra="forbid")

    columns: ReturnColumns
    # An order of the same product, this many days before the return at most.
    window_days: int = Field(default=90, ge=0, le=3650)
    # Whether only orders of the same store count, where the return names one.
    is_same_store: bool = True


class LocalText(BaseModel):
    """A text in both languages."""

    model_config = ConfigDict(extra="forbid")

    zh: str = Field(max_length=1000)
    en: str = Field(max_length=1000)


class Reading(BaseModel):
    """How the files of one format are read."""

    model_config = ConfigDict(extra="forbid")

    # Where the orders come from: with the number, their natural key.
    source: str = Field(pattern=r"^[a-z0-9-]{1,40}$")
    # Zone of times without an offset; left out: the shop's.
    time_zone: str | None = None
    # Refused when the shop's money is another; left out: the shop's.
    currency: str | None = None
    columns: Columns
    joins: list[Join] = Field(default=[], max_length=10)
    returns: Returns | None = None
    # When on its day a document was made that says no time.
    time_of_day: time = time(0)
    # Tried after ISO 8601, in this order, as Python's strptime reads them.
    date_formats: list[str] = Field(
        default=["%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S", "%d/%m/%Y %H:%M", "%Y/%m/%d", "%Y年%m月%d日"],
        max_length=20,
    )
    refund_prefix: str | None = None
    adjustment_prefix: str | None = None
    store_is_country: bool = False
    not_goods: list[str] = Field(default=[], max_length=1000)

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str | None) -> str | None:
        if value is not None and not is_time_zone(value):
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

    @model_validator(mode="after")
    def _joins_are_apart(self) -> "Reading":
        names = [join.name for join in self.joins]
        if len(set(names)) != len(names) or {ORDERS, RETURNS} & set(names):
            raise ValueError("each joined file needs a name of its own")
        return self

    def needs(self, role: str) -> list[str]:
        """The columns that a file needs to have to be this: orders, returns, or a joined file by its name."""
        if role in (ORDERS, RETURNS):
            wanted = self.row_columns(role) + [join.by for join in self.joins_of(role)]
            own = [column for column in wanted if self._joined(column) is None]
        else:
            wanted = self.row_columns(ORDERS) + self.row_columns(RETURNS) + [join.by for join in self.joins]
            own = [join.key for join in self.joins if join.name == role]
            own += [inner for name, inner in map(self._parts, wanted) if name == role]
        return list(dict.fromkeys(own))

    def row_columns(self, role: str) -> list[str]:
        """What rows of orders or returns are read from, joined columns too."""
        columns: BaseModel | None = None
        if role == ORDERS:
            columns = self.columns
        elif role == RETURNS and self.returns is not None:
            columns = self.returns.columns
        return [] if columns is None else [column for column in columns.model_dump().values() if column]

    def joins_of(self, role: str) -> list[Join]:
        """The joined files that rows of this kind need, each behind those that it needs itself."""
        return [join for join in self.joins if self._needs_join(join.name, self.row_columns(role))]

    @property
    def roles(self) -> list[str]:
        """What the files of this format can be."""
        return [ORDERS, *([RETURNS] if self.returns else []), *(join.name for join in self.joins)]

    def role_of(self, header: Sequence[str]) -> str | None:
        """What a file with these headings is: of what it can be, that which asks for most."""
        found = set(header)
        fitting = [role for role in self.roles if found.issuperset(self.needs(role))]
        return max(fitting, key=lambda role: len(self.needs(role)), default=None)

    def lacks(self, roles: Sequence[str | None]) -> list[str]:
        """What is still needed beside files that are these; or what was given more than once."""
        rows = [role for role in (ORDERS, RETURNS) if role in roles]
        needed = {join.name for role in rows for join in self.joins_of(role)}
        return [
            *([] if rows else [ORDERS]),
            *(
                join.name
                for join in self.joins
                if roles.count(join.name) > 1 or (join.name in needed and join.name not in roles)
            ),
        ]

    def _joined(self, column: str) -> str | None:
        return self._parts(column)[0]

    def _parts(self, column: str) -> tuple[str | None, str]:
        name, _, inner = column.partition(".")
        return (name, inner) if inner and any(join.name == name for join in self.joins) else (None, column)

    def _needs_join(self, name: str, columns: Sequence[str]) -> bool:
        if any(self._joined(column) == name for column in columns):
            return True
        later = [join.name for join in self.joins if self._joined(join.by) == name]
        return any(self._needs_join(one, columns) for one in later)

    def zone(self, shop_zone: ZoneInfo) -> ZoneInfo:
        """The zone in which the file's times are to be read."""
        return ZoneInfo(self.time_zone) if self.time_zone else shop_zone


class Mapping(Reading):
    """A format of order history, by its code and name."""

    code: str = Field(pattern=CODE)
    name: LocalText
    description: LocalText
    # For sets of data without people: members get made-up names, and are marked as generated.
    generate_people: bool = False


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
