"""What a condition of a scope looks like, as JSON Schema: for editors, and for programs that write conditions."""

from typing import Any

from .catalogue import Catalogue
from .model import Argument, Fact, FactType, Scope
from .operators import WANTS, operators
from .values import LONGEST, MOST_DAYS, MOST_RULES, MOST_VALUES

_TEXT = {"type": "string", "minLength": 1, "maxLength": LONGEST}
_VALUES: dict[FactType, dict[str, Any]] = {
    "text": _TEXT,
    "number": {"type": "integer"},
    "decimal": {"type": ["number", "string"]},
    "money": {"type": "integer", "description": "In minor units of the shop's currency."},
    "date": {"type": "string", "format": "date"},
    "boolean": {"type": "boolean"},
    "choices": _TEXT,
}


def schema_of(catalogue: Catalogue, scope: Scope) -> dict[str, Any]:
    """The JSON Schema of the conditions of a scope."""
    group = {
        "type": "object",
        "properties": {
            "combinator": {"enum": ["and", "or"], "default": "and"},
            "not": {"type": "boolean", "default": False},
            "rules": {
                "type": "array",
                "minItems": 1,
                "maxItems": MOST_RULES,
                "items": {"anyOf": [{"$ref": "#/$defs/rule"}, {"$ref": "#/$defs/group"}]},
            },
        },
        "required": ["rules"],
    }
    rules = [_rule(fact, wants) for fact in catalogue.within(scope) for wants in ("one", "two", "many", "days", "none")]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": "#/$defs/group",
        "$defs": {"group": group, "rule": {"anyOf": [rule for rule in rules if rule is not None]}},
    }


def _rule(fact: Fact, wants: str) -> dict[str, Any] | None:
    """Rules of a fact whose operators want the same kind of value."""
    allowed = [operator for operator in operators(fact) if WANTS[operator] == wants]
    if not allowed:
        return None
    properties: dict[str, Any] = {"field": {"const": fact.name, "title": fact.label.en}, "operator": {"enum": allowed}}
    required = ["field", "operator"]
    if wants != "none":
        properties["value"] = _value(fact, wants)
        required.append("value")
    if fact.arguments:
        properties["arguments"] = _arguments(fact.arguments)
        if any(argument.is_required for argument in fact.arguments):
            required.append("arguments")
    return {"type": "object", "properties": properties, "required": required}


def _value(fact: Fact, wants: str) -> dict[str, Any]:
    if wants == "days":
        return {"type": "integer", "minimum": 1, "maximum": MOST_DAYS}
    one = dict(_VALUES[fact.type])
    if fact.choices is not None:
        one = {"enum": [choice.value for choice in fact.choices]}
    if wants == "one":
        return one
    most = 2 if wants == "two" else MOST_VALUES
    return {"type": "array", "items": one, "minItems": 2 if wants == "two" else 1, "maxItems": most}


def _arguments(arguments: tuple[Argument, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            argument.name: dict(_TEXT)
            if argument.type == "text"
            else {"type": "integer", "minimum": argument.low, "maximum": argument.high}
            for argument in arguments
        },
        "required": [argument.name for argument in arguments if argument.is_required],
        "additionalProperties": False,
    }
