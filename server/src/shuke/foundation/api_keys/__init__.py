"""Keys for programs: scopes, expiry, rotation, addresses, signed requests, limits."""

from .queries import names

__all__ = ["names"]
