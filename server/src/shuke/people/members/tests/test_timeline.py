"""The timeline of everything: what was done to a member, to those who may read it, and no value that is personal."""

import pytest
from sqlalchemy import text

from shuke.loyalty.ledger.testing import two_currencies
from shuke.main.testing import signed_in
from shuke.people import members
from shuke.people.members.testing import person, phone

pytestmark = pytest.mark.anyio


async def enrolled(database, *names: str) -> list[int]:
    async with database.transaction() as session:
        found = await members.resolve_or_create(
            session, [person(name, phone(f"1540000{place:04d}")) for place, name in enumerate(names)]
        )
        return list(found)


async def items(client, member_id: int, **asked) -> list[dict]:
    answer = await client.get(f"/v1/members/{member_id}/timeline", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def done(client, method: str, path: str, **sent) -> dict:
    answer = await client.request(method, path, **sent)
    assert answer.status_code < 300, answer.text
    return answer.json()


async def lived(client, member_id: int, other_id: int) -> None:
    """A little of everything."""
    path = f"/v1/members/{member_id}"
    await done(client, "PATCH", path, json={"name": "王大明", "birthday": "1990-05-14"}, headers={"If-Match": '"1"'})
    await done(client, "POST", f"{path}/identities", json={"kind": "card", "value": "CARD-1"})
    await done(client, "POST", f"{path}/status", json={"status": "frozen", "reason": "核实中"})
    await done(client, "POST", f"{path}/status", json={"status": "active", "reason": "已核实"})
    await done(client, "POST", f"{path}/unmask", json={"fields": ["name"], "reason": "来电核对"})
    asked = {"member": str(member_id), "kind": "access", "channel": "phone", "verified_how": "known"}
    await done(client, "POST", "/v1/requests", json=asked)
    merged = await done(
        client, "POST", "/v1/merges", json={"absorbed": str(other_id), "survivor": str(member_id), "reason": "同一人"}
    )
    await done(client, "POST", f"/v1/merges/{merged['id']}/undo", json={"reason": "看错了"})


async def test_everything_that_was_done_to_a_member_is_told_without_values(client, database):
    member_id, other_id = await enrolled(database, "王小明", "王小朋")
    await lived(client, member_id, other_id)

    found = await items(client, member_id)

    assert sorted(one["type"] for one in found) == sorted(
        [
            *("member.joined", "member.profile_changed", "member.identity_added", "member.status_changed"),
            *("member.status_changed", "access.unmasked", "request.received", "member.merged", "member.merge_undone"),
        ]
    )
    told = {one["type"]: (one["title"], one["summary"]) for one in found}
    assert told["member.profile_changed"] == ("Profile changed", "name, birthday")
    assert told["member.identity_added"] == ("Added: card", None)
    assert told["request.received"] == ("Request received: access", None)
    assert told["access.unmasked"][1] == "name · 来电核对"
    assert "王大明" not in str(found)
    assert "CARD-1" not in str(found)
    assert [one["type"] for one in await items(client, other_id)] == [
        "member.merge_undone",
        "member.absorbed",
        "member.joined",
    ]


async def test_pages_hold_each_item_once_in_the_order_of_the_whole(client, database):
    member_id, other_id = await enrolled(database, "王小明", "王小朋")
    await lived(client, member_id, other_id)
    whole = await items(client, member_id)

    found, cursor = [], None
    while True:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await client.get(f"/v1/members/{member_id}/timeline", params=params)).json()
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            break

    assert found == whole
    assert whole == sorted(whole, key=lambda one: (one["at"], one["id"]), reverse=True)


async def test_who_looked_and_what_was_asked_for_is_told_to_those_who_may_read_it(client, app, database):
    member_id, other_id = await enrolled(database, "王小明", "王小朋")
    await lived(client, member_id, other_id)
    async with signed_in(app, database, role="viewer") as viewer:
        # May read requests, and not the audit trail.
        kinds = {one["kind"] for one in await items(viewer, member_id)}
        async with database.transaction() as session:
            await session.execute(
                text("update staff_role set permissions = :permissions where code = 'viewer'"),
                {"permissions": ["members.read"]},
            )
        fewer = {one["kind"] for one in await items(viewer, member_id)}
        none = await items(viewer, member_id, kinds="access,request,consent,note,adjustment")

    assert kinds == {"member", "request"}
    assert fewer == {"member"}
    assert none == []


async def test_an_adjustment_that_waits_and_its_end_are_told(client, app, database):
    (member_id,) = await enrolled(database, "王小明")
    async with database.transaction() as session:
        await two_currencies(session)
        await session.execute(text("update ledger_currency set approval_above = 10 where code = 'points'"))
    asked = {"member": str(member_id), "currency": "points", "amount": 500, "reason": "补记"}
    waiting = await done(client, "POST", "/v1/ledger/adjustments", json=asked, headers={"Idempotency-Key": "adjust-1"})
    before = await items(client, member_id, kinds="adjustment")
    listed = await done(client, "GET", "/v1/ledger/adjustments", params={"member": str(member_id)})
    async with signed_in(app, database, role="administrator") as second:
        await done(second, "POST", f"/v1/ledger/adjustments/{waiting['id']}/approve", json={})
    after = await items(client, member_id, kinds="adjustment")
    nobody = await client.get("/v1/ledger/adjustments", params={"member": "99999"})

    assert [one["type"] for one in before] == ["adjustment.asked"]
    assert "+500" in before[0]["title"]
    assert [one["id"] for one in listed["items"]] == [waiting["id"]]
    assert [one["type"] for one in after] == ["adjustment.done", "adjustment.asked"]
    assert (nobody.status_code, nobody.json()["code"]) == (404, "members.not_found")
