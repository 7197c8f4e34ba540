"""Pytest plug-in: tests that need no database run first, and can be chosen by `-m "not database"`."""

import pytest

# Every fixture that reaches PostgreSQL stands on this one.
DATABASE_FIXTURE = "test_server"


def pytest_configure(config: pytest.Config) -> None:
    """Declare the mark, so that `--strict-markers` knows it."""
    config.addinivalue_line("markers", "database: needs PostgreSQL (set by the fixtures a test asks for)")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a database and move it behind what does not; otherwise the order stays."""
    for item in items:
        if DATABASE_FIXTURE in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.database)
    items.sort(key=lambda item: item.get_closest_marker("database") is not None)
