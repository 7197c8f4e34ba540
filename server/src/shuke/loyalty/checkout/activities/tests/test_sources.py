"""Activities that the program sees by itself: joining, completing a profile, birthdays. Each once."""

from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from shuke.loyalty import checkout
from shuke.loyalty.checkout.activities.jobs import celebrate
from shuke.loyalty.checkout.activities.testing import a_rule, an_activity, fixed
from shuke.loyalty.checkout.testing import set_shop_clock
from shuke.people import imports
from shuke.platform import consumers
from shuke.platform.db import Database

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)


@pytest.fixture
async def shop(client: httpx.AsyncClient, database: Database) -> httpx.AsyncClient:
    """The client of a shop with a programme, its clock at a day in March."""
    set_shop_clock(NOW)
    async with database.transaction() as session:
        await checkout.set_up_programme(session, money="CNY")
    return client


async def recorded(database: Database) -> list[tuple[str, str]]:
    """Kind and key of everything that was recorded."""
    async with database.transaction() as session:
        rows = await session.execute(text("select kind, key from activity order by activity_id"))
        return [tuple(row) for row in rows]


async def points(database: Database) -> list[int]:
    async with database.transaction() as session:
        return list(
            (await session.execute(text("select points_available from member_summary order by member_id"))).scalars()
        )


async def signed_up(shop: httpx.AsyncClient, number: str = "15400000001", **profile: str) -> str:
    answer = await shop.post("/v1/members", json={"phone": number, **profile})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


@pytest.mark.parametrize(("is_sign_up", "expected"), [(False, []), (True, ["profile_completed", "sign_up"])])
async def test_members_from_a_file_are_rewarded_as_who_signs_up_only_where_that_was_said(
    shop: httpx.AsyncClient, database: Database, tmp_path: Path, is_sign_up: bool, expected: list[str]
) -> None:
    path = tmp_path / "members.csv"
    rows = (("手机号", "姓名", "生日"), ("15400000001", "王小一", "1990-05-21"))
    path.write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    async with database.transaction() as session:
        await a_rule(session, "sign_up", fixed(20))
        await a_rule(session, "profile_completed", fixed(5))
        run = await imports.add_import(session, path, file_name=path.name, asked_by="staff:1", upload_path=str(path))
        assert run.settings.is_sign_up is False
        await imports.change_settings(session, run.import_id, {"is_sign_up": is_sign_up})
        run = await imports.ask_for(session, run.import_id, "waiting", asked_by="staff:1")
    run = await imports.run_import(database, run, path)
    await consumers.run_until_idle(database)

    assert run.counts["new"] == 1
    assert sorted(kind for kind, _ in await recorded(database)) == expected
    assert await points(database) == [25 if is_sign_up else 0]


async def test_who_joins_is_rewarded_once(shop: httpx.AsyncClient, database: Database) -> None:
    async with database.transaction() as session:
        await a_rule(session, "sign_up", fixed(20))

    member_id = await signed_up(shop)
    await consumers.run_until_idle(database)
    async with database.transaction() as session:
        # As after a restore: the consumer reads everything again.
        await session.execute(text("delete from event_cursor where consumer = 'checkout.activities'"))
    await consumers.run_until_idle(database)

    assert await recorded(database) == [("sign_up", f"sign_up:{member_id}")]
    assert await points(database) == [20]


async def test_nothing_is_written_down_where_no_rule_asks(shop: httpx.AsyncClient, database: Database) -> None:
    await signed_up(shop, name="王芳")

    await consumers.run_until_idle(database)

    assert await recorded(database) == []


async def test_a_profile_is_complete_once_name_phone_and_birthday_are_known(
    shop: httpx.AsyncClient, database: Database
) -> None:
    async with database.transaction() as session:
        await a_rule(session, "profile_completed", fixed(50))
    member_id = await signed_up(shop, name="王芳")
    await consumers.run_until_idle(database)
    assert await recorded(database) == []

    for birthday in ("1990-05-01", "1990-05-02"):
        seen = (await shop.get(f"/v1/members/{member_id}")).headers["ETag"]
        changed = await shop.patch(
            f"/v1/members/{member_id}", json={"name": "王芳", "birthday": birthday}, headers={"If-Match": seen}
        )
        assert changed.status_code == 200, changed.text
        await consumers.run_until_idle(database)

    assert await recorded(database) == [("profile_completed", f"profile_completed:{member_id}")]
    assert await points(database) == [50]


async def test_a_birthday_is_rewarded_once_in_its_year_and_made_up_for(
    shop: httpx.AsyncClient, database: Database
) -> None:
    async with database.transaction() as session:
        await a_rule(session, "birthday", fixed(88))
    member_id = await signed_up(shop, birthday="1990-03-05")
    await signed_up(shop, "15400000002", birthday="1990-07-01")
    await consumers.run_until_idle(database)
    assert await celebrate(database) == 0

    # The worker slept on the day itself.
    set_shop_clock(datetime(2026, 3, 7, 4, tzinfo=UTC))
    assert await celebrate(database) == 1
    assert await celebrate(database) == 0
    set_shop_clock(datetime(2027, 3, 5, 4, tzinfo=UTC))
    assert await celebrate(database) == 1

    assert await recorded(database) == [
        ("birthday", f"birthday:{member_id}:2026"),
        ("birthday", f"birthday:{member_id}:2027"),
    ]
    async with database.transaction() as session:
        days = (await session.execute(text("select business_day::text from activity order by 1"))).scalars().all()
    assert list(days) == ["2026-03-05", "2027-03-05"]


async def test_activities_follow_a_merge_and_its_repeats_stay_the_same(
    shop: httpx.AsyncClient, database: Database
) -> None:
    async with database.transaction() as session:
        await a_rule(session, "check_in")
    survivor = await signed_up(shop)
    absorbed = await signed_up(shop, "15400000002")
    first = (await shop.post("/v1/activities", json=an_activity(member="phone:15400000002"))).json()
    merged = await shop.post("/v1/merges", json={"absorbed": absorbed, "survivor": survivor, "reason": "同一人"})
    assert merged.status_code == 201, merged.text

    again = await shop.post("/v1/activities", json=an_activity(member="phone:15400000001"))
    shown = (await shop.get(f"/v1/members/{survivor}/activities")).json()["items"]
    await shop.post(f"/v1/activities/{first['id']}/cancel", json={"reason": "假"})

    assert (again.status_code, again.json()["id"], again.json()["state"]) == (200, first["id"], "unchanged")
    assert [one["id"] for one in shown] == [first["id"]]
    async with database.transaction() as session:
        balance = await session.scalar(
            text("select points_available from member_summary where member_id = :id"), {"id": int(survivor)}
        )
    assert balance == 0
