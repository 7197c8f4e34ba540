"""Two members who turn out to be one person: merging them, undoing it, and telling what it would do."""

__all__: list[str] = []
