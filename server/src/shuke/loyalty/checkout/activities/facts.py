"""What earning rules may ask about an activity: where it came from, the role in a referral, what came with it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from shuke.platform.conditions import Argument, Choice, Fact, FactKey, FactSource, FactType, Scope
from shuke.platform.i18n import LocalName

from .model import Happened

_GROUP = LocalName("行为", "Activity")
_SCOPES: frozenset[Scope] = frozenset(("earning", "lines"))
_FIELD = Argument(
    name="field", type="text", label=LocalName("附带内容的字段", "Field"), phrase=LocalName("{value}", "{value}")
)
_PREFIX = "activity."


def _of_payload(name: str, kind: FactType, label: LocalName) -> Fact:
    return Fact(name=f"{_PREFIX}{name}", type=kind, label=label, group=_GROUP, scopes=_SCOPES, arguments=(_FIELD,))


FACTS = FactSource(
    facts=(
        Fact(
            name="activity.role",
            type="text",
            label=LocalName("推荐中的角色", "Role in a referral"),
            group=_GROUP,
            scopes=_SCOPES,
            choices=(
                Choice(value="inviter", label=LocalName("邀请人", "Inviter")),
                Choice(value="invited", label=LocalName("受邀人", "Invited")),
            ),
        ),
        Fact(
            name="activity.source",
            type="text",
            label=LocalName("行为来源", "Source of the activity"),
            group=_GROUP,
            scopes=_SCOPES,
        ),
        _of_payload("text", "text", LocalName("附带的文字", "Text that came with it")),
        _of_payload("number", "decimal", LocalName("附带的数字", "Number that came with it")),
        _of_payload("flag", "boolean", LocalName("附带的是否", "Yes or no that came with it")),
    )
)


def values(happened: Happened, needs: Iterable[FactKey]) -> dict[FactKey, Any]:
    """The facts of an activity that rules ask about."""
    return {key: _value(happened, key) for key in needs if key[0].startswith(_PREFIX)}


def _value(happened: Happened, key: FactKey) -> Any:
    name, arguments = key
    if name == "activity.role":
        return happened.role
    if name == "activity.source":
        return happened.source
    given = happened.payload.get(dict(arguments).get("field", ""))
    if name == "activity.flag":
        return given if isinstance(given, bool) else None
    if name == "activity.text":
        return given if isinstance(given, str) else None
    return Decimal(str(given)) if isinstance(given, int | float) and not isinstance(given, bool) else None
