"""Benefits: what a level or a date grants. See README.md."""

__all__: list[str] = []
