"""Second factors: authenticator apps, recovery codes, passkeys; and what the shop asks for."""

from datetime import timedelta

import httpx
import pyotp
import pytest
from sqlalchemy import text

from shuke.foundation import staff
from shuke.foundation.staff import rules
from shuke.foundation.staff.tests.authenticator import Authenticator
from shuke.platform import clock, crypto, keys
from shuke.platform.db import Database
from shuke.platform.module import contributions

pytestmark = pytest.mark.anyio


@pytest.fixture
async def password(database: Database) -> str:
    async with database.transaction() as session:
        first = await staff.ensure_first_user(session)
    assert first is not None
    return first.password


async def sign_in(browser: httpx.AsyncClient, password: str, username: str = "admin") -> httpx.Response:
    return await browser.post("/v1/session", json={"username": username, "password": password})


async def with_app(browser: httpx.AsyncClient) -> tuple[pyotp.TOTP, list[str]]:
    app = pyotp.TOTP((await browser.post("/v1/session/totp")).json()["secret"])
    code = app.at(clock.wall() - timedelta(seconds=30))
    confirmed = await browser.post("/v1/session/totp/confirmation", json={"code": code})
    return app, confirmed.json()["recovery_codes"]


async def with_passkey(browser: httpx.AsyncClient) -> tuple[Authenticator, list[str]]:
    device = Authenticator()
    options = (await browser.post("/v1/session/passkeys/options")).json()["options"]
    wish = {"name": "收银台电脑", "credential": device.register(options)}
    answer = await browser.post("/v1/session/passkeys", json=wish)
    assert answer.status_code == 201, answer.text
    return device, answer.json()["recovery_codes"]


async def passkey_sign_in(browser: httpx.AsyncClient, device: Authenticator, **given) -> httpx.Response:
    options = (await browser.post("/v1/session/passkey/options")).json()["options"]
    return await browser.post("/v1/session/passkey", json={"credential": device.sign(options, **given)})


async def choose(browser: httpx.AsyncClient, **changes) -> httpx.Response:
    present = (await browser.get("/v1/staff/security")).json()
    wish = {name: value for name, value in present.items() if name != "clashes"} | changes
    return await browser.put("/v1/staff/security", json=wish)


async def test_an_app_makes_signing_in_two_steps(anonymous: httpx.AsyncClient, database: Database, password: str):
    await sign_in(anonymous, password)
    begun = (await anonymous.post("/v1/session/totp")).json()
    app = pyotp.TOTP(begun["secret"])
    assert pyotp.parse_uri(begun["address"]).secret == begun["secret"]
    assert begun["qr_svg"].startswith("<svg")
    assert (await anonymous.get("/v1/session/factors")).json()["totp_since"] is None
    wrong = await anonymous.post("/v1/session/totp/confirmation", json={"code": "abcdef"})
    code = {"code": app.at(clock.wall() - timedelta(seconds=30))}
    right = await anonymous.post("/v1/session/totp/confirmation", json=code)
    await anonymous.delete("/v1/session")

    half = await sign_in(anonymous, password)
    between = await anonymous.get("/v1/session")
    whole = await anonymous.post("/v1/session/second-factor", json={"code": app.now()})

    assert (wrong.status_code, right.status_code) == (401, 200)
    assert len(set(right.json()["recovery_codes"])) == 10
    assert (half.status_code, half.json()) == (202, {"has_totp": True, "has_passkey": False})
    assert "shuke_session" not in half.cookies
    assert (between.status_code, whole.status_code) == (401, 200)
    async with database.transaction() as session:
        sealed = (await session.execute(text("select sealed from staff_secret"))).scalar_one()
    assert begun["secret"].encode() not in sealed


async def test_exchanging_the_key_encryption_key_finds_every_secret(
    anonymous: httpx.AsyncClient, database: Database, password: str
):
    await sign_in(anonymous, password)
    app, _ = await with_app(anonymous)
    (place,) = [one for one in contributions(keys.WrappedColumn) if one.name == "staff_secret"]

    async with database.transaction() as session:
        row = (await session.execute(place.table.select())).mappings().one()
    wrapped = keys.WrappedKey(row[place.wrapped], row[place.version])
    (data_key,) = await keys.ring().open([(wrapped, place.context(row))])

    assert crypto.open_(data_key, row["sealed"], place.context(row)).decode() == app.secret


async def test_a_recovery_code_opens_once(anonymous: httpx.AsyncClient, password: str):
    await sign_in(anonymous, password)
    _, codes = await with_app(anonymous)
    answers = []
    for _ in range(2):
        await anonymous.delete("/v1/session")
        await sign_in(anonymous, password)
        typed = codes[0].replace("-", " ").lower()
        answers.append((await anonymous.post("/v1/session/second-factor", json={"code": typed})).status_code)

    assert answers == [200, 401]


