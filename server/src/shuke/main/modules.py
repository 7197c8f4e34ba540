"""The table of contents: every module of this program, lowest layer first."""

from importlib import import_module
from importlib.util import find_spec

from shuke.main.health import MODULE as HEALTH
from shuke.main.pages import MODULE as PAGES
from shuke.platform.module import Module

_NAMES = (
    "foundation.organization",
    "foundation.staff",
    "people.members",
    "commerce.catalog",
    "commerce.orders",
    "loyalty.ledger",
    "loyalty.tiers",
    "loyalty.earning",
    "loyalty.checkout",
    "insight.analytics",
)


def _load(name: str) -> Module | None:
    if find_spec(f"shuke.{name}") is None or find_spec(f"shuke.{name}.module") is None:
        return None
    module: Module = import_module(f"shuke.{name}.module").MODULE
    return module


MODULES: tuple[Module, ...] = (HEALTH, PAGES, *(module for name in _NAMES if (module := _load(name)) is not None))
