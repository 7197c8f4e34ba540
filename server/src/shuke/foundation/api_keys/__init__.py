"""Keys for programs: scopes, expiry, rotation, addresses, signed requests, limits."""

from .queries import names, person_behind

__all__ = ["names", "person_behind"]
