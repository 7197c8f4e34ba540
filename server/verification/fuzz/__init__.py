"""Requests made from the OpenAPI, valid and broken, against the real web server. See `__main__.py`."""
