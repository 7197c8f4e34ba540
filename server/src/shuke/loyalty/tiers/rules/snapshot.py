"""Where a member stands, as JSON: for coming back to it after a grant by hand has ended or a merge was undone."""

from dataclasses import fields
from datetime import date, datetime
from typing import Any

from .model import Standing

# Everything of a standing that is stored, beside whose it is and how many changes there were.
STORED = tuple(
    one.name
    for one in fields(Standing)
    if one.name not in {"member_id", "change_count", "changes", "deductions", "is_marked"}
)
_INSTANTS = frozenset({"since", "valid_until", "review_at"})
_DAYS = frozenset({"judged_on", "level_from", "level_from_before", "period_from", "period_from_before"})


def snapshot(standing: Standing) -> dict[str, Any]:
    """The place of a standing as JSON."""
    return {name: _written(getattr(standing, name)) for name in STORED}


def put_back(standing: Standing, written: dict[str, Any]) -> None:
    """Put a standing into a place that was written down; what an older release did not write is unknown."""
    for name in STORED:
        setattr(standing, name, _read(name, written.get(name)))
    if standing.rank == 0:
        standing.basis = None


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _read(name: str, value: Any) -> Any:
    if value is None:
        return 0 if name == "rank" else None
    if name in _INSTANTS:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if name in _DAYS else value
