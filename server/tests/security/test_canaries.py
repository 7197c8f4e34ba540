"""A thousand marked people pass through the program; afterwards nothing of theirs lies anywhere in clear.

Looked through are logs, measurements, the bodies of refusals, and every column of every table as a plain dump shows it.
"""

import csv
import logging
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from shuke.foundation.exports import jobs as exporting
from shuke.people import imports
from shuke.platform import jobs
from shuke.platform.db import Database
from shuke.platform.settings import settings

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(300)]
PEOPLE = 1_000
BY_HAND = 40

_TABLES = text(
    "select format('%I.%I', schemaname, tablename) as name, "
    "format('select t::text from %I.%I t', schemaname, tablename) as question "
    "from pg_tables where schemaname in ('public', 'vault', 'queue') order by 1"
)


def marks(no: int) -> dict[str, str]:
    return {
        "phone": f"155{77_000_000 + no:08d}",
        "name": f"鼐鼒{chr(0x4E00 + no % 900)}{chr(0x4E00 + no // 900 + 40)}",
        "email": f"canary-{no}-zqx@example.com",
        "address": f"龘龖路{no}号",
    }


CANARIES = ("龘龖", "鼐鼒", "zqx@example", "1557700")


def found_in(text_of: str) -> list[str]:
    """Which marks a text holds, as it stands, escaped, or as bytes in hexadecimal."""
    forms = {
        mark: (mark, mark.encode().hex(), mark.encode("unicode_escape").decode(), mark.encode("gb18030").hex())
        for mark in CANARIES
    }
    lowered = text_of.lower()
    return [mark for mark, looks in forms.items() if any(form.lower() in lowered for form in looks)]


async def dump(database: Database) -> dict[str, str]:
    """Every table as text, as a plain dump would have it."""
    async with database.transaction() as session:
        return {
            row.name: "\n".join((await session.execute(text(row.question))).scalars())
            for row in (await session.execute(_TABLES)).all()
        }


async def leaks(database: Database) -> dict[str, list[str]]:
    return {name: found for name, content in (await dump(database)).items() if (found := found_in(content))}


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG)
    # The test's own client tells every address that it calls; that is nobody's log but the test's.
    for name in ("httpx", "httpcore"):
        caplog.set_level(logging.WARNING, logger=name)
    return caplog


