"""A condition in plain language. Pure."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from shuke.platform.i18n import Language, LocalName
from shuke.platform.money import format_money

from .model import Condition, Fact, Group, Rule

_SENTENCES: dict[str, LocalName] = {
    "=": LocalName("{fact}是{value}", "{fact} is {value}"),
    "!=": LocalName("{fact}不是{value}", "{fact} is not {value}"),
    "<": LocalName("{fact}小于{value}", "{fact} is less than {value}"),
    "<=": LocalName("{fact}不超过{value}", "{fact} is at most {value}"),
    ">": LocalName("{fact}大于{value}", "{fact} is more than {value}"),
    ">=": LocalName("{fact}不少于{value}", "{fact} is at least {value}"),
    "between": LocalName("{fact}在{low}到{high}之间", "{fact} is between {low} and {high}"),
    "notBetween": LocalName("{fact}不在{low}到{high}之间", "{fact} is not between {low} and {high}"),
    "in": LocalName("{fact}是{value}之一", "{fact} is one of {value}"),
    "notIn": LocalName("{fact}不是{value}中的任何一个", "{fact} is none of {value}"),
    "contains": LocalName("{fact}包含{value}", "{fact} contains {value}"),
    "doesNotContain": LocalName("{fact}不包含{value}", "{fact} does not contain {value}"),
    "beginsWith": LocalName("{fact}以{value}开头", "{fact} begins with {value}"),
    "endsWith": LocalName("{fact}以{value}结尾", "{fact} ends with {value}"),
    "inLast": LocalName("{fact}在最近 {value} 天内", "{fact} is in the last {value} days"),
    "beforeLast": LocalName("{fact}在 {value} 天以前", "{fact} is {value} or more days ago"),
    "inNext": LocalName("{fact}在未来 {value} 天内", "{fact} is in the next {value} days"),
    "null": LocalName("{fact}为空", "{fact} is empty"),
    "notNull": LocalName("{fact}不为空", "{fact} is not empty"),
}
_OF_DAYS: dict[str, LocalName] = {
    "<": LocalName("{fact}早于{value}", "{fact} is before {value}"),
    "<=": LocalName("{fact}不晚于{value}", "{fact} is on or before {value}"),
    ">": LocalName("{fact}晚于{value}", "{fact} is after {value}"),
    ">=": LocalName("{fact}不早于{value}", "{fact} is on or after {value}"),
}
_OF_SEVERAL: dict[str, LocalName] = {
    "in": LocalName("{fact}包含{value}之一", "{fact} contains one of {value}"),
    "notIn": LocalName("{fact}不包含{value}中的任何一个", "{fact} contains none of {value}"),
}
_OF_YES_OR_NO: dict[str, LocalName] = {
    "=": LocalName("{fact}：{value}", "{fact}: {value}"),
    "!=": LocalName("{fact}：不是{value}", "{fact}: not {value}"),
}
_BY_TYPE: dict[str, dict[str, LocalName]] = {"date": _OF_DAYS, "choices": _OF_SEVERAL, "boolean": _OF_YES_OR_NO}
_YES, _NO = LocalName("是", "yes"), LocalName("否", "no")
_NAMED = 10


def in_words(condition: Condition, language: Language, *, money: str | None = None) -> str:
    """A condition as a sentence without its end. `money`: the currency of amounts; None: amounts without one."""
    return _Teller(language, money).group(condition.root)


class _Teller:
    def __init__(self, language: Language, money: str | None) -> None:
        self.language: Language = language
        self.money = money
        self.is_chinese = language == "zh"

    def group(self, group: Group) -> str:
        told = [self._part(part, is_alone=len(group.parts) == 1) for part in group.parts]
        if self.is_chinese:
            words = ("，并且" if group.is_all else "，或者").join(told)
            return f"不满足（{words}）" if group.is_negated else words
        words = (" and " if group.is_all else " or ").join(told)
        return f"not ({words})" if group.is_negated else words

    def _part(self, part: Rule | Group, *, is_alone: bool) -> str:
        if isinstance(part, Rule):
            return self._rule(part)
        words = self.group(part)
        if is_alone or part.is_negated or len(part.parts) == 1:
            return words
        return f"（{words}）" if self.is_chinese else f"({words})"

    def _rule(self, rule: Rule) -> str:
        by_type = _BY_TYPE.get(rule.fact.type, {})
        sentence = by_type.get(rule.operator, _SENTENCES[rule.operator]).pick(self.language)
        fact = self._fact(rule)
        if rule.operator in ("between", "notBetween"):
            low, high = rule.value
            return self._spaced(
                sentence.format(fact=fact, low=self._value(rule.fact, low), high=self._value(rule.fact, high))
            )
        if rule.operator in ("inLast", "beforeLast", "inNext"):
            return self._spaced(sentence.format(fact=fact, value=rule.value))
        if isinstance(rule.value, tuple):
            return self._spaced(sentence.format(fact=fact, value=self._values(rule.fact, rule.value)))
        value = "" if rule.value is None else self._value(rule.fact, rule.value)
        return self._spaced(sentence.format(fact=fact, value=value))

    def _fact(self, rule: Rule) -> str:
        label = rule.fact.label.pick(self.language)
        label = label if self.is_chinese else label[0].lower() + label[1:]
        given = dict(rule.key[1])
        told = [
            argument.phrase.pick(self.language).format(value=given[argument.name])
            for argument in rule.fact.arguments
            if argument.name in given
        ]
        if not told:
            return label
        return f"{label}（{'，'.join(told)}）" if self.is_chinese else f"{label} ({', '.join(told)})"

    def _values(self, fact: Fact, values: tuple[Any, ...]) -> str:
        told = [self._value(fact, value) for value in values[:_NAMED]]
        if len(values) > _NAMED:
            rest = len(values) - _NAMED
            told.append(f"另外 {rest} 个" if self.is_chinese else f"{rest} more")
        return ("、" if self.is_chinese else ", ").join(told)

    def _value(self, fact: Fact, value: Any) -> str:
        for choice in fact.choices or ():
            if choice.value == value and type(choice.value) is type(value):
                return choice.label.pick(self.language)
        if isinstance(value, bool):
            return (_YES if value else _NO).pick(self.language)
        if isinstance(value, str):
            return f"“{value}”"
        if isinstance(value, date):
            return value.isoformat()
        if fact.type == "money":
            return format_money(value, self.money) if self.money else f"{Decimal(value).scaleb(-2):,}"
        unit = "" if fact.unit is None else f" {fact.unit.pick(self.language)}"
        return f"{value:,}{unit}"

    def _spaced(self, sentence: str) -> str:
        """Chinese is written with a space between its characters and Latin ones."""
        if not self.is_chinese:
            return sentence
        spaced = [sentence[0]]
        for before, after in pairwise(sentence):
            if _is_han(before) != _is_han(after) and _is_word(before) and _is_word(after):
                spaced.append(" ")
            spaced.append(after)
        return "".join(spaced)


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _is_word(character: str) -> bool:
    return character.isalnum() or character in "¥$€£%"
