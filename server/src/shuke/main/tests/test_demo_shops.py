"""Who may exchange the demonstration, and which shops may be exchanged."""

import httpx
import pytest
from sqlalchemy import text

from shuke.commerce import catalog
from shuke.main.demo import switching
from shuke.main.demo.choosing import USUAL, Beginning
from shuke.main.demo.errors import SwitchRunning
from shuke.main.demo.switching import Standing, Switching
from shuke.platform.db import Database
from shuke.platform.settings import settings

pytestmark = pytest.mark.anyio


class Started(Switching):
    """An exchange that notes what it was asked for, and prepares nothing."""

    beginning = USUAL

    def start(self, wanted, beginning=USUAL):
        self.standing = Standing("preparing", wanted)
        self.beginning = beginning


@pytest.fixture
def here():
    made = Started()
    switching.use(made)
    yield made
    switching.use(None)


async def name_of(client: httpx.AsyncClient) -> dict[str, str]:
    return (await client.get("/v1/demo")).json()["shop"]


async def test_an_empty_shop_is_exchanged_for_who_types_its_name(client: httpx.AsyncClient, here: Started):
    name = await name_of(client)

    wrong = await client.post("/v1/demo/switch", json={"to": "chain", "confirm": name["zh"] + "?"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "demo.not_confirmed")
    assert here.standing == Standing()

    right = await client.post("/v1/demo/switch", json={"to": "chain", "confirm": f" {name['zh']} "})
    assert (right.status_code, right.json()["state"], right.json()["present"]) == (202, "preparing", "empty")
    assert here.standing == Standing("preparing", "chain")


async def test_an_empty_shop_begins_with_the_currency_and_the_time_zone_that_were_chosen(
    client: httpx.AsyncClient, here: Started
):
    name = (await name_of(client))["zh"]
    wanted = {"to": "empty", "confirm": name, "currency": "EUR", "time_zone": "Europe/Berlin"}

    for wrong in ({"currency": "eur"}, {"currency": "EURO"}, {"time_zone": "Berlin"}, {"time_zone": "../etc/passwd"}):
        assert (await client.post("/v1/demo/switch", json=wanted | wrong)).status_code == 422, wrong
    assert here.standing == Standing()

    assert (await client.post("/v1/demo/switch", json=wanted)).status_code == 202
    assert here.beginning == Beginning("EUR", "Europe/Berlin")
    # As the process hears it that prepares the other shop.
    assert Beginning.told(here.beginning.arguments) == here.beginning
    assert Beginning.told(USUAL.arguments) == USUAL
    chosen = here.beginning.over(settings())
    assert (chosen.shop_currency, chosen.shop_time_zone) == ("EUR", "Europe/Berlin")


async def test_a_shop_with_something_of_its_own_stays(client: httpx.AsyncClient, database: Database, here: Started):
    async with database.transaction() as session:
        await catalog.save_products(session, [catalog.ProductChange(code="A")])
    name = await name_of(client)

    refused = await client.post("/v1/demo/switch", json={"to": "empty", "confirm": name["zh"]})

    assert (refused.status_code, refused.json()["code"]) == (409, "demo.shop_is_real")
    assert here.standing == Standing()
    assert (await client.get("/v1/demo")).json()["present"] == "own"


async def test_a_demonstration_may_go_whatever_is_in_it(client: httpx.AsyncClient, database: Database, here: Started):
    async with database.transaction() as session:
        await session.execute(text("update shop set is_demo = true"))
        await catalog.save_products(session, [catalog.ProductChange(code="A")])
    name = await name_of(client)

    assert (await client.post("/v1/demo/switch", json={"to": "empty", "confirm": name["en"]})).status_code == 202
    assert here.standing.wanted == "empty"


async def test_only_the_process_that_runs_everything_does_it(client: httpx.AsyncClient):
    shown = (await client.get("/v1/demo")).json()
    refused = await client.post("/v1/demo/switch", json={"to": "chain", "confirm": shown["shop"]["zh"]})

    assert "shuke demo switch" in shown["why_not"]
    assert (refused.status_code, refused.json()["code"]) == (409, "demo.not_from_here")


async def test_whoever_may_only_read_neither_sees_nor_does_it(viewer: httpx.AsyncClient, here: Started):
    assert (await viewer.get("/v1/demo")).status_code == 403
    assert (await viewer.post("/v1/demo/switch", json={"to": "chain", "confirm": "x"})).status_code == 403
    assert here.standing == Standing()


async def test_a_second_wish_waits_for_the_first():
    made = Switching()
    made.standing = Standing("preparing", "chain")

    with pytest.raises(SwitchRunning):
        made.start("empty")

    assert made.standing == Standing("preparing", "chain")


def test_lines_of_the_log_are_no_progress():
    assert switching._progress(b'{"event": "hello"}\n') is None
    assert switching._progress(b"Traceback (most recent call last):\n") is None
    assert switching._progress(b'{"state":"recording","done":3,"total":9}\n') == {
        "state": "recording", "done": 3, "total": 9,
    }  # fmt: skip
