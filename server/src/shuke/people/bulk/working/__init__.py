"""The background side of acts on many members."""
