"""Who acts: carried from the edge to the audit trail, the ledger and the idempotency keys."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Actor:
    """`kind` and `id` name the one who acts: a staff user, an API key, a member, or the system itself."""

    kind: Literal["staff", "api_key", "member", "system"]
    id: int
    permissions: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """One text for logs and records, such as `staff:7`."""
        return f"{self.kind}:{self.id}"


SYSTEM = Actor(kind="system", id=0)
