"""The wizard over HTTP: upload, mapping, dry run, start, rows handed back, undo."""

import csv
import io

import pytest
from sqlalchemy import text

from shuke.people.imports import jobs as work
from shuke.platform import jobs, uploads
from shuke.platform.db import Database
from shuke.platform.settings import Settings

pytestmark = pytest.mark.anyio


def table(rows: list[list[str]], header: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue().encode()


@pytest.fixture
def worker(database: Database):
    jobs.use(database)
    yield work
    jobs.use(None)


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "settings", lambda: Settings(data_directory=tmp_path))


async def uploaded(client, rows: list[list[str]], header: list[str]) -> dict:
    answer = await client.post("/v1/member-imports", files={"file": ("members.csv", table(rows, header), "text/csv")})
    assert answer.status_code == 202, answer.text
    return answer.json()


async def test_the_whole_way_from_upload_to_undo(client, worker):
    header = ["手机", "姓名", "=备注", "会员等级"]
    rows = [["15400000001", "王小明", "x", "金卡"], ["12", "=HYPERLINK(1)", "y", ""], ["15400000001", "王", "", ""]]

    draft = await uploaded(client, rows, header)
    assert (draft["state"], [column["field"] for column in draft["look"]["columns"]]) == (
        "draft",
        ["phone", "name", None, "tier"],
    )
    assert draft["look"]["columns"][0]["samples"][0] == "154****0001"
    assert [(one["code"], one["count"]) for one in draft["look"]["problems"]] == [("row.bad_phone", 1)]
    address = f"/v1/member-imports/{draft['id']}"

    changed = await client.patch(address, json={"policy": "create", "channel": "旧系统"})
    assert changed.json()["settings"]["policy"] == "create"
    assert (await client.post(f"{address}/dry-run")).status_code == 202
    await worker.check({"import_id": draft["id"]})
    checked = (await client.get(address)).json()
    assert checked["state"] == "checked"
    assert (checked["dry_run"]["new"], checked["dry_run"]["rejected"], checked["dry_run"]["duplicates"]) == (1, 1, 1)
    assert (await client.get("/v1/members")).json()["items"] == []

    assert (await client.post(f"{address}/start")).status_code == 202
    await worker.run({"import_id": draft["id"]})
    done = (await client.get(address)).json()
    assert (done["state"], done["counts"]["new"]) == ("done", 1)
    assert [(one["kind"], one["count"]) for one in done["reasons"]] == [("rejected", 1), ("duplicate", 1)]
    assert len((await client.get("/v1/members")).json()["items"]) == 1

    rejects = list(csv.reader(io.StringIO((await client.get(f"{address}/rejects.csv")).text.lstrip("\ufeff"))))
    assert rejects[0] == ["row", "reason", "手机", "姓名", "'=备注", "会员等级"]
    assert rejects[1][0::2] == ["3", "12", "y"]
    assert rejects[1][3] == "'=HYPERLINK(1)"
    duplicates = (await client.get(f"{address}/duplicates.csv")).text
    assert "row 2" in duplicates

    assert (await client.post(f"{address}/undo")).status_code == 202
    await worker.undo({"import_id": draft["id"]})
    undone = (await client.get(address)).json()
    assert (undone["state"], undone["undo"]["removed"]) == ("undone", 1)
    assert (await client.get("/v1/members")).json()["items"] == []
    assert [one["id"] for one in (await client.get("/v1/member-imports")).json()["items"]] == [draft["id"]]


async def test_steps_out_of_order_are_refused_and_change_nothing(client, worker):
    draft = await uploaded(client, [["a", "b"]], ["姓名", "x"])
    address = f"/v1/member-imports/{draft['id']}"

    refused = [
        await client.post(f"{address}/start"),
        await client.post(f"{address}/undo"),
        await client.patch(address, json={"fields": ["phone"]}),
        await client.patch(address, json={"fields": ["phone", "phone"]}),
        await client.patch(address, json={"store_id": 99}),
        await client.get("/v1/member-imports/999"),
    ]

    assert [(answer.status_code, answer.json()["code"]) for answer in refused] == [
        (422, "member_imports.no_match_key"),
        (409, "member_imports.wrong_state"),
        (422, "member_imports.wrong_columns"),
        (422, "member_imports.bad_mapping"),
        (422, "member_imports.unknown_store"),
        (404, "member_imports.not_found"),
    ]
    assert (await client.get(address)).json()["state"] == "draft"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "table.empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "table.not_a_table"),
        (b"PK\x03\x04broken", "table.damaged_workbook"),
        (b"\xd0\xcf\x11\xe0rest", "table.old_workbook"),
    ],
)
async def test_what_is_no_table_is_refused_and_nothing_stays(client, database, tmp_path, content, code):
    answer = await client.post("/v1/member-imports", files={"file": ("a.csv", content, "text/csv")})

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    async with database.transaction() as session:
        assert (await session.execute(text("select count(*) from member_import"))).scalar_one() == 0
    assert list((tmp_path / "uploads").glob("*")) == []


async def test_who_may_only_read_can_neither_import_nor_fetch_rows(client, viewer):
    draft = await uploaded(client, [["15400000001", "王"]], ["手机", "姓名"])
    address = f"/v1/member-imports/{draft['id']}"

    answers = [
        await viewer.post("/v1/member-imports", files={"file": ("a.csv", b"a,b\n1,2\n", "text/csv")}),
        await viewer.post(f"{address}/start"),
        await viewer.get(f"{address}/rejects.csv"),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert (await viewer.get(address)).status_code == 200
