"""Bad files and bad rows: the good is imported, the bad handed back with reasons; what is no table changes nothing."""

import gzip
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import text

from shuke.loyalty import checkout
from shuke.loyalty.checkout.importing import WrongColumns, read_mapping, rejects_csv
from shuke.loyalty.checkout.testing import HEADER, a_london_shop, history_file, imported, online_retail, set_shop_clock
from shuke.platform.db import Database
from shuke.platform.errors import AppError

pytestmark = pytest.mark.anyio
CHRISTMAS = datetime(2011, 12, 24, 12, tzinfo=UTC)


def good(number: int, *, customer: str = "12346") -> list[str]:
    return [f"6{number:05d}", "85123A", "HEART", "2", "2011-03-01 10:00:00", "5.00", customer, "Germany"]


# Every kind of broken row, with the reason it comes back with.
BROKEN: list[tuple[str, list[str]]] = [
    ("row.missing", ["", "85123A", "X", "1", "2011-03-01 10:00:00", "1.00", "1", "Germany"]),
    ("row.missing", ["700001", " ", "X", "1", "2011-03-01 10:00:00", "1.00", "1", "Germany"]),
    ("row.missing", ["700002", "85123A", "X", "", "2011-03-01 10:00:00", "1.00", "1", "Germany"]),
    ("row.missing", ["700003", "85123A", "X", "1", "", "1.00", "1", "Germany"]),
    ("row.missing", ["700004", "85123A", "X", "1", "2011-03-01 10:00:00", "", "1", "Germany"]),
    ("row.not_a_number", ["700005", "85123A", "X", "two", "2011-03-01 10:00:00", "1.00", "1", "Germany"]),
    ("row.not_a_number", ["700006", "85123A", "X", "1", "2011-03-01 10:00:00", "£1.00", "1", "Germany"]),
    ("row.not_a_number", ["700007", "85123A", "X", "NaN", "2011-03-01 10:00:00", "1.00", "1", "Germany"]),
    ("row.not_a_number", ["700008", "85123A", "X", "1", "2011-03-01 10:00:00", "Infinity", "1", "Germany"]),
    ("row.number_range", ["700009", "85123A", "X", "1e20", "2011-03-01 10:00:00", "1.00", "1", "Germany"]),
    ("row.number_range", ["700010", "85123A", "X", "1", "2011-03-01 10:00:00", "1.000001", "1", "Germany"]),
    ("row.number_range", ["700011", "85123A", "X", "0.0001", "2011-03-01 10:00:00", "1.00", "1", "Germany"]),
    ("row.number_range", ["700012", "85123A", "X", "1", "2011-03-01 10:00:00", "-99999999999", "1", "Germany"]),
    ("row.quantity_zero", ["700013", "85123A", "X", "0", "2011-03-01 10:00:00", "1.00", "1", "Germany"]),
    ("row.not_a_date", ["700014", "85123A", "X", "1", "yesterday", "1.00", "1", "Germany"]),
    ("row.not_a_date", ["700015", "85123A", "X", "1", "2011-02-30 10:00:00", "1.00", "1", "Germany"]),
    ("row.not_a_date", ["700016", "85123A", "X", "1", "2011-13-01", "1.00", "1", "Germany"]),
    ("row.date_range", ["700017", "85123A", "X", "1", "2012-03-01 10:00:00", "1.00", "1", "Germany"]),
    ("row.date_range", ["700018", "85123A", "X", "1", "1911-03-01 10:00:00", "1.00", "1", "Germany"]),
    ("row.date_range", ["700019", "85123A", "X", "1", "0001-01-01 00:00:00", "1.00", "1", "Germany"]),
    ("row.too_long", ["7" * 65, "85123A", "X", "1", "2011-03-01 10:00:00", "1.00", "1", "Germany"]),
    ("row.too_long", ["700020", "8" * 65, "X", "1", "2011-03-01 10:00:00", "1.00", "1", "Germany"]),
    ("row.too_long", ["700021", "85123A", "X" * 201, "1", "2011-03-01 10:00:00", "1.00", "1", "Germany"]),
    ("row.too_long", ["700022", "85123A", "X", "1", "2011-03-01 10:00:00", "1.00", "1" * 65, "Germany"]),
    ("row.too_long", ["700023", "85123A", "X", "1", "2011-03-01 10:00:00", "1.00", "1", "G" * 101]),
    ("row.bad_characters", ["70\x0024", "85123A", "X", "1", "2011-03-01 10:00:00", "1.00", "1", "Germany"]),
    ("row.bad_characters", ["700025", "85\x07123A", "X", "1", "2011-03-01 10:00:00", "1.00", "1", "Germany"]),
    ("row.bad_characters", ["700026", "85123A", "X\x1b[2J", "1", "2011-03-01 10:00:00", "1.00", "1", "Germany"]),
    ("row.bad_characters", ["700027", "85123A", "X", "1", "2011-03-01 10:00:00", "1.00", "1\u202e2", "Germany"]),
    ("row.refund_positive", ["C700028", "85123A", "X", "1", "2011-03-01 10:00:00", "1.00", "1", "Germany"]),
    ("row.columns", ["700029", "85123A", "X", "1", "2011-03-01 10:00:00", "1.00", "1"]),
    ("row.columns", ["700030", "85123A", "X", "1", "2011-03-01 10:00:00", "1.00", "1", "Germany", "more"]),
    ("row.columns", ["700031"]),
    # The same number for two members, and for a member and a guest: the second cannot have it.
    ("order.number_taken", ["600001", "85123A", "X", "1", "2011-03-01 10:00:00", "1.00", "99999", "Germany"]),
    ("order.number_taken", ["600002", "85123A", "X", "1", "2011-03-01 10:00:00", "1.00", "", "Germany"]),
    ("row.not_a_number", ["700032", "=1+1", "X", "=2+3", "2011-03-01 10:00:00", "1.00", "1", "Germany"]),
    ("row.not_a_number", ["700033", "85123A", "X", "1", "2011-03-01 10:00:00", "1.0.0", "1", "Germany"]),
]


