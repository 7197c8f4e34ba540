"""Notices: told once, to whom they concern, in the transaction of what they tell of."""

import asyncio
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, text

from shuke.foundation import notices, staff
from shuke.main.testing import signed_in
from shuke.platform import clock
from shuke.platform.db import Database

from ..actions import forget_old
from ..tables import staff_notice, staff_notice_recipient
from ..testing import a_notice

_URL = "/v1/session/notices"
# The first of them has left.
_TWO_THOUSAND = """
    with made as (
        insert into staff_user (username, display_name, password_hash, is_password_temporary, is_active, created_at,
            password_changed_at)
        select 'user-' || number, 'somebody', '', false, number > 1, now(), now() from generate_series(1, 2000) number
        returning user_id
    )
    insert into staff_user_role (user_id, role_code) select user_id, 'auditor' from made returning user_id
"""


async def _id_of(client: httpx.AsyncClient) -> int:
    return int((await client.get("/v1/session")).json()["user"]["id"])


async def _titles(client: httpx.AsyncClient, **params: str) -> list[str]:
    answer = await client.get(_URL, params=params)
    assert answer.status_code == 200, answer.text
    return [one["title"] for one in answer.json()["items"]]


async def _unread(client: httpx.AsyncClient) -> int:
    return int((await client.get(f"{_URL}/unread")).json()["count"])


async def _told(database: Database, *told: notices.Notice) -> None:
    async with database.transaction() as session:
        await notices.tell(session, *told)


async def test_a_person_is_told_once_in_their_language(
    client: httpx.AsyncClient, viewer: httpx.AsyncClient, database: Database
) -> None:
    me = await _id_of(client)

    await _told(database, a_notice(users=(me,)))
    await _told(database, a_notice(users=(me,)))

    (shown,) = (await client.get(_URL)).json()["items"]
    assert {name: shown[name] for name in ("kind", "kind_label", "tone", "title", "link", "read_at")} == {
        "kind": "exports.done",
        "kind_label": "Exports ready",
        "tone": "good",
        "title": "Your export is ready",
        "link": "/settings/exports",
        "read_at": None,
    }
    chinese = await client.get(_URL, headers={"Accept-Language": "zh-CN"})
    assert [one["title"] for one in chinese.json()["items"]] == ["导出完成"]
    assert (await client.get(f"{_URL}/unread")).json() == {"count": 1, "is_more": False, "newest": shown["id"]}
    assert await _titles(viewer) == []


async def test_holders_of_a_permission_are_told_and_who_comes_later_too(
    client: httpx.AsyncClient, viewer: httpx.AsyncClient, app: FastAPI, database: Database
) -> None:
    late = a_notice("late", kind="backups.late", title="The backup is late", holders="backups.read")
    await _told(database, late)

    assert (await _titles(client), await _titles(viewer)) == (["The backup is late"], ["The backup is late"])
    await client.post(f"{_URL}/read", json={"up_to": 2**40})
    async with signed_in(app, database, role="system_administrator") as newcomer:
        await _told(database, late)
        assert await _titles(newcomer) == ["The backup is late"]
    assert (await _unread(client), await _unread(viewer)) == (0, 1)


async def test_what_is_settled_is_taken_back_and_can_come_again(client: httpx.AsyncClient, database: Database) -> None:
    me = await _id_of(client)
    await _told(database, a_notice("a", users=(me,)), a_notice("b", title="Second", users=(me,)))

    async with database.transaction() as session:
        await notices.withdraw(session, "exports.done", ["a", "nothing"])
    assert await _titles(client) == ["Second"]
    await _told(database, a_notice("a", title="Again", users=(me,)))

    assert await _titles(client) == ["Again", "Second"]
    assert await _unread(client) == 2


async def test_nobody_is_told_of_what_was_rolled_back(client: httpx.AsyncClient, database: Database) -> None:
    me = await _id_of(client)

    with pytest.raises(RuntimeError, match="changed my mind"):
        async with database.transaction() as session:
            await notices.tell(session, a_notice(users=(me,)))
            raise RuntimeError("changed my mind")

    assert await _titles(client) == []


async def test_a_kind_that_no_module_declares_is_a_mistake(client: httpx.AsyncClient, database: Database) -> None:
    with pytest.raises(LookupError):
        await _told(database, a_notice(kind="nothing.at_all"))


async def test_read_one_and_read_all(client: httpx.AsyncClient, viewer: httpx.AsyncClient, database: Database) -> None:
    me = await _id_of(client)
    await _told(database, *(a_notice(str(number), title=f"No. {number}", users=(me,)) for number in range(3)))
    ids = {one["title"]: one["id"] for one in (await client.get(_URL)).json()["items"]}

    assert (await client.post(f"{_URL}/{ids['No. 1']}/read")).status_code == 204
    assert (await client.post(f"{_URL}/{ids['No. 1']}/read")).status_code == 204
    assert await _titles(client, unread="true") == ["No. 2", "No. 0"]
    # Somebody else's notice is none to this person.
    foreign = await viewer.post(f"{_URL}/{ids['No. 0']}/read")
    assert (foreign.status_code, foreign.json()["code"]) == (404, "staff_notice.not_found")
    assert await _unread(client) == 2

    assert (await client.post(f"{_URL}/read", json={"up_to": ids["No. 0"]})).json() == {"read": 1}
    assert await _titles(client, unread="true") == ["No. 2"]


