"""Fixtures for every test of the server."""

pytest_plugins = ["shuke.platform.testing", "shuke.main.testing", "tools.pytest_parts"]
