"""The rights of members: requests with a clock, copies, erasure, retention."""

__all__: list[str] = []
