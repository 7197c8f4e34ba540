"""What of a view is kept. Pure."""

from collections.abc import Mapping
from typing import Any

# Filters into which people type names, phones and numbers of members. They are searched for, and never kept.
SEARCHES = frozenset({"q", "search", "member", "name", "phone", "number", "text"})


def kept(content: Mapping[str, Any]) -> dict[str, Any]:
    """A view's content without what somebody typed to find one person: it outlives the search, and others read it."""
    filters = {key: value for key, value in content["filters"].items() if key not in SEARCHES}
    return {**content, "filters": filters}


def arranged(value: Any, visible: set[int]) -> tuple[int | None, list[int]]:
    """A person's default and pinned views as their setting has them, without those that are gone or shared no more."""
    if not isinstance(value, dict):
        return None, []
    default, pinned = value.get("default_id"), value.get("pinned")
    known = [view for view in pinned if view in visible] if isinstance(pinned, list) else []
    return (default if default in visible else None), list(dict.fromkeys(known))
