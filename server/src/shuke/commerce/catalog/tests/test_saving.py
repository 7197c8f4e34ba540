"""Products that people enter: in a batch, and from a file."""

from sqlalchemy import text

from shuke.commerce import catalog


async def _known(database):
    async with database.transaction() as session:
        rows = await session.execute(text("select code, name, is_goods, category, brand from product order by code"))
        return [tuple(row) for row in rows]


async def _some(database):
    async with database.transaction() as session:
        await catalog.ensure_products(
            session,
            [
                catalog.NewProduct("A", "Apple", is_goods=True, category="Fruit"),
                catalog.NewProduct("POST", "Postage", is_goods=True),
            ],
        )


async def test_a_batch_adds_changes_and_leaves_the_rest(client, database):
    await _some(database)

    answer = await client.post(
        "/v1/products/batch",
        json={
            "products": [
                {"code": "A", "brand": "Orchard"},
                {"code": "POST", "is_goods": False},
                {"code": "N", "category": "Nuts"},
            ]
        },
    )
    again = await client.post("/v1/products/batch", json={"products": [{"code": "A", "brand": "Orchard"}]})

    assert answer.json() == {"created": 1, "updated": 2, "unchanged": 0}
    assert again.json() == {"created": 0, "updated": 0, "unchanged": 1}
    assert await _known(database) == [
        ("A", "Apple", True, "Fruit", "Orchard"),
        ("N", "N", True, "Nuts", None),
        ("POST", "Postage", False, None, None),
    ]


async def test_an_empty_category_is_taken_away_and_the_last_of_two_counts(client, database):
    await _some(database)

    answer = await client.post(
        "/v1/products/batch",
        json={"products": [{"code": "A", "name": "First"}, {"code": "A", "name": "Last", "category": ""}]},
    )

    assert answer.json() == {"created": 0, "updated": 1, "unchanged": 0}
    assert (await _known(database))[0] == ("A", "Last", True, None, None)


async def test_a_file_in_chinese_becomes_products_and_bad_rows_are_told(client, database):
    await _some(database)
    rows = [
        ["商品编码", "商品名称", "类别", "品牌", "是否商品"],
        ["A", "苹果", "", "果园", ""],
        ["9" * 65, "太长", "x", "y", ""],
        ["FEE", "手续费", "", "", "否"],
        ["", "没有编码", "", "", ""],
    ]

    answer = await client.post(
        "/v1/products/file",
        files={"file": ("商品.csv", "\n".join(map(",".join, rows)).encode("gb18030"))},
        headers={"Accept-Language": "zh"},
    )

    assert answer.status_code == 200, answer.text
    assert answer.json() == {
        "created": 1,
        "updated": 1,
        "unchanged": 0,
        "rejected": 2,
        "rows": [
            {"row": 3, "reason": "商品编码为空、太长或含有无法识别的字符。"},
            {"row": 5, "reason": "商品编码为空、太长或含有无法识别的字符。"},
        ],
    }
    assert await _known(database) == [
        ("A", "苹果", True, "Fruit", "果园"),
        ("FEE", "手续费", False, None, None),
        ("POST", "Postage", True, None, None),
    ]


async def test_a_file_without_codes_is_refused_and_changes_nothing(client, database):
    await _some(database)
    before = await _known(database)

    answer = await client.post("/v1/products/file", files={"file": ("a.csv", b"name,brand\nApple,X\n")})

    assert (answer.status_code, answer.json()["code"]) == (422, "products.no_code_column")
    assert await _known(database) == before


async def test_who_may_only_read_changes_nothing(viewer, database):
    await _some(database)
    before = await _known(database)

    answer = await viewer.post("/v1/products/batch", json={"products": [{"code": "A", "name": "B"}]})

    assert answer.status_code == 403
    assert await _known(database) == before


async def test_products_are_listed_by_category_and_brand(client, database):
    await _some(database)

    async def codes(**wanted):
        answer = await client.get("/v1/products", params=wanted)
        return [one["code"] for one in answer.json()["items"]]

    assert await codes(category="Fruit") == ["A"]
    assert await codes(category="") == ["POST"]
    assert await codes(brand="Orchard") == []
    groups = (await client.get("/v1/product-groups")).json()
    assert groups == {"categories": [{"name": "Fruit", "products": 1}], "brands": []}
