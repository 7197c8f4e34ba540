"""Custom fields: what a shop wants to know of its members beyond the built-in fields."""

__all__: list[str] = []
