"""Where wrapped keys and sealed values stand: modules say it in their contributions, rotation and tests go by it."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import RowMapping, Table


@dataclass(frozen=True, kw_only=True)
class WrappedColumn:
    """A column of wrapped data keys beside the version that wrapped them; an empty value is a destroyed key.

    `context` gives the place that a row's key is bound to, from the columns of the table's primary key.
    """

    table: Table
    wrapped: str
    version: str
    context: Callable[[RowMapping], str]

    @property
    def name(self) -> str:
        """What progress shows."""
        return self.table.fullname


@dataclass(frozen=True, kw_only=True)
class SealedColumn:
    """A column of values that are sealed under the data key of a record that owns them; None is an empty value.

    `owner` is the column with that record's id. `context` gives the place of a row's value, from all its columns.
    Whoever seals holds the owner's row first (`for key share`), so that its data key is not exchanged meanwhile.
    """

    table: Table
    column: str
    owner: str
    context: Callable[[RowMapping], str]

    @property
    def name(self) -> str:
        """Table and column."""
        return f"{self.table.fullname}.{self.column}"
