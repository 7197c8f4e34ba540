"""Who may call what, and who sees whom: generated from the routes themselves. See `__main__.py`."""
