"""Signing in and out, locks, sessions and passwords, over HTTP."""

import asyncio
from datetime import datetime, timedelta

import httpx
import pytest
from sqlalchemy import text

from shuke.foundation import staff
from shuke.foundation.staff import rules
from shuke.foundation.staff.tables import staff_session
from shuke.foundation.staff.testing import a_session_of
from shuke.platform import clock
from shuke.platform.db import Database

pytestmark = pytest.mark.anyio

NEW_PASSWORD = "correct horse battery staple"


@pytest.fixture
async def password(database: Database) -> str:
    async with database.transaction() as session:
        first = await staff.ensure_first_user(session)
    assert first is not None
    return first.password


async def sign_in(browser: httpx.AsyncClient, password: str, username: str = "admin") -> httpx.Response:
    return await browser.post("/v1/session", json={"username": username, "password": password})


async def sessions(database: Database) -> int:
    async with database.transaction() as session:
        return int((await session.execute(text("select count(*) from staff_session"))).scalar_one())


async def test_signing_in_opens_a_session_that_scripts_cannot_read(
    anonymous: httpx.AsyncClient, database: Database, password: str
) -> None:
    answer = await sign_in(anonymous, password, username="  Admin ")

    assert answer.status_code == 200
    assert answer.json()["user"] | {"id": 0} == {
        "id": 0,
        "username": "admin",
        "display_name": "admin",
        "is_password_temporary": True,
        "language": None,
    }
    assert "staff.read" in answer.json()["permissions"]
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert (await anonymous.get("/v1/session")).json() == answer.json()
    async with database.transaction() as session:
        kept = (await session.execute(staff_session.select())).one()
    assert kept.token_hash != anonymous.cookies["shuke_session"].encode()


async def test_the_language_one_chooses_is_kept_with_the_person(anonymous: httpx.AsyncClient, password: str) -> None:
    await sign_in(anonymous, password)

    chosen = await anonymous.patch("/v1/session", json={"language": "en"})
    unknown = await anonymous.patch("/v1/session", json={"language": "fr"})

    assert (chosen.status_code, chosen.json()["user"]["language"]) == (200, "en")
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/language")
    await anonymous.delete("/v1/session")
    assert (await sign_in(anonymous, password)).json()["user"]["language"] == "en"


async def test_signing_out_ends_the_session(anonymous: httpx.AsyncClient, database: Database, password: str) -> None:
    await sign_in(anonymous, password)
    token = anonymous.cookies["shuke_session"]

    assert (await anonymous.delete("/v1/session")).status_code == 204

    anonymous.cookies.set("shuke_session", token)
    assert (await anonymous.get("/v1/session")).json()["code"] == "staff.not_signed_in"
    assert await sessions(database) == 0


@pytest.mark.parametrize(("username", "offered"), [("admin", "wrong"), ("nobody", "wrong")])
async def test_a_wrong_password_and_an_unknown_name_hear_the_same(
    anonymous: httpx.AsyncClient, database: Database, password: str, username: str, offered: str
) -> None:
    answer = await sign_in(anonymous, offered, username=username)

    assert (answer.status_code, answer.json()["code"]) == (401, "staff.sign_in_failed")
    assert "set-cookie" not in answer.headers
    assert await sessions(database) == 0


async def test_after_five_failures_even_the_right_password_waits(
    anonymous: httpx.AsyncClient, database: Database, password: str
) -> None:
    codes = [(await sign_in(anonymous, "wrong")).status_code for _ in range(5)]

    locked = await sign_in(anonymous, password)

    assert codes == [401] * 5
    assert (locked.status_code, locked.json()["code"]) == (429, "staff.sign_in_locked")
    assert 880 <= int(locked.headers["retry-after"]) <= 901
    assert await sessions(database) == 0


async def test_many_guesses_at_once_get_no_more_than_five(
    anonymous: httpx.AsyncClient, database: Database, password: str
) -> None:
    answers = await asyncio.gather(*(sign_in(anonymous, f"guess {number}") for number in range(14)))

    codes = [answer.status_code for answer in answers]
    assert codes.count(401) == 5
    assert set(codes) <= {401, 429, 409}


async def test_a_lock_ends_and_counting_starts_again(
    anonymous: httpx.AsyncClient, database: Database, password: str
) -> None:
    for _ in range(5):
        await sign_in(anonymous, "wrong")
    async with database.transaction() as session:
        await session.execute(text("update staff_sign_in_failure set locked_until = now() - interval '1 second'"))

    once_more = await sign_in(anonymous, "wrong")
    right = await sign_in(anonymous, password)

    assert (once_more.status_code, right.status_code) == (401, 200)


async def test_setting_the_shops_clock_opens_and_closes_no_door(anonymous: httpx.AsyncClient, password: str) -> None:
    await sign_in(anonymous, password)

    clock.set_offset(timedelta(days=-5_000))
    assert (await anonymous.get("/v1/session")).status_code == 200
    clock.set_offset(timedelta(days=5_000))
    assert (await anonymous.get("/v1/session")).status_code == 200


@pytest.mark.parametrize(("column", "age"), [("seen_at", timedelta(minutes=30)), ("created_at", timedelta(hours=12))])
async def test_a_session_ends_by_idling_and_by_age(
    anonymous: httpx.AsyncClient, database: Database, password: str, column: str, age: timedelta
) -> None:
    await sign_in(anonymous, password)
    async with database.transaction() as session:
        await session.execute(staff_session.update().values({column: clock.wall() - age}))

    answer = await anonymous.get("/v1/session")

    assert (answer.status_code, answer.json()["code"]) == (401, "staff.not_signed_in")