async def counts(database: Database) -> dict[str, int]:
    tables = ("member", "sales_order", "sales_order_line", "ledger_entry", "product", "store", "event", "import_line")
    async with database.transaction() as session:
        return {table: (await session.execute(text("select count(*) from " + table))).scalar_one() for table in tables}


async def test_37_broken_rows_among_10_000_come_back_with_reasons_and_the_rest_is_imported(
    database: Database, tmp_path: Path
) -> None:
    assert len(BROKEN) == 37
    set_shop_clock(CHRISTMAS)
    async with database.transaction() as session:
        await a_london_shop(session)
    rows = [good(number, customer=str(12_000 + number % 500)) for number in range(1, 10_000 - 36)]
    # Spread over the file, behind the rows whose numbers some of them take again.
    for place, (_, row) in enumerate(BROKEN):
        rows.insert(400 + place * 250, row)

    run = await imported(database, history_file(tmp_path / "orders.csv", rows))

    async with database.transaction() as session:
        rejects = await checkout.list_rejects(session, run.import_id)
    assert (run.state, run.report["lines_read"], run.report["lines_imported"]) == ("done", 10_000, 9_963)
    assert run.report["lines_rejected"] == 37
    assert Counter(reject["code"] for reject in rejects) == Counter(code for code, _ in BROKEN)
    assert (await counts(database))["sales_order"] == 9_963
    taken = [reject["cells"] for reject in rejects if reject["code"] == "order.number_taken"]
    assert [cells[:2] + cells[6:] for cells in taken] == [
        ["600001", "85123A", "99999", "Germany"],
        ["600002", "85123A", "", "Germany"],
    ]
    for language in ("zh", "en"):
        table = rejects_csv(run, rejects, language).decode("utf-8-sig").splitlines()
        assert len(table) >= 38
        assert table[0].split(",")[2:] == HEADER
        assert "'=1+1" in "\n".join(table)


async def test_a_row_in_an_unknown_encoding_is_handed_back_alone(database: Database, tmp_path: Path) -> None:
    set_shop_clock(CHRISTMAS)
    async with database.transaction() as session:
        await a_london_shop(session)
    path = history_file(tmp_path / "orders.csv", [good(number) for number in range(1, 20_000)])
    # Behind the sample by which the encoding is told.
    with path.open("ab") as file:
        file.write(b"688888,85123A,\xff\xfe,1,2011-03-01 10:00:00,1.00,1,Germany\r\n")

    run = await imported(database, path)

    async with database.transaction() as session:
        rejects = await checkout.list_rejects(session, run.import_id)
    assert [(reject["row_no"], reject["code"]) for reject in rejects] == [(20_001, "row.bad_characters")]
    assert run.report["lines_imported"] == 19_999


