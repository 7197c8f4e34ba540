"""Codes of another system come in from a file; rows that cannot be taken are handed back with their reason."""

import csv
import io
import json
from datetime import UTC, datetime

import asyncpg
import httpx
import pytest

from shuke.loyalty.coupons.batches import importing, reasons, working
from shuke.loyalty.coupons.batches.copying import copy_in
from shuke.loyalty.coupons.batches.notation import fits
from shuke.loyalty.coupons.rules import Terms
from shuke.loyalty.coupons.testing import OFF_TEN, a_template, set_clock, states
from shuke.people.members.testing import enrolled, person, phone
from shuke.platform.db import Database, raw
from shuke.platform.settings import settings

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 3, 1, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _place(tmp_path, monkeypatch):
    set_clock(NOW)
    monkeypatch.setenv("SHUKE_DATA_DIRECTORY", str(tmp_path))
    settings.cache_clear()
    yield
    settings.cache_clear()


async def template(database: Database, issuing=None, terms=OFF_TEN) -> None:
    async with database.transaction() as session:
        await a_template(session, issuing=issuing, terms=terms)


async def upload(client: httpx.AsyncClient, content: str | bytes, **fields) -> dict:
    data = {name: json.dumps(value) if isinstance(value, dict) else value for name, value in fields.items()}
    answer = await client.post(
        "/v1/coupon-templates/ten-off/code-imports",
        data=data,
        files={"file": ("codes.csv", content.encode() if isinstance(content, str) else content)},
    )
    assert answer.status_code == 202, answer.text
    return answer.json()


async def imported(client: httpx.AsyncClient, database: Database, content: str | bytes, **fields) -> dict:
    batch = await upload(client, content, **fields)
    await working.work_on(database, batch["id"])
    return (await client.get(f"/v1/coupon-batches/{batch['id']}")).json()


async def rejects(client: httpx.AsyncClient, batch: dict, language: str = "en") -> list[list[str]]:
    answer = await client.get(f"/v1/coupon-batches/{batch['id']}/rejects.csv", headers={"Accept-Language": language})
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


async def rows(database: Database) -> list[tuple]:
    async with database.transaction() as session:
        found = await (await raw(session)).fetch(
            "select code, member_id, expires_at::text, how from coupon "
            "join coupon_code using (member_id, coupon_id, code) order by coupon_id"
        )
    return [tuple(row) for row in found]


async def test_a_plain_list_of_codes_comes_in(client, database):
    await template(database)
    batch = await imported(client, database, "券码\nabc-001\nABC 002\nabc_003\n")
    assert (batch["state"], batch["made"], batch["wanted"], batch["counts"]["issued"]) == ("done", 3, 3, 3)
    assert [row[0] for row in await rows(database)] == ["ABC001", "ABC002", "ABC_003"]
    assert batch["file"]["columns"] == {"code": "券码"}


async def test_days_and_members_of_the_file_count(client, database):
    await template(database)
    async with database.transaction() as session:
        (member_id,) = await enrolled(session, [person("李雷", phone("15400000001"))])
    batch = await imported(
        client,
        database,
        "code,expires,phone\nNOBODY1,2026-12-31,\nMEMBER1,,15400000001\nMEMBER2,2026/03/05,15400000001\n",
    )
    assert (batch["state"], batch["made"]) == ("done", 3)
    assert sorted(await rows(database)) == [
        ("MEMBER1", member_id, "2026-03-31 16:00:00+00", "code"),
        ("MEMBER2", member_id, "2026-03-05 16:00:00+00", "code"),
        ("NOBODY1", 0, "2026-12-31 16:00:00+00", "code"),
    ]
    async with database.transaction() as session:
        assert [state for _, state, _ in await states(session, member_id)] == ["issued", "issued"]
        events = await (await raw(session)).fetch("select name, member_id from event where name like 'coupon.%'")
        assert [tuple(row) for row in events] == [("coupon.granted", member_id)] * 2


BAD = {
    "TWICE01,,": "row.twice",
    "TAKEN01,,": "row.taken",
    ",,": "row.no_code",
    "AB,,": "row.bad_code",
    "券码一二三四,,": "row.bad_code",
    "1.2E+15,,": "row.rounded_code",
    "OVER001,2026-02-28,": "row.over",
    "DATE001,someday,": "row.bad_date",
    "NOBODY9,,15400000009": "row.member_unknown",
    "MEMBER9,,hello": "row.bad_member",
    "FROZEN1,,15400000002": "row.member_not_active",
    "WIDE001,,,": "row.columns",
    "\x01BAD,,": "row.bad_characters",
}


