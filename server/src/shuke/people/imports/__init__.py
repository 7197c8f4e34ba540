"""Members from files: mapping, dry run, matching, rejects, undo."""

__all__: list[str] = []
