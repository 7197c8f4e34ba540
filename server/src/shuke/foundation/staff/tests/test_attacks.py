"""Attacks on signing in: brute force, enumeration, replayed codes, stolen sessions, pages of other sites."""

import statistics
import time
from datetime import timedelta

import httpx
import pyotp
import pytest
from sqlalchemy import text

from shuke.foundation import staff
from shuke.foundation.staff import rules
from shuke.platform import clock
from shuke.platform.db import Database

pytestmark = pytest.mark.anyio


@pytest.fixture
async def password(database: Database) -> str:
    async with database.transaction() as session:
        first = await staff.ensure_first_user(session)
    assert first is not None
    return first.password


async def sign_in(browser: httpx.AsyncClient, password: str, username: str = "admin") -> httpx.Response:
    return await browser.post("/v1/session", json={"username": username, "password": password})


async def with_app(browser: httpx.AsyncClient, password: str) -> tuple[pyotp.TOTP, list[str]]:
    """Switch an authenticator app on for the administrator; the browser is signed out again."""
    await sign_in(browser, password)
    app = pyotp.TOTP((await browser.post("/v1/session/totp")).json()["secret"])
    # The code of the step before: the present one is still free for signing in.
    code = app.at(clock.wall() - timedelta(seconds=30))
    confirmed = await browser.post("/v1/session/totp/confirmation", json={"code": code})
    assert confirmed.status_code == 200, confirmed.text
    await browser.delete("/v1/session")
    return app, confirmed.json()["recovery_codes"]


async def sessions(database: Database) -> int:
    async with database.transaction() as session:
        return int((await session.execute(text("select count(*) from staff_session"))).scalar_one())


async def test_brute_force_gets_five_guesses_and_then_ever_fewer(
    anonymous: httpx.AsyncClient, database: Database, password: str
):
    waits = []
    for _ in range(3):
        for _ in range(5):
            assert (await sign_in(anonymous, "wrong")).status_code == 401
        locked = await sign_in(anonymous, password)
        assert locked.status_code == 429
        waits.append(round(int(locked.headers["retry-after"]) / 60))
        async with database.transaction() as session:
            await session.execute(text("update staff_sign_in_failure set locked_until = now() - interval '1 second'"))

    assert waits == [15, 30, 60]
    assert await sessions(database) == 0


def test_no_lock_is_longer_than_eight_hours():
    assert [rules.locked_for(5, locks) for locks in (0, 1, 5, 400)] == [
        timedelta(minutes=15),
        timedelta(minutes=30),
        timedelta(hours=8),
        timedelta(hours=8),
    ]
    assert rules.locked_for(4, 400) is None


async def test_knowing_the_password_gives_no_more_tries_at_the_second_factor(
    anonymous: httpx.AsyncClient, database: Database, password: str
):
    app, _ = await with_app(anonymous, password)
    codes = []
    for _ in range(6):
        await sign_in(anonymous, password)
        wrong = {"code": "000000" if app.now() != "000000" else "111111"}
        codes.append((await anonymous.post("/v1/session/second-factor", json=wrong)).status_code)

    right = {"code": app.now()}
    await sign_in(anonymous, password)

    assert codes == [401] * 5 + [429]
    assert (await anonymous.post("/v1/session/second-factor", json=right)).status_code == 429
    assert await sessions(database) == 0


async def test_a_half_open_sign_in_takes_five_tries_and_no_more(
    anonymous: httpx.AsyncClient, database: Database, password: str
):
    app, _ = await with_app(anonymous, password)
    await sign_in(anonymous, password)
    for _ in range(5):
        await anonymous.post("/v1/session/second-factor", json={"code": "not a code"})
    async with database.transaction() as session:
        await session.execute(text("delete from staff_sign_in_failure"))

    answer = await anonymous.post("/v1/session/second-factor", json={"code": app.now()})

    assert (answer.status_code, answer.json()["code"]) == (401, "staff.sign_in_expired")
    assert await sessions(database) == 0


