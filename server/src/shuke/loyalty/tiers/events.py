"""What tiers announce."""

from dataclasses import dataclass
from typing import ClassVar

from shuke.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class TierChanged(Event):
    """A member entered, rose, kept or fell. Levels by code; `from_level` is None on entering."""

    name: ClassVar[str] = "tier.changed"
    scheme: str
    from_level: str | None
    to_level: str
    reason: str
    valid_until: str | None
