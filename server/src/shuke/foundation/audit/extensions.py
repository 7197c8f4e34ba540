"""What other modules tell the trail, so that its lines read like sentences and members can be looked up."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shuke.platform.actor import Sight
from shuke.platform.db import Session


@dataclass(frozen=True, kw_only=True)
class ActorNames:
    """What actors of a kind are called; those not known are left out."""

    kind: str
    names: Callable[[Session, Sequence[int]], Awaitable[Mapping[int, str]]]


@dataclass(frozen=True, kw_only=True)
class ObjectNames:
    """What objects of a kind are called, by the id in the trail, as the caller may see them."""

    kind: str
    names: Callable[[Session, Sequence[int], Sight], Awaitable[Mapping[int, str]]]


@dataclass(frozen=True, kw_only=True)
class MemberLookUp:
    """Who a reference means, if the caller sees them (None: nobody), and how a member's difference is opened."""

    find: Callable[[Session, str, Sight], Awaitable[int | None]]
    open_difference: Callable[[Session, int, bytes, bytes], Awaitable[Mapping[str, tuple[Any, Any]] | None]]
