"""An installation with key files of its own."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from shuke.foundation.organization.testing import a_shop
from shuke.main.modules import MODULES
from shuke.platform import keys, module
from shuke.platform.db import Database
from shuke.platform.keys import KeyRing


@pytest.fixture
def key_folder() -> Iterator[Path]:
    # Private to its owner, as keys want it.
    made = Path(tempfile.mkdtemp(prefix="shuke-keys-test-"))
    yield made / "keys"
    shutil.rmtree(made)


@pytest.fixture
async def opened(database: Database, key_folder: Path, monkeypatch: pytest.MonkeyPatch) -> KeyRing:
    """The keys of the test's database, opened as the program opens them; it looks at the files at every use."""
    module.install(MODULES)
    monkeypatch.setattr("shuke.platform.keys.key_ring.LOOK_EVERY_S", -1.0)
    async with database.transaction() as session:
        await a_shop(session)
        return await keys.open_keys(session, key_folder)
