"""An erased person cannot be read any more, whatever is kept; and nobody is erased who must not be."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from fastapi import FastAPI
from sqlalchemy import text

from shuke.foundation.organization import NewStore, ensure_stores
from shuke.foundation.organization.testing import narrowed
from shuke.main.testing import signed_in
from shuke.people import consent, members, rights
from shuke.people.consent.testing import a_notice, answered
from shuke.people.members.testing import enrolled, person, phone
from shuke.people.rights import jobs as work
from shuke.people.rights.actions import place_hold
from shuke.platform import clock, jobs, keys
from shuke.platform.actor import EVERYTHING, SYSTEM
from shuke.platform.db import Database, Session

pytestmark = pytest.mark.anyio

NAME, NUMBER, OTHER = "王小明", "15400000001", "15400000002"


@pytest.fixture
async def people(client: httpx.AsyncClient, database: Database) -> list[int]:
    """Somebody who was merged with a second record of themselves, agreed to marketing, and a third person."""
    jobs.use(database)
    async with database.transaction() as session:
        await a_notice(session)
        ids = await enrolled(
            session, [person(NAME, phone(NUMBER)), person(NAME, phone(OTHER)), person("Ann", phone("15400000003"))]
        )
        await answered(session, ids[0], "given")
        wanted = members.MergeWanted(absorbed_id=ids[1], survivor_id=ids[0], reason="same person", policy="hand")
        await members.merge(session, SYSTEM, wanted)
    return ids


async def deletion_of(client: httpx.AsyncClient, member_id: int) -> tuple[str, dict[str, Any]]:
    body = {"member": str(member_id), "kind": "deletion", "channel": "phone", "verified_how": "code", "words": NAME}
    page = (await client.post("/v1/requests", json=body)).json()
    return f"/v1/requests/{page['request']['id']}", page["request"]


async def confirmed(client: httpx.AsyncClient, address: str, number: str) -> httpx.Response:
    return await client.post(f"{address}/erasure", json={"confirm": number, "told_points_lost": True})


async def everything_in(session: Session) -> str:
    """Every column of every table as text; bytes as hexadecimal."""
    tables = await session.execute(
        text(
            "select format($$select coalesce(string_agg(t::text, ' '), '') from %I.%I t$$, schemaname, tablename) "
            "from pg_tables where schemaname in ('public', 'vault', 'queue')"
        )
    )
    return " ".join([(await session.execute(text(question))).scalar_one() for question in tables.scalars().all()])


async def test_an_erased_person_is_gone_and_the_certificate_says_so(
    client: httpx.AsyncClient, people: list[int], database: Database, key_ring: keys.KeyRing
):
    address, request = await deletion_of(client, people[0])
    async with database.transaction() as session:
        wrapped = (
            await session.execute(text("select wrapped from vault.member_key where member_id = :id"), {"id": people[0]})
        ).scalar_one()

    preview = (await client.get(f"{address}/erasure")).json()
    answer = await confirmed(client, address, request["member_number"])
    await work.erase({"request_id": request["id"]})
    await work.erase({"request_id": request["id"]})

    page = (await client.get(address)).json()
    assert (answer.status_code, answer.json()["request"]["state"]) == (202, "cooling")
    assert (preview["people"], page["request"]["state"]) == (2, "done")
    assert {part["key"]: part["is_erased"] for part in preview["parts"]}["orders"] is False
    assert all(part["kept"] is not None or part["is_erased"] or part["key"] in NAMED for part in preview["parts"])
    assert page["certificate"]["content"]["what"]["profile"] >= 8
    assert page["certificate"]["actor"].startswith("staff:")
    assert [step["note"] for step in page["steps"]] == [None] * len(page["steps"])
    async with database.transaction() as session:
        named = await members.names(session, people, EVERYTHING)
        found = await members.resolve(
            session, [("phone", "", NUMBER), ("phone", "", OTHER), ("phone", "", "15400000003")]
        )
        held = await everything_in(session)
        decision = await consent.allows(session, people[0], "membership", "sms", clock.now())
        with pytest.raises(members.MemberNotActive):
            await answered(session, people[0], "given", purpose="marketing")
    assert ([named[one].name for one in people], list(found.values())) == ([None, None, "A***"], [people[2]])
    assert (NAME in held, NUMBER in held, wrapped.hex() in held) == (False, False, False)
    assert (decision.allowed, decision.reason) == (False, "restricted")


# Parts of the profile that go with its key.
NAMED = {"identities", "status_changes"}


async def test_nothing_of_the_erased_stays_in_merges_that_were_undone(people: list[int], database: Database):
    survivor, absorbed, third = people
    async with database.transaction() as session:
        onward = members.MergeWanted(absorbed_id=survivor, survivor_id=third, reason=NAME, policy="hand")
        second = await members.merge(session, SYSTEM, onward)
        first = (await session.execute(text("select min(merge_id) from member_merge"))).scalar_one()
        for merge_id in (second, first):
            await members.undo_merge(session, SYSTEM, merge_id, NAME)
        await rights.erase_person(session, absorbed, because="request", request_id=None, actor="staff:1")
        left = await session.execute(
            text(
                "select profile_before, profile_after, facts_before -> 'custom', reason, undone_because "
                "from member_merge order by merge_id"
            )
        )

        # The third person's profile of then held what the survivor had from the one who is erased.
        assert [tuple(row) for row in left] == [(None, None, None, "—", "—")] * 2
        named = await members.names(session, people, EVERYTHING)
    assert [named[one].name for one in people] == ["王*明", None, "A***"]


async def test_the_certificate_is_signed_and_names_what_went(
    client: httpx.AsyncClient, people: list[int], database: Database, key_ring: keys.KeyRing
):
    async with database.transaction() as session:
        done = await rights.erase_person(session, people[0], because="request", request_id=None, actor="staff:1")

    public = Ed25519PublicKey.from_public_bytes(key_ring.public_key)
    public.verify(bytes.fromhex(done.certificate["signature"]), b"shuke erasure certificate v1\n" + done.code.encode())
    assert set(done.member_ids) == set(people[:2])
    with pytest.raises(InvalidSignature):
        public.verify(bytes.fromhex(done.certificate["signature"]), b"shuke erasure certificate v1\n" + b"0" * 64)


async def test_stored_answers_about_the_erased_are_destroyed(client: httpx.AsyncClient, database: Database):
    wanted = {"name": NAME, "phone": NUMBER}
    key = {"Idempotency-Key": "till-1"}
    first = await client.post("/v1/members", json=wanted, headers=key)
    other = await client.post("/v1/members", json={"phone": OTHER}, headers={"Idempotency-Key": "till-2"})

    async with database.transaction() as session:
        await rights.erase_person(session, first.json()["id"], because="request", request_id=None, actor="staff:1")

    again = await client.post("/v1/members", json=wanted, headers=key)
    kept = await client.post("/v1/members", json={"phone": OTHER}, headers={"Idempotency-Key": "till-2"})
    assert (again.status_code, NAME in again.text) == (410, False)
    assert (kept.json()["id"], kept.headers["Idempotent-Replay"]) == (other.json()["id"], "true")


@pytest.mark.parametrize("confirm", ["", "M000", "yes"])
async def test_without_the_member_number_nothing_is_erased(
    client: httpx.AsyncClient, people: list[int], database: Database, confirm: str
):
    address, request = await deletion_of(client, people[0])

    refused = await confirmed(client, address, confirm)
    untold = await client.post(
        f"{address}/erasure", json={"confirm": request["member_number"], "told_points_lost": False}
    )
    await work.erase({"request_id": request["id"]})

    async with database.transaction() as session:
        named = await members.names(session, people[:1], EVERYTHING)
    assert (refused.json()["code"], untold.json()["code"]) == ("erasure.not_confirmed",) * 2
    assert named[people[0]].name == "王*明"


async def test_second_thoughts_call_an_erasure_off(client: httpx.AsyncClient, people: list[int], database: Database):
    policy = {"working_days": 15, "hard_days": 30, "cooling_days": 10}
    await client.put("/v1/request-settings/policy", json=policy)
    address, request = await deletion_of(client, people[0])
    second, other = await deletion_of(client, people[2])
    await confirmed(client, address, request["member_number"])
    await confirmed(client, second, other["member_number"])

    await work.erase_due()
    await client.post(f"{address}/withdrawal", json={"words": "stays after all"})
    clock.set_offset(timedelta(days=11))
    await work.erase_due()

    async with database.transaction() as session:
        named = await members.names(session, people, EVERYTHING)
    assert (named[people[0]].name, named[people[2]].name) == ("王*明", None)
    assert (await client.get(address)).json()["request"]["state"] == "withdrawn"


async def test_what_is_on_hold_is_erased_by_nobody(client: httpx.AsyncClient, people: list[int], database: Database):
    address, request = await deletion_of(client, people[0])
    # Placed on the record that was merged into the person.
    await client.put(f"/v1/members/{people[1]}/legal-hold", json={"basis": "dispute"})

    refused = await confirmed(client, address, request["member_number"])
    async with database.transaction() as session:
        with pytest.raises(rights.OnHold):
            await rights.erase_person(session, people[0], because="retention", request_id=None, actor="system:0")
    lifted = await client.delete(f"/v1/members/{people[0]}/legal-hold")
    accepted = await confirmed(client, address, request["member_number"])

    assert (refused.status_code, refused.json()["code"]) == (409, "erasure.on_hold")
    assert (lifted.json()["basis"], accepted.status_code) == (None, 202)


async def test_a_hold_that_is_being_placed_is_waited_for(
    client: httpx.AsyncClient, people: list[int], database: Database
):
    async def erase() -> None:
        async with database.transaction() as session:
            await rights.erase_person(session, people[0], because="retention", request_id=None, actor="system:0")

    async with database.transaction() as session:
        await place_hold(session, people[0], "dispute", SYSTEM)
        erasing = asyncio.create_task(erase())
        done, _ = await asyncio.wait([erasing], timeout=0.5)
        assert not done
    with pytest.raises(rights.OnHold):
        await erasing

    async with database.transaction() as session:
        assert (await members.names(session, people[:1], EVERYTHING))[people[0]].name == "王*明"


async def test_who_sees_only_the_record_that_was_merged_away_reaches_nobody(
    app: FastAPI, client: httpx.AsyncClient, people: list[int], database: Database
):
    _, request = await deletion_of(client, people[1])
    async with database.transaction() as session:
        stores = await ensure_stores(session, [NewStore(code=code, name=code) for code in ("here", "there")])
        # The request was taken before the two became one; the person belongs to another store by now.
        await session.execute(
            text("update rights_request set member_id = :id where request_id = :request"),
            {"id": people[1], "request": request["id"]},
        )
        for member_id, store in ((people[1], stores["here"]), (people[0], stores["there"])):
            await session.execute(
                text("update member_summary set store_id = :store where member_id = :id"),
                {"store": store, "id": member_id},
            )
    address = f"/v1/requests/{request['id']}"
    async with signed_in(app, database, role="manager") as scoped:
        async with database.transaction() as session:
            await narrowed(session, role="manager", stores=[stores["here"]])
        listed = await scoped.get("/v1/requests")
        answers = [
            await scoped.get(address),
            await scoped.post(f"{address}/copy"),
            await confirmed(scoped, address, request["member_number"]),
        ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert (listed.status_code, listed.json()["items"]) == (200, [])
    assert (await client.get(address)).json()["request"]["state"] == "open"


async def test_retention_erases_who_left_long_ago_and_nobody_else(
    client: httpx.AsyncClient, people: list[int], database: Database
):
    async with database.transaction() as session:
        await members.set_status(session, [people[0], people[2]], "cancelled")
        await consent.actions.note_left(session, {people[0]: True, people[2]: True})
    await client.put(f"/v1/members/{people[2]}/legal-hold", json={"basis": "authority"})
    await work.hold_to_retention()
    before = (await client.get("/v1/retention")).json()["now"]
    clock.set_offset(timedelta(days=1096))

    overdue = (await client.get("/v1/retention")).json()["now"]
    await work.hold_to_retention()
    after = (await client.get("/v1/retention")).json()

    def left(lines: list[dict[str, Any]]) -> tuple[int, int, int]:
        line = next(one for one in lines if one["data"] == "left")
        return line["rows"], line["overdue"], line["erased"]

    assert (left(before), left(overdue), left(after["now"])) == ((2, 0, 0), (2, 1, 0), (1, 0, 0))
    assert left(after["last_run"]) == (1, 0, 1)
    async with database.transaction() as session:
        named = await members.names(session, people, EVERYTHING)
    assert (named[people[0]].name, named[people[2]].name) == (None, "A***")


async def test_evidence_of_old_answers_goes_and_that_of_living_consents_stays(
    client: httpx.AsyncClient, people: list[int], database: Database
):
    async with database.transaction() as session:
        await answered(session, people[2], "given")
        await answered(session, people[2], "withdrawn")
    clock.set_offset(timedelta(days=1096))

    await work.hold_to_retention()

    async with database.transaction() as session:
        kept = list((await session.execute(text("select member_id from consent_evidence"))).scalars())
        logged = (await session.execute(text("select count(*) from consent_change"))).scalar_one()
    lines = (await client.get("/v1/retention")).json()["now"]
    assert (kept, logged) == ([people[0]], 3)
    assert [line["overdue"] for line in lines] == [0] * len(lines)


async def test_a_database_of_another_installation_is_left_alone(
    client: httpx.AsyncClient, people: list[int], database: Database
):
    async with database.transaction() as session:
        done = await rights.erase_person(session, people[0], because="request", request_id=None, actor="staff:1")
    foreign = rights.Erasure(**{**vars(done), "code": "0" * 64, "member_id": people[2], "member_ids": [people[2]]})

    async with database.transaction() as session:
        again = await rights.replay(session, [foreign, done])
        named = await members.names(session, people, EVERYTHING)

    assert (again, named[people[2]].name) == (0, "A***")
