"""What a definition may say, as JSON Schema with labels in both languages: screens draw rules from it."""

from typing import Any, get_args

from .definition import Definition
from .kinds import AnyEffect, EffectKind, MultiplierKind, OutwardKind

KINDS: tuple[type[EffectKind], ...] = get_args(get_args(AnyEffect)[0])


def definition_schema() -> dict[str, Any]:
    """The JSON Schema of a definition. Beside what is usual, a field has `titles`, `choices` with labels, and a
    `control` that says how it is drawn (condition, currency, money in minor units, tiers, coupon, tag).
    """
    return Definition.model_json_schema(by_alias=True)


def kinds() -> list[dict[str, Any]]:
    """Every kind of effect: its name, its labels, what it gives (value, multiplier, outward), and its schema."""
    return [
        {
            "kind": kind.model_fields["kind"].default,
            "titles": {"zh": kind.LABEL.zh, "en": kind.LABEL.en},
            "gives": _gives(kind),
            "schema": kind.model_json_schema(),
        }
        for kind in KINDS
    ]


def _gives(kind: type[EffectKind]) -> str:
    if issubclass(kind, MultiplierKind):
        return "multiplier"
    return "outward" if issubclass(kind, OutwardKind) else "value"
