"""What a new shop begins with, and that it stays."""

import httpx
import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from shuke.foundation import organization
from shuke.main.cli import app
from shuke.main.installation import prepare_first_start
from shuke.platform.db import Database
from shuke.platform.settings import Settings, settings

pytestmark = pytest.mark.anyio
LEVELS = "select array_agg(threshold order by threshold) from tier_level"
RULE = "select distinct jsonb_path_query_first(definition, '$.**.per_minor')::int from earning_rule_version"


def beginning(currency: str | None, time_zone: str | None = None) -> Settings:
    return settings().model_copy(update={"shop_currency": currency, "shop_time_zone": time_zone})


async def one(database: Database, statement: str) -> object:
    async with database.transaction() as session:
        return (await session.execute(text(statement))).scalar_one()


@pytest.mark.parametrize(
    ("currency", "unit"),
    [(None, 100), ("EUR", 100), ("JPY", 1), ("KWD", 1_000)],
)
async def test_rules_and_levels_begin_in_the_shops_own_money(
    database: Database, currency: str | None, unit: int
) -> None:
    await prepare_first_start(database, beginning(currency, "Europe/Berlin"))

    async with database.transaction() as session:
        shop = await organization.get_shop(session)
    assert (shop.currency, shop.time_zone) == (currency or "CNY", "Europe/Berlin")
    assert await one(database, LEVELS) == [0, 500 * unit, 2_000 * unit, 5_000 * unit]
    assert await one(database, "select parameters ->> 'money' from tier_scheme") == shop.currency
    assert await one(database, RULE) == unit


async def test_a_shop_that_exists_keeps_what_it_has(database: Database) -> None:
    await prepare_first_start(database, beginning("EUR", "Europe/Berlin"))
    await prepare_first_start(database, beginning("JPY", "Asia/Tokyo"))

    async with database.transaction() as session:
        shop = await organization.get_shop(session)
    assert (shop.currency, shop.time_zone) == ("EUR", "Europe/Berlin")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"currency": "JPY"}, "organization.currency_fixed"),
        ({"time_zone": "Asia/Tokyo"}, "organization.time_zone_fixed"),
    ],
)
async def test_another_currency_is_refused_and_nothing_changes(
    client: httpx.AsyncClient, change: dict[str, str], code: str
) -> None:
    before = (await client.get("/v1/shop")).json()

    refused = await client.patch("/v1/shop", json={"name_zh": "另一个名字"} | change)

    assert (refused.status_code, refused.json()["code"]) == (409, code)
    assert (await client.get("/v1/shop")).json() == before
    same = {"currency": before["currency"], "time_zone": before["time_zone"], "name_zh": "另一个名字"}
    kept = await client.patch("/v1/shop", json=same)
    assert kept.json()["name"]["zh"] == "另一个名字"


@pytest.mark.parametrize(
    ("option", "value", "example"),
    [("--currency", "euro", "EUR"), ("--time-zone", "Mars/Base", "Europe/Berlin")],
)
def test_a_wrong_beginning_is_refused_with_what_to_write(option: str, value: str, example: str) -> None:
    done = CliRunner().invoke(app, ["run", option, value])

    assert done.exit_code == 2
    assert example in done.output