async def test_every_bad_row_is_handed_back_with_its_reason_and_no_phone(client, database):
    await template(database)
    async with database.transaction() as session:
        _, frozen = await enrolled(
            session, [person("李雷", phone("15400000001")), person("韩梅梅", phone("15400000002"))]
        )
        await (await raw(session)).execute("update member set status = 'frozen' where member_id = $1", frozen)
    await imported(client, database, "code,last\nTAKEN01,\n")
    content = "code,expires,phone\nTWICE01,,\n" + "".join(f"{line}\n" for line in BAD) + "GOOD001,,15400000001\n"

    tried = await imported(client, database, content, dry_run="true")
    assert (tried["state"], tried["made"], tried["file"]["rejected"]) == ("checked", 2, len(BAD))
    assert len(await rows(database)) == 1
    assert (await client.post(f"/v1/coupon-batches/{tried['id']}/import")).status_code == 202
    await working.work_on(database, tried["id"])
    batch = (await client.get(f"/v1/coupon-batches/{tried['id']}")).json()

    assert (batch["state"], batch["made"], batch["file"]["rejected"]) == ("done", 2, len(BAD))
    assert {one["code"]: one["count"] for one in batch["file"]["reasons"]} == {
        reason: list(BAD.values()).count(reason) for reason in BAD.values()
    }
    header, *handed = await rejects(client, batch)
    assert header == ["row", "reason", "code", "expires", "phone"]
    assert [int(row[0]) for row in handed] == list(range(3, 3 + len(BAD)))
    assert "15400000009" not in str(handed)
    assert handed[list(BAD.values()).index("row.member_unknown")][2:] == ["NOBODY9", "", "154******09"]
    async with database.transaction() as session:
        assert "15400000009" not in str(await (await raw(session)).fetch("select * from coupon_batch_reject"))
    assert len(await rows(database)) == 3


def test_every_reason_says_what_to_do_in_both_languages():
    assert set(BAD.values()) <= set(reasons.REASONS)
    for texts in reasons.REASONS.values():
        assert texts["zh"].endswith(("。",))
        assert texts["en"].endswith(".")


async def test_of_many_rows_the_bad_ones_are_handed_back_and_the_rest_is_there(client, database):
    await template(database)
    bad = set(range(50, 100_000, 2_703))
    assert len(bad) == 37
    content = "code,expires\n" + "".join(
        f"EXT{n:06d},{'never' if n in bad else '2026-12-31'}\n" for n in range(100_000)
    )
    batch = await imported(client, database, content)
    assert (batch["state"], batch["made"], batch["file"]["rejected"]) == ("done", 99_963, 37)
    assert batch["file"]["reasons"] == [
        {"code": "row.bad_date", "text": reasons.say("row.bad_date", {"value": "never"}, "en"), "count": 37}
    ]
    assert [int(row[0]) for row in (await rejects(client, batch))[1:]] == [n + 2 for n in sorted(bad)]


async def test_killed_in_the_middle_it_goes_on_without_doubles(client, database, monkeypatch):
    monkeypatch.setattr(importing, "_CHUNK", 10)
    await template(database)
    batch = await upload(client, "code\n" + "".join(f"EXT{n:04d}\n" for n in range(35)) + "bad!\n")
    chunks = []

    async def dying(session, one, found):
        await copy_in(session, one, found)
        chunks.append(len(found))
        if len(chunks) == 3:
            raise asyncpg.ConnectionDoesNotExistError("gone")

    with monkeypatch.context() as patched:
        patched.setattr(importing, "copy_in", dying)
        with pytest.raises(asyncpg.ConnectionDoesNotExistError):
            await working.work_on(database, batch["id"])
    assert len(await rows(database)) == 20
    done = await working.work_on(database, batch["id"])
    assert (done.state, done.made, done.details["rejected"]) == ("done", 35, 1)
    assert [row[0] for row in await rows(database)] == [f"EXT{n:04d}" for n in range(35)]


async def test_limits_and_stock_hold_for_codes_of_a_file(client, database):
    await template(database, issuing={"limits": [{"most": 1}], "stock": 2})
    async with database.transaction() as session:
        await enrolled(session, [person("李雷", phone("15400000001"))])
    batch = await imported(client, database, "code,phone\nOWN001,15400000001\nOWN002,15400000001\nANY001,\nANY002,\n")
    assert (batch["state"], batch["made"]) == ("done", 2)
    assert {one["code"] for one in batch["file"]["reasons"]} == {"row.limit_reached", "row.stock"}
    assert sorted(row[0] for row in await rows(database)) == ["ANY001", "OWN001"]


