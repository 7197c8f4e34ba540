"""What is wrong with a scheme before it is published."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from .model import Level
from .parameters import KeepCriterion, Metric, Parameters

Fault = Literal[
    "no_levels",
    "too_many_levels",
    "level_twice",
    "first_not_zero",
    "not_ascending",
    "keep_above_reach",
    "keep_names_unknown_level",
    "keep_without_level",
    "deduct_needs_account",
    "deduct_needs_amounts",
    "deduct_above_threshold",
    "grace_needs_end",
    "grace_too_long",
    "custom_without_currency",
    "currency_without_custom",
]
MOST_LEVELS = 100
# What can be taken from an account: a deduction from anything else would have nothing to be taken from.
_DEDUCTIBLE: frozenset[Metric] = frozenset({"growth", "custom"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, and the level that has it where it is one."""

    fault: Fault
    level: str | None = None


def find_faults(parameters: Parameters, levels: Sequence[Level]) -> list[Finding]:
    """Everything that is wrong with a scheme; nothing: it can be published. `levels` by rank."""
    if not levels:
        return [Finding("no_levels")]
    return [
        *_of_levels(levels),
        *_of_keeping(parameters, levels),
        *_of_ends(parameters, levels),
        *_of_custom(parameters),
    ]


def _of_levels(levels: Sequence[Level]) -> Iterator[Finding]:
    if len(levels) > MOST_LEVELS:
        yield Finding("too_many_levels")
    codes = [level.code for level in levels]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield Finding("level_twice", code)
    if levels[0].threshold != 0:
        yield Finding("first_not_zero", levels[0].code)
    for below, level in pairwise(levels):
        if level.threshold <= below.threshold:
            yield Finding("not_ascending", level.code)
    for level in levels:
        if level.keep_threshold is not None and level.keep_threshold > level.threshold:
            yield Finding("keep_above_reach", level.code)


def _of_keeping(parameters: Parameters, levels: Sequence[Level]) -> Iterator[Finding]:
    codes = {level.code for level in levels}
    above = {level.code for level in levels[1:]}
    for criterion in parameters.keep.criteria if parameters.keep else ():
        named = criterion.thresholds
        if named is None:
            if criterion.metric not in (None, parameters.metric):
                yield Finding("keep_without_level")
            continue
        for code in sorted(named.keys() - codes):
            yield Finding("keep_names_unknown_level", code)
        for code in sorted(above - named.keys()):
            yield Finding("keep_without_level", code)


def _of_ends(parameters: Parameters, levels: Sequence[Level]) -> Iterator[Finding]:
    has_end = parameters.validity.kind != "forever"
    if parameters.grace_days and not has_end:
        yield Finding("grace_needs_end")
    if parameters.validity.kind == "days" and parameters.grace_days > parameters.validity.days:
        yield Finding("grace_too_long")
    if parameters.demote == "deduct":
        if parameters.metric not in _DEDUCTIBLE or parameters.window.kind != "lifetime" or not has_end:
            yield Finding("deduct_needs_account")
        for level in levels[1:]:
            if level.deduct == 0:
                yield Finding("deduct_needs_amounts", level.code)
            elif level.deduct > level.threshold:
                yield Finding("deduct_above_threshold", level.code)


def _of_custom(parameters: Parameters) -> Iterator[Finding]:
    criteria: tuple[KeepCriterion, ...] = parameters.keep.criteria if parameters.keep else ()
    is_custom = "custom" in {parameters.metric, *(criterion.metric for criterion in criteria)}
    if is_custom and parameters.custom_currency is None:
        yield Finding("custom_without_currency")
    if parameters.custom_currency is not None and not is_custom:
        yield Finding("currency_without_custom")