async def test_switching_the_app_off_needs_password_and_code(anonymous: httpx.AsyncClient, password: str):
    await sign_in(anonymous, password)
    app, codes = await with_app(anonymous)

    answers = [
        await anonymous.post("/v1/session/totp/removal", json={"password": "wrong", "code": app.now()}),
        await anonymous.post("/v1/session/totp/removal", json={"password": password, "code": "abcdef"}),
    ]
    still = (await anonymous.get("/v1/session/factors")).json()["totp_since"]
    gone = await anonymous.post("/v1/session/totp/removal", json={"password": password, "code": codes[3]})

    assert [a.status_code for a in answers] == [401, 401]
    assert still is not None
    assert gone.status_code == 204
    left = (await anonymous.get("/v1/session/factors")).json()
    assert (left["totp_since"], left["recovery_codes"]) == (None, 0)
    assert (await sign_in(anonymous, password)).status_code == 200


async def test_a_proof_by_code_opens_sensitive_acts(anonymous: httpx.AsyncClient, database: Database, password: str):
    await sign_in(anonymous, password)
    app, codes = await with_app(anonymous)
    async with database.transaction() as session:
        await session.execute(text("update staff_session set proved_at = null"))

    refused = await choose(anonymous, idle_minutes=20)
    by_recovery = await anonymous.post("/v1/session/proof", json={"code": codes[0]})
    proved = await anonymous.post("/v1/session/proof", json={"code": app.now()})
    replayed = await anonymous.post("/v1/session/proof", json={"code": app.now()})

    assert (refused.status_code, refused.json()["code"]) == (403, "session.proof_needed")
    assert [by_recovery.status_code, proved.status_code, replayed.status_code] == [401, 204, 401]
    assert (await choose(anonymous, idle_minutes=20)).json()["idle_minutes"] == 20


async def test_a_passkey_signs_in_alone_as_second_factor_and_as_proof(
    anonymous: httpx.AsyncClient, database: Database, password: str
):
    await sign_in(anonymous, password)
    device, codes = await with_passkey(anonymous)
    await anonymous.delete("/v1/session")

    alone = await passkey_sign_in(anonymous, device)
    await anonymous.delete("/v1/session")
    half = await sign_in(anonymous, password)
    second = await passkey_sign_in(anonymous, device)
    async with database.transaction() as session:
        await session.execute(text("update staff_session set proved_at = null"))
    options = (await anonymous.post("/v1/session/proof/options")).json()["options"]
    proved = await anonymous.post("/v1/session/proof", json={"credential": device.sign(options)})

    assert len(codes) == 10
    assert (alone.status_code, alone.json()["user"]["username"]) == (200, "admin")
    assert (half.status_code, half.json()["has_passkey"]) == (202, True)
    assert (second.status_code, proved.status_code) == (200, 204)
    assert (await choose(anonymous, idle_minutes=15)).status_code == 200
    listed = (await anonymous.get("/v1/session/factors")).json()["passkeys"]
    assert [key["name"] for key in listed] == ["收银台电脑"]
    assert listed[0]["used_at"] is not None


async def test_passkeys_that_do_not_hold_are_refused(anonymous: httpx.AsyncClient, database: Database, password: str):
    await sign_in(anonymous, password)
    device, _ = await with_passkey(anonymous)
    await anonymous.delete("/v1/session")
    options = (await anonymous.post("/v1/session/passkey/options")).json()["options"]
    answer = device.sign(options)
    first = await anonymous.post("/v1/session/passkey", json={"credential": answer})
    await anonymous.delete("/v1/session")

    replayed = await anonymous.post("/v1/session/passkey", json={"credential": answer})
    unverified = await passkey_sign_in(anonymous, device, is_verified=False)
    stranger = await passkey_sign_in(anonymous, Authenticator())
    device.count = 0
    cloned = await passkey_sign_in(anonymous, device)
    elsewhere = Authenticator("https://evil.example")
    elsewhere._id, elsewhere._key, elsewhere.count = device._id, device._key, 50
    phished = await passkey_sign_in(anonymous, elsewhere)
    nonsense = await anonymous.post("/v1/session/passkey", json={"credential": {"rawId": "%%%"}})

    assert first.status_code == 200
    answers = [replayed, unverified, stranger, cloned, phished, nonsense]
    assert [a.status_code for a in answers] == [401] * 6
    assert {a.json()["code"] for a in answers} <= {"staff.passkey_refused", "staff.sign_in_expired"}
    async with database.transaction() as session:
        assert (await session.execute(text("select count(*) from staff_session"))).scalar_one() == 0


async def test_a_disabled_users_passkey_opens_nothing(anonymous: httpx.AsyncClient, database: Database, password: str):
    await sign_in(anonymous, password)
    device, _ = await with_passkey(anonymous)
    await anonymous.delete("/v1/session")
    async with database.transaction() as session:
        await session.execute(text("update staff_user set is_active = false"))

    assert (await passkey_sign_in(anonymous, device)).status_code == 401


