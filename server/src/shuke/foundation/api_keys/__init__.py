"""Keys for programs: scopes, expiry, rotation, addresses, signed requests, limits."""

__all__: list[str] = []