async def test_a_column_that_is_not_there_is_refused_and_nothing_kept(client, database):
    await template(database)
    for columns, column in (({"code": "no such"}, "no such"), ({}, "code"), ({"terms": "a"}, "code")):
        answer = await client.post(
            "/v1/coupon-templates/ten-off/code-imports",
            data={"columns": json.dumps(columns)},
            files={"file": ("codes.csv", b"a,b\n1,2\n")},
        )
        assert (answer.status_code, answer.json()["code"]) == (422, "coupons.no_code_column")
        assert column in answer.json()["detail"]
    async with database.transaction() as session:
        assert await (await raw(session)).fetchval("select count(*) from coupon_batch") == 0
    assert not list(settings().uploads.iterdir())


async def test_a_sample_is_looked_at_and_not_kept(client):
    heading = ("优惠码", "面额", "有效期至")
    content = "".join(",".join(row) + "\n" for row in (heading, ("A1B2", "30:5", "2026-12-31")))
    answer = await client.post("/v1/coupon-code-samples", files={"file": ("a.csv", content.encode("gbk"))})
    assert answer.json() == {
        "header": ["优惠码", "面额", "有效期至"],
        "rows": [["A1B2", "30:5", "2026-12-31"]],
        "guess": {"code": "优惠码", "terms": "面额", "expires_on": "有效期至"},
    }
    assert not list(settings().uploads.iterdir())


async def test_whoever_may_only_read_imports_nothing_and_sees_no_codes(viewer, client, database):
    await template(database)
    batch = await imported(client, database, "code\nEXT001\n")
    assert (await viewer.get(f"/v1/coupon-batches/{batch['id']}")).status_code == 200
    assert (await viewer.get(f"/v1/coupon-batches/{batch['id']}/rejects.csv")).status_code == 403
    for action in ("stop", "resume", "import", "void"):
        body = {"reason": "leaked"} if action == "void" else None
        assert (await viewer.post(f"/v1/coupon-batches/{batch['id']}/{action}", json=body)).status_code == 403
    asked = {"list": "coupon_codes", "filters": {"batch": batch["id"]}, "reason": "to print them"}
    answer = await viewer.post("/v1/exports", json=asked)
    assert answer.status_code == 403
    assert len(await rows(database)) == 1


async def test_terms_of_the_file_have_to_be_those_of_the_coupon(client, database):
    five_off_thirty = {"discount": {"kind": "amount_off", "off_minor": 500}, "threshold": {"least": 3_000}}
    await template(database, terms=five_off_thirty)
    lines = ("FITS01,30:5", "FITS02,满30减5", "FITS03,", "OTHER1,20:5", "OTHER2,0.95", "BAD001,hello")
    batch = await imported(client, database, "code,discount\n" + "".join(f"{line}\n" for line in lines))
    assert (batch["state"], batch["made"]) == ("done", 3)
    assert [row[0] for row in await rows(database)] == ["FITS01", "FITS02", "FITS03"]
    assert {one["code"]: one["count"] for one in batch["file"]["reasons"]} == {"row.other_terms": 2, "row.bad_terms": 1}
    assert {one["text"]: one["count"] for one in batch["file"]["terms"]} == {"30:5": 1, "满30减5": 1}


@pytest.mark.parametrize(
    ("text", "discount", "threshold", "expected"),
    [
        ("0.95", {"kind": "percent_off", "percent": 5}, {}, True),
        ("0.95", {"kind": "percent_off", "percent": 5, "most_minor": 5_000}, {}, True),
        ("0.95", {"kind": "percent_off", "percent": 10}, {}, False),
        (
            "满100减10,满200减30",
            {
                "kind": "steps",
                "steps": [{"from_minor": 10_000, "off_minor": 1_000}, {"from_minor": 20_000, "off_minor": 3_000}],
            },
            {},
            True,
        ),
        ("30:5", {"kind": "gift", "products": ["CUP"]}, {}, False),
        ("whatever", {"kind": "percent_off", "percent": 5}, {}, None),
    ],
)
def test_a_text_fits_terms_that_say_the_same(text: str, discount: dict, threshold: dict, expected: bool | None):
    terms = Terms.model_validate_json(json.dumps({"discount": discount, "threshold": threshold}))
    assert fits(text, terms, "CNY") is expected