def _cut_gzip(path: Path) -> None:
    whole = gzip.compress("\n".join(",".join(good(number)) for number in range(5_000)).encode(), 1)
    head = gzip.compress((",".join(HEADER) + "\n").encode(), 1)
    path.write_bytes(head + whole[: len(whole) // 2])


def _cut_workbook(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for number, row in enumerate([HEADER, *(good(number) for number in range(100))]):
        sheet.write_row(number, 0, row)
    book.close()
    path.write_bytes(path.read_bytes()[:-2_000])


def _text(content: bytes) -> "object":
    return lambda path: path.write_bytes(content)


_GOOD = (",".join(HEADER) + "\n" + ",".join(good(1)) + "\n").encode()
UNREADABLE = {
    "empty": _text(b""),
    "blank": _text(b"\n\n  \n"),
    "picture": _text(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200)),
    "prose": _text("从前有座山\n山里有座庙\n".encode()),
    "old_excel": _text(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "pdf": _text(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"),
    "cut_row": _text(_GOOD + b"600002,85123A,HEART,2,2011-03"),
    "cut_quote": _text(_GOOD + b'600002,85123A,"HEART'),
    "cut_gzip": _cut_gzip,
    "cut_workbook": _cut_workbook,
}


CODES = {
    "empty": "table.empty",
    "blank": "table.empty",
    "old_excel": "table.old_workbook",
    "cut_row": "table.cut_off",
    "cut_quote": "table.cut_off",
    "cut_gzip": "table.cut_off",
    "cut_workbook": "table.damaged_workbook",
}


@pytest.mark.parametrize(("kind", "code"), [(kind, CODES.get(kind, "table.not_a_table")) for kind in UNREADABLE])
async def test_a_file_that_cannot_be_read_changes_nothing_and_says_so(
    kind: str, code: str, database: Database, tmp_path: Path
) -> None:
    set_shop_clock(CHRISTMAS)
    async with database.transaction() as session:
        await a_london_shop(session)
    path = tmp_path / "file"
    UNREADABLE[kind](path)  # type: ignore[operator]  # a writer of the file
    before = await counts(database)

    with pytest.raises(AppError) as refused:
        await imported(database, path)

    assert refused.value.code == code
    assert "Nothing was imported." in refused.value.say("en")
    assert await counts(database) == before
    async with database.transaction() as session:
        (run,) = await checkout.list_imports(session, None, 10)
    assert run.state == "failed"


async def test_a_table_without_the_columns_names_them_and_changes_nothing(database: Database, tmp_path: Path) -> None:
    set_shop_clock(CHRISTMAS)
    async with database.transaction() as session:
        await a_london_shop(session)
    path = history_file(tmp_path / "orders.csv", [["1", "2"]], header=["InvoiceNo", "StockCode"])
    before = await counts(database)

    with pytest.raises(WrongColumns) as refused:
        await imported(database, path)

    assert refused.value.values["missing"] == "InvoiceDate, Quantity, UnitPrice, CustomerID, Description, Country"
    assert await counts(database) == before


async def test_gbk_bom_semicolons_and_workbooks_are_read_alike(database: Database, tmp_path: Path) -> None:
    set_shop_clock(CHRISTMAS)
    async with database.transaction() as session:
        await a_london_shop(session)
    lines = [HEADER, *(["60000" + str(n), "A1", "红灯笼", "2", "2011-03-01 10:00", "5", "1", "中国"] for n in range(3))]
    plain = "\n".join(",".join(row) for row in lines) + "\n"
    files = {
        "gbk.csv": plain.encode("gbk"),
        "bom.csv": plain.encode("utf-8-sig"),
        "semicolon.csv": plain.replace(",", ";").encode(),
        "plain.csv.gz": gzip.compress(plain.encode()),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    book = xlsxwriter.Workbook(str(tmp_path / "book.xlsx"))
    sheet = book.add_worksheet()
    for number, row in enumerate(lines):
        sheet.write_row(number, 0, [int(cell) if cell.isdigit() else cell for cell in row])
    book.close()

    reports = [(await imported(database, tmp_path / name)).report for name in [*files, "book.xlsx"]]

    assert [report["lines_imported"] for report in reports] == [3, 0, 0, 0, 0]
    assert [report["lines_unchanged"] for report in reports] == [0, 3, 3, 3, 3]
    async with database.transaction() as session:
        names = (await session.execute(text("select distinct name from product"))).scalars().all()
    assert names == ["红灯笼"]


def test_the_mapping_of_the_demonstration_names_its_columns() -> None:
    assert [column for column in online_retail().columns.model_dump().values() if column] == [
        "InvoiceNo",
        "InvoiceDate",
        "StockCode",
        "Quantity",
        "UnitPrice",
        "CustomerID",
        "Description",
        "Country",
    ]


async def test_a_mended_file_adds_what_was_handed_back_and_nothing_twice(database: Database, tmp_path: Path) -> None:
    set_shop_clock(CHRISTMAS)
    async with database.transaction() as session:
        await a_london_shop(session)
    broken = [good(1), [*good(1)[:3], "three", *good(1)[4:]], good(2)]
    mended = [good(1), [*good(1)[:3], "3", *good(1)[4:]], good(2)]

    first = await imported(database, history_file(tmp_path / "broken.csv", broken))
    second = await imported(database, history_file(tmp_path / "mended.csv", mended))
    third = await imported(database, history_file(tmp_path / "mended-again.csv", [*mended[1:], mended[0]]))

    reports = [
        (run.report["lines_imported"], run.report["lines_unchanged"], run.report["lines_rejected"])
        for run in (first, second, third)
    ]
    assert reports == [(2, 0, 1), (1, 2, 0), (0, 3, 0)]
    async with database.transaction() as session:
        numbers = (await session.execute(text("select number from sales_order order by number"))).scalars().all()
        points = (
            await session.execute(text("select available from ledger_account where currency_id = 1"))
        ).scalar_one()
    assert numbers == ["600001", "600001/2", "600002"]
    assert points == 0  # 10 + 15 + 10, earned in March and expired with September


async def test_a_document_of_sales_and_refunds_is_handed_back_whole(database: Database, tmp_path: Path) -> None:
    set_shop_clock(CHRISTMAS)
    async with database.transaction() as session:
        await a_london_shop(session)
    header = ["order_number", "placed_at", "product_code", "quantity", "unit_price", "customer_number", "product_name"]
    header += ["store", "kind"]
    rows = [
        ["1", "2011-03-01", "A", "1", "5", "7", "x", "s", "sale"],
        ["2", "2011-03-01", "A", "3", "5", "7", "x", "s", "sale"],
        ["2", "2011-03-01", "A", "-1", "5", "7", "x", "s", "refund"],
    ]
    mapping = next(one for one in checkout.built_in() if one.code == "shuke")

    run = await imported(database, history_file(tmp_path / "mixed.csv", rows, header), mapping)

    async with database.transaction() as session:
        rejects = await checkout.list_rejects(session, run.import_id)
    assert [(one["row_no"], one["code"]) for one in rejects] == [(3, "order.mixed_kinds"), (4, "order.mixed_kinds")]
    assert run.report["lines_imported"] == 1


async def test_columns_that_are_not_read_are_not_kept(database: Database, tmp_path: Path) -> None:
    set_shop_clock(CHRISTMAS)
    async with database.transaction() as session:
        await a_london_shop(session)
    row = [*good(1)[:3], "many", *good(1)[4:], "王小明", "13912345678"]

    run = await imported(database, history_file(tmp_path / "wide.csv", [row], [*HEADER, "name", "phone"]))

    async with database.transaction() as session:
        (reject,) = await checkout.list_rejects(session, run.import_id)
    assert reject["cells"] == [*row[:8], "", ""]


def _sparse_workbook(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write(0, 0, "InvoiceNo")
    sheet.write(1_048_575, 16_383, "far away")
    book.close()


async def test_a_small_workbook_that_claims_the_whole_sheet_is_refused(database: Database, tmp_path: Path) -> None:
    async with database.transaction() as session:
        await a_london_shop(session)
    _sparse_workbook(tmp_path / "sparse.xlsx")

    with pytest.raises(AppError) as refused:
        await imported(database, tmp_path / "sparse.xlsx")

    assert refused.value.code == "table.workbook_too_large"


async def test_a_line_without_end_is_refused_without_reading_it_all(database: Database, tmp_path: Path) -> None:
    async with database.transaction() as session:
        await a_london_shop(session)
    path = tmp_path / "endless.csv.gz"
    with gzip.open(path, "wb", 1) as file:
        file.write((",".join(HEADER) + "\n").encode())
        for _ in range(64):
            file.write(b"1," * (1 << 19))

    with pytest.raises(AppError) as refused:
        await imported(database, path)

    assert refused.value.code == "table.not_a_table"


MAPPING = """
code: own
name: {zh: 自己的, en: own}
description: {zh: 自己的, en: own}
source: own
columns: {number: a, placed_at: b, product: c, quantity: d, unit_price: e}
"""


def test_a_mapping_of_ones_own_is_read() -> None:
    assert read_mapping(MAPPING).columns.number == "a"


@pytest.mark.parametrize(
    "mapping",
    [
        "[" * 100_000,
        MAPPING.replace("code: own", "code: 2001-99-99"),
        MAPPING.replace("code: own", "code: !!float x"),
        MAPPING + 'refund_prefix: "\\0"',
        MAPPING + "date_formats: ['%d/%d/%y']",
        MAPPING + "time_zone: Mars/Olympus",
        MAPPING + "surprise: 1",
    ],
)
def test_a_mapping_that_cannot_be_is_refused(mapping: str) -> None:
    with pytest.raises(AppError) as refused:
        read_mapping(mapping)

    assert refused.value.code == "imports.bad_mapping"
