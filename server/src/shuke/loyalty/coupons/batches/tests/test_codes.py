"""Codes made in bulk are as good as those made one by one; typing errors show; pictures say the code."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuke.loyalty.coupons import codes
from shuke.loyalty.coupons.batches import drawing
from shuke.platform import ids


def test_codes_in_bulk_are_well_formed_and_all_different():
    made = codes.new_codes(20_000, "VN26")
    assert len(made) == len(set(made)) == 20_000
    assert all(ids.is_code(code, "VN26", 15) for code in made)
    assert not any(codes.is_mistyped(code) for code in made)
    # Every character at every place, about as often as every other: 20,000 / 30 with four standard deviations.
    for place in range(4, 19):
        counts = [sum(code[place] == character for code in made) for character in ids.ALPHABET]
        assert min(counts) > 565, place
        assert max(counts) < 770, place


def test_codes_are_made_anew_where_chance_repeats_one(monkeypatch):
    rounds = iter([["A", "A", "B"], ["B"], ["C"]])
    monkeypatch.setattr(ids, "new_codes", lambda prefix, length, count: next(rounds))
    assert codes.new_codes(3) == ["A", "B", "C"]


@given(st.integers(0, 15), st.sampled_from(ids.ALPHABET))
def test_one_wrong_character_is_noticed(place: int, other: str):
    code = codes.new_code()
    wrong = code[:place] + other + code[place + 1 :]
    assert codes.is_mistyped(wrong) is (wrong != code)


def test_codes_are_read_as_people_type_them():
    assert codes.normal(" abcd-efgh jkmn\u3000p234 ") == "ABCDEFGHJKMNP234"


def test_codes_of_others_are_not_called_mistyped():
    assert not codes.is_mistyped("SUMMER2026")
    assert not codes.is_mistyped("0123456789012345")


@pytest.mark.parametrize("draw", [drawing.qr_svg, drawing.bar_svg])
def test_pictures_are_lines_and_nothing_else(draw):
    drawn = draw("ABCDEFGHJKMNP234")
    assert drawn.startswith("<svg")
    assert set(re.findall(r"<(\w+)", drawn)) <= {"svg", "path", "text"}
    assert "href" not in drawn
    assert "style" not in drawn


def test_a_bar_code_has_every_module():
    # Start, A, B, C, D, the sum (35 + 2 * 34 … by hand: 104 + 33 + 68 + 105 + 144 = 454, 454 % 103 = 42), stop.
    bars = "1101001000010100011000100010110001000100011010110001000101101110001100011101011"
    drawn = drawing.bar_svg("ABCD")
    spans = [(int(x), int(width)) for x, width in re.findall(r"M(\d+) 8h(\d+)v80", drawn)]
    painted = "".join(
        "1" if any(x <= place * 2 < x + width for x, width in spans) else "0" for place in range(10, 10 + len(bars))
    )
    assert painted == bars
    assert ">ABCD<" in drawn
