"""Attribution and transfers, from the request to the rows."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from shuke.foundation.organization import Employee
from shuke.foundation.organization.testing import an_employee, narrowed
from shuke.main.testing import signed_in
from shuke.people.members.attribution import transfers
from shuke.people.members.rules.values import MemberSource, NewIdentity, NewMember
from shuke.people.members.testing import enrolled
from shuke.platform import jobs
from shuke.platform.db import Database


async def members_of(database: Database, employee: Employee, count: int, first: int = 1) -> list[int]:
    people = [
        NewMember(
            identities=(NewIdentity(kind="external", source="till", value=f"{employee.code}-{number}"),),
            source=MemberSource(store_id=employee.store_id, employee_id=employee.id),
        )
        for number in range(first, first + count)
    ]
    async with database.transaction() as session:
        return await enrolled(session, people)


async def people(database: Database) -> tuple[Employee, Employee, Employee]:
    async with database.transaction() as session:
        return (
            await an_employee(session, "LI", store="A"),
            await an_employee(session, "WANG", store="A"),
            await an_employee(session, "ZHAO", store="B"),
        )


async def where(database: Database) -> dict[int, tuple[Any, ...]]:
    """Store and employee of everybody, which the member's row and the summary must agree on."""
    async with database.transaction() as session:
        rows = await session.execute(
            text(
                "select m.member_id, m.store_id, m.employee_id, m.manager_id, s.store_id, s.employee_id "
                "from member m join member_summary s using (member_id) order by 1"
            )
        )
        found = {row[0]: tuple(row[1:]) for row in rows}
    assert all(one[:2] == one[3:] for one in found.values())
    return {member_id: one[:3] for member_id, one in found.items()}


async def test_many_members_get_another_employee_at_once_and_remember_it(
    client: httpx.AsyncClient, database: Database
) -> None:
    li, wang, zhao = await people(database)
    ids = await members_of(database, li, 3)
    (other,) = await members_of(database, zhao, 1)
    body = {"filter": {"employee": li.id}, "employee_id": wang.id, "reason": "调店"}

    tried = await client.post("/v1/members/attributions", json=body | {"dry_run": True})
    untouched = await where(database)
    done = await client.post("/v1/members/attributions", json=body)
    again = await client.post("/v1/members/attributions", json=body | {"filter": {"employee": wang.id}})
    history = (await client.get(f"/v1/members/{ids[0]}/attributions")).json()["items"]

    assert tried.json() == {"members": 3, "changed": 0, "dry_run": True}
    assert {untouched[one][1] for one in ids} == {li.id}
    assert (done.json()["changed"], again.json()["changed"]) == (3, 0)
    assert await where(database) == {
        **dict.fromkeys(ids, (li.store_id, wang.id, None)),
        other: (zhao.store_id, zhao.id, None),
    }
    assert [(one["employee_before"]["name"], one["employee_after"]["name"], one["reason"]) for one in history] == [
        ("LI", "WANG", "调店")
    ]


async def test_nobody_is_named_and_nothing_happens(client: httpx.AsyncClient, database: Database) -> None:
    li, _, _ = await people(database)
    (one,) = await members_of(database, li, 1)
    async with database.transaction() as session:
        gone = await an_employee(session, "SUN", store="A")
        await session.execute(text("update employee set state = 'left' where employee_id = :one"), {"one": gone.id})
    before = await where(database)

    answers = [
        await client.post("/v1/members/attributions", json={"members": [str(one)], "reason": "没写", **body})
        for body in ({}, {"employee_id": gone.id}, {"employee_id": 10**9}, {"store_id": 10**9})
    ]

    assert [answer.json()["code"] for answer in answers] == [
        "attributions.empty",
        "employees.has_left",
        "employees.not_found",
        "members.bad_source",
    ]
    assert await where(database) == before


async def test_who_sees_one_store_gives_its_members_to_its_people_alone(app: FastAPI, database: Database) -> None:
    li, wang, zhao = await people(database)
    (mine,) = await members_of(database, li, 1)
    (foreign,) = await members_of(database, zhao, 1)
    async with signed_in(app, database, role="manager") as browser:
        async with database.transaction() as session:
            await narrowed(session, role="manager", stores=[li.store_id or 0])

        async def give(member_id: int, employee: Employee) -> httpx.Response:
            body = {"members": [str(member_id)], "employee_id": employee.id, "reason": "调整"}
            return await browser.post("/v1/members/attributions", json=body)

        answers = [await give(mine, wang), await give(mine, zhao), await give(foreign, wang)]
        moved = await browser.post(
            "/v1/member-transfers",
            json={"employee_id": li.id, "target_ids": [wang.id], "reason": "离职"},
        )

    assert [answer.status_code for answer in answers] == [200, 404, 404]
    assert moved.status_code == 403
    assert {one: state[1] for one, state in (await where(database)).items()} == {mine: wang.id, foreign: zhao.id}


