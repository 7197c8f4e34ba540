"""The list of products."""

import pytest

from shuke.commerce import catalog
from shuke.platform.pages import BadCursor


async def _some(session):
    await catalog.ensure_products(
        session,
        [
            catalog.NewProduct("22423", "REGENCY CAKESTAND 3 TIER", is_goods=True),
            catalog.NewProduct("85123A", "WHITE HANGING HEART", is_goods=True),
            catalog.NewProduct("POST", "POSTAGE 100%", is_goods=False),
        ],
    )


async def test_products_are_found_by_a_part_of_their_code_or_name(session):
    await _some(session)

    async def found(q):
        page = await catalog.list_products(session, q=q, limit=10, cursor=None)
        return [product.code for product in page.items]

    assert await found(None) == ["22423", "85123A", "POST"]
    assert await found("cake") == ["22423"]
    assert await found("123a") == ["85123A"]
    # What was typed is text: a per cent sign is no wildcard.
    assert await found("%") == ["POST"]


async def test_pages_go_on_behind_the_last_code(session):
    await _some(session)

    first = await catalog.list_products(session, q=None, limit=2, cursor=None)
    second = await catalog.list_products(session, q=None, limit=2, cursor=first.next)

    assert [product.code for product in second.items] == ["POST"]
    assert second.next is None
    with pytest.raises(BadCursor):
        await catalog.list_products(session, q=None, limit=2, cursor="nonsense")


async def test_unknown_products_are_left_out(session):
    await _some(session)
    (known,) = (await catalog.list_products(session, q="POST", limit=1, cursor=None)).items

    found = await catalog.get_products(session, [known.product_id, -1])

    assert found == {known.product_id: known}
    assert not known.is_goods
