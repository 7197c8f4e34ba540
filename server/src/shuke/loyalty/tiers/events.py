"""What tiers announce."""

from dataclasses import dataclass
from typing import ClassVar

from shuke.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class TierChanged(Event):
    """A member entered, rose, kept, fell or left. Levels by code; None: before entering, or after leaving."""

    name: ClassVar[str] = "tier.changed"
    scheme: str
    from_level: str | None
    to_level: str | None
    reason: str
    valid_until: str | None
    # refund: what went back pulled the level down before its time; null: anything else.
    cause: str | None = None