async def test_a_removed_passkey_opens_nothing(anonymous: httpx.AsyncClient, password: str):
    await sign_in(anonymous, password)
    device, _ = await with_passkey(anonymous)
    key = (await anonymous.get("/v1/session/factors")).json()["passkeys"][0]["id"]

    foreign = await anonymous.delete("/v1/session/passkeys/987654")
    gone = await anonymous.delete(f"/v1/session/passkeys/{key}")

    assert (foreign.status_code, gone.status_code) == (404, 204)
    assert (await passkey_sign_in(anonymous, device)).status_code == 401
    assert (await sign_in(anonymous, password)).status_code == 200


async def test_where_the_shop_asks_for_two_factors_nothing_else_comes_first(
    anonymous: httpx.AsyncClient, database: Database, password: str
):
    await sign_in(anonymous, password)
    await choose(anonymous, requires_second_factor=True)

    told = (await anonymous.get("/v1/session")).json()["must_first"]
    refused = await anonymous.get("/v1/staff/users")
    await with_app(anonymous)

    assert told == "second_factor"
    assert (refused.status_code, refused.json()["code"]) == (403, "staff.second_factor_needed")
    assert (await anonymous.get("/v1/session")).json()["must_first"] is None
    assert (await anonymous.get("/v1/staff/users")).status_code == 200


async def test_idle_and_longest_time_are_the_shops_choice(
    anonymous: httpx.AsyncClient, database: Database, password: str
):
    await sign_in(anonymous, password)
    out_of_bounds = [(await choose(anonymous, idle_minutes=minutes)).status_code for minutes in (14, 31)]
    await choose(anonymous, idle_minutes=15, absolute_hours=2)
    answers = []
    for column, age in (("seen_at", 14), ("seen_at", 15), ("created_at", 120)):
        await sign_in(anonymous, password)
        old = timedelta(minutes=age)
        async with database.transaction() as session:
            await session.execute(text(f"update staff_session set {column} = :at"), {"at": clock.wall() - old})
        answers.append((await anonymous.get("/v1/session")).status_code)

    assert out_of_bounds == [422, 422]
    assert answers == [200, 401, 401]


async def test_the_policy_of_classified_protection_holds_passwords_and_people(
    anonymous: httpx.AsyncClient, database: Database, password: str
):
    await sign_in(anonymous, password)
    chosen = await choose(anonymous, policy="dengbao")
    first = (await anonymous.get("/v1/session")).json()["must_first"]
    blocked = await anonymous.get("/v1/staff/users")
    present, answers = password, []
    for new in (
        "onlysmall1",
        "Str0ngWord!",
        "Other9Word!",
        "Third7Word!",
        "Str0ngWord!",
        "Fourth5Word!",
        "Fifth3Word!",
    ):
        given = {"current_password": present, "new_password": new}
        answer = await anonymous.post("/v1/session/password", json=given)
        answers.append(answer.status_code if answer.status_code == 204 else answer.json()["code"])
        present = new if answer.status_code == 204 else present
    async with database.transaction() as session:
        await session.execute(text("update staff_user set password_changed_at = now() - interval '90 days'"))

    assert [clash["display_name"] for clash in chosen.json()["clashes"]] == ["admin"]
    assert (first, blocked.json()["code"]) == ("password", "staff.password_expired")
    assert answers == ["staff.password_too_simple", 204, 204, 204, "staff.password_used_before", 204, 204]
    assert (await anonymous.get("/v1/session")).json()["must_first"] == "password"


async def test_under_that_policy_nobody_holds_two_administrators_duties(client: httpx.AsyncClient):
    await choose(client, policy="dengbao")
    wish = {"username": "two", "display_name": "Two"}

    both = await client.post("/v1/staff/users", json={**wish, "roles": ["system_administrator", "audit_administrator"]})
    whole = await client.post("/v1/staff/users", json={**wish, "roles": ["administrator"]})
    one = await client.post("/v1/staff/users", json={**wish, "roles": ["audit_administrator"]})

    assert [a.json().get("code") for a in (both, whole)] == ["staff.duties_clash"] * 2
    assert one.status_code == 201


@pytest.mark.parametrize(
    ("typed", "is_common"),
    [
        ("password1234", True),
        ("P@ssw0rd2024!", True),
        ("qwertyuiop123", True),
        ("1qaz2wsx3edc", True),
        ("abcabcabcabc", True),
        ("123456789012", True),
        ("woaini5201314", True),
        ("correct horse battery staple", False),
        ("shop window rain lamp", False),
        ("Gr8-otter-parade", False),
    ],
)
def test_common_passwords_are_known_with_what_people_put_around_them(typed: str, is_common: bool):
    assert rules.is_common(typed) is is_common


async def test_a_common_password_is_refused_and_nothing_changes(anonymous: httpx.AsyncClient, password: str):
    await sign_in(anonymous, password)

    given = {"current_password": password, "new_password": "P@ssw0rd2024!"}
    answer = await anonymous.post("/v1/session/password", json=given)

    assert (answer.status_code, answer.json()["code"]) == (422, "staff.password_too_common")
    assert (await sign_in(anonymous, password)).status_code == 200