async def test_pages_follow_each_other(client: httpx.AsyncClient, database: Database) -> None:
    me = await _id_of(client)
    await _told(database, *(a_notice(f"{number:02}", title=f"{number:02}", users=(me,)) for number in range(5)))

    first = (await client.get(_URL, params={"limit": 2})).json()
    second = (await client.get(_URL, params={"limit": 3, "cursor": first["next"]})).json()

    shown = [[one["title"] for one in page["items"]] for page in (first, second)]
    assert (shown, second["next"]) == ([["04", "03"], ["02", "01", "00"]], None)
    bad = await client.get(_URL, params={"cursor": "nonsense"})
    assert (bad.status_code, bad.json()["code"]) == (422, "pages.bad_cursor")


async def test_everybody_chooses_what_to_be_told_of(client: httpx.AsyncClient, database: Database) -> None:
    me = await _id_of(client)
    await _told(database, a_notice(users=(me,)))

    assert (await client.put("/v1/session/notice-kinds/exports.done", json={"is_on": False})).status_code == 204
    assert (await _titles(client), await _unread(client)) == ([], 0)
    kinds = {one["code"]: one["is_on"] for one in (await client.get("/v1/session/notice-kinds")).json()["items"]}
    assert {code for code, is_on in kinds.items() if not is_on} == {"exports.done"}
    assert (await client.put("/v1/session/notice-kinds/exports.done", json={"is_on": True})).status_code == 204

    assert await _titles(client) == ["Your export is ready"]
    unknown = await client.put("/v1/session/notice-kinds/none", json={"is_on": False})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "notice_kind.not_found")


async def test_who_may_not_know_is_not_told(app: FastAPI, database: Database) -> None:
    async with signed_in(app, database, role="cashier") as cashier:
        me = await _id_of(cashier)
        # Addressed to them all the same: the permission for exports is not theirs, and the backups are the shop's.
        await _told(database, a_notice(users=(me,)), a_notice("late", kind="backups.late", users=(me,)))
        await _told(database, a_notice("mine", kind="approvals.decided", title="Decided", users=(me,)))

        assert (await _titles(cashier), await _unread(cashier)) == (["Decided"], 1)
        offered = {one["code"] for one in (await cashier.get("/v1/session/notice-kinds")).json()["items"]}
        assert offered & {"exports.done", "backups.late", "approvals.decided"} == {"approvals.decided"}
        refused = await cashier.put("/v1/session/notice-kinds/exports.done", json={"is_on": True})
        assert refused.status_code == 404


async def test_what_concerns_the_whole_shop_is_not_shown_to_who_sees_a_part(app: FastAPI, database: Database) -> None:
    async with signed_in(app, database, role="store_manager") as manager:
        me = await _id_of(manager)
        async with database.transaction() as session:
            allowed = "update staff_role set permissions = '{requests.read}' where code = 'store_manager'"
            await session.execute(text(allowed))
        await _told(database, a_notice("r", kind="requests.due", users=(me,)))

        assert await _titles(manager) == []


async def test_two_who_tell_the_same_at_once_tell_it_once(client: httpx.AsyncClient, database: Database) -> None:
    me = await _id_of(client)
    both = [a_notice("a", title="A", users=(me,)), a_notice("b", title="B", users=(me,))]

    await asyncio.gather(*(_told(database, *(both if turn % 2 else reversed(both))) for turn in range(6)))

    assert sorted(await _titles(client)) == ["A", "B"]


async def test_thousands_are_told_by_as_many_statements_as_one(database: Database, app: FastAPI) -> None:
    async with database.transaction() as session:
        await staff.ensure_first_user(session)
        ids = list((await session.execute(text(_TWO_THOUSAND))).scalars())
    async with database.transaction() as session:
        before = (await session.execute(text("select count(*) from staff_notice_recipient"))).scalar_one()
        await notices.tell(session, a_notice("late", kind="backups.late", holders="backups.read"))
        told = (await session.execute(text("select count(*) from staff_notice_recipient"))).scalar_one()
        # Told by id as well: who left is not told, however they are named.
        await notices.tell(session, a_notice("mine", users=tuple(ids)))
        named = (await session.execute(text("select count(*) from staff_notice_recipient"))).scalar_one()

    assert (before, told - 1, named - told) == (0, 1_999, 1_999)


async def test_old_notices_are_forgotten(client: httpx.AsyncClient, database: Database) -> None:
    me = await _id_of(client)
    await _told(database, a_notice("old", title="Old", users=(me,)), a_notice("new", title="New", users=(me,)))
    async with database.transaction() as session:
        old = staff_notice.update().where(staff_notice.c.key == "old")
        await session.execute(old.values(told_at=clock.wall() - timedelta(days=91)))

        await forget_old(session)
        left = (await session.execute(select(staff_notice.c.key))).scalars().all()
        addressed = (await session.execute(select(staff_notice_recipient.c.user_id))).scalars().all()

    assert (left, addressed) == (["new"], [me])


async def test_looking_again_by_itself_keeps_nobody_signed_in(client: httpx.AsyncClient, database: Database) -> None:
    seen = text("select max(seen_at) from staff_session")
    past = text("update staff_session set seen_at = seen_at - interval '5 minutes'")
    async with database.transaction() as session:
        await session.execute(past)
        before = (await session.execute(seen)).scalar_one()

    assert (await client.get(f"{_URL}/unread", headers={"X-Shuke-Background": "1"})).status_code == 200
    async with database.transaction() as session:
        assert (await session.execute(seen)).scalar_one() == before
    assert (await client.get(f"{_URL}/unread")).status_code == 200
    async with database.transaction() as session:
        assert (await session.execute(seen)).scalar_one() > before


async def test_nobody_reads_without_signing_in(anonymous: httpx.AsyncClient) -> None:
    assert (await anonymous.get(_URL)).status_code == 401
    assert (await anonymous.get(f"{_URL}/unread")).status_code == 401
