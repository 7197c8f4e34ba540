"""The shop and its stores."""

import asyncio

import pytest

from shuke.foundation import organization
from shuke.foundation.organization import NewStore, ShopNotSetUp
from shuke.foundation.organization.testing import a_shop
from shuke.platform.db import Database, Session

pytestmark = pytest.mark.anyio


async def test_a_shop_is_set_up_once_and_stays(session: Session) -> None:
    first = await a_shop(session, currency="GBP")

    second = await a_shop(session, currency="CNY")

    assert second == first
    assert (await organization.get_shop(session)).currency == "GBP"


async def test_without_a_shop_the_refusal_says_what_to_do(session: Session) -> None:
    with pytest.raises(ShopNotSetUp):
        await organization.get_shop(session)

    assert await organization.find_shop(session) is None


async def test_stores_are_made_once_and_keep_their_names(session: Session) -> None:
    first = await organization.ensure_stores(session, [NewStore(code="b", name="B"), NewStore(code="a", name="A")])

    second = await organization.ensure_stores(session, [NewStore(code="a", name="Other"), NewStore(code="c", name="C")])

    assert second["a"] == first["a"]
    assert [(store.code, store.name) for store in await organization.list_stores(session)] == [
        ("a", "A"),
        ("b", "B"),
        ("c", "C"),
    ]
    assert (await organization.get_stores(session, [first["b"], 10**9]))[first["b"]].name == "B"


async def test_many_imports_at_once_make_each_store_once(database: Database) -> None:
    async def bring(codes: list[str]) -> dict[str, int]:
        async with database.transaction() as session:
            return await organization.ensure_stores(session, [NewStore(code=code, name=code) for code in codes])

    found = await asyncio.gather(*(bring(["x", "y", "z"] if n % 2 else ["z", "y", "x"]) for n in range(16)))

    assert all(answer == found[0] for answer in found)
