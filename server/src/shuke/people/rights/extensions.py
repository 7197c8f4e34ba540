"""What modules above add: where erasures are written down outside the database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .rules import Because


@dataclass(frozen=True, kw_only=True)
class Erasure:
    """Somebody was erased: under which ids and member numbers, why, when, by whom, and what the certificate says.

    `code` is the certificate's hash. The numbers tell whether a database is the one that the ids belong to.
    """

    code: str
    member_id: int
    member_ids: Sequence[int]
    numbers: Sequence[str]
    request_id: int | None
    because: Because
    erased_at: datetime
    actor: str
    certificate: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class ErasureJournal:
    """Outlives the database: what it holds is erased again in a database that does not know it."""

    read: Callable[[], Sequence[Erasure]]
    add: Callable[[Sequence[Erasure]], None]
