"""Bad rows of every kind among ten thousand: the rest is imported, and each bad row comes back with its reason."""

import asyncio
import csv
import io
from collections import Counter
from pathlib import Path

import pytest

from shuke.foundation.organization.testing import a_shop
from shuke.people import imports, members
from shuke.people.imports.tests.test_import import added, counted, good, imported, write
from shuke.people.members.testing import person, phone
from shuke.platform.db import Database

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(600)]
HEADER = ["手机号", "姓名", "生日", "性别", "邮箱", "卡号", "入会时间", "门店", "导购"]


def row(**cells: str) -> list[str]:
    names = ("phone", "name", "birthday", "gender", "email", "card", "joined", "store", "employee")
    return [cells.get(name, "") for name in names]


# Every kind of bad row, with the reason it comes back with.
BROKEN: list[tuple[str, list[str]]] = [
    ("row.no_identity", row(name="王")),
    ("row.no_identity", [*row()[:8], "导购"]),
    ("row.bad_phone", row(phone="12")),
    ("row.bad_phone", row(phone="abc")),
    ("row.bad_phone", row(phone="+8615400000001 转 8")),
    ("row.bad_phone", row(phone="154000000011540000000115400000001")),
    ("row.phone_rounded", row(phone="1.54E+10")),
    ("row.phone_rounded", row(phone="1.54e+10")),
    ("row.bad_email", row(email="nobody")),
    ("row.bad_email", row(email="a@b")),
    ("row.bad_email", row(email="a b@example.com")),
    ("row.bad_email", row(email="@example.com")),
    ("row.too_long", row(card="9" * 301)),
    ("row.bad_number", row(card="9" * 201)),
    ("row.bad_number", row(card="- -")),
    ("row.too_long", row(phone="15400099001", name="王" * 101)),
    ("row.too_long", row(phone="15400099001", store="店" * 101)),
    ("row.bad_characters", row(phone="15400099001", name="王\x07")),
    ("row.bad_characters", row(phone="15400099001", name="王\u202e明")),
    ("row.bad_characters", row(phone="154000\u200b99001")),
    ("row.bad_characters", row(phone="15400099001", name="王\x1b[2J")),
    ("row.bad_birthday", row(phone="15400099001", birthday="昨天")),
    ("row.bad_birthday", row(phone="15400099001", birthday="1990-02-30")),
    ("row.bad_birthday", row(phone="15400099001", birthday="1890-02-03")),
    ("row.bad_birthday", row(phone="15400099001", birthday="2999-02-03")),
    ("row.bad_birthday", row(phone="15400099001", birthday="13-40")),
    ("row.bad_gender", row(phone="15400099001", gender="?")),
    ("row.bad_gender", row(phone="15400099001", gender="=1+1")),
    ("row.bad_date", row(phone="15400099001", joined="soon")),
    ("row.bad_date", row(phone="15400099001", joined="2020-13-01")),
    ("row.date_range", row(phone="15400099001", joined="1911-01-01")),
    ("row.date_range", row(phone="15400099001", joined="2999-01-01")),
    ("row.unknown_store", row(phone="15400099001", store="火星店")),
    ("row.unknown_employee", row(phone="15400099001", employee="没有这个人")),
    ("row.columns", ["15400099001"]),
    ("row.columns", [*row(phone="15400099001"), "more"]),
    ("row.conflict", row(phone="15499999991", email="known@example.com")),
]


async def test_37_bad_rows_among_10_000_come_back_and_the_rest_is_imported(database: Database, tmp_path: Path):
    assert len(BROKEN) == 37
    async with database.transaction() as session:
        await a_shop(session)
        await members.resolve_or_create(
            session,
            [
                person("甲", phone("15499999991")),
                person("乙", members.NewIdentity(kind="email", value="known@example.com")),
            ],
        )
    rows = [[*good(number), "", ""] for number in range(1, 9_964)]
    places = range(5, 9_900, 260)
    for place, (_, broken) in zip(places, BROKEN, strict=False):
        rows.insert(place, broken)
    path = write(tmp_path / "members.csv", rows, HEADER)

    run = await imported(database, path)

    assert counted(run) == {"read": 10_000, "new": 9_963, "rejected": 36, "conflicts": 1}
    async with database.transaction() as session:
        found = await imports.count_reasons(session, run.import_id)
        body = await imports.handed_back_csv(session, run, ("rejected", "conflict"), "zh")
    assert {code: count for _, code, count, _ in found} == Counter(code for code, _ in BROKEN)
    back = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    assert back[0] == ["行号", "退回原因", *HEADER]
    # The header is row 1, and the first broken row stands behind five good ones.
    assert [int(line[0]) for line in back[1:]] == [place + 2 for place in places][:37]


async def test_two_imports_of_the_same_people_at_once_make_each_person_once(database: Database, tmp_path: Path):
    async with database.transaction() as session:
        await a_shop(session)
    paths = [
        write(tmp_path / f"{name}.csv", [good(number) for number in order])
        for name, order in (("a", range(1, 201)), ("b", range(200, 0, -1)))
    ]
    runs = [await added(database, path) for path in paths]
    async with database.transaction() as session:
        runs = [await imports.ask_for(session, run.import_id, "waiting", asked_by="staff:1") for run in runs]

    done = await asyncio.gather(
        *(imports.run_import(database, run, path) for run, path in zip(runs, paths, strict=True))
    )

    assert sum(run.counts["new"] for run in done) == 200
    assert sum(run.counts["read"] for run in done) == 400
    assert all(run.counts["conflicts"] == run.counts["duplicates"] == run.counts["rejected"] == 0 for run in done)
    async with database.transaction() as session:
        owners = await members.resolve(session, [("phone", "", f"154{number:08d}") for number in range(1, 201)])
    assert len(set(owners.values())) == 200
