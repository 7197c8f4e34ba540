"""Which operators each type of fact has, and what kind of value each operator wants."""

from typing import Literal

from shuke.platform.i18n import LocalName

from .model import Fact, FactType

# none: no value; one: a value; two: a pair, from and to; many: a list; days: how many days.
Wants = Literal["none", "one", "two", "many", "days"]

WANTS: dict[str, Wants] = {
    "=": "one",
    "!=": "one",
    "<": "one",
    "<=": "one",
    ">": "one",
    ">=": "one",
    "between": "two",
    "notBetween": "two",
    "in": "many",
    "notIn": "many",
    "contains": "one",
    "doesNotContain": "one",
    "beginsWith": "one",
    "endsWith": "one",
    "inLast": "days",
    "beforeLast": "days",
    "inNext": "days",
    "null": "none",
    "notNull": "none",
}

RELATIVE = ("inLast", "beforeLast", "inNext")
_SAME = ("=", "!=")
_ORDER = ("<", "<=", ">", ">=", "between", "notBetween")
_LIST = ("in", "notIn")
_EMPTY = ("null", "notNull")

_BY_TYPE: dict[FactType, tuple[str, ...]] = {
    "text": (*_SAME, *_LIST, "contains", "doesNotContain", "beginsWith", "endsWith"),
    "number": (*_SAME, *_ORDER, *_LIST),
    "decimal": (*_SAME, *_ORDER, *_LIST),
    "money": (*_SAME, *_ORDER, *_LIST),
    "date": (*_SAME, *_ORDER, *RELATIVE),
    "boolean": _SAME,
    "choices": ("contains", "doesNotContain", *_LIST),
}
_CHOSEN = (*_SAME, *_LIST)

WORDS: dict[str, LocalName] = {
    "=": LocalName("等于", "is"),
    "!=": LocalName("不等于", "is not"),
    "<": LocalName("小于", "is less than"),
    "<=": LocalName("不超过", "is at most"),
    ">": LocalName("大于", "is more than"),
    ">=": LocalName("不少于", "is at least"),
    "between": LocalName("介于", "is between"),
    "notBetween": LocalName("不介于", "is not between"),
    "in": LocalName("是其中之一", "is one of"),
    "notIn": LocalName("不是其中任何一个", "is none of"),
    "contains": LocalName("包含", "contains"),
    "doesNotContain": LocalName("不包含", "does not contain"),
    "beginsWith": LocalName("开头是", "begins with"),
    "endsWith": LocalName("结尾是", "ends with"),
    "inLast": LocalName("在最近几天内", "is in the last days"),
    "beforeLast": LocalName("早于最近几天", "is before the last days"),
    "inNext": LocalName("在未来几天内", "is in the next days"),
    "null": LocalName("为空", "is empty"),
    "notNull": LocalName("不为空", "is not empty"),
}
# Days are earlier and later; several values at once contain one another.
BY_TYPE: dict[tuple[FactType, str], LocalName] = {
    ("date", "<"): LocalName("早于", "is before"),
    ("date", "<="): LocalName("不晚于", "is on or before"),
    ("date", ">"): LocalName("晚于", "is after"),
    ("date", ">="): LocalName("不早于", "is on or after"),
    ("choices", "in"): LocalName("包含其中之一", "contains one of"),
    ("choices", "notIn"): LocalName("都不包含", "contains none of"),
}


def operators(fact: Fact) -> tuple[str, ...]:
    """The operators that a fact may be compared with."""
    is_chosen = fact.type == "text" and fact.choices is not None
    return (*(_CHOSEN if is_chosen else _BY_TYPE[fact.type]), *(_EMPTY if fact.is_optional else ()))


def word(fact: Fact, operator: str) -> LocalName:
    """What an operator is called with this fact."""
    return BY_TYPE.get((fact.type, operator), WORDS[operator])
