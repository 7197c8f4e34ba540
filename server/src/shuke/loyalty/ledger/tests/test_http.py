"""Accounts, entries and tiers over HTTP."""

import pytest

from shuke.loyalty.ledger.testing import credited, operation, two_currencies
from shuke.loyalty.tiers.testing import four_levels
from shuke.people.members.testing import enrolled, external, person


@pytest.fixture
async def member_id(database, client):
    async with database.transaction() as session:
        await two_currencies(session)
        (member_id,) = await enrolled(session, [person("王小明", external("1"))])
        for number in range(3):
            await credited(session, member_id, 10, operation(f"o{number}"))
    return member_id


async def test_accounts_are_found_by_natural_key(client, member_id):
    shown = (await client.get("/v1/members/external:till:1/accounts")).json()

    assert [(one["currency"]["code"], one["available"], len(one["lots"])) for one in shown["items"]] == [
        ("points", 30, 3),
        ("growth", 0, 0),
    ]


async def test_entries_are_paged(client, member_id):
    path = f"/v1/members/{member_id}/accounts/points/entries"
    first = (await client.get(path, params={"limit": 2})).json()
    second = (await client.get(path, params={"limit": 2, "cursor": first["next"]})).json()

    assert [entry["version"] for entry in first["items"] + second["items"]] == [3, 2, 1]
    assert second["next"] is None
    assert first["items"][0]["explanation"]["text"] == "10 points earned."


async def test_unknown_members_and_currencies_are_refused(client, member_id):
    no_member = await client.get("/v1/members/99999/accounts")
    no_currency = await client.get(f"/v1/members/{member_id}/accounts/stamps/entries")

    assert (no_member.status_code, no_member.json()["code"]) == (404, "members.not_found")
    assert (no_currency.status_code, no_currency.json()["code"]) == (404, "ledger.currency_not_found")


async def test_tiers_are_shown_once_there_is_a_scheme(client, database, member_id):
    before = await client.get("/v1/tiers")
    async with database.transaction() as session:
        await four_levels(session)
    after = (await client.get("/v1/tiers")).json()
    changes = (await client.get(f"/v1/members/{member_id}/tier-changes")).json()

    assert (before.status_code, before.json()["code"]) == (404, "tiers.no_scheme")
    assert [level["code"] for level in after["levels"]] == ["bronze", "silver", "gold", "diamond"]
    assert after["scheme"]["name"] == {"zh": "会员等级", "en": "Member tiers"}
    assert changes == {"items": [], "next": None}


async def test_nobody_reads_points_without_signing_in(anonymous):
    for path in ("/v1/members/1/accounts", "/v1/members/1/accounts/points/entries", "/v1/tiers"):
        assert (await anonymous.get(path)).status_code == 401
