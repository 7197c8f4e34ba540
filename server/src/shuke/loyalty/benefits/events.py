"""What benefits announce."""

from dataclasses import dataclass
from typing import ClassVar

from shuke.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class _EntitlementEvent(Event):
    """What all of them say: which entitlement, of which benefit."""

    name: ClassVar[str] = ""
    entitlement_id: int
    benefit: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class BenefitGranted(_EntitlementEvent):
    """A member was granted an entitlement. `expires_at`: the first instant at which it is over."""

    name: ClassVar[str] = "benefit.granted"
    units: int
    expires_at: str | None


@dataclass(frozen=True, kw_only=True)
class BenefitUsed(_EntitlementEvent):
    """A member used one unit; `left` remain."""

    name: ClassVar[str] = "benefit.used"
    unit_no: int
    left: int
    store_id: int | None
    employee_id: int | None
    order_number: str | None


@dataclass(frozen=True, kw_only=True)
class BenefitRevoked(_EntitlementEvent):
    """What was left of an entitlement was taken away: by hand, because a level was lost, or by a merge."""

    name: ClassVar[str] = "benefit.revoked"
    reason: str


@dataclass(frozen=True, kw_only=True)
class BenefitExpired(_EntitlementEvent):
    """What was left of an entitlement is over."""

    name: ClassVar[str] = "benefit.expired"
    left: int
