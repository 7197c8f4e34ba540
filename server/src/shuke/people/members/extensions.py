"""What modules above add to members: sections of the member page, kinds of the timeline, the tiers' names and colours.

A module answers by listing one of these in its `Module.contributions`.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from shuke.platform.db import Session
from shuke.platform.i18n import Language

from .rules.timeline import TimelineItem, TimelineKind, TimelinePlace
from .rules.values import TierRef


@dataclass(frozen=True, kw_only=True)
class TimelineSource:
    """Gives items of one kind, newest first by (at, id): those strictly before `before`, at most `limit`.

    `load(session, member_id, before, limit, language)`.
    """

    kind: TimelineKind
    load: Callable[[Session, int, TimelinePlace | None, int, Language], Awaitable[Sequence[TimelineItem]]]


@dataclass(frozen=True, kw_only=True)
class MemberSection:
    """Gives one part of the member page: `load(session, member_id, language)` answers a `shape`, or None for no part.

    The shape is what OpenAPI says of the part.
    """

    key: str
    shape: type[BaseModel]
    load: Callable[[Session, int, Language], Awaitable[BaseModel | None]]


@dataclass(frozen=True, kw_only=True)
class TierLabels:
    """Gives every tier level by code, so that lists can show its name and colour."""

    load: Callable[[Session], Awaitable[Mapping[str, TierRef]]]
