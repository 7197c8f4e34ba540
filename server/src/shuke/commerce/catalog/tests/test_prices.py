"""Prices and barcodes: said in a batch or a file, and read by a scanner."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from shuke.commerce.catalog.files import _minor

CUP = {"code": "CUP", "name": "杯子", "price_minor": 1990, "barcodes": ["6901234567892", "6901234567908"]}
POT = {"code": "POT", "name": "壶", "barcodes": ["6909999999993"]}


async def _save(client, *products):
    return await client.post("/v1/products/batch", json={"products": list(products)})


async def _known(client):
    items = (await client.get("/v1/products")).json()["items"]
    return {one["code"]: (one["price_minor"], one["barcodes"]) for one in items}


async def _scan(client, code):
    answer = await client.get("/v1/products/scan", params={"code": code})
    return answer.json()["code"] if answer.status_code == 200 else (answer.status_code, answer.json()["code"])


async def test_a_scanner_finds_by_barcode_and_by_code(client):
    assert (await _save(client, CUP, POT)).json() == {"created": 2, "updated": 0, "unchanged": 0}

    assert await _known(client) == {
        "CUP": (1990, ["6901234567892", "6901234567908"]),
        "POT": (None, ["6909999999993"]),
    }
    assert await _scan(client, "6901234567908") == "CUP"
    assert await _scan(client, " POT ") == "POT"
    assert await _scan(client, "690123456789") == (404, "products.not_scanned")
    found = (await client.get("/v1/products", params={"q": "6909999999993"})).json()["items"]
    assert [one["code"] for one in found] == ["POT"]


async def test_a_barcode_says_more_than_a_code_alike(client):
    await _save(client, CUP, {"code": "6901234567892", "name": "别的"})

    assert await _scan(client, "6901234567892") == "CUP"


async def test_what_is_left_out_stays_and_what_is_empty_goes(client):
    await _save(client, CUP, POT)

    assert (await _save(client, {"code": "CUP", "name": "马克杯"})).json()["updated"] == 1
    assert (await _known(client))["CUP"] == (1990, ["6901234567892", "6901234567908"])

    assert (await _save(client, CUP | {"name": "马克杯"})).json() == {"created": 0, "updated": 0, "unchanged": 1}

    changed = {"code": "CUP", "price_minor": None, "barcodes": ["6901234567908", "1"]}
    assert (await _save(client, changed)).json()["updated"] == 1
    assert (await _known(client))["CUP"] == (None, ["1", "6901234567908"])
    assert (await _save(client, {"code": "POT", "barcodes": []})).json() == {"created": 0, "updated": 1, "unchanged": 0}
    assert await _scan(client, "6909999999993") == (404, "products.not_scanned")


async def test_a_barcode_of_another_product_is_refused_and_nothing_is_saved(client):
    await _save(client, CUP, POT)
    before = await _known(client)

    answer = await _save(client, {"code": "NEW", "price_minor": 1}, {"code": "POT", "barcodes": ["6901234567892"]})
    twice = await _save(client, {"code": "A", "barcodes": ["77"]}, {"code": "B", "barcodes": ["77"]})

    assert (answer.status_code, answer.json()["code"]) == (409, "products.barcode_taken")
    assert "CUP" in answer.json()["detail"]
    assert "6901234567892" in answer.json()["detail"]
    assert (twice.status_code, twice.json()["code"]) == (409, "products.barcode_taken")
    assert await _known(client) == before


async def test_a_barcode_moves_where_its_owner_lets_go_in_the_same_breath(client):
    await _save(client, CUP, POT)

    answer = await _save(client, {"code": "CUP", "barcodes": []}, {"code": "POT", "barcodes": ["6901234567892"]})

    assert answer.status_code == 200, answer.text
    assert await _known(client) == {"CUP": (1990, []), "POT": (None, ["6901234567892"])}


async def test_a_file_brings_prices_and_barcodes(client, database):
    async with database.transaction() as session:
        await session.execute(text("update shop set currency = 'CNY'"))
    rows = (
        "编码\t名称\t售价\t条码\n"
        "CUP\t杯子\t¥1,019.90\t6901234567892、6901234567908\n"
        "POT\t壶\t\t\nBAD\t坏\t1.999\t\nMINUS\t负\t-1\t\n"
    )

    answer = await client.post("/v1/products/file", files={"file": ("a.csv", rows.encode())})

    assert (answer.json()["created"], [row["row"] for row in answer.json()["rows"]]) == (2, [4, 5])
    assert await _known(client) == {"CUP": (101990, ["6901234567892", "6901234567908"]), "POT": (None, [])}


async def test_a_file_whose_codes_are_barcodes_is_a_file_of_codes(client):
    answer = await client.post("/v1/products/file", files={"file": ("a.csv", "条码\t名称\n69\t杯子\n".encode())})

    assert answer.json()["created"] == 1
    assert await _known(client) == {"69": (None, [])}


@pytest.mark.parametrize("said", [{"price_minor": -1}, {"price_minor": 1.5}, {"barcodes": [""]}, {"barcodes": ["a\0"]}])
async def test_what_is_no_price_or_barcode_is_refused(client, said):
    assert (await _save(client, {"code": "X", **said})).status_code == 422
    assert await _known(client) == {}


async def test_a_reader_scans_and_a_stranger_does_not(client, viewer, anonymous):
    await _save(client, CUP)

    assert await _scan(viewer, "CUP") == "CUP"
    assert (await anonymous.get("/v1/products/scan", params={"code": "CUP"})).status_code == 401
    assert (await client.get("/v1/products/scan", params={"code": "a\0"})).status_code == 422


@given(st.integers(0, 10**12), st.sampled_from([("CNY", 2), ("JPY", 0), ("KWD", 3)]))
def test_every_amount_is_read_as_it_was_written(minor, currency):
    code, digits = currency
    written = f"{minor // 10**digits:,}" + (f".{minor % 10**digits:0{digits}d}" if digits else "")

    assert _minor(written, code) == minor