async def test_using_a_session_keeps_it_alive(anonymous: httpx.AsyncClient, database: Database, password: str) -> None:
    await sign_in(anonymous, password)
    before = clock.wall() - timedelta(minutes=29)
    async with database.transaction() as session:
        await session.execute(staff_session.update().values(seen_at=before))

    await anonymous.get("/v1/session")

    async with database.transaction() as session:
        seen_at: datetime = (await session.execute(staff_session.select())).one().seen_at
    assert clock.wall() - seen_at < timedelta(minutes=1)


async def test_a_change_without_the_client_header_is_refused(
    anonymous: httpx.AsyncClient, database: Database, password: str
) -> None:
    await sign_in(anonymous, password)
    del anonymous.headers["X-Shuke-Client"]

    answer = await anonymous.delete("/v1/session")

    assert (answer.status_code, answer.json()["code"]) == (403, "request.client_header_missing")
    assert await sessions(database) == 1


async def test_changing_the_password_ends_other_sessions_and_keeps_this_one(
    anonymous: httpx.AsyncClient, database: Database, password: str
) -> None:
    await sign_in(anonymous, password)
    other = anonymous.cookies["shuke_session"]
    await sign_in(anonymous, password)
    mine = anonymous.cookies["shuke_session"]

    change = {"current_password": password, "new_password": NEW_PASSWORD}
    answer = await anonymous.post("/v1/session/password", json=change)

    assert answer.status_code == 204
    assert (await anonymous.get("/v1/session")).json()["user"]["is_password_temporary"] is False
    assert await sessions(database) == 1
    assert other != mine
    assert (await sign_in(anonymous, password)).status_code == 401
    assert (await sign_in(anonymous, NEW_PASSWORD)).status_code == 200


@pytest.mark.parametrize("new", ["short", "a" * 12, "my name is Admin!", "x" * 129])
async def test_a_weak_password_is_refused_and_nothing_changes(
    anonymous: httpx.AsyncClient, password: str, new: str
) -> None:
    await sign_in(anonymous, password)

    change = {"current_password": password, "new_password": new}
    answer = await anonymous.post("/v1/session/password", json=change)

    assert (answer.status_code, answer.json()["code"]) == (422, "staff.password_too_weak")
    assert (await sign_in(anonymous, password)).status_code == 200


async def test_changing_needs_the_present_password(anonymous: httpx.AsyncClient, password: str) -> None:
    await sign_in(anonymous, password)

    change = {"current_password": "wrong", "new_password": NEW_PASSWORD}
    answer = await anonymous.post("/v1/session/password", json=change)

    assert (answer.status_code, answer.json()["code"]) == (401, "staff.sign_in_failed")
    assert (await sign_in(anonymous, password)).status_code == 200


async def test_a_reset_gives_a_new_password_and_ends_everything(
    anonymous: httpx.AsyncClient, database: Database, password: str
) -> None:
    await sign_in(anonymous, password)
    for _ in range(5):
        await sign_in(anonymous, "wrong")

    async with database.transaction() as session:
        fresh = await staff.reset_password(session, "ADMIN")

    assert (await anonymous.get("/v1/session")).status_code == 401
    assert (await sign_in(anonymous, password)).status_code == 401
    assert (await sign_in(anonymous, fresh)).status_code == 200


async def test_resetting_nobody_says_so(database: Database) -> None:
    with pytest.raises(staff.StaffUserNotFound, match="nobody"):
        async with database.transaction() as session:
            await staff.reset_password(session, "nobody")


async def test_ones_own_sessions_can_be_listed_and_ended(
    anonymous: httpx.AsyncClient, database: Database, password: str
) -> None:
    await sign_in(anonymous, password)
    async with database.transaction() as session:
        await a_session_of(session, role="viewer")
    async with database.transaction() as session:
        numbers = list((await session.execute(text("select session_id from staff_session order by 1"))).scalars())
    listed = (await anonymous.get("/v1/sign-ins")).json()["items"]

    foreign = await anonymous.delete(f"/v1/sign-ins/{numbers[1]}")
    own = await anonymous.delete(f"/v1/sign-ins/{numbers[0]}")

    assert [(item["id"], item["is_current"]) for item in listed] == [(numbers[0], True)]
    assert (foreign.status_code, foreign.json()["code"]) == (404, "staff.session_not_found")
    assert own.status_code == 204
    assert (await anonymous.get("/v1/session")).status_code == 401
    assert await sessions(database) == 1


async def test_a_second_start_makes_no_second_administrator(database: Database, password: str) -> None:
    async with database.transaction() as session:
        assert await staff.ensure_first_user(session) is None


def test_patterns_mean_the_permissions_that_exist() -> None:
    known = ["members.read", "members.write", "members.unmask", "staff.read", "staff.write", "system.metrics"]
    meant = {role.code: rules.expand(role.patterns, known) for role in rules.BUILT_IN_ROLES}

    assert meant == {
        "administrator": frozenset(known),
        "manager": {"members.read", "members.write", "members.unmask"},
        "viewer": {"members.read"},
        "store_manager": {"members.read", "members.write", "members.unmask"},
        "shop_assistant": {"members.read", "members.write"},
        "cashier": {"members.read", "members.write"},
        "customer_service": {"members.read", "members.write", "members.unmask"},
        "marketer": {"members.read"},
        "auditor": {"members.read", "staff.read"},
        "system_administrator": {"staff.read", "staff.write", "system.metrics"},
        "security_administrator": {"staff.read"},
        "audit_administrator": {"staff.read"},
    }
