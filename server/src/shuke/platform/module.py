"""How a module plugs into the house: one `MODULE = Module(...)` in its `module.py`, readable in ten seconds."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from fastapi import APIRouter

from shuke.platform.db import Session
from shuke.platform.events import StoredEvent

Wanted = TypeVar("Wanted")


@dataclass(frozen=True, kw_only=True)
class Permission:
    """A named right. `code` is `<noun>.<verb>`; the labels are what an administrator reads."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Consumer:
    """Reads the event log in batches behind its own cursor, which moves in the same transaction as its effects."""

    name: str
    events: tuple[str, ...]
    handle: Callable[[Session, Sequence[StoredEvent]], Awaitable[None]]
    batch: int = 1_000


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """Work that comes due by the clock. `cron` is five fields in UTC; `run` opens its own transactions."""

    name: str
    cron: str
    run: Callable[[], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Job:
    """Background work asked for by name with a small JSON payload; it must bear being run twice."""

    name: str
    run: Callable[[dict[str, Any]], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Module:
    """What a module adds. `contributions` answer extension points that lower modules declare as types."""

    name: str
    router: APIRouter | None = None
    permissions: tuple[Permission, ...] = ()
    consumers: tuple[Consumer, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    jobs: tuple[Job, ...] = ()
    contributions: tuple[object, ...] = ()


_installed: tuple[Module, ...] = ()


def install(modules: Sequence[Module]) -> None:
    """Make the composed modules known. Called once by `main`, before anything runs."""
    global _installed
    _installed = tuple(modules)


def installed() -> tuple[Module, ...]:
    """All modules of this program, lowest layer first."""
    return _installed


def contributions(kind: type[Wanted]) -> tuple[Wanted, ...]:
    """What the modules contribute to an extension point, lowest layer first."""
    return tuple(item for module in _installed for item in module.contributions if isinstance(item, kind))
