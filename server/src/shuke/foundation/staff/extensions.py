"""What modules above add to staff: kinds of large acts that wait for a second person, and who hears of them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName


@dataclass(frozen=True, kw_only=True)
class ApprovalRefused:
    """How a large act ended that nobody does: `note` says why, in the words of who decided."""

    state: Literal["rejected", "withdrawn", "expired"]
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class ApprovalKind:
    """A large act: who may approve it, and how it is done then, in the transaction of the approval.

    `perform(session, actor, payload)`: the actor is the one who approves. The payload holds ids, codes and numbers,
    and nothing personal. `drop(session, payload, refused)`: what waits for the approval ends, in the transaction in
    which that is decided. `link`: the place in the console where whoever asked sees what became of it.
    """

    code: str
    name: LocalName
    permission: str
    perform: Callable[[Session, Actor, Mapping[str, Any]], Awaitable[None]]
    drop: Callable[[Session, Mapping[str, Any], ApprovalRefused], Awaitable[None]] | None = None
    link: str | None = None


@dataclass(frozen=True, kw_only=True)
class ApprovalNews:
    """A large act began to wait, or was decided (`state` as it is now)."""

    approval_id: int
    kind: ApprovalKind
    state: str
    requested_by: int
    decided_by: int | None = None


@dataclass(frozen=True, kw_only=True)
class ApprovalListener:
    """Hears of large acts in the transaction in which they begin to wait and are decided."""

    hear: Callable[[Session, ApprovalNews], Awaitable[None]]