@pytest.mark.parametrize("change", ["created_at = now() - interval '5 minutes'", "address = '203.0.113.9'"])
async def test_a_half_open_sign_in_ends_with_time_and_holds_at_its_address_alone(
    anonymous: httpx.AsyncClient, database: Database, password: str, change: str
):
    app, _ = await with_app(anonymous, password)
    await sign_in(anonymous, password)
    async with database.transaction() as session:
        await session.execute(text(f"update staff_challenge set {change}"))

    answer = await anonymous.post("/v1/session/second-factor", json={"code": app.now()})

    assert (answer.status_code, answer.json()["code"]) == (401, "staff.sign_in_expired")
    assert await sessions(database) == 0


async def test_enumeration_learns_nothing_from_answers(anonymous: httpx.AsyncClient, database: Database, password: str):
    await with_app(anonymous, password)
    told = []
    for name in ("admin", "nobody"):
        found = [await sign_in(anonymous, "wrong", name) for _ in range(6)]
        told.append([(answer.status_code, answer.json()["code"], answer.json()["detail"]) for answer in found])

    assert told[0] == told[1]
    assert [status for status, *_ in told[0]] == [401] * 5 + [429]


async def test_enumeration_learns_nothing_from_time(anonymous: httpx.AsyncClient, database: Database, password: str):
    taken: dict[str, list[float]] = {"admin": [], "nobody": [], "disabled": []}
    async with database.transaction() as session:
        await session.execute(
            text(
                "insert into staff_user (username, display_name, password_hash, is_password_temporary, is_active, "
                "created_at, password_changed_at) "
                "select 'disabled', 'x', password_hash, false, false, now(), now() from staff_user"
            )
        )
    for _ in range(15):
        for name, times in taken.items():
            started = time.perf_counter()
            answer = await sign_in(anonymous, "wrong", name)
            times.append(time.perf_counter() - started)
            assert answer.status_code == 401
            async with database.transaction() as session:
                await session.execute(text("delete from staff_sign_in_failure"))

    typical = {name: statistics.median(times) for name, times in taken.items()}

    # A look-up without the password's hash would take a tenth of it.
    assert max(typical.values()) < 1.6 * min(typical.values())


async def test_an_account_without_a_password_has_none_that_opens_it(
    anonymous: httpx.AsyncClient, database: Database, password: str
):
    async with database.transaction() as session:
        await session.execute(text("update staff_user set password_hash = ''"))

    answers = [(await sign_in(anonymous, given)).status_code for given in ("nobody's password", "x", password)]

    assert answers == [401, 401, 401]
    assert await sessions(database) == 0


async def test_a_replayed_code_opens_nothing(anonymous: httpx.AsyncClient, database: Database, password: str):
    app, _ = await with_app(anonymous, password)
    await sign_in(anonymous, password)
    code = {"code": app.now()}
    first = await anonymous.post("/v1/session/second-factor", json=code)
    await anonymous.delete("/v1/session")
    await sign_in(anonymous, password)

    again = await anonymous.post("/v1/session/second-factor", json=code)

    assert first.status_code == 200
    assert (again.status_code, again.json()["code"]) == (401, "staff.second_factor_failed")
    assert await sessions(database) == 0


async def test_a_code_of_two_steps_ago_opens_nothing_and_a_neighbour_does(
    anonymous: httpx.AsyncClient, database: Database, password: str
):
    app, _ = await with_app(anonymous, password)
    await sign_in(anonymous, password)
    at = clock.wall()

    old = await anonymous.post("/v1/session/second-factor", json={"code": app.at(at - timedelta(seconds=90))})
    far = await anonymous.post("/v1/session/second-factor", json={"code": app.at(at + timedelta(seconds=120))})
    next_one = await anonymous.post("/v1/session/second-factor", json={"code": app.at(at + timedelta(seconds=25))})

    assert [old.status_code, far.status_code, next_one.status_code] == [401, 401, 200]


