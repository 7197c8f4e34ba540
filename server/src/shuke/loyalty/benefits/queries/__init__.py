"""Questions about benefits: as they are set up, as members have them, and as they were used."""

from .benefits import get_benefit, get_benefits, has_grants, list_benefits, lock_benefit, uses_of_benefits
from .entitlements import Entitlement, Happened, Use, list_entitlements, list_happened, list_uses
from .members import celebrating, discounts_for, running_for, tokens_of

__all__ = [
    "Entitlement",
    "Happened",
    "Use",
    "celebrating",
    "discounts_for",
    "get_benefit",
    "get_benefits",
    "has_grants",
    "list_benefits",
    "list_entitlements",
    "list_happened",
    "list_uses",
    "lock_benefit",
    "running_for",
    "tokens_of",
    "uses_of_benefits",
]
