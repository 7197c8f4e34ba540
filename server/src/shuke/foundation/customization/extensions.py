"""What modules above add: where the values of custom fields are kept."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class CustomRecords:
    """A table with a row for each record, whose JSON column holds the record's values by key.

    `id_column` breaks ties, so that lists can be walked by a field's index.
    """

    table: str
    column: str
    id_column: str
