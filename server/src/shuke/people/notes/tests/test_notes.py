"""Notes and follow-ups: sealed, of their authors, seen by whoever sees the member, gone with the person."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from shuke.main.testing import signed_in
from shuke.people import members
from shuke.people.members.testing import person, phone
from shuke.people.notes import jobs as work
from shuke.people.notes import privacy, rules
from shuke.people.notes.tables import member_follow_up, member_note
from shuke.platform import clock, jobs

pytestmark = pytest.mark.anyio

WORDS = "对花生过敏，喜欢蓝色"


async def enrolled(database, *names: str) -> list[int]:
    async with database.transaction() as session:
        found = await members.resolve_or_create(
            session, [person(name, phone(f"1540000{place:04d}")) for place, name in enumerate(names)]
        )
        return list(found)


async def written(client, member_id: int, words: str = WORDS, **more) -> dict:
    answer = await client.post(f"/v1/members/{member_id}/notes", json={"text": words, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def arranged(client, member_id: int, words: str = "回访", hours: float = 1, **more) -> dict:
    due_at = (clock.now() + timedelta(hours=hours)).isoformat()
    answer = await client.post(f"/v1/members/{member_id}/follow-ups", json={"text": words, "due_at": due_at, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def listed(client, member_id: int, **asked) -> list[str]:
    answer = await client.get(f"/v1/members/{member_id}/notes", params=asked)
    return [one["text"] for one in answer.json()["items"]]


async def allow_viewers(database, *permissions: str) -> None:
    async with database.transaction() as session:
        wanted = text("update staff_role set permissions = :permissions where code = 'viewer'")
        await session.execute(wanted, {"permissions": list(permissions)})


async def user_id_of(client) -> int:
    return (await client.get("/v1/session")).json()["user"]["id"]


async def test_a_note_is_kept_sealed_and_read_in_clear(client, database):
    (member_id,) = await enrolled(database, "王小明")

    made = await written(client, member_id)

    assert (made["text"], made["is_pinned"], made["version"], made["may_change"]) == (WORDS, False, 1, True)
    assert made["edited_at"] is None
    assert await listed(client, member_id) == [WORDS]
    async with database.transaction() as session:
        sealed = (await session.execute(select(member_note.c.sealed))).scalar_one()
        trail = (
            await session.execute(text("select string_agg(details::text || changes::text, ' ') from audit"))
        ).scalar_one()
    assert WORDS.encode() not in sealed
    assert WORDS not in trail


async def test_pinned_notes_come_first_and_pages_hold_each_note_once(client, database):
    (member_id,) = await enrolled(database, "王小明")
    made = [await written(client, member_id, f"第{number}条") for number in range(5)]
    pinned = await client.put(f"/v1/members/{member_id}/notes/{made[1]['id']}/pin", json={"is_pinned": True})
    assert pinned.json()["is_pinned"] is True

    found, cursor = [], None
    while True:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await client.get(f"/v1/members/{member_id}/notes", params=params)).json()
        found += [one["text"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break

    assert found == ["第1条", "第4条", "第3条", "第2条", "第0条"]


async def test_a_change_names_the_version_that_was_seen(client, database):
    (member_id,) = await enrolled(database, "王小明")
    made = await written(client, member_id)
    path = f"/v1/members/{member_id}/notes/{made['id']}"

    changed = await client.put(path, json={"text": "改过", "version": 1})
    late = await client.put(path, json={"text": "晚了", "version": 1})

    assert (changed.json()["text"], changed.json()["version"]) == ("改过", 2)
    assert changed.json()["edited_at"] is not None
    assert (late.status_code, late.json()["code"]) == (409, "note.was_changed")
    assert await listed(client, member_id) == ["改过"]


async def test_what_others_wrote_is_changed_and_deleted_by_managers_only(client, app, database):
    (member_id,) = await enrolled(database, "王小明")
    made = await written(client, member_id)
    path = f"/v1/members/{member_id}/notes/{made['id']}"
    async with database.transaction() as session:
        await session.execute(
            text("update staff_role set permissions = '{members.read,notes.read,notes.write}' where code = 'viewer'")
        )

    async with signed_in(app, database, role="viewer") as other:
        await allow_viewers(database, "members.read", "notes.read", "notes.write")
        own = await written(other, member_id, "自己的")
        seen = (await other.get(f"/v1/members/{member_id}/notes")).json()["items"]
        refused = [
            await other.put(path, json={"text": "改", "version": 1}),
            await other.delete(path),
        ]
        gone = await other.delete(f"/v1/members/{member_id}/notes/{own['id']}")

    assert {one["text"]: one["may_change"] for one in seen} == {WORDS: False, "自己的": True}
    assert [(one.status_code, one.json()["code"]) for one in refused] == [(403, "note.of_others")] * 2
    assert gone.status_code == 204
    assert await listed(client, member_id) == [WORDS]
    assert (await client.delete(path)).status_code == 204
    assert (await client.delete(path)).json()["code"] == "note.not_found"


async def test_who_may_only_read_writes_nothing(client, app, database):
    (member_id,) = await enrolled(database, "王小明")
    async with signed_in(app, database, role="viewer") as viewer:
        refused = await viewer.post(f"/v1/members/{member_id}/notes", json={"text": "x"})
        read = await viewer.get(f"/v1/members/{member_id}/notes")

    assert (refused.status_code, read.status_code) == (403, 200)
    assert await listed(client, member_id) == []


@pytest.mark.parametrize("words", ["", "   ", "字" * 2_001, "a\x00b"])
async def test_texts_that_cannot_be_kept_are_refused(client, database, words):
    (member_id,) = await enrolled(database, "王小明")

    answer = await client.post(f"/v1/members/{member_id}/notes", json={"text": words})

    assert answer.status_code == 422
    assert await listed(client, member_id) == []


async def test_the_same_request_twice_writes_one_note(client, database):
    (member_id,) = await enrolled(database, "王小明")
    for _ in range(2):
        answer = await client.post(
            f"/v1/members/{member_id}/notes", json={"text": WORDS}, headers={"Idempotency-Key": "once"}
        )
        assert answer.status_code == 201

    assert await listed(client, member_id) == [WORDS]


async def test_follow_ups_are_sorted_by_when_they_are_due_and_counted(client, database):
    first, second = await enrolled(database, "王小明", "李雷")
    await arranged(client, first, "晚些", hours=72)
    await arranged(client, second, "过了", hours=-2)

    answer = (await client.get("/v1/follow-ups")).json()
    overdue = (await client.get("/v1/follow-ups", params={"due": "overdue"})).json()

    assert [(one["text"], one["due"], one["member_name"]) for one in answer["items"]] == [
        ("过了", "overdue", "李*"),
        ("晚些", "later", "王*明"),
    ]
    assert answer["counts"] == {"overdue": 1, "today": 0, "later": 1}
    assert [one["text"] for one in overdue["items"]] == ["过了"]


async def test_follow_ups_page_without_losing_any(client, database):
    (member_id,) = await enrolled(database, "王小明")
    for number in range(5):
        await arranged(client, member_id, str(number), hours=48 + number // 2)

    found, cursor = [], None
    while True:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await client.get("/v1/follow-ups", params=params)).json()
        found += [one["text"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    bad = await client.get("/v1/follow-ups", params={"cursor": "bm8"})

    assert found == ["0", "1", "2", "3", "4"]
    assert (bad.status_code, bad.json()["code"]) == (422, "pages.bad_cursor")


async def test_a_follow_up_is_done_opened_again_and_changed(client, database):
    (member_id,) = await enrolled(database, "王小明")
    made = await arranged(client, member_id)
    path = f"/v1/members/{member_id}/follow-ups/{made['id']}"
    wanted = {"text": "改天回访", "due_at": made["due_at"], "assignee_id": made["assignee_id"]}

    done = (await client.put(f"{path}/state", json={"state": "done"})).json()
    ended = await client.put(path, json={**wanted, "version": done["version"]})
    again = (await client.put(f"{path}/state", json={"state": "open"})).json()
    changed = await client.put(path, json={**wanted, "version": again["version"]})

    assert (done["state"], done["due"], done["ended_at"] is not None) == ("done", None, True)
    assert (ended.status_code, ended.json()["code"]) == (409, "follow_up.has_ended")
    assert (again["state"], again["ended_at"]) == ("open", None)
    assert changed.json()["text"] == "改天回访"


async def test_an_assignee_has_to_see_the_member(client, app, database):
    (member_id,) = await enrolled(database, "王小明")
    async with signed_in(app, database, role="shop_assistant") as assistant:
        assistant_id = await user_id_of(assistant)
        due_at = clock.now().isoformat()
        body = {"text": "回访", "due_at": due_at}

        unseen = await client.post(f"/v1/members/{member_id}/follow-ups", json={**body, "assignee_id": assistant_id})
        nobody = await client.post(f"/v1/members/{member_id}/follow-ups", json={**body, "assignee_id": 10**15})
        hidden = await assistant.get(f"/v1/members/{member_id}/notes")

    assert [(one.status_code, one.json()["code"]) for one in (unseen, nobody)] == [
        (422, "follow_up.assignee_unfit")
    ] * 2
    assert (hidden.status_code, hidden.json()["code"]) == (404, "members.not_found")
    assert (await client.get("/v1/follow-ups", params={"whose": "all"})).json()["items"] == []


async def test_a_due_follow_up_is_told_once(client, database):
    (member_id,) = await enrolled(database, "王小明")
    await arranged(client, member_id, "私人的话", hours=-1)
    await arranged(client, member_id, "以后", hours=5)
    jobs.use(database)
    try:
        await work.remind()
        await work.remind()
    finally:
        jobs.use(None)

    async with database.transaction() as session:
        told = (await session.execute(text("select * from staff_notice where kind = 'follow_ups.due'"))).all()
        reminded = (
            (await session.execute(select(member_follow_up.c.reminded_at).order_by(member_follow_up.c.follow_up_id)))
            .scalars()
            .all()
        )
    assert len(told) == 1
    assert "私人的话" not in str(told)
    assert [one is not None for one in reminded] == [True, False]


async def test_erasing_leaves_nothing_and_a_copy_has_everything(client, database):
    (member_id,) = await enrolled(database, "王小明")
    await written(client, member_id)
    await arranged(client, member_id, "回访")

    async with database.transaction() as session:
        notes = [row async for row in privacy.export_notes(session, [member_id])]
        follow_ups = [row async for row in privacy.export_follow_ups(session, [member_id])]
        gone = (await privacy.erase_notes(session, [member_id]), await privacy.erase_follow_ups(session, [member_id]))

    assert [row["text"] for row in notes] == [WORDS]
    assert [(row["text"], row["state"]) for row in follow_ups] == [("回访", "open")]
    assert gone == (1, 1)
    assert await listed(client, member_id) == []


async def test_after_a_merge_the_notes_of_both_are_read_and_changed(client, database):
    absorbed, survivor = await enrolled(database, "王小明", "王小明")
    old = await written(client, absorbed, "旧的")
    await written(client, survivor, "新的")
    await arranged(client, absorbed)
    merged = await client.post(
        "/v1/merges", json={"absorbed": str(absorbed), "survivor": str(survivor), "reason": "同一个人"}
    )
    assert merged.status_code == 201, merged.text

    changed = await client.put(f"/v1/members/{survivor}/notes/{old['id']}", json={"text": "改过", "version": 1})

    assert changed.status_code == 200, changed.text
    assert sorted(await listed(client, survivor)) == sorted(["新的", "改过"])
    assert (await client.get("/v1/follow-ups")).json()["items"][0]["member_id"] == survivor


async def test_the_timeline_and_the_overview_tell_of_notes_to_those_who_may_read_them(client, app, database):
    (member_id,) = await enrolled(database, "王小明")
    await written(client, member_id)
    made = await arranged(client, member_id, "回访")
    await client.put(f"/v1/members/{member_id}/follow-ups/{made['id']}/state", json={"state": "done"})

    items = (await client.get(f"/v1/members/{member_id}/timeline", params={"kinds": "note"})).json()["items"]
    first = (await client.get(f"/v1/members/{member_id}/timeline", params={"kinds": "note", "limit": 2})).json()
    rest = (
        await client.get(
            f"/v1/members/{member_id}/timeline", params={"kinds": "note", "limit": 2, "cursor": first["next"]}
        )
    ).json()
    overview = (await client.get(f"/v1/members/{member_id}/overview")).json()
    async with signed_in(app, database, role="viewer") as viewer:
        await allow_viewers(database, "members.read")
        hidden = (await viewer.get(f"/v1/members/{member_id}/timeline")).json()["items"]
        bare = (await viewer.get(f"/v1/members/{member_id}/overview")).json()

    assert [(one["type"], one["summary"]) for one in items] == [
        ("note.done", "回访"),
        ("note.arranged", "回访"),
        ("note.written", WORDS),
    ]
    assert first["items"] + rest["items"] == items
    section = next(one["data"] for one in overview["sections"] if one["key"] == "notes")
    assert section == {"notes": 1, "open_follow_ups": 0, "next_due_at": None}
    assert "note" not in {one["kind"] for one in hidden}
    assert "notes" not in {one["key"] for one in bare["sections"]}


@pytest.mark.parametrize(
    ("author", "actor", "held", "expected"),
    [
        ("staff:1", "staff:1", set(), True),
        ("staff:1", "staff:2", set(), False),
        ("staff:1", "staff:2", {"notes.manage"}, True),
        ("staff:1", "api_key:1", {"notes.write"}, False),
    ],
)
def test_who_may_change(author, actor, held, expected):
    assert rules.may_change(author, actor, held, "notes.manage") is expected


def test_where_a_follow_up_stands():
    now = clock.now()
    tomorrow = now + timedelta(hours=3)

    assert rules.due_of(now - timedelta(seconds=1), now, tomorrow) == "overdue"
    assert rules.due_of(now, now, tomorrow) == "today"
    assert rules.due_of(tomorrow, now, tomorrow) == "later"
