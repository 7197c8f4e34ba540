"""Members from a file: who is new, who is known, what is handed back, and how all of it is taken back."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import text

from shuke.foundation.organization.testing import a_shop
from shuke.people import imports, members
from shuke.people.imports.actions import change_settings
from shuke.people.members.testing import person, phone
from shuke.platform.actor import EVERYTHING
from shuke.platform.db import Database

pytestmark = pytest.mark.anyio
HEADER = ["手机号", "姓名", "生日", "性别", "邮箱", "卡号", "入会时间"]


def write(path: Path, rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER, *, encoding="utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def good(number: int) -> list[str]:
    return [
        f"154{number:08d}", f"王小{number}", "1990-05-21", "女",
        f"m{number}@example.com", f"C{number:06d}", "2020-01-02",
    ]  # fmt: skip


async def added(database: Database, path: Path, **settings) -> imports.Import:
    async with database.transaction() as session:
        run = await imports.add_import(session, path, file_name=path.name, asked_by="staff:1", upload_path=str(path))
        if settings:
            run = await change_settings(session, run.import_id, settings)
    return run


async def imported(database: Database, path: Path, **settings) -> imports.Import:
    run = await added(database, path, **settings)
    async with database.transaction() as session:
        run = await imports.ask_for(session, run.import_id, "waiting", asked_by="staff:1")
    return await imports.run_import(database, run, path)


async def undone(database: Database, run: imports.Import) -> imports.Import:
    async with database.transaction() as session:
        run = await imports.ask_for(session, run.import_id, "undoing", asked_by="staff:1")
    return await imports.undo_import(database, run)


async def state_of(database: Database) -> dict[str, list]:
    """Everything about members, readable: what an import that is taken back must leave as it was."""
    async with database.transaction() as session:
        page = await members.list_members(session, members.MemberFilters(), EVERYTHING, sort="number", limit=200)
        found = await members.get_members(session, [row.id for row in page.items], EVERYTHING)
        owners = await session.execute(
            text("select kind, source, encode(blind, 'hex'), member_id from member_identity_owner order by 1, 2, 3")
        )
        words = await session.execute(text("select member_id, tokens from member_search order by 1"))
        return {
            "members": [{**vars(one), "version": None} for one in found],
            "owners": [tuple(row) for row in owners],
            "words": [tuple(row) for row in words],
        }


def counted(run: imports.Import) -> dict[str, int]:
    left_out = ("milliseconds", "staged", "samples")
    return {name: value for name, value in run.counts.items() if value and name not in left_out}


@pytest.fixture
async def shop(database: Database) -> Database:
    async with database.transaction() as session:
        await a_shop(session)
    return database


async def test_a_file_becomes_members_and_the_same_file_again_changes_nothing(shop: Database, tmp_path: Path):
    path = write(tmp_path / "members.csv", [good(number) for number in range(1, 41)])

    first = await imported(shop, path)
    before = await state_of(shop)
    again = await imported(shop, path)

    assert counted(first) == {"read": 40, "new": 40}
    assert counted(again) == {"read": 40, "unchanged": 40}
    assert await state_of(shop) == before
    assert len(before["members"]) == 40
    one = before["members"][0]
    assert (one["birthday"], one["gender"], len(one["identities"])) == ("05-21", "female", 3)


async def test_columns_are_known_by_their_headings_and_remembered(shop: Database, tmp_path: Path):
    header = ["Mobile No.", "会员姓名", "备注", "会员等级"]
    path = write(tmp_path / "a.csv", [["15400000001", "王小明", "x", "金卡"]], header)

    run = await added(shop, path)
    assert run.settings.fields == [None, "name", None, "tier"]
    async with shop.transaction() as session:
        run = await change_settings(session, run.import_id, {"fields": ["phone", "name", None, None]})
        run = await imports.ask_for(session, run.import_id, "waiting", asked_by="staff:1")
    await imports.run_import(shop, run, path)
    other = write(
        tmp_path / "b.csv", [["15400000002", "李雷", "y", ""]], ["mobile no", "会员姓名", "备 注", "会员等级"]
    )

    assert (await added(shop, other)).settings.fields == ["phone", "name", None, None]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
async def test_encodings_of_chinese_spreadsheets_are_read(shop: Database, tmp_path: Path, encoding: str):
    run = await imported(shop, write(tmp_path / "a.csv", [good(1)], encoding=encoding))

    found = (await state_of(shop))["members"]
    assert counted(run) == {"read": 1, "new": 1}
    assert found[0]["name"] == "王小*" or found[0]["name"].startswith("王")


async def test_filling_leaves_what_is_there_and_overwriting_does_not(shop: Database, tmp_path: Path):
    async with shop.transaction() as session:
        [known] = await members.resolve_or_create(session, [person("李雷", phone("15400000001"))])
    path = write(tmp_path / "a.csv", [good(1)])

    filled = await imported(shop, path, on_update="fill")
    async with shop.transaction() as session:
        after_fill = await members.get_member(session, known, EVERYTHING)
    overwritten = await imported(shop, path, on_update="overwrite")
    async with shop.transaction() as session:
        after = await members.get_member(session, known, EVERYTHING)

    assert counted(filled) == {"read": 1, "updated": 1, "identities_added": 2}
    assert (after_fill.name, after_fill.gender) == ("李*", "female")
    assert counted(overwritten) == {"read": 1, "updated": 1}
    assert after.name == "王*1" or after.name.startswith("王")


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("create", {"read": 2, "new": 1, "skipped": 1}),
        ("update", {"read": 2, "updated": 1, "skipped": 1, "identities_added": 2}),
        ("both", {"read": 2, "new": 1, "updated": 1, "identities_added": 2}),
    ],
)
async def test_the_policy_says_whether_people_come_or_change(shop: Database, tmp_path: Path, policy, expected):
    async with shop.transaction() as session:
        await members.resolve_or_create(session, [person("李雷", phone("15400000001"))])

    run = await imported(shop, write(tmp_path / "a.csv", [good(1), good(2)]), policy=policy)

    assert counted(run) == expected


async def test_a_dry_run_says_what_the_run_then_does_and_changes_nothing(shop: Database, tmp_path: Path):
    async with shop.transaction() as session:
        await members.resolve_or_create(
            session, [person("李雷", phone("15400000001")), person("韩梅梅", phone("15400000002"))]
        )
    mixed = good(2)
    mixed[0] = "15400000001"
    rows = [good(1), good(3), good(3), [*good(4)[:2], "昨天", *good(4)[3:]], ["15400000002", "", "", "", "", "", ""]]
    path = write(tmp_path / "a.csv", [*rows, ["15400000001", "", "", "", "", "C000003", ""]])
    before = await state_of(shop)

    run = await added(shop, path)
    async with shop.transaction() as session:
        run = await imports.ask_for(session, run.import_id, "checking", asked_by="staff:1")
    checked = await imports.check_import(shop, run, path)

    assert await state_of(shop) == before
    assert checked.state == "checked"
    assert checked.dry_run is not None
    async with shop.transaction() as session:
        run = await imports.ask_for(session, run.import_id, "waiting", asked_by="staff:1")
    done = await imports.run_import(shop, run, path)
    told = {name: checked.dry_run[name] for name in counted(done)}
    assert told == counted(done)
    assert counted(done) == {
        "read": 6, "new": 1, "updated": 1, "unchanged": 1, "duplicates": 2, "rejected": 1, "identities_added": 2
    }  # fmt: skip
    shown = str(checked.dry_run["samples"])
    assert "154****0003" in shown
    assert "15400000003" not in shown


async def test_numbers_of_two_members_in_one_row_are_a_conflict(shop: Database, tmp_path: Path):
    async with shop.transaction() as session:
        await members.resolve_or_create(
            session,
            [
                person("李雷", phone("15400000001")),
                person("韩梅梅", members.NewIdentity(kind="email", value="m1@example.com")),
            ],
        )
    before = await state_of(shop)

    run = await imported(shop, write(tmp_path / "a.csv", [good(1)]))

    assert counted(run) == {"read": 1, "conflicts": 1}
    assert await state_of(shop) == before


async def test_an_import_taken_back_leaves_everything_as_it_was(shop: Database, tmp_path: Path):
    async with shop.transaction() as session:
        await members.resolve_or_create(
            session, [person("李雷", phone("15400000001")), person(None, phone("15400000002"))]
        )
    before = await state_of(shop)
    run = await imported(
        shop, write(tmp_path / "a.csv", [good(number) for number in range(1, 30)]), on_update="overwrite"
    )
    assert await state_of(shop) != before
    async with shop.transaction() as session:
        # What was only worked out from members goes with them.
        worked_out = "insert into duplicate_member (member_id, is_stale) select member_id, true from member"
        await session.execute(text(worked_out))

    back = await undone(shop, run)
    again = await undone(shop, run)

    assert back.undo == again.undo == {"removed": 27, "restored": 2, "partly": 0, "kept": 0}
    assert await state_of(shop) == before
    async with shop.transaction() as session:
        lines = await session.execute(text("select count(*) from audit where action = 'member_imports.undone'"))
    assert lines.scalar_one() == 1


async def test_who_was_touched_since_stays_and_is_listed(shop: Database, tmp_path: Path):
    run = await imported(shop, write(tmp_path / "a.csv", [good(1), good(2), good(3)]))
    async with shop.transaction() as session:
        found = await members.resolve(session, [("phone", "", f"1540000000{number}") for number in (1, 2, 3)])
        renamed, joined, _ = found.values()
        await members.update_profile(session, renamed, members.ProfileChange(name="别人"), version=1)
        await members.resolve_or_create(
            session, [person(None, phone("15400000002"), members.NewIdentity(kind="card", value="NEW"))]
        )

    back = await undone(shop, run)

    assert back.undo == {"removed": 1, "restored": 0, "partly": 0, "kept": 2}
    assert {one["id"] for one in (await state_of(shop))["members"]} == {renamed, joined}


async def test_a_field_that_somebody_changed_since_stays_when_the_rest_goes_back(shop: Database, tmp_path: Path):
    async with shop.transaction() as session:
        [known] = await members.resolve_or_create(session, [person(None, phone("15400000001"))])
    run = await imported(shop, write(tmp_path / "a.csv", [good(1)]))
    async with shop.transaction() as session:
        await members.update_profile(session, known, members.ProfileChange(name="别人"), version=2)

    back = await undone(shop, run)

    async with shop.transaction() as session:
        now = await members.get_member(session, known, EVERYTHING)
    assert back.undo == {"removed": 0, "restored": 0, "partly": 1, "kept": 0}
    assert (now.name, now.birthday, now.gender) == ("别*", None, None)
    assert [one.kind for one in now.identities] == ["phone"]


async def test_a_run_that_was_cut_off_goes_on_where_it_was(shop: Database, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("shuke.people.imports.working.running._APPLY_BATCH", 10)
    path = write(tmp_path / "a.csv", [*(good(number) for number in range(1, 36)), good(5), ["", "无名", *[""] * 5]])
    run = await added(shop, path)
    async with shop.transaction() as session:
        run = await imports.ask_for(session, run.import_id, "waiting", asked_by="staff:1")

    class Killed(BaseException):
        pass

    def kill(progress: imports.Progress) -> None:
        if progress.state == "applying" and progress.done >= 20:
            raise Killed

    with pytest.raises(Killed):
        await imports.run_import(shop, run, path, on_progress=kill)
    async with shop.transaction() as session:
        cut = await imports.get_import(session, run.import_id)
    done = await imports.run_import(shop, cut, path)

    assert (cut.state, cut.lines_done) == ("running", 20)
    assert counted(done) == {"read": 37, "new": 35, "duplicates": 1, "rejected": 1}
    assert len((await state_of(shop))["members"]) == 35


async def test_nothing_of_a_person_stands_in_clear_in_the_tables_of_imports(shop: Database, tmp_path: Path):
    broken = good(7)
    broken[2] = "never"
    await imported(shop, write(tmp_path / "a.csv", [good(1), broken, good(1)]))

    async with shop.transaction() as session:
        dumped = ""
        for table in ("member_import", "member_import_reject", "member_import_change", "member_import_identity"):
            rows = await session.execute(text(f"select t::text from {table} t"))
            dumped += "\n".join(row[0] for row in rows)
    for value in ("15400000001", "15400000007", "王小", "m7@example.com", "C000007"):
        assert value not in dumped
        assert value.encode().hex() not in dumped
