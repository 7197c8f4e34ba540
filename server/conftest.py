"""Fixtures for every test of the server."""

from hypothesis import settings

pytest_plugins = ["shuke.platform.testing", "shuke.main.testing", "tools.pytest_parts"]

# How long one example takes says how busy the machine is. What must be fast is measured where it must be.
settings.register_profile("shuke", deadline=None)
settings.load_profile("shuke")
