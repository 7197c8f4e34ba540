"""Members, wishes, and what became of both."""

from typing import Any

from sqlalchemy import text

from shuke.foundation.organization import Employee
from shuke.foundation.organization.testing import an_employee
from shuke.people import members
from shuke.people.members import MemberSource, NewMember
from shuke.people.members.testing import enrolled, external
from shuke.platform.db import Database


async def people(database: Database, count: int = 6) -> tuple[Employee, Employee, list[int]]:
    """Two employees of two stores; members of the first store, but for every third, who is of the second."""
    async with database.transaction() as session:
        li, zhao = await an_employee(session, "LI", store="A"), await an_employee(session, "ZHAO", store="B")
        ids = await enrolled(
            session,
            [
                NewMember(
                    identities=(external(f"p-{number}"),),
                    source=MemberSource(
                        store_id=(zhao if number % 3 == 2 else li).store_id,
                        employee_id=(zhao if number % 3 == 2 else li).id,
                    ),
                )
                for number in range(count)
            ],
        )
    return li, zhao, ids


def freezing(ids: list[int] | None = None, **more: Any) -> dict[str, Any]:
    whom: dict[str, Any] = {"filters": {}} if ids is None else {"members": [str(one) for one in ids]}
    return {"action": "status", "parameters": {"status": "frozen"}, "reason": "门店要求", **whom, **more}


async def statuses(database: Database, ids: list[int]) -> list[str]:
    async with database.transaction() as session:
        found = await members.statuses(session, ids)
    return [found[one] for one in ids]


async def states(database: Database, bulk_id: int) -> dict[int, tuple[str, str | None]]:
    async with database.transaction() as session:
        rows = await session.execute(
            text("select member_id, state, why from bulk_member where bulk_id = :one order by 1"), {"one": bulk_id}
        )
        return {row.member_id: (row.state, row.why) for row in rows}
