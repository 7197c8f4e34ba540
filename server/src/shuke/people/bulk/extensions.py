"""What modules add to acts on many members: the actions. A module lists its `BulkAction` in its contributions."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from shuke.foundation.staff import ApprovalKind
from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName


@dataclass(frozen=True, kw_only=True)
class Total:
    """A number that whoever decides should see, such as points altogether."""

    label: LocalName
    value: int


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What an action would do to some members. `skipped`: those whom it would leave as they are, and why."""

    skipped: Mapping[int, str] = field(default_factory=dict)
    totals: Sequence[Total] = ()
    needs_approval: bool = False


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one member. `why`: skipped because of that; `before`: what an undo puts back."""

    member_id: int
    why: str | None = None
    before: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class BulkRun:
    """One act while it is done, in the name of whoever asked. `key` names it for ever."""

    bulk_id: int
    actor: Actor
    reason: str
    approved_by: str | None

    @property
    def key(self) -> str:
        """What makes the act's effect on a member its own."""
        return f"bulk:{self.bulk_id}"


@dataclass(frozen=True, kw_only=True)
class BulkAction:
    """Something that can be done to many members.

    `permission`: what whoever asks needs beside `members.bulk`. `reasons`: every `why` in words. `check(session, actor,
    parameters)` raises an AppError where the parameters mean nothing. `plan(session, actor, parameters, member_ids)`
    writes nothing. `perform(session, run, parameters, member_ids)` answers for each member; it runs in a transaction
    that is committed with the answers, or rolled back with them and run again. `undo(session, run, parameters, before)`
    puts back and answers for whom; None: what was done stays. `approval`: the kind of approval that large acts need:
    those whose plan says so, and those by which one person would reach more than `approval_members` within 24 hours.
    """

    key: str
    label: LocalName
    permission: str
    parameters: type[BaseModel]
    reasons: Mapping[str, LocalName]
    check: Callable[[Session, Actor, Any], Awaitable[None]]
    plan: Callable[[Session, Actor, Any, Sequence[int]], Awaitable[Plan]]
    perform: Callable[[Session, BulkRun, Any, Sequence[int]], Awaitable[Sequence[Outcome]]]
    undo: Callable[[Session, BulkRun, Any, Mapping[int, Mapping[str, Any]]], Awaitable[set[int]]] | None = None
    approval: ApprovalKind | None = None
    approval_members: int | None = None
