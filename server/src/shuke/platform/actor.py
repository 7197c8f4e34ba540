"""Who acts, and what they may see: carried from the edge to the audit trail, the ledger and the idempotency keys."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

# How a personal field is shown to an actor: not at all, masked, or in clear (which is audited).
FieldView = Literal["hidden", "masked", "readable"]


@dataclass(frozen=True, kw_only=True)
class Sight:
    """Which records an actor may see, and how personal fields are shown.

    `units`: the places whose records are seen; `person`: only the records in this person's care. Both None: all.
    `fields`: the view of each personal field that is not just masked. Which columns hold place and person, every
    module knows for its own tables.
    """

    units: frozenset[int] | None = None
    person: int | None = None
    fields: Mapping[str, FieldView] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self.units is None and self.person is None

    def view_of(self, name: str) -> FieldView:
        """How a personal field is shown; masked unless said otherwise."""
        return self.fields.get(name, "masked")


# For work that is not done on behalf of somebody who looks: jobs, handlers, imports. Never in a route.
EVERYTHING = Sight()


@dataclass(frozen=True, kw_only=True)
class Actor:
    """`kind` and `id` name the one who acts: a staff user, an API key, a member, or the system itself."""

    kind: Literal["staff", "api_key", "member", "system"]
    id: int
    permissions: frozenset[str] = frozenset()
    sight: Sight = EVERYTHING
    # Whether that is proved well enough for a sensitive act: staff prove it within minutes, machines by their key.
    is_fresh: bool = True
    # The session through which a person acts, and in whose name a machine does: for the audit trail.
    session_id: int | None = None
    on_behalf_of: str | None = None
    # A limit of the caller's own, where it is not the usual one.
    requests_per_minute: int | None = None

    @property
    def name(self) -> str:
        """One text for logs and records, such as `staff:7`."""
        return f"{self.kind}:{self.id}"


SYSTEM = Actor(kind="system", id=0)
