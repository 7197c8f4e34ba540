"""`shuke ledger` on a real database: what it prints, and above all how it ends."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest
from typer.testing import CliRunner, Result

from shuke.loyalty.ledger.verify.testing import BusyLedger, a_busy_ledger
from shuke.main.cli import app
from shuke.platform import embedded
from shuke.platform.db import Database
from shuke.platform.settings import REPOSITORY, settings
from shuke.platform.testing import TestServer

SHUKE = str(Path(sys.executable).with_name("shuke"))


@dataclass
class Shop:
    ledger: BusyLedger
    server: asyncpg.Connection
    folder: Path

    async def run(self, *words: str) -> Result:
        """Run a command as the program does, in a loop of its own."""
        return await asyncio.to_thread(lambda: CliRunner().invoke(app, ["ledger", *words]))

    async def spoil(self) -> None:
        """Change one lot as the owner of the database can."""
        await self.server.execute("update ledger_lot set funding = 'forged' where member_id = 1 and lot_no = 1")


@pytest.fixture
async def shop(
    database: Database, test_server: TestServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Shop]:
    ledger = await a_busy_ledger(database)
    monkeypatch.setenv("SHUKE_DATABASE_URL", database.url)
    monkeypatch.setenv("SHUKE_DATA_DIRECTORY", str(tmp_path / "data"))
    monkeypatch.setenv("SHUKE_KEY_DIRECTORY", str(tmp_path / "keys"))
    monkeypatch.setenv("SHUKE_LANGUAGE", "en")
    settings.cache_clear()
    server = await embedded.connect(test_server.superuser(urlsplit(database.url).path[1:]))
    await server.execute("set session_replication_role = replica")
    yield Shop(ledger, server, tmp_path)
    await server.close()
    settings.cache_clear()


async def test_verify_ends_with_0_1_or_2(shop: Shop, monkeypatch: pytest.MonkeyPatch):
    good = await shop.run("verify", "--json")
    assert good.exit_code == 0, good.output
    report = json.loads(good.output)
    assert (report["ok"], report["wrong"]) == (True, None)
    assert report["entries"] == await shop.server.fetchval("select count(*) from ledger_entry")

    await shop.spoil()
    wrong = await shop.run("verify", "--json")
    assert wrong.exit_code == 1
    found = json.loads(wrong.output)["wrong"]
    assert (found["table"], found["member_id"], found["currency"], found["row"]) == (
        *("ledger_entry", 1, "points"),
        {"version": 1},
    )
    said = await shop.run("verify")
    assert said.exit_code == 1
    assert "ledger_entry (1 points; version 1): The entry does not fit its hash" in said.output
    assert (await shop.run("verify", "--member", "2")).exit_code == 0
    assert (await shop.run("verify", "--member", "1")).exit_code == 1

    for words in (("--since", "newest"), ("--since", "77"), ("--since", "x"), ("--member", "99999")):
        assert (await shop.run("verify", *words)).exit_code == 2, words
    monkeypatch.setenv("SHUKE_DATABASE_URL", "postgresql://nobody@localhost:1/nothing")
    settings.cache_clear()
    assert (await shop.run("verify")).exit_code == 2


async def test_what_breaks_off_in_the_middle_ends_with_2(shop: Shop, monkeypatch: pytest.MonkeyPatch):
    await shop.server.execute("alter table ledger_hold rename to gone")

    stopped = await shop.run("verify", "--json")

    assert stopped.exit_code == 2
    assert stopped.stdout == ""


async def test_a_root_is_signed_listed_and_verified_against(shop: Shop):
    made = await shop.run("root")
    again = await shop.run("root")
    listed = await shop.run("roots")

    assert (made.exit_code, again.exit_code, listed.exit_code) == (0, 0, 0)
    assert made.output.startswith("Root 1: ")
    statement = json.loads(again.output.splitlines()[1])
    assert statement["root_id"] == 2
    assert [line.split()[0] for line in listed.output.splitlines()] == ["2", "1"]
    assert statement["hash"] in listed.output
    assert (await shop.run("verify", "--since", "newest")).exit_code == 0
    assert (await shop.run("verify", "--since", "1")).exit_code == 0
    await shop.server.execute("update ledger_root_head set version = 77 where member_id = 1")
    assert (await shop.run("verify", "--since", "newest")).exit_code == 1


async def test_a_proof_is_checked_without_database_or_settings(shop: Shop):
    proof, key, bad = shop.folder / "proof.json", shop.folder / "key.pem", shop.folder / "bad.json"
    assert (await shop.run("proof", "1", "--out", str(proof))).exit_code == 2, "there is no root yet"
    await shop.run("root")
    assert (await shop.run("proof", "1", "--out", str(proof))).exit_code == 0
    assert (await shop.run("public-key", "--out", str(key))).exit_code == 0
    body = json.loads(proof.read_text())
    body["accounts"][0]["version"] += 1
    bad.write_text(json.dumps(body))

    good = await asyncio.to_thread(check, shop.folder, proof, key)
    assert good.returncode == 0, good.stderr
    assert "member 1 in root 1" in good.stdout
    assert (await asyncio.to_thread(check, shop.folder, bad, key)).returncode == 1
    assert (await asyncio.to_thread(check, shop.folder, shop.folder / "none.json", key)).returncode == 2
    assert (await asyncio.to_thread(check, shop.folder, proof, proof)).returncode == 2


@pytest.mark.skipif(shutil.which("openssl") is None, reason="the how-to's program wants openssl")
async def test_the_program_of_the_how_to_checks_a_proof_by_itself(shop: Shop):
    await shop.run("root")
    await shop.run("proof", "1", "--out", str(shop.folder / "proof.json"))
    await shop.run("public-key", "--out", str(shop.folder / "key.pem"))
    text = (REPOSITORY / "docs/how-to/check-a-proof.md").read_text("utf-8")
    program = text.split("```python\n")[1].split("```")[0]

    def run() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "-c", program]
        return subprocess.run(command, cwd=shop.folder, capture_output=True, text=True, check=False)

    good = await asyncio.to_thread(run)
    body = json.loads((shop.folder / "proof.json").read_text())
    body["accounts"][0]["version"] += 1
    (shop.folder / "proof.json").write_text(json.dumps(body))
    bad = await asyncio.to_thread(run)

    assert good.returncode == 0, good.stderr
    assert good.stdout.endswith("the proof holds\n")
    assert bad.returncode == 1
    assert "AssertionError" in bad.stderr


def check(folder: Path, proof: Path, key: Path) -> subprocess.CompletedProcess[str]:
    """In a process with nothing but the files: wrong settings would stop whoever reads them."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SHUKE_")}
    return subprocess.run(
        [SHUKE, "ledger", "check-proof", str(proof), "--public-key", str(key)],
        env={**environment, "SHUKE_PORT": "no port", "SHUKE_DATABASE_URL": "nowhere"},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


async def test_the_trial_balance_ends_with_1_when_it_does_not_balance(shop: Shop):
    good = await shop.run("trial-balance")
    as_json = await shop.run("trial-balance", "--json")
    await shop.server.execute("update ledger_account set available = available + 1 where member_id = 1")
    wrong = await shop.run("trial-balance")

    assert (good.exit_code, as_json.exit_code, wrong.exit_code) == (0, 0, 1)
    assert [(one["currency"], one["ok"], one["difference"]) for one in json.loads(as_json.output)] == [
        ("growth", True, 0),
        ("points", True, 0),
        ("stamps", True, 0),
    ]
    assert "points: ok" in good.output
    assert "points: wrong" in wrong.output
