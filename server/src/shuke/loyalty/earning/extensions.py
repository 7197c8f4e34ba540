"""What other modules add to earning: those who carry out what a rule does beside giving value."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shuke.platform.db import Session
from shuke.platform.errors import FieldError


@dataclass(frozen=True, kw_only=True)
class GivenEffect:
    """An effect that a member has earned. `origin_kind` and `origin_id` name the order or activity; together with the
    rule version and `place` (which effect of the rule it is) they are its natural key: who carries it out twice does
    it once.
    """

    kind: str
    parameters: Mapping[str, Any]
    member_id: int
    rule_version_id: int
    rule_code: str
    origin_kind: str
    origin_id: int
    place: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class StillEarned:
    """What an order or activity of a member still earns beside value, after a refund or when it was cancelled."""

    member_id: int
    origin_kind: str
    origin_id: int
    at: datetime
    actor: str
    effects: tuple[GivenEffect, ...]


@dataclass(frozen=True, kw_only=True)
class EffectHandler:
    """Carries out one kind of effect, in the transaction of what earned it.

    `check(session, parameters)` answers what is wrong with an effect of a rule that is to be published, by pointers
    into the effect. `apply(session, effects)` does it for all at once; it bears being called twice.
    `withdraw(session, still_earned)` takes back what these origins gave and no longer earn, as far as that can be.
    """

    kind: str
    check: Callable[[Session, Mapping[str, Any]], Awaitable[Sequence[FieldError]]]
    apply: Callable[[Session, Sequence[GivenEffect]], Awaitable[None]]
    withdraw: Callable[[Session, Sequence[StillEarned]], Awaitable[None]] | None = None
