"""Several files in one import: joined, added up, and looked at before; mappings of one's own."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from shuke.loyalty.checkout.importing import (
    BadMapping,
    FileMissing,
    FileUnknown,
    Given,
    KeyTwice,
    check_files,
    list_returns,
    read_mapping,
    run_import,
    start_import,
)
from shuke.loyalty.checkout.testing import a_london_shop, set_shop_clock
from shuke.platform.db import Database

pytestmark = pytest.mark.anyio
NOW = datetime(2020, 6, 30, 12, tzinfo=UTC)
MAPPING = """
code: joined
name: {zh: x, en: x}
description: {zh: "", en: ""}
source: joined
joins:
  - {name: items, by: item, key: key}
  - {name: groups, by: items.group, key: id}
columns: {number: "no", placed_at: day, customer: who, product: items.sku, product_name: items.name, quantity: qty,
  unit_price: items.price, category: groups.label, brand: items.brand, points_paid: points, payment: pay}
time_of_day: "10:30"
date_formats: ["%d.%m.%Y"]
returns:
  columns: {placed_at: back, product: items.sku, quantity: pieces}
  window_days: 5
"""
FILES = {
    "items.csv": "key,sku,name,price,group,brand\n1,APPLE,Apple,0.50,g1,Orchard\n2,NAIL,Nail,2.005,g2,\n",
    "groups.csv": "id,label\ng1,Fruit\ng2,Iron\n",
    "one.csv": "no,day,who,item,qty,points,pay\nA1,01.06.2020,7,1,4,,cash\nA1,01.06.2020,7,2,1,,cash\n",
    "two.csv": "day,no,who,item,qty,pay,points\n03.06.2020,A2,7,2,10,card,5\n03.06.2020,A3,8,9,1,,\n",
    "back.csv": "back,item,pieces\n03.06.2020,2,-10\n03.06.2020,2,-10\n30.06.2020,1,1\n",
}


def written(folder: Path, **changed: str) -> list[Given]:
    files = {**FILES, **{f"{name}.csv": content for name, content in changed.items()}}
    for name, content in files.items():
        (folder / name).write_text(content)
    return [Given(folder / name, name) for name, content in files.items() if content]


async def imported(database: Database, given: list[Given]):
    mapping = read_mapping(MAPPING)
    async with database.transaction() as session:
        ordered = await check_files(session, given, mapping)
        run = await start_import(
            session, ordered[0].path, mapping, file_name=ordered[0].name, asked_by="system:0", more=ordered[1:]
        )
    return await run_import(database, run, ordered[0].path)


@pytest.fixture
async def shop(database: Database) -> Database:
    set_shop_clock(NOW)
    async with database.transaction() as session:
        await a_london_shop(session)
    return database


async def rows(database: Database, statement: str) -> list[tuple]:
    async with database.transaction() as session:
        return [tuple(row) for row in await session.execute(text(statement))]


async def test_rows_take_price_name_and_category_from_other_files(shop: Database, tmp_path: Path):
    run = await imported(shop, written(tmp_path))

    lines = """
        select o.number, p.code, l.quantity::float, l.unit_price::float, l.amount_minor, l.points_minor,
               to_char(o.placed_at at time zone 'Europe/London', 'YYYY-MM-DD HH24:MI')
        from sales_order o join sales_order_line l using (member_id, order_id) join product p using (product_id)
        order by o.number, l.line_no
    """
    assert await rows(shop, lines) == [
        ("A1", "APPLE", 4, 0.5, 200, 0, "2020-06-01 10:30"),
        ("A1", "NAIL", 1, 2.005, 201, 0, "2020-06-01 10:30"),
        ("A2", "NAIL", 10, 2.005, 2005, 500, "2020-06-03 10:30"),
    ]
    assert await rows(shop, "select code, name, category, brand from product order by code") == [
        ("APPLE", "Apple", "Fruit", "Orchard"),
        ("NAIL", "Nail", "Iron", None),
    ]
    # A product that the other file does not know: handed back, with the number of the row over both files.
    assert await rows(shop, "select row_no, code, values->>'value', cells->>0 from import_reject") == [
        (6, "row.not_joined", "9", "A3")
    ]
    assert (run.report["lines_read"], run.report["lines_imported"], run.report["lines_rejected"]) == (4, 3, 1)


async def test_what_points_paid_earns_nothing(shop: Database, tmp_path: Path):
    run = await imported(shop, written(tmp_path))

    assert await rows(shop, "select number, points_minor, payments from sales_order order by 1") == [
        ("A1", 0, [["cash", 401]]),
        ("A2", 500, [["card", 1505]]),
    ]
    # 4 for £4.01, and 15 for £20.05 less the £5 that points paid.
    assert run.report["points_earned"] == 19


async def test_returns_wait_with_the_orders_of_their_days(shop: Database, tmp_path: Path):
    run = await imported(shop, written(tmp_path))
    again = await imported(shop, written(tmp_path))

    async with shop.transaction() as session:
        found = await list_returns(session, state="waiting", import_id=None, behind=None, limit=None)
    assert [(one.returned_on, one.quantity) for one in found] == [
        (date(2020, 6, 3), Decimal(10)),
        (date(2020, 6, 3), Decimal(10)),
        (date(2020, 6, 30), Decimal(1)),
    ]
    counted = ("returns_read", "returns_new", "returns_unchanged", "returns_with_candidates")
    # The apple came back more than five days after it was sold.
    assert [run.report[name] for name in counted] == [3, 3, 0, 2]
    assert [again.report[name] for name in counted] == [3, 0, 3, 0]
    assert await rows(shop, "select count(*) from sales_order where kind = 'refund'") == [(0,)]


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"groups": ""}, FileMissing),
        ({"one": "", "two": "", "back": ""}, FileMissing),
        ({"other": "x,y\n1,2\n"}, FileUnknown),
        ({"items": "key,sku,name,price,group,brand\n1,A,A,1,g1,\n1,B,B,1,g1,\n"}, KeyTwice),
    ],
)
async def test_files_that_do_not_fit_together_are_refused_before_anything_is_kept(
    shop: Database, tmp_path: Path, changed: dict[str, str], error: type[Exception]
):
    with pytest.raises(error):
        await imported(shop, written(tmp_path, **changed))

    assert await rows(shop, "select count(*) from import_run") == [(0,)]


async def test_points_that_paid_more_than_the_goods_are_handed_back(shop: Database, tmp_path: Path):
    run = await imported(shop, written(tmp_path, one="no,day,who,item,qty,points,pay\nA1,01.06.2020,7,1,4,2.01,\n"))

    assert await rows(shop, "select code from import_reject order by row_no") == [
        ("order.paid_too_much",),
        ("row.not_joined",),
    ]
    assert run.report["lines_imported"] == 1


def test_joined_files_have_names_of_their_own():
    with pytest.raises(BadMapping):
        read_mapping(MAPPING.replace("name: groups", "name: items"))


async def _uploaded(client: httpx.AsyncClient, address: str, given: list[Given], **data: str) -> httpx.Response:
    files = [("file", (one.name, one.path.read_bytes())) for one in given]
    return await client.post(address, files=files, data=data)


async def test_files_are_looked_at_and_nothing_is_kept(client: httpx.AsyncClient, shop: Database, tmp_path: Path):
    path = tmp_path / "订单.csv"
    header = ["订单号", "下单时间", "会员号", "货号", "商品名称", "数量", "单价", "备注"]
    row = ["1", "2020-01-02 10:00", "7", "A", "苹果", "1", "2.00", "x"]
    path.write_text("\n".join([",".join(header), ",".join(row)]))

    answer = await _uploaded(client, "/v1/import-samples", [Given(path, path.name)])

    assert answer.status_code == 200, answer.text
    assert answer.json() == {
        "files": [
            {
                "name": "订单.csv",
                "header": header,
                "rows": [row],
            }
        ],
        "fits": [],
        "guess": {
            "number": "订单号",
            "placed_at": "下单时间",
            "customer": "会员号",
            "product": "货号",
            "product_name": "商品名称",
            "quantity": "数量",
            "unit_price": "单价",
        },
    }
    assert await rows(shop, "select count(*) from import_run") == [(0,)]


async def test_a_mapping_of_ones_own_is_saved_fits_imports_and_is_forgotten(
    client: httpx.AsyncClient, shop: Database, tmp_path: Path
):
    path = tmp_path / "a.csv"
    path.write_text("no,day,sku,qty,price\n1,2020-01-02,A,1,2.00\n")
    body = {
        "name": {"zh": "我的", "en": "Mine"},
        "source": "mine",
        "columns": {"number": "no", "placed_at": "day", "product": "sku", "quantity": "qty", "unit_price": "price"},
    }

    saved = await client.put("/v1/import-mappings/mine", json=body)
    taken = await client.put("/v1/import-mappings/shuke", json=body)
    sample = await _uploaded(client, "/v1/import-samples", [Given(path, "a.csv")])
    started = await _uploaded(client, "/v1/imports", [Given(path, "a.csv")], mapping="mine")
    gone = await client.delete("/v1/import-mappings/mine")
    unknown = await _uploaded(client, "/v1/imports", [Given(path, "a.csv")], mapping="mine")

    assert saved.status_code == 200, saved.text
    assert (saved.json()["fields"], saved.json()["is_built_in"]) == (body["columns"], False)
    assert (taken.status_code, taken.json()["code"]) == (409, "imports.mapping_taken")
    assert sample.json()["fits"] == [{"mapping": "mine", "roles": ["orders"], "lacks": [], "is_complete": True}]
    assert (started.status_code, started.json()["mapping_name"]) == (202, {"zh": "我的", "en": "Mine"})
    assert gone.status_code == 204
    assert (unknown.status_code, unknown.json()["code"]) == (422, "imports.unknown_mapping")


async def test_all_files_of_a_set_are_taken_in_one_upload(client: httpx.AsyncClient, shop: Database, tmp_path: Path):
    given = written(tmp_path)
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(MAPPING)
    files = [("file", (one.name, one.path.read_bytes())) for one in given]

    answer = await client.post("/v1/imports", files=[*files, ("mapping_file", ("m.yaml", mapping.read_bytes()))])

    assert answer.status_code == 202, answer.text
    assert answer.json()["file_name"] == "one.csv"
    assert [(one["name"], one["role"]) for one in answer.json()["files"]] == [
        ("two.csv", "orders"),
        ("back.csv", "returns"),
        ("items.csv", "items"),
        ("groups.csv", "groups"),
    ]
