"""CSV for spreadsheets: nothing in a cell can act."""

import csv
import io

import pytest

from shuke.platform.spreadsheets import csv_rows, harmless


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_what_a_spreadsheet_would_compute_is_text(start):
    assert harmless(f'{start}HYPERLINK("x")') == f'\'{start}HYPERLINK("x")'


@pytest.mark.parametrize("plain", ["", "-5", "+1.5", "Order 5", "a=b", "生日礼品", "−50 points"])
def test_numbers_and_plain_words_stay_as_they_are(plain):
    assert harmless(plain) == plain


def test_rows_read_back_as_they_were_with_quotes_lines_and_empty_cells():
    rows: list[list[object]] = [["why", "change"], ['he said "no",\nthen yes', -50], [None, 0], ["=1+1", 2**70]]

    read = list(csv.reader(io.StringIO(csv_rows(rows).decode(), newline="")))

    assert read == [["why", "change"], ['he said "no",\nthen yes', "-50"], ["", "0"], ["'=1+1", str(2**70)]]


@pytest.mark.parametrize("cut", [";", "\t", "|", "\n", "; ", ';"'])
def test_a_separator_of_another_country_makes_no_formula_of_what_stands_behind_it(cut):
    assert harmless(f"x{cut}=2+2{cut}y") == f"x{cut}'=2+2{cut}y"
    assert harmless("left; right | 3 - 2") == "left; right | 3 - 2"
