"""How an export shows personal fields: masked, unless data in full was asked for, never more than the asker sees."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from shuke.platform.actor import FieldView, Sight

from ..extensions import Column


def narrowed(sight: Sight, columns: Iterable[Column], *, is_unmasked: bool) -> Sight:
    """The sight of a file: what is hidden stays hidden, all else is masked or, where asked for, in clear."""
    shown: FieldView = "readable" if is_unmasked else "masked"
    names = {column.view for column in columns if column.view is not None} | set(sight.fields)
    return replace(
        sight, fields={name: "hidden" if sight.view_of(name) == "hidden" else shown for name in sorted(names)}
    )


def offered(columns: Sequence[Column], sight: Sight) -> list[Column]:
    """The columns that somebody may take out."""
    return [column for column in columns if column.view is None or sight.view_of(column.view) != "hidden"]
