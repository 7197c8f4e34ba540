"""What modules above add to members: sections of the member page, kinds of the timeline, the tiers' names and colours.

A module answers by listing one of these in its `Module.contributions`.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Table

from shuke.platform.db import Session
from shuke.platform.i18n import Language, LocalName

from .rules.timeline import TimelineItem, TimelineKind, TimelinePlace
from .rules.values import TierRef


@dataclass(frozen=True, kw_only=True)
class TimelineSource:
    """Gives items of one kind, newest first by (at, id): those strictly before `before`, at most `limit`.

    `load(session, member_id, before, limit, language)`. `permission`: what else a caller needs to see them.
    """

    kind: TimelineKind
    load: Callable[[Session, int, TimelinePlace | None, int, Language], Awaitable[Sequence[TimelineItem]]]
    permission: str | None = None


@dataclass(frozen=True, kw_only=True)
class MemberSection:
    """Gives one part of the member page: `load(session, member_id, language)` answers a `shape`, or None for no part.

    The shape is what OpenAPI says of the part. `permission`: what else a caller needs to see it.
    """

    key: str
    shape: type[BaseModel]
    load: Callable[[Session, int, Language], Awaitable[BaseModel | None]]
    permission: str | None = None


@dataclass(frozen=True, kw_only=True)
class TierLabels:
    """Gives every tier level by code, so that lists can show its name and colour."""

    load: Callable[[Session], Awaitable[Mapping[str, TierRef]]]


@dataclass(frozen=True, kw_only=True)
class Merging:
    """Two members who become one: the absorbed one's records stay, and are the survivor's from now on."""

    merge_id: int
    absorbed_id: int
    survivor_id: int
    at: datetime
    actor: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class MergeLine:
    """One thing that a merge would do, for whoever decides."""

    label: LocalName
    absorbed: str
    survivor: str
    after: str


@dataclass(frozen=True, kw_only=True)
class MergePart:
    """A module's part in merging two members, and in undoing it, inside the transaction that does it.

    `merge` and `undo` raise an AppError where it cannot be; then nothing is done. `preview` writes nothing.
    """

    key: str
    preview: Callable[[Session, int, int, Language], Awaitable[Sequence[MergeLine]]]
    merge: Callable[[Session, Merging], Awaitable[None]]
    undo: Callable[[Session, Merging], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """What a module holds about members: how they receive a copy of it, and what becomes of it when they are erased.

    `export(session, member_ids)` yields one flat row after the other, of everybody who is that member; values are as
    JSON knows them. `erase` deletes or empties what may go, in the transaction of the erasure, and answers how many
    rows that were; None: nothing goes. `kept` says what stays, and why; None: nothing stays.
    """

    key: str
    label: LocalName
    export: Callable[[Session, Sequence[int]], AsyncIterator[Mapping[str, Any]]]
    erase: Callable[[Session, Sequence[int]], Awaitable[int]] | None = None
    kept: LocalName | None = None


@dataclass(frozen=True, kw_only=True)
class WorkedOut:
    """A table whose rows are worked out from what members hold: they go with a member who is removed.

    `columns` are those that name a member. Whatever another table says of a member keeps that member here.
    """

    table: Table
    columns: tuple[str, ...] = ("member_id",)
