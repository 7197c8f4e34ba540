"""The moment in which another shop takes the place of the present one."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text

from shuke.commerce import catalog
from shuke.foundation.organization.testing import an_employee
from shuke.loyalty.coupons.testing import a_template
from shuke.main.backup import physical
from shuke.main.demo import aside, shops
from shuke.main.demo.errors import ShopIsReal
from shuke.main.installation import prepare_first_start
from shuke.platform import embedded
from shuke.platform.db import Database, Session
from shuke.platform.embedded import Urls
from shuke.platform.settings import settings
from shuke.platform.testing import TestServer

pytestmark = pytest.mark.anyio


class Beside:
    """The tests' server in place of the embedded one, with two of its databases."""

    def __init__(self, server: TestServer, names: dict[str, str]) -> None:
        self._server, self._names = server, names

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def url(self, role: str, database: str) -> str:
        """Only the two shops may be looked at: whoever asks for more wants to rename or to drop."""
        return self._server.superuser(self._names[database])


async def test_a_shop_that_became_real_while_the_other_was_prepared_stays(
    test_server: TestServer,
    template_database: str,
    database: Database,
    database_urls: Urls,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = await test_server.clone(template_database)
    present = urlsplit(database_urls.app).path.removeprefix("/")
    here = Beside(test_server, {"shuke": present, "shuke_next": other})
    monkeypatch.setattr(physical, "embedded_server", lambda _: here)
    await prepare_first_start(database)
    async with database.transaction() as session:
        assert await shops.present_of(session) == "empty"
        await catalog.save_products(session, [catalog.ProductChange(code="A")])

    try:
        with pytest.raises(ShopIsReal):
            await aside.put_in_place(settings(), ends_others=True)

        following = await embedded.connect(test_server.superuser(other))
        carried = await following.fetchval("select count(*) from staff_user")
        await following.close()
    finally:
        await test_server.drop(other)
    async with database.transaction() as session:
        assert await session.scalar(text("select code from product")) == "A"
    assert carried == 0


async def _store(session: Session) -> None:
    await an_employee(session, "LI", store="A")


async def _template(session: Session) -> None:
    await a_template(session, "A")


@pytest.mark.parametrize("arrange", [_store, _template])
async def test_what_somebody_arranged_is_theirs_before_the_first_member_comes(
    database: Database, arrange: Callable[[Session], Any]
) -> None:
    await prepare_first_start(database)
    async with database.transaction() as session:
        assert await shops.present_of(session) == "empty"
        await arrange(session)
        assert await shops.present_of(session) == "own"
