"""Everybody's own desk: views of lists that are kept, and settings of one person. See README.md."""

__all__: list[str] = []
