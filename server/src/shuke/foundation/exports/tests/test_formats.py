"""Nothing that stands in a list may act when its file is opened."""

import csv
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from shuke.foundation.exports.rules import marks
from shuke.foundation.exports.rules.csv_file import CsvFile
from shuke.foundation.exports.rules.xlsx_file import XlsxFile
from shuke.foundation.exports.testing import INJECTIONS, is_dangerous
from shuke.foundation.exports.working.sealed_file import SealedWriter, read_sealed
from shuke.platform.crypto import SealBroken, new_data_keys


def test_there_are_200_different_injections_and_they_are_dangerous():
    assert len(set(INJECTIONS)) == len(INJECTIONS) >= 200
    assert sum(is_dangerous(text) for text in INJECTIONS) >= 150


def test_no_injection_survives_in_a_csv():
    file = CsvFile()
    body = file.open(["=heading", "b"]) + file.rows([[text, 7] for text in INJECTIONS]) + file.end("＝mark")

    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    assert len(rows) == len(INJECTIONS) + 2
    assert [cell for row in rows for cell in row if is_dangerous(cell)] == []
    # Each text stands in quotes, so no separator of another country cuts it open.
    assert body.decode("utf-8-sig").count('"') >= 2 * len(INJECTIONS)


def test_every_text_in_a_workbook_is_typed_as_text(tmp_path: Path):
    file = XlsxFile(title="=T", mark="=M", at=datetime(2026, 1, 1, tzinfo=UTC))
    body = file.open(["a", "b"]) + file.rows([[text, 7] for text in INJECTIONS]) + file.end("mark")
    path = tmp_path / "a.xlsx"
    path.write_bytes(body)

    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    shown = [row[0] for row in rows[1 : len(INJECTIONS) + 1]]
    assert all(isinstance(cell, str) for cell in shown)
    assert [str(cell).replace("\r\n", "\n").replace("\r", "\n") for cell in shown] == [
        text.replace("\x00", "\ufffd").replace("\r\n", "\n").replace("\r", "\n") for text in INJECTIONS
    ]
    assert rows[1][1] == 7
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        core = archive.read("docProps/core.xml").decode()
    assert "<f" not in sheet
    assert "=M" in core


def test_a_hidden_mark_is_found_and_changes_nothing_that_is_seen():
    heading = marks.marked("手机号", 4711)

    assert marks.find(heading) == 4711
    assert "".join(character for character in heading if character not in "\u200b\u200c\u200d") == "手机号"
    assert marks.find("手机号") is None


@pytest.mark.parametrize("size", [0, 1, 262_144, 262_145, 900_000])
def test_a_sealed_file_opens_whole_and_holds_nothing_in_clear(tmp_path: Path, size: int):
    (key,) = new_data_keys(1)
    content = b"canary-15400000001" * (size // 18 + 1)
    with SealedWriter(tmp_path / "x", key, "export:1") as target:
        target.write(content[:size])

    assert b"".join(read_sealed(tmp_path / "x", key, "export:1")) == content[:size]
    assert b"canary" not in (tmp_path / "x").read_bytes()
    with pytest.raises(SealBroken):
        list(read_sealed(tmp_path / "x", key, "export:2"))


def test_a_file_that_was_cut_off_does_not_open(tmp_path: Path):
    (key,) = new_data_keys(1)
    with SealedWriter(tmp_path / "x", key, "export:1") as target:
        target.write(b"x" * 600_000)
    whole = (tmp_path / "x").read_bytes()
    first = 4 + int.from_bytes(whole[:4], "big")
    (tmp_path / "x").write_bytes(whole[:first])

    with pytest.raises(SealBroken):
        list(read_sealed(tmp_path / "x", key, "export:1"))


def test_a_file_whose_making_failed_leaves_nothing(tmp_path: Path):
    (key,) = new_data_keys(1)
    with pytest.raises(RuntimeError), SealedWriter(tmp_path / "x", key, "export:1") as target:
        target.write(b"x" * 600_000)
        raise RuntimeError

    assert not (tmp_path / "x").exists()
