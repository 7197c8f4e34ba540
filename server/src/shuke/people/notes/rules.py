"""Pure decisions about notes and follow-ups."""

from collections.abc import Collection
from datetime import datetime
from typing import Literal

State = Literal["open", "done", "cancelled"]
# Where an open follow-up stands on somebody's list.
Due = Literal["overdue", "today", "later"]


def may_change(author: str, actor: str, permissions: Collection[str], manage: str) -> bool:
    """Whoever wrote it changes it, and whoever manages what others wrote."""
    return author == actor or manage in permissions


def due_of(due_at: datetime, now: datetime, tomorrow: datetime) -> Due:
    """Where an open follow-up stands; `tomorrow` is the instant at which the shop's next day begins."""
    if due_at < now:
        return "overdue"
    return "today" if due_at < tomorrow else "later"
