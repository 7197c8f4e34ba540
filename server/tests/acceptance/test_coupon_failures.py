"""Failures of coupons that popular shops have, each by name: here they cannot happen."""

import asyncio
from collections import Counter

import httpx
import pytest

from shuke.loyalty.coupons.testing import a_template, states
from shuke.people.members.testing import enrolled, person
from shuke.platform.db import Database, raw

pytestmark = pytest.mark.anyio


async def test_parallel_claim_of_per_user_limit_1_coupon(client: httpx.AsyncClient, database: Database):
    async with database.transaction() as session:
        (member_id,) = await enrolled(session, [person()])
        issuing = {"stock": 50, "limits": [{"most": 1}], "claiming": {"is_open": True}}
        await a_template(session, issuing=issuing)

    async def claim() -> tuple[int, str | None]:
        answer = await client.post("/v1/coupon-templates/ten-off/claims", json={"member": str(member_id)})
        return answer.status_code, answer.json().get("code") if answer.status_code != 201 else None

    answers = Counter(await asyncio.gather(*(claim() for _ in range(50))))

    assert answers == {(201, None): 1, (409, "coupons.limit_reached"): 49}
    async with database.transaction() as session:
        assert len(await states(session, member_id)) == 1
        counted = "select (select count(*) from coupon_claim), (select count(*) from coupon_unit where state = 'taken')"
        assert [tuple(row) for row in await (await raw(session)).fetch(counted)] == [(1, 1)]
