"""Relations: both sides see them, and nobody invites in a circle."""

import asyncio

import httpx
from fastapi import FastAPI
from sqlalchemy import text

from shuke.foundation.organization.testing import an_employee, narrowed
from shuke.main.testing import signed_in
from shuke.people.members.relations.privacy import FAMILY
from shuke.people.members.rules.values import MemberSource, NewIdentity, NewMember
from shuke.people.members.testing import enrolled
from shuke.platform.db import Database


async def some(database: Database, count: int, store_id: int | None = None, first: int = 0) -> list[int]:
    async with database.transaction() as session:
        return await enrolled(
            session,
            [
                NewMember(
                    identities=(NewIdentity(kind="external", source="till", value=str(first + number)),),
                    source=MemberSource(store_id=store_id),
                )
                for number in range(count)
            ],
        )


def family(answer: httpx.Response) -> list[tuple[int, str]]:
    return [(one["member"]["id"], one["role"]) for one in answer.json()["family"]]


async def test_both_sides_see_a_relative_each_from_their_own_place(
    client: httpx.AsyncClient, database: Database
) -> None:
    mother, child = await some(database, 2)

    noted = await client.post(f"/v1/members/{child}/family", json={"member": str(mother), "role": "parent"})
    other = await client.get(f"/v1/members/{mother}/relations")
    corrected = await client.post(f"/v1/members/{mother}/family", json={"member": str(child), "role": "other"})
    removed = await client.delete(f"/v1/members/{mother}/family/{child}")
    again = await client.delete(f"/v1/members/{mother}/family/{child}")

    assert family(noted) == [(mother, "parent")]
    assert family(other) == [(child, "child")]
    assert family(corrected) == [(child, "other")]
    assert family(removed) == family(await client.get(f"/v1/members/{child}/relations")) == []
    assert (again.status_code, again.json()["code"]) == (404, "relations.not_found")


async def test_an_inviter_is_seen_from_both_sides_and_never_in_a_circle(
    client: httpx.AsyncClient, database: Database
) -> None:
    one, two, three = await some(database, 3)
    await client.put(f"/v1/members/{two}/inviter", json={"member": str(one)})
    await client.put(f"/v1/members/{three}/inviter", json={"member": str(two)})

    refused = [await client.put(f"/v1/members/{one}/inviter", json={"member": str(by)}) for by in (three, one)]
    of_two = (await client.get(f"/v1/members/{two}/relations")).json()

    assert [answer.json()["code"] for answer in refused] == ["relations.inviter_goes_round", "relations.to_self"]
    assert of_two["inviter"]["id"] == one
    assert ([found["id"] for found in of_two["invited"]], of_two["invited_count"]) == ([three], 1)
    assert (await client.get(f"/v1/members/{one}/relations")).json()["inviter"] is None


async def test_two_inviters_at_once_never_close_a_circle(client: httpx.AsyncClient, database: Database) -> None:
    for turn in range(5):
        one, two = await some(database, 2, first=10 * turn)

        answers = await asyncio.gather(
            client.put(f"/v1/members/{one}/inviter", json={"member": str(two)}),
            client.put(f"/v1/members/{two}/inviter", json={"member": str(one)}),
        )

        assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_erased_and_merged_members_are_not_shown_as_such(client: httpx.AsyncClient, database: Database) -> None:
    one, two, three, four = await some(database, 4)
    for relative in (two, three):
        await client.post(f"/v1/members/{one}/family", json={"member": str(relative), "role": "sibling"})

    async with database.transaction() as session:
        await session.execute(text("update member set status = 'erased' where member_id = :one"), {"one": two})
        await session.execute(
            text("update member set merged_into = :four where member_id = :three"), {"three": three, "four": four}
        )
    shown = await client.get(f"/v1/members/{one}/relations")
    from_root = await client.get(f"/v1/members/{four}/relations")

    assert family(shown) == [(four, "sibling")]
    assert family(from_root) == [(one, "sibling")]


async def test_erasing_forgets_the_relations_of_both_sides(client: httpx.AsyncClient, database: Database) -> None:
    one, two, three = await some(database, 3)
    await client.post(f"/v1/members/{one}/family", json={"member": str(two), "role": "spouse"})
    await client.put(f"/v1/members/{three}/inviter", json={"member": str(one)})
    assert FAMILY.erase is not None

    async with database.transaction() as session:
        copy = [row async for row in FAMILY.export(session, [two])]
        gone = await FAMILY.erase(session, [one])

    assert [(row["member_id"], row["role"]) for row in copy] == [(two, "spouse")]
    assert gone == 2
    assert family(await client.get(f"/v1/members/{two}/relations")) == []
    assert (await client.get(f"/v1/members/{three}/relations")).json()["inviter"] is None


async def test_relatives_out_of_sight_are_not_shown(
    app: FastAPI, client: httpx.AsyncClient, database: Database
) -> None:
    async with database.transaction() as session:
        here = await an_employee(session, "E1", store="A")
        there = await an_employee(session, "E2", store="B")
    (mine,) = await some(database, 1, here.store_id, first=1)
    (foreign,) = await some(database, 1, there.store_id, first=2)
    await client.post(f"/v1/members/{mine}/family", json={"member": str(foreign), "role": "spouse"})

    async with signed_in(app, database, role="manager") as browser:
        async with database.transaction() as session:
            await narrowed(session, role="manager", stores=[here.store_id or 0])
        seen = await browser.get(f"/v1/members/{mine}/relations")
        named = await browser.put(f"/v1/members/{mine}/inviter", json={"member": str(foreign)})

    assert family(seen) == []
    assert named.status_code == 404