async def test_a_stolen_session_is_worth_nothing_after_signing_out(
    anonymous: httpx.AsyncClient, database: Database, password: str
):
    await sign_in(anonymous, password)
    stolen = anonymous.cookies["shuke_session"]
    await anonymous.delete("/v1/session")
    anonymous.cookies.set("shuke_session", stolen)

    assert (await anonymous.get("/v1/session")).status_code == 401
    assert (await anonymous.get("/v1/staff/users")).status_code == 401


async def test_signing_in_again_and_every_proof_give_a_new_token(
    anonymous: httpx.AsyncClient, database: Database, password: str
):
    tokens = []
    await sign_in(anonymous, password)
    tokens.append(anonymous.cookies["shuke_session"])
    await sign_in(anonymous, password)
    tokens.append(anonymous.cookies["shuke_session"])
    assert (await anonymous.post("/v1/session/proof", json={"password": password})).status_code == 204
    tokens.append(anonymous.cookies["shuke_session"])

    answers = []
    for token in tokens:
        anonymous.cookies.set("shuke_session", token)
        answers.append((await anonymous.get("/v1/session")).status_code)

    assert len(set(tokens)) == 3
    assert answers == [401, 401, 200]
    assert await sessions(database) == 1


async def test_a_stolen_session_does_nothing_sensitive_when_the_proof_is_old(
    anonymous: httpx.AsyncClient, database: Database, password: str
):
    await sign_in(anonymous, password)
    async with database.transaction() as session:
        await session.execute(text("update staff_session set proved_at = now() - interval '5 minutes'"))
    wish = {"username": "thief", "display_name": "Thief"}

    refused = await anonymous.post("/v1/staff/users", json=wish)
    wrong = await anonymous.post("/v1/session/proof", json={"password": "wrong"})
    still = await anonymous.post("/v1/staff/users", json=wish)
    await anonymous.post("/v1/session/proof", json={"password": password})
    done = await anonymous.post("/v1/staff/users", json=wish)

    assert (refused.status_code, refused.json()["code"]) == (403, "session.proof_needed")
    assert (wrong.status_code, still.status_code, done.status_code) == (401, 403, 201)
    async with database.transaction() as session:
        assert (await session.execute(text("select count(*) from staff_user"))).scalar_one() == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
async def test_csrf_a_page_of_another_site_changes_nothing_and_signs_nobody_in(
    anonymous: httpx.AsyncClient, database: Database, password: str, headers: dict
):
    signed_in = {"username": "admin", "password": password}
    foreign = await anonymous.post("/v1/session", json=signed_in, headers=headers)
    await sign_in(anonymous, password)

    change = await anonymous.post("/v1/staff/users", json={"username": "x1", "display_name": "X"}, headers=headers)
    out = await anonymous.delete("/v1/session", headers=headers)

    for answer in (foreign, change, out):
        assert (answer.status_code, answer.json()["code"]) == (403, "request.foreign_page")
    assert await sessions(database) == 1


async def test_csrf_without_the_client_header_nothing_changes(
    anonymous: httpx.AsyncClient, database: Database, password: str
):
    await sign_in(anonymous, password)
    del anonymous.headers["X-Shuke-Client"]

    answer = await anonymous.post("/v1/staff/users", json={"username": "x1", "display_name": "X"})

    assert (answer.status_code, answer.json()["code"]) == (403, "request.client_header_missing")
    async with database.transaction() as session:
        assert (await session.execute(text("select count(*) from staff_user"))).scalar_one() == 1


@pytest.mark.parametrize("headers", [{"origin": "http://test"}, {"sec-fetch-site": "same-origin"}, {}])
async def test_the_console_itself_and_programs_are_let_in(anonymous: httpx.AsyncClient, password: str, headers: dict):
    answer = await anonymous.post("/v1/session", json={"username": "admin", "password": password}, headers=headers)

    assert answer.status_code == 200
