"""One order, paid at thirty tills at the same moment, again and again. See `__main__.py`."""
