"""What a member is known by: adding, proving, taking over and removing identities."""

__all__: list[str] = []
