"""Activities over the API: natural keys, what they earn, refusals that change nothing, races, cancelling."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from shuke.loyalty import checkout, ledger
from shuke.loyalty.checkout.activities.privacy import erase, export
from shuke.loyalty.checkout.activities.testing import a_rule, an_activity, asks, fixed
from shuke.loyalty.checkout.testing import set_shop_clock
from shuke.people.members.testing import enrolled, person, phone
from shuke.platform.db import Database
from shuke.platform.pages import encode_cursor

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
DAILY = {"per": "member", "counts": "times", "period": "day", "limit": 1, "mode": "reject"}


@pytest.fixture
async def shop(client: httpx.AsyncClient, database: Database) -> httpx.AsyncClient:
    """The client of a shop with two members, ten points for each check-in, its clock at a day in March."""
    set_shop_clock(NOW)
    async with database.transaction() as session:
        await checkout.set_up_programme(session, money="CNY")
        await a_rule(session, "check_in")
        await enrolled(session, [person("王芳", phone("15400000001")), person("李雷", phone("15400000002"))])
    return client


async def rows(database: Database) -> dict[str, int]:
    tables = ("member", "activity", "activity_key", "activity_award", "ledger_entry", "ledger_lot", "ledger_operation")
    async with database.transaction() as session:
        return {t: (await session.execute(text("select count(*) from " + t))).scalar_one() for t in tables}


async def balances(database: Database) -> dict[str, int]:
    """What lists show of the first member, which is what the ledger says."""
    async with database.transaction() as session:
        row = (
            await session.execute(
                text("select points_available, points_debt, growth from member_summary order by member_id limit 1")
            )
        ).one()
    return dict(row._mapping)


async def rule(database: Database, activity: str, *effects: dict[str, Any], **more: Any) -> None:
    async with database.transaction() as session:
        await a_rule(session, activity, *effects, **more)


async def verified(database: Database) -> None:
    assert (await ledger.verify_ledger(database)).wrong is None


async def test_a_check_in_earns_what_its_rule_gives(shop: httpx.AsyncClient, database: Database) -> None:
    answer = await shop.post("/v1/activities", json=an_activity(payload={"place": "西单店"}))

    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert body["points"] == {"earned": 10, "balance": 10, "debt": 0}
    assert (body["state"], body["growth_earned"], body["tier"], body["invited"]) == ("created", 0, None, None)
    assert (body["business_day"], body["payload"]) == ("2026-03-01", {"place": "西单店"})
    (given,) = body["given"]
    assert (given["rule"], given["version"], given["amount"], given["entitled"]) == ("check-in", 1, 10, 10)
    assert given["text"] == "Rewards check_in: 10 Points"
    assert body["nothing_because"] == []
    await verified(database)


async def test_the_same_again_gives_the_same_answer_and_changes_nothing(
    shop: httpx.AsyncClient, database: Database
) -> None:
    first = await shop.post("/v1/activities", json=an_activity(payload={"a": 1, "b": True, "c": "x"}))
    await shop.post("/v1/activities", json=an_activity("2"))
    before = await rows(database)

    again = await shop.post("/v1/activities", json=an_activity(payload={"b": True, "a": 1.0, "c": "x"}))

    assert again.status_code == 200
    assert again.json() == {**first.json(), "state": "unchanged"}
    assert await rows(database) == before


@pytest.mark.parametrize(
    "change",
    [
        {"occurred_at": "2026-03-01T12:00:01+08:00"},
        {"kind": "review"},
        {"member": "phone:15400000002"},
        {"payload": {"a": 2}},
        {"kind": "custom", "event": "visited"},
    ],
)
async def test_a_key_with_other_content_is_refused_and_changes_nothing(
    shop: httpx.AsyncClient, database: Database, change: dict[str, Any]
) -> None:
    await shop.post("/v1/activities", json=an_activity())
    before = await rows(database)

    answer = await shop.post("/v1/activities", json=an_activity(**change))

    assert (answer.status_code, answer.json()["code"]) == (409, "activity.key_taken")
    assert await rows(database) == before


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"member": "phone:15400000009"}, 404, "members.not_found"),
        ({"member": "999999"}, 404, "members.not_found"),
        ({"kind": "order_paid"}, 422, "activity.kind_unknown"),
        ({"kind": "dance"}, 422, "activity.kind_unknown"),
        ({"kind": "custom"}, 422, "activity.event_misplaced"),
        ({"event": "visited"}, 422, "activity.event_misplaced"),
        ({"occurred_at": "2026-03-02T12:11:00+08:00"}, 422, "activity.date_out_of_range"),
        ({"occurred_at": "1969-03-02T12:11:00+08:00"}, 422, "activity.date_out_of_range"),
        ({"occurred_at": "2026-03-01T12:00:00"}, 422, "request.invalid"),
        ({"payload": {f"f{number}": 1 for number in range(21)}}, 422, "activity.payload_refused"),
        ({"payload": {"deep": {"er": 1}}}, 422, "activity.payload_refused"),
        ({"payload": {"list": [1]}}, 422, "activity.payload_refused"),
        ({"payload": {"none": None}}, 422, "activity.payload_refused"),
        ({"payload": {"Long": "x"}}, 422, "activity.payload_refused"),
        ({"payload": {"long": "x" * 501}}, 422, "activity.payload_refused"),
        ({"payload": {"big": 2**54}}, 422, "activity.payload_refused"),
        ({"payload": {"nul": "a\x00"}}, 422, "request.invalid"),
        ({"source": "shuke"}, 422, "activity.source_reserved"),
        ({"source": "My Shop"}, 422, "request.invalid"),
        ({"invited": "phone:15400000002"}, 422, "activity.invited_misplaced"),
        ({"kind": "referral", "invited": "phone:15400000001"}, 422, "activity.invited_misplaced"),
        ({"kind": "referral", "invited": "phone:15400000009"}, 404, "members.not_found"),
        ({"surprise": 1}, 422, "request.invalid"),
    ],
)
async def test_what_cannot_be_is_refused_and_changes_nothing(
    shop: httpx.AsyncClient, database: Database, change: dict[str, Any], status: int, code: str
) -> None:
    before = await rows(database)

    answer = await shop.post("/v1/activities", json=an_activity(**change))

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await rows(database) == before


async def test_a_frozen_member_does_nothing_new_and_hears_of_the_old(
    shop: httpx.AsyncClient, database: Database
) -> None:
    first = await shop.post("/v1/activities", json=an_activity())
    async with database.transaction() as session:
        await session.execute(text("update member set status = 'frozen'"))

    again = await shop.post("/v1/activities", json=an_activity())
    new = await shop.post("/v1/activities", json=an_activity("2"))

    assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])
    assert new.json()["code"] == "members.not_active"


async def test_an_activity_that_no_rule_rewards_is_kept_and_says_why(shop: httpx.AsyncClient) -> None:
    answer = await shop.post("/v1/activities", json=an_activity(kind="survey"), headers={"Accept-Language": "en"})

    assert answer.status_code == 201
    assert answer.json()["points"]["earned"] == 0
    assert answer.json()["nothing_because"] == ["No earning rule rewards this kind of activity."]


async def test_a_cap_lets_one_check_in_a_day_earn(shop: httpx.AsyncClient, database: Database) -> None:
    await rule(database, "review", fixed(5), caps=[DAILY])
    answers = [
        await shop.post("/v1/activities", json=an_activity(str(number), kind="review", occurred_at=at))
        for number, at in enumerate(
            ["2026-03-01T08:00:00+08:00", "2026-03-01T20:00:00+08:00", "2026-03-02T08:00:00+08:00"]
        )
    ]

    assert [answer.json()["points"]["earned"] for answer in answers] == [5, 0, 5]
    assert answers[1].json()["nothing_because"] == ["Rewards review: the member has reached its cap"]
    await verified(database)


async def test_30_at_once_under_a_daily_cap_earn_once(shop: httpx.AsyncClient, database: Database) -> None:
    await rule(database, "review", fixed(5), caps=[DAILY])
    await shop.post("/v1/activities", json=an_activity("warm"))

    answers = await asyncio.gather(
        *(shop.post("/v1/activities", json=an_activity(str(number), kind="review")) for number in range(30))
    )

    done = [answer for answer in answers if answer.status_code == 201]
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert sum(answer.json()["points"]["earned"] for answer in done) == 5
    await verified(database)


async def test_30_deliveries_of_one_activity_at_once_have_one_effect(
    shop: httpx.AsyncClient, database: Database
) -> None:
    answers = await asyncio.gather(*(shop.post("/v1/activities", json=an_activity()) for _ in range(30)))

    # One that waited too long for the first is told to come again; none of them has a second effect.
    assert {answer.status_code for answer in answers} <= {200, 201, 409}
    assert [answer.status_code for answer in answers].count(201) == 1
    counted = await rows(database)
    assert (counted["activity"], counted["activity_key"], counted["ledger_entry"]) == (1, 1, 1)
    await verified(database)


async def test_a_batch_judges_each_for_itself(shop: httpx.AsyncClient, database: Database) -> None:
    batch = [
        an_activity("1"),
        an_activity("2", member="phone:15400000009"),
        an_activity("1"),
        an_activity("1", kind="share"),
        an_activity("3", payload={"deep": []}),
        an_activity("4", member="phone:15400000002", occurred_at="2026-02-01T12:00:00+08:00"),
    ]

    answer = await shop.post("/v1/activities/batch", json={"activities": batch})

    results = answer.json()["results"]
    assert [result["status"] for result in results] == [
        "created", "refused", "unchanged", "refused", "refused", "created",
    ]  # fmt: skip
    assert [result["error"]["code"] for result in results if result["error"]] == [
        "members.not_found", "activity.key_taken", "activity.payload_refused",
    ]  # fmt: skip
    assert results[5]["activity"]["points"]["earned"] == 10
    assert (await rows(database))["activity"] == 2
    await verified(database)


@pytest.mark.parametrize("bad", [{"member": "phone:15400000009"}, {"key": "1", "kind": "share"}])
async def test_all_or_nothing_leaves_nothing_when_one_is_refused(
    shop: httpx.AsyncClient, database: Database, bad: dict[str, Any]
) -> None:
    before = await rows(database)

    answer = await shop.post(
        "/v1/activities/batch",
        json={"activities": [an_activity("1"), an_activity(**{"key": "2", **bad})], "all_or_nothing": True},
    )

    assert answer.status_code in {404, 409}
    assert await rows(database) == before


async def test_a_thousand_at_once_are_a_thousand(shop: httpx.AsyncClient, database: Database) -> None:
    batch = [an_activity(str(number), member=f"phone:1540000000{1 + number % 2}") for number in range(1_000)]

    answer = await shop.post("/v1/activities/batch", json={"activities": batch})

    assert {result["status"] for result in answer.json()["results"]} == {"created"}
    assert answer.json()["results"][-1]["activity"]["points"]["balance"] == 5_000
    await verified(database)


async def test_a_referral_rewards_both_as_their_rules_say(shop: httpx.AsyncClient, database: Database) -> None:
    await rule(database, "referral", fixed(100), code="inviters", when=asks("activity.role", "=", "inviter"))
    await rule(database, "referral", fixed(30), code="invited", when=asks("activity.role", "=", "invited"))

    answer = await shop.post("/v1/activities", json=an_activity(kind="referral", invited="phone:15400000002"))

    body = answer.json()
    assert (body["role"], body["points"]["earned"]) == ("inviter", 100)
    assert (body["invited"]["role"], body["invited"]["points"]["earned"]) == ("invited", 30)
    again = await shop.post("/v1/activities", json=an_activity(kind="referral", invited="phone:15400000002"))
    assert again.json() == {**body, "state": "unchanged"}
    await verified(database)


async def test_a_rule_asks_for_what_came_with_an_activity(shop: httpx.AsyncClient, database: Database) -> None:
    when = asks("activity.number", ">=", 4, field="rating")
    await rule(database, "review", fixed(7), when=when)

    low = await shop.post("/v1/activities", json=an_activity("1", kind="review", payload={"rating": 3}))
    high = await shop.post("/v1/activities", json=an_activity("2", kind="review", payload={"rating": 4.5}))
    none = await shop.post("/v1/activities", json=an_activity("3", kind="review", payload={"rating": "5"}))

    assert [one.json()["points"]["earned"] for one in (low, high, none)] == [0, 7, 0]
    assert low.json()["nothing_because"] == ["Rewards review: none of its conditions holds"]


async def test_a_custom_activity_is_rewarded_by_its_own_name(shop: httpx.AsyncClient, database: Database) -> None:
    await rule(database, "custom", fixed(3), event="scanned_poster")

    answers = [
        await shop.post("/v1/activities", json=an_activity(event, kind="custom", event=event))
        for event in ("scanned_poster", "other")
    ]

    assert [answer.json()["points"]["earned"] for answer in answers] == [3, 0]


async def test_growth_of_an_activity_raises_the_level_where_the_scheme_goes_by_it_and_shows_it(
    shop: httpx.AsyncClient, database: Database
) -> None:
    await rule(database, "share", fixed(50, "growth"))

    answer = await shop.post("/v1/activities", json=an_activity(kind="share"))

    assert (answer.json()["growth_earned"], answer.json()["points"]["earned"]) == (50, 0)
    assert (await balances(database))["growth"] == 50


async def test_an_activity_that_arrives_late_has_its_own_day_and_end(
    shop: httpx.AsyncClient, database: Database
) -> None:
    await shop.post("/v1/activities", json=an_activity("now"))

    late = await shop.post("/v1/activities", json=an_activity("late", occurred_at="2025-11-30T12:00:00+08:00"))

    assert (late.json()["business_day"], late.json()["points"]["balance"]) == ("2025-11-30", 20)
    async with database.transaction() as session:
        ends = (await session.execute(text("select expires_on from ledger_lot order by lot_no"))).scalars().all()
    assert [str(end) for end in ends] == ["2026-09-30", "2026-05-31"]
    await verified(database)


async def test_cancelling_takes_back_what_was_earned_and_frees_the_cap(
    shop: httpx.AsyncClient, database: Database
) -> None:
    await rule(database, "share", fixed(5), fixed(8, "growth"), caps=[DAILY])
    shared = (await shop.post("/v1/activities", json=an_activity(kind="share"))).json()

    answer = await shop.post(f"/v1/activities/{shared['id']}/cancel", json={"reason": "截图是假的"})
    again = await shop.post(f"/v1/activities/{shared['id']}/cancel", json={"reason": "另一个原因"})
    anew = await shop.post("/v1/activities", json=an_activity("2", kind="share"))

    assert answer.status_code == 200, answer.text
    assert answer.json()["cancelled_at"] is not None
    assert again.json() == answer.json()
    assert anew.json()["points"] == {"earned": 5, "balance": 5, "debt": 0}
    member = await balances(database)
    assert (member["points_available"], member["growth"]) == (5, 8)
    await verified(database)


async def test_cancelling_what_was_spent_leaves_a_debt(shop: httpx.AsyncClient, database: Database) -> None:
    shared = (await shop.post("/v1/activities", json=an_activity())).json()
    spent = await shop.post(
        "/v1/ledger/debits",
        json={"member": "phone:15400000001", "currency": "points", "amount": 10},
        headers={"Idempotency-Key": "spend-1"},
    )
    assert spent.status_code == 201, spent.text

    await shop.post(f"/v1/activities/{shared['id']}/cancel", json={"reason": "假"})

    member = await balances(database)
    assert (member["points_available"], member["points_debt"]) == (0, 10)
    await verified(database)


async def test_20_who_cancel_at_once_take_back_once(shop: httpx.AsyncClient, database: Database) -> None:
    first = (await shop.post("/v1/activities", json=an_activity("1"))).json()
    await shop.post("/v1/activities", json=an_activity("2"))

    answers = await asyncio.gather(
        *(shop.post(f"/v1/activities/{first['id']}/cancel", json={"reason": "假"}) for _ in range(20))
    )

    assert {answer.status_code for answer in answers} <= {200, 409}
    member = await balances(database)
    assert (member["points_available"], member["points_debt"]) == (10, 0)
    await verified(database)


async def test_cancelling_a_referral_takes_back_from_both(shop: httpx.AsyncClient, database: Database) -> None:
    await rule(database, "referral", fixed(40))
    made = (await shop.post("/v1/activities", json=an_activity(kind="referral", invited="phone:15400000002"))).json()

    await shop.post(f"/v1/activities/{made['id']}/cancel", json={"reason": "自己推荐自己"})

    async with database.transaction() as session:
        left = (await session.execute(text("select points_available from member_summary"))).scalars().all()
    assert list(left) == [0, 0]
    await verified(database)


async def test_the_ledger_does_not_reverse_behind_an_activitys_back(
    shop: httpx.AsyncClient, database: Database
) -> None:
    await shop.post("/v1/activities", json=an_activity())
    before = await rows(database)

    answer = await shop.post(
        "/v1/ledger/reversals",
        json={
            "member": "phone:15400000001",
            "currency": "points",
            "operation": "activity:mini-program:1",
            "reason": "x",
        },
        headers={"Idempotency-Key": "reverse-1"},
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "ledger.belongs_to_activity")
    assert await rows(database) == before


async def test_the_list_of_a_member_pages_newest_first(shop: httpx.AsyncClient) -> None:
    for day in (1, 2, 3):
        await shop.post("/v1/activities", json=an_activity(str(day), occurred_at=f"2026-02-0{day}T12:00:00+08:00"))
    await shop.post("/v1/activities", json=an_activity("s", kind="share", occurred_at="2026-02-02T12:00:00+08:00"))

    first = (await shop.get("/v1/members/phone:15400000001/activities", params={"limit": 2})).json()
    rest = (
        await shop.get("/v1/members/phone:15400000001/activities", params={"limit": 2, "cursor": first["next"]})
    ).json()
    shares = (await shop.get("/v1/members/phone:15400000001/activities", params={"kind": "share"})).json()

    assert [one["key"] for one in first["items"] + rest["items"]] == ["3", "s", "2", "1"]
    assert (rest["next"], [one["key"] for one in shares["items"]]) == (None, ["s"])


@pytest.mark.parametrize("values", [["x", 1, 1], [None, 1, 1], ["2026-01-01T00:00:00", 1, 1], [1, 1, 2**63]])
async def test_a_cursor_that_the_list_did_not_make_is_refused(shop: httpx.AsyncClient, values: list[Any]) -> None:
    answer = await shop.get(
        "/v1/members/phone:15400000001/activities", params={"cursor": encode_cursor("-occurred_at", values)}
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "pages.bad_cursor")


async def test_the_timeline_tells_of_it(shop: httpx.AsyncClient) -> None:
    made = (await shop.post("/v1/activities", json=an_activity())).json()
    await shop.post(f"/v1/activities/{made['id']}/cancel", json={"reason": "误报"})

    items = (
        await shop.get(
            "/v1/members/phone:15400000001/timeline",
            params={"kinds": "activity"},
            headers={"Accept-Language": "zh-CN"},
        )
    ).json()["items"]

    assert [(one["kind"], one["type"], one["title"], one["summary"]) for one in items] == [
        ("activity", "activity.check_in", "签到（已撤销）", "撤销原因：误报")
    ]


async def test_who_may_only_read_neither_sends_nor_cancels(
    shop: httpx.AsyncClient, viewer: httpx.AsyncClient, database: Database
) -> None:
    made = (await shop.post("/v1/activities", json=an_activity())).json()
    before = await rows(database)

    sent = await viewer.post("/v1/activities", json=an_activity("2"))
    cancelled = await viewer.post(f"/v1/activities/{made['id']}/cancel", json={"reason": "x"})
    read = await viewer.get(f"/v1/activities/{made['id']}")

    assert (sent.status_code, cancelled.status_code, read.status_code) == (403, 403, 200)
    assert await rows(database) == before


async def test_the_audit_trail_says_who_cancelled_and_why(shop: httpx.AsyncClient, database: Database) -> None:
    made = (await shop.post("/v1/activities", json=an_activity())).json()

    await shop.post(f"/v1/activities/{made['id']}/cancel", json={"reason": "误报"})

    async with database.transaction() as session:
        line = (
            await session.execute(text("select object_id, details ->> 'reason' from audit order by id desc limit 1"))
        ).one()
    assert tuple(line) == (str(made["id"]), "误报")


async def test_what_came_with_it_is_sealed_and_goes_with_the_person(
    shop: httpx.AsyncClient, database: Database
) -> None:
    secret = "住在幸福路十二号"
    made = (await shop.post("/v1/activities", json=an_activity(payload={"words": secret}))).json()

    async with database.transaction() as session:
        stored = (await session.execute(text("select payload, activity::text from activity"))).one()
        told = (await session.execute(text("select string_agg(body::text, '') from event"))).scalar_one()
    assert secret.encode() not in stored[0]
    assert secret not in stored[1] + told
    async with database.transaction() as session:
        member_id = made["member_id"]
        copied = [row async for row in export(session, [member_id])]
        assert [row["payload"] for row in copied] == [{"words": secret}]
        assert await erase(session, [member_id]) == 1
    assert (await shop.get(f"/v1/activities/{made['id']}")).json()["payload"] is None