async def test_a_leaving_employees_members_go_to_others_and_come_back(
    client: httpx.AsyncClient, database: Database
) -> None:
    li, wang, zhao = await people(database)
    ids = await members_of(database, li, 5)
    before = await where(database)
    body = {"employee_id": li.id, "target_ids": [wang.id, zhao.id], "reason": "离职交接"}

    shown = (await client.post("/v1/member-transfers", json=body | {"dry_run": True})).json()
    done = (await client.post("/v1/member-transfers", json=body)).json()
    after = await where(database)
    # Somebody goes elsewhere meanwhile: they stay there.
    await client.post(
        "/v1/members/attributions", json={"members": [str(ids[0])], "employee_id": zhao.id, "reason": "会员要求"}
    )
    undone = (await client.post(f"/v1/member-transfers/{done['id']}/undo")).json()

    assert [(one["employee"]["name"], one["members"]) for one in shown["shares"]] == [("WANG", 3), ("ZHAO", 2)]
    assert (shown["state"], shown["members"], shown["id"]) == ("preview", 5, None)
    assert (done["state"], done["moved"]) == ("done", 5)
    assert [after[one][1] for one in ids] == [wang.id, zhao.id, wang.id, zhao.id, wang.id]
    assert (undone["state"], undone["moved"]) == ("undone", 4)
    assert await where(database) == before | {ids[0]: (li.store_id, zhao.id, None)}
    assert (await client.post(f"/v1/member-transfers/{done['id']}/undo")).json()["code"] == "transfers.busy"


async def test_members_go_to_whoever_stands_in_their_store(client: httpx.AsyncClient, database: Database) -> None:
    li, wang, zhao = await people(database)
    ids = await members_of(database, li, 2)
    await client.post(
        "/v1/members/attributions", json={"members": [str(ids[1])], "store_id": zhao.store_id, "reason": "搬家"}
    )
    body = {"employee_id": li.id, "target_ids": [wang.id, zhao.id], "how": "by_store", "reason": "离职交接"}

    await client.post("/v1/member-transfers", json=body)

    assert {one: state[1] for one, state in (await where(database)).items()} == {ids[0]: wang.id, ids[1]: zhao.id}


async def test_account_managers_are_handed_over_too(client: httpx.AsyncClient, database: Database) -> None:
    li, wang, zhao = await people(database)
    (one,) = await members_of(database, wang, 1)
    await client.put(f"/v1/members/{one}/manager", json={"employee_id": li.id, "reason": "大客户"})
    body = {"employee_id": li.id, "target_ids": [zhao.id], "reason": "离职交接"}

    done = (await client.post("/v1/member-transfers", json=body)).json()
    there = (await where(database))[one]
    await client.post(f"/v1/member-transfers/{done['id']}/undo")

    assert there == (wang.store_id, wang.id, zhao.id)
    assert (await where(database))[one] == (wang.store_id, wang.id, li.id)


async def test_many_members_are_moved_in_the_background_step_by_step(
    client: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transfers, "STEP", 4)
    li, wang, zhao = await people(database)
    ids = await members_of(database, li, 10)
    body = {"employee_id": li.id, "target_ids": [wang.id, zhao.id], "reason": "离职交接"}

    begun = (await client.post("/v1/member-transfers", json=body)).json()
    second = await client.post("/v1/member-transfers", json=body)
    jobs.use(database)
    await transfers.run_transfer({"transfer_id": begun["id"]})
    await transfers.run_transfer({"transfer_id": begun["id"]})
    jobs.use(None)
    done = (await client.get(f"/v1/member-transfers/{begun['id']}")).json()

    assert (begun["state"], begun["moved"], second.json()["code"]) == ("running", 0, "transfers.busy")
    assert (done["state"], done["moved"]) == ("done", 10)
    assert [state[1] for state in (await where(database)).values()] == [wang.id, zhao.id] * 5
    assert len(ids) == 10


@pytest.mark.parametrize("targets", [[], ["self"], ["left"]])
async def test_who_cannot_take_over_is_refused(
    client: httpx.AsyncClient, database: Database, targets: list[str]
) -> None:
    li, wang, _ = await people(database)
    await members_of(database, li, 1)
    await client.post(f"/v1/employees/{wang.id}/leave", json={})
    before = await where(database)
    named = [{"self": li.id, "left": wang.id}[one] for one in targets]

    answer = await client.post(
        "/v1/member-transfers", json={"employee_id": li.id, "target_ids": named, "reason": "离职交接"}
    )

    assert answer.status_code == 422
    assert await where(database) == before