@pytest.fixture
def folder(tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data directory of this test alone, with the worker's database known."""
    jobs.use(database)
    monkeypatch.setenv("SHUKE_DATA_DIRECTORY", str(tmp_path))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()
    jobs.use(None)


def body_of(no: int) -> dict[str, object]:
    mine = marks(no)
    kinds = [{"kind": "phone", "value": mine["phone"]}, {"kind": "email", "value": mine["email"]}]
    return {"name": mine["name"], "address": mine["address"], "identities": kinds}


def write_people(path: Path) -> Path:
    """A file of the people who do not sign up by hand, and ten rows that cannot be read."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["手机号", "姓名", "邮箱", "地址", "生日"])
        for no in range(BY_HAND, PEOPLE):
            writer.writerow([*(marks(no)[name] for name in ("phone", "name", "email", "address")), "1990-01-02"])
        for no in range(BY_HAND, BY_HAND + 10):
            writer.writerow([f"{marks(no)['phone']}99", marks(no)["name"], f"{no}-zqx@example", "龘龖路", "昨天"])
    return path


async def import_people(database: Database, path: Path) -> None:
    async with database.transaction() as session:
        run = await imports.add_import(session, path, file_name=path.name, asked_by="system:0", upload_path=str(path))
        run = await imports.ask_for(session, run.import_id, "waiting", asked_by="system:0")
    done = await imports.run_import(database, run, path)
    assert (done.state, done.counts["new"], done.counts["rejected"]) == ("done", PEOPLE - BY_HAND, 10)


async def export_people(client: httpx.AsyncClient, folder: Path) -> None:
    """Take the list of members out, masked and in clear; the files that lie there are sealed."""
    for unmasked in (False, True):
        asked = {"list": "members", "reason": "a check", "unmasked": unmasked}
        one = (await client.post("/v1/exports", json=asked)).json()
        await exporting.run({"export_id": one["id"]})
        content = (await client.get(f"/v1/exports/{one['id']}/file")).content.decode("utf-8-sig")
        assert (found_in(content) != []) == unmasked
    files = list((folder / "exports").iterdir())
    assert len(files) == 2
    assert [found_in(file.read_bytes().decode("latin-1")) for file in files] == [[], []]


async def pass_through(client: httpx.AsyncClient, database: Database, folder: Path) -> list[str]:
    """Import, sign up, search, edit, unmask, merge, export, and be refused; the bodies of the refusals."""
    await import_people(database, write_people(folder / "people.csv"))
    ids = []
    for no in range(BY_HAND):
        keyed = {"Idempotency-Key": f"join-{no}"}
        answer = await client.post("/v1/members", json=body_of(no), headers=keyed)
        assert answer.status_code == 201, answer.text
        ids.append(answer.json()["id"])
    refused = []
    for no, member_id in enumerate(ids):
        mine = marks(no)
        path = f"/v1/members/{member_id}"
        answers = (
            await client.get(path),
            await client.get("/v1/members", params={"q": mine["phone"]}),
            await client.get("/v1/members", params={"q": mine["name"]}),
            await client.patch(path, json={"name": mine["name"], "version": 1, "address": mine["address"] + "甲"}),
            await client.post(f"{path}/unmask", json={"fields": ["name", "phone"], "reason": "a call"}),
            await client.post("/v1/members", json=body_of(no)),
            await client.post("/v1/members", json={"name": mine["name"] * 60, "identities": mine}),
            await client.post("/v1/members", json=[mine["phone"], mine["email"]]),
            await client.get(f"/v1/members/email:{mine['email']}x"),
            await client.get(f"/v1/members/phone:{mine['phone']}9"),
            await client.post(f"/v1/orders/{mine['name']}", json=mine),
            await client.post("/v1/orders", json={"member": f"phone:{mine['phone']}", "lines": mine["address"]}),
        )
        refused += [answer.text for answer in answers if answer.status_code >= 400]
    wanted = {"survivor": str(ids[0]), "absorbed": str(ids[1]), "reason": "the same person"}
    assert (await client.post("/v1/merges/preview", json={**wanted, "reason": "x"})).status_code == 422
    assert (await client.post("/v1/merges", json=wanted)).status_code == 201
    await export_people(client, folder)
    return refused


async def test_nothing_of_a_thousand_people_lies_anywhere_in_clear(
    client: httpx.AsyncClient,
    database: Database,
    logged: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    folder: Path,
):
    refused = await pass_through(client, database, folder)
    measured = (await client.get("/metrics")).text

    assert len(refused) > BY_HAND * 4
    assert [body for body in refused if found_in(body)] == []
    assert found_in(measured) == []
    out, err = capfd.readouterr()
    said = "\n".join(record.getMessage() for record in logged.records if record.name.startswith("shuke"))
    assert found_in(said + out + err) == []
    assert await leaks(database) == {}


@pytest.mark.parametrize("leak", ["鼐鼒一丁", "canary-7-zqx@example.com", "15577000007"])
async def test_a_planted_leak_is_found(database: Database, leak: str):
    async with database.transaction() as session:
        await session.execute(
            text("insert into platform_setting (key, value) values ('planted', to_jsonb(cast(:leak as text)))"),
            {"leak": leak},
        )
    assert list(await leaks(database)) == ["public.platform_setting"]
    assert found_in(leak.encode().hex()) == found_in(leak) != []


def test_marks_are_told_apart_from_everything_else():
    assert found_in("13800000000 王小明 anybody@example.com") == []
