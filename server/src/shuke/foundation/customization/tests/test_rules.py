"""What fits a field, and patterns that no text can make run for ever."""

import re
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuke.foundation.customization.errors import BadDefinition, BadValue
from shuke.foundation.customization.rules import patterns
from shuke.foundation.customization.rules.definitions import checked
from shuke.foundation.customization.rules.fields import Choice, Field, Kind, Limits
from shuke.foundation.customization.rules.indexes import expression
from shuke.foundation.customization.rules.values import ValueWrong, as_number, plain_number, read, read_all
from shuke.platform.i18n import LocalName

WORDS = LocalName("字段", "Field")


def a_field(kind: Kind, key: str = "it", **values: object) -> Field:
    choices = tuple(Choice(code=code, name=WORDS) for code in ("a", "b"))
    return Field(id=1, key=key, kind=kind, label=WORDS, **{"choices": choices, **values})  # type: ignore[arg-type]  # a builder


places = st.sampled_from(["a", "[a-c]", "[^a]", ".", r"\d", r"\.", "中"])
times = st.sampled_from(["", "*", "+", "?", "{2}", "{1,3}", "{0,2}", "{2,}"])
written = st.lists(st.tuples(places, times).map("".join), min_size=1, max_size=5).map("".join)


@given(written, st.text("abc1.中", max_size=8))
def test_a_pattern_means_what_it_means_everywhere(pattern: str, value: str) -> None:
    assert patterns.matches(pattern, value) == (re.fullmatch(pattern, value, re.ASCII | re.DOTALL) is not None)


@pytest.mark.parametrize(
    "wrong", ["", "(a+)+", "a|b", "^a", "a$", "[", "[]", "a{3", "a{3,1}", "a{999}", "*", "a**", "\\"]
)
def test_what_could_run_for_ever_or_means_nothing_is_no_pattern(wrong: str) -> None:
    with pytest.raises(patterns.PatternWrong):
        patterns.check(wrong)


def test_no_text_makes_a_pattern_slow() -> None:
    pattern = ".{0,200}" * 12
    started = time.process_time()

    assert not patterns.matches(pattern + "b", "a" * 5_000)

    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    ("kind", "sent", "kept"),
    [
        ("text", " 张 ", "张"),
        ("text", "", None),
        ("number", 1.5, "1.5"),
        ("number", "0100.10", "100.1"),
        ("money", 1999, 1999),
        ("date", "2026-02-28", "2026-02-28"),
        ("boolean", False, False),
        ("choice", "a", "a"),
        ("choices", ["b", "a", "b"], ["a", "b"]),
        ("choices", [], None),
        ("url", "https://example.com/x", "https://example.com/x"),
    ],
)
def test_a_value_is_kept_in_one_form(kind: Kind, sent: object, kept: object) -> None:
    assert read(a_field(kind), sent) == kept


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        ("text", 1),
        ("text", "x" * 201),
        ("text", "a\nb"),
        ("number", True),
        ("number", "1e400"),
        ("number", "NaN"),
        ("money", 1.5),
        ("date", "2026-02-30"),
        ("date", "20260228"),
        ("boolean", "true"),
        ("choice", "c"),
        ("choice", ["a"]),
        ("choices", "a"),
        ("choices", ["c"]),
        ("url", "javascript:alert(1)"),
        ("url", "https://[x"),
    ],
)
def test_what_does_not_fit_is_refused(kind: Kind, sent: object) -> None:
    with pytest.raises(ValueWrong):
        read(a_field(kind), sent)


@given(st.decimals(-(10**15), 10**15, places=6))
def test_a_number_comes_back_as_it_was(number: Decimal) -> None:
    text = plain_number(number)

    assert Decimal(text) == number
    assert as_number(text) == number
    assert plain_number(Decimal(text)) == text


def test_limits_hold() -> None:
    aged = a_field("number", limits=Limits(low="18", high="120"))
    coded = a_field("text", limits=Limits(shortest=4, longest=6, pattern=r"[A-Z]{2}\d+"))

    assert read(aged, 18) == "18"
    assert read(coded, "AB12") == "AB12"
    for field, wrong in ((aged, 17), (aged, 121), (coded, "AB1"), (coded, "AB12345"), (coded, "ABCD")):
        with pytest.raises(ValueWrong):
            read(field, wrong)


def test_values_change_one_by_one_and_every_wrong_one_is_named() -> None:
    fields = [a_field("text", "a", is_required=True), a_field("number", "b"), a_field("boolean", "c", default=True)]

    new = read_all(fields, {}, {"a": "x"}, is_new=True)
    changed = read_all(fields, new, {"b": 2}, is_new=False)
    emptied = read_all(fields, changed, {"b": None}, is_new=False)
    with pytest.raises(BadValue) as refused:
        read_all(fields, changed, {"a": "", "b": "x", "no~/t": 1}, is_new=False)

    assert new == {"a": "x", "c": True}
    assert changed == new | {"b": "2"}
    assert emptied == new
    assert sorted(error.pointer for error in refused.value.fields) == ["/custom/a", "/custom/b", "/custom/no~0~1t"]


@pytest.mark.parametrize(
    ("field", "is_filterable"),
    [
        (a_field("text", is_personal=True), True),
        (a_field("long_text"), True),
        (a_field("choice", choices=()), False),
        (a_field("choice", choices=(Choice(code="a", name=WORDS),) * 2), False),
        (a_field("text", limits=Limits(longest=201)), False),
        (a_field("text", limits=Limits(shortest=9, longest=8)), False),
        (a_field("text", limits=Limits(pattern="(a+)+")), False),
        (a_field("number", limits=Limits(low="2", high="1")), False),
        (a_field("date", limits=Limits(low="yesterday")), False),
        (a_field("choice", default="c"), False),
    ],
)
def test_settings_that_contradict_each_other_are_refused(field: Field, is_filterable: bool) -> None:
    with pytest.raises(BadDefinition):
        checked(field, is_filterable=is_filterable)


def test_a_key_can_be_nothing_but_a_key() -> None:
    with pytest.raises(ValueError, match="x'"):
        expression(a_field("text", "x' or true --"))
