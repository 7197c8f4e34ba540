"""Notes about members, and what somebody promised to do for them. See README.md."""

__all__: list[str] = []
