"""A printed code becomes one coupon of one member, whoever else comes with it, and nothing else does."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest

from shuke.loyalty.coupons import guessing
from shuke.loyalty.coupons.batches import working
from shuke.loyalty.coupons.changing import Step, change
from shuke.loyalty.coupons.making import NewCoupon, make
from shuke.loyalty.coupons.testing import OFF_TEN, a_template, set_clock, states
from shuke.main.testing import signed_in
from shuke.people.members.testing import enrolled, person, phone
from shuke.platform import clock
from shuke.platform.db import Database, raw

pytestmark = pytest.mark.anyio
ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 1, 4, tzinfo=UTC)
FIXED = {**OFF_TEN, "validity": {"kind": "fixed", "first_day": "2026-03-01", "last_day": "2026-03-31"}}


@pytest.fixture(autouse=True)
def _now():
    set_clock(NOW)
    yield
    clock.set_offset(timedelta(0))


async def printed(client: httpx.AsyncClient, database: Database, terms=OFF_TEN, issuing=None, **body) -> str:
    """The code of a batch of one."""
    async with database.transaction() as session:
        await a_template(session, terms=terms, issuing=issuing)
    answer = await client.post(
        "/v1/coupon-templates/ten-off/batches", json={"name": "Flyer", "count": 1, "prefix": "VN", **body}
    )
    assert answer.status_code == 202, answer.text
    await working.work_on(database, answer.json()["id"])
    async with database.transaction() as session:
        return await (await raw(session)).fetchval("select code from coupon where member_id = 0")


async def people(database: Database, count: int = 1) -> list[int]:
    async with database.transaction() as session:
        return await enrolled(session, [person("李雷", phone(f"1540000{place:04d}")) for place in range(count)])


async def exchange(client: httpx.AsyncClient, member_id: int | str, code: str) -> httpx.Response:
    return await client.post("/v1/coupons/exchange", json={"member": str(member_id), "code": code})


async def held(database: Database, member_id: int) -> list[tuple[str, str, int]]:
    async with database.transaction() as session:
        return await states(session, member_id)


async def test_a_printed_code_becomes_the_members_coupon(client, database):
    code = await printed(client, database)
    (member_id,) = await people(database)

    # As somebody types it who reads it from paper.
    answer = await exchange(client, "phone:15400000000", f" {code[:6].lower()}-{code[6:]} ")

    assert answer.status_code == 201, answer.text
    shown = answer.json()
    ((own, state, _),) = await held(database, member_id)
    assert (shown["code"], shown["template"], shown["how"], state) == (own, "ten-off", "exchange", "issued")
    assert own != code
    # Thirty days from the exchange, to the end of the day in the shop's zone.
    assert shown["expires_at"] == "2026-03-31T16:00:00Z"
    assert await held(database, 0) == [(code, "given", 2)]
    async with database.transaction() as session:
        names = await (await raw(session)).fetch(
            "select name, member_id from event where name like 'coupon.%' order by 1"
        )
        assert [tuple(row) for row in names] == [("coupon.given", 0), ("coupon.granted", member_id)]
    batch = (await client.get("/v1/coupon-templates/ten-off/batches")).json()["items"][0]
    assert (batch["counts"]["issued"], batch["counts"]["exchanged"]) == (0, 1)


async def test_a_code_for_certain_days_keeps_them(client, database):
    code = await printed(client, database, terms=FIXED, use_by="2026-03-15")
    (member_id,) = await people(database)
    shown = (await exchange(client, member_id, code)).json()
    assert (shown["valid_from"], shown["expires_at"]) == ("2026-02-28T16:00:00Z", "2026-03-15T16:00:00Z")


async def refused(client, database, member_id: int, code: str, expected: str) -> None:
    """Refused with this code, and nothing was written anywhere."""

    async def everything() -> list:
        async with database.transaction() as session:
            driver = await raw(session)
            return [
                await driver.fetch("select member_id, coupon_id, state, version from coupon order by 1, 2"),
                await driver.fetch("select member_id, coupon_id, move_no from coupon_move order by 1, 2, 3"),
                await driver.fetch("select * from coupon_claim"),
                await driver.fetchval("select count(*) from event"),
            ]

    before = await everything()
    answer = await exchange(client, member_id, code)
    assert answer.json().get("code") == expected, answer.text
    assert await everything() == before


async def test_the_second_exchange_is_refused(client, database):
    code = await printed(client, database)
    first, second = await people(database, 2)
    assert (await exchange(client, first, code)).status_code == 201
    await refused(client, database, first, code, "coupons.given_away")
    await refused(client, database, second, code, "coupons.given_away")
    ((own, _, _),) = await held(database, first)
    await refused(client, database, first, own, "coupons.owned_already")
    await refused(client, database, second, own, "coupons.of_somebody_else")


async def test_unknown_and_mistyped_codes_are_told_apart(client, database):
    code = await printed(client, database)
    (member_id,) = await people(database)
    other = "2" if code[-1] != "2" else "3"
    await refused(client, database, member_id, code[:-1] + other, "coupons.mistyped")
    await refused(client, database, member_id, "SUMMER-SALE", "coupons.unknown")
    await refused(client, database, member_id, code.replace("VN", "VX", 1), "coupons.unknown")


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("update coupon set state = 'redeemed', redeemed_at = now()", "coupons.used"),
        ("update coupon set state = 'void'", "coupons.void"),
        ("update coupon set state = 'expired'", "coupons.over"),
        ("update coupon set expires_at = '2026-03-01 03:59:59Z'", "coupons.over"),
        ("update coupon set state = 'locked', locked_until = '2026-03-01 04:05:00Z'", "coupons.locked"),
    ],
)
async def test_what_cannot_be_used_cannot_be_exchanged(client, database, sql: str, expected: str):
    code = await printed(client, database)
    (member_id,) = await people(database)
    async with database.transaction() as session:
        await (await raw(session)).execute(sql)
    await refused(client, database, member_id, code, expected)


async def test_a_lock_that_is_over_is_in_nobodys_way(client, database):
    code = await printed(client, database)
    (member_id,) = await people(database)
    async with database.transaction() as session:
        await (await raw(session)).execute(
            "update coupon set state = 'locked', version = 2, locked_until = '2026-03-01 03:59:00Z'"
        )
    assert (await exchange(client, member_id, code)).status_code == 201
    assert await held(database, 0) == [(code, "given", 4)]


async def test_limits_of_a_member_hold_for_printed_codes(client, database):
    code = await printed(client, database, issuing={"limits": [{"period": "month", "most": 1}]})
    (member_id,) = await people(database)
    async with database.transaction() as session:
        await (await raw(session)).execute(
            "insert into coupon_claim (member_id, template_id, period, nth, coupon_id) "
            "select $1, template_id, 'month:2026-03-01', 1, 999 from coupon_template",
            member_id,
        )
    await refused(client, database, member_id, code, "coupons.limit_reached")
    set_clock(datetime(2026, 4, 1, 4, tzinfo=UTC))
    assert (await exchange(client, member_id, code)).status_code == 201


async def test_of_many_exchanges_at_once_one_is_done(client, database):
    code = await printed(client, database)
    ids = await people(database, 6)
    answers = await asyncio.gather(*(exchange(client, one, code) for one in ids))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} <= {
        "coupons.changed",
        "coupons.given_away",
    }
    assert sum([len(await held(database, one)) for one in ids]) == 1
    assert await held(database, 0) == [(code, "given", 2)]


async def test_of_exchange_and_redemption_at_once_one_is_done(client, database):
    code = await printed(client, database)
    (member_id,) = await people(database)
    async with database.transaction() as session:
        one = await (await raw(session)).fetchrow("select coupon_id, template_id from coupon where member_id = 0")
    assert one is not None
    step = Step(
        member_id=0, coupon_id=one["coupon_id"], template_id=one["template_id"], version=1, at=NOW, actor="staff:1"
    )

    async def redeem() -> bool:
        async with database.transaction() as session:
            return bool(await change(session, "redeemed", [step], ZONE))

    answer, is_redeemed = await asyncio.gather(exchange(client, member_id, code), redeem())
    assert (answer.status_code == 201) is not is_redeemed
    (nobodys,) = await held(database, 0)
    assert nobodys == (code, "redeemed" if is_redeemed else "given", 2)
    assert len(await held(database, member_id)) == (0 if is_redeemed else 1)


async def test_a_word_gives_the_coupon_of_its_template(client, database):
    issuing = {"claiming": {"is_open": True, "word": "国庆快乐"}, "limits": [{"most": 1}]}
    async with database.transaction() as session:
        await a_template(session, issuing=issuing)
    (member_id,) = await people(database)
    answer = await exchange(client, member_id, " 国庆快乐 ")
    assert answer.status_code == 201, answer.text
    assert answer.json()["how"] == "claim"
    assert len(await held(database, member_id)) == 1
    await refused(client, database, member_id, "国庆快乐", "coupons.limit_reached")
    await refused(client, database, member_id, "国庆", "coupons.unknown")


async def test_guessing_is_slowed_down_also_for_the_right_code(client, app, database, monkeypatch):
    monkeypatch.setattr(guessing, "MOST_WRONG", 3)
    code = await printed(client, database)
    first, second = await people(database, 2)
    for _ in range(3):
        await refused(client, database, first, "SUMMER-SALE", "coupons.unknown")
    await refused(client, database, first, code, "coupons.too_many_guesses")
    answer = await exchange(client, second, code)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    async with signed_in(app, database, role="manager") as other:
        assert (await exchange(other, second, code)).status_code == 201


async def test_whoever_may_only_read_exchanges_nothing(viewer, client, database):
    code = await printed(client, database)
    (member_id,) = await people(database)
    answer = await exchange(viewer, member_id, code)
    assert answer.status_code == 403
    assert await held(database, 0) == [(code, "issued", 1)]


async def test_pictures_of_codes(client, anonymous, database):
    code = await printed(client, database)
    for picture in ("qr.svg", "barcode.svg"):
        answer = await client.get(f"/v1/coupons/{code.lower()}/{picture}")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
        assert "script-src 'self'; " in answer.headers["content-security-policy"]
        assert answer.text.startswith("<svg")
        assert (await client.get(f"/v1/coupons/SUMMER/{picture}")).status_code == 404
        assert (await anonymous.get(f"/v1/coupons/{code}/{picture}")).status_code == 401


async def test_a_frozen_member_exchanges_nothing(client, database):
    code = await printed(client, database)
    (member_id,) = await people(database)
    async with database.transaction() as session:
        await (await raw(session)).execute("update member set status = 'frozen' where member_id = $1", member_id)
    answer = await exchange(client, member_id, code)
    assert answer.json()["code"] == "members.not_active"
    assert await held(database, 0) == [(code, "issued", 1)]


async def test_a_coupon_of_the_member_is_told_apart_through_a_merge(client, database):
    first, second = await people(database, 2)
    async with database.transaction() as session:
        template_id = await a_template(session)
        wanted = NewCoupon(
            member_id=first, template_id=template_id, terms_version=1, code="OFFIRST", how="staff", at=NOW,
            valid_from=NOW, expires_at=None, actor="staff:1",
        )  # fmt: skip
        await make(session, [wanted], ZONE)
        await (await raw(session)).execute("update member set merged_into = $2 where member_id = $1", first, second)
    await refused(client, database, second, "offirst", "coupons.owned_already")
