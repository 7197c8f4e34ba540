"""Builders of activities for tests: rules that reward them, and activities as callers send them."""

from datetime import UTC, datetime
from typing import Any

from shuke.loyalty import earning
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


async def a_rule(
    session: Session,
    activity: str,
    *effects: dict[str, Any],
    code: str | None = None,
    when: dict[str, Any] | None = None,
    **more: Any,
) -> None:
    """A rule that has always rewarded a kind of activity; without effects, with ten points."""
    given = effects or ({"kind": "fixed", "currency": "points", "points": 10},)
    await earning.publish_definition(
        session,
        code=code or activity.replace("_", "-"),
        name=LocalName(f"奖励 {activity}", f"Rewards {activity}"),
        definition={"activity": activity, "branches": [{"when": when, "effects": list(given)}], **more},
        effective_from=ALWAYS,
        actor=SYSTEM,
    )


def fixed(points: int, currency: str = "points") -> dict[str, Any]:
    """An effect that gives the same each time."""
    return {"kind": "fixed", "currency": currency, "points": points}


def asks(fact: str, operator: str, value: Any, **arguments: Any) -> dict[str, Any]:
    """A condition with one rule."""
    rule: dict[str, Any] = {"field": fact, "operator": operator, "value": value}
    if arguments:
        rule["arguments"] = arguments
    return {"combinator": "and", "rules": [rule]}


def an_activity(key: str = "1", **changes: Any) -> dict[str, Any]:
    """A check-in of the member with the first phone, as a caller sends it."""
    return {
        "source": "mini-program",
        "key": key,
        "kind": "check_in",
        "member": "phone:15400000001",
        "occurred_at": "2026-03-01T12:00:00+08:00",
        **changes,
    }
