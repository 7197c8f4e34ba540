import pytest

from shuke.foundation.organization import NewStore, ensure_stores
from shuke.main.testing import signed_in
from shuke.people import members
from shuke.people.members.testing import phone
from shuke.platform import audit, consumers, jobs
from shuke.platform.actor import EVERYTHING, Sight
from shuke.platform.db import Database, raw

from .. import queries, searching

MING = members.Profile(name="王小明", birthday="1990-05-12", gender="male")


@pytest.fixture
async def pair(app, database: Database) -> tuple[int, int]:
    """Two members who are probably one."""
    jobs.use(database)
    async with database.transaction() as session:
        people = [
            members.NewMember(identities=(phone(number),), profile=MING) for number in ("15400000001", "15499998888")
        ]
        one, other = await members.resolve_or_create(session, people)
    await consumers.run_until_idle(database)
    await searching.look_at_changed({})
    return one, other


async def test_pairs_are_listed_with_reasons_in_words_and_masked(client, pair):
    answer = await client.get("/v1/duplicates")

    body = answer.json()
    (found,) = body["items"]
    assert answer.status_code == 200
    assert (found["first"]["id"], found["second"]["id"]) == pair
    assert (found["first"]["name"], found["first"]["phone"]) == ("王*明", "154****0001")
    assert [reason["text"] for reason in found["reasons"]] == ["Same birthday", "Same name"]
    assert body["waiting"] == {"certain": 1, "probable": 0, "possible": 0}
    assert (found["likelihood"], found["state"], body["next"]) == ("certain", "waiting", None)


async def test_reasons_come_in_the_language_of_the_caller(client, pair):
    answer = await client.get("/v1/duplicates", headers={"Accept-Language": "zh-CN"})

    assert [reason["text"] for reason in answer.json()["items"][0]["reasons"]] == ["生日相同", "姓名相同"]


async def test_the_list_is_narrowed_by_likelihood_and_by_member(client, pair):
    async def count(query: str) -> int:
        return len((await client.get(f"/v1/duplicates?{query}")).json()["items"])

    assert await count("likelihood=certain") == 1
    assert await count("likelihood=probable") == 0
    assert await count(f"member={pair[1]}") == 1
    assert await count("member=phone:15499998888") == 1
    assert (await client.get("/v1/duplicates?member=999999")).json()["code"] == "members.not_found"
    assert (await client.get("/v1/duplicates?cursor=nonsense")).json()["code"] == "pages.bad_cursor"


async def test_pages_follow_each_other_without_gap_or_repetition(client, database: Database, pair):
    async with database.transaction() as session:
        people = [
            members.NewMember(identities=(phone(f"1547777{number}"),), profile=MING) for number in ("1111", "2222")
        ]
        await members.resolve_or_create(session, people)
    await consumers.run_until_idle(database)
    await searching.look_at_changed({})

    whole = [item["id"] for item in (await client.get("/v1/duplicates")).json()["items"]]
    paged, cursor = [], ""
    while cursor is not None:
        page = (
            await client.get(f"/v1/duplicates?limit=1&cursor={cursor}" if cursor else "/v1/duplicates?limit=1")
        ).json()
        paged += [item["id"] for item in page["items"]]
        cursor = page["next"]

    assert len(whole) == 6
    assert paged == whole


async def test_a_pair_is_dismissed_with_a_reason_once(client, database: Database, pair):
    (found,) = (await client.get("/v1/duplicates")).json()["items"]

    without = await client.post(f"/v1/duplicates/{found['id']}/dismiss", json={"reason": ""})
    done = await client.post(f"/v1/duplicates/{found['id']}/dismiss", json={"reason": "father and son"})
    again = await client.post(f"/v1/duplicates/{found['id']}/dismiss", json={"reason": "father and son"})

    assert (without.status_code, done.status_code) == (422, 200)
    assert (done.json()["state"], done.json()["decided_because"]) == ("dismissed", "father and son")
    assert done.json()["decided_by"]["name"]
    assert (again.status_code, again.json()["code"]) == (409, "duplicates.decided")
    assert (await client.get("/v1/duplicates")).json()["items"] == []
    assert len((await client.get("/v1/duplicates?state=dismissed")).json()["items"]) == 1
    async with database.transaction() as session:
        rows = await session.execute(audit.audit.select().where(audit.audit.c.action == "duplicates.dismissed"))
        assert len(rows.all()) == 1


async def test_an_unknown_pair_is_not_found(client):
    answer = await client.post("/v1/duplicates/99/dismiss", json={"reason": "nobody"})

    assert (answer.status_code, answer.json()["code"]) == (404, "duplicates.not_found")


async def test_who_may_only_read_sees_pairs_and_decides_nothing(viewer, database: Database, pair):
    (found,) = (await viewer.get("/v1/duplicates")).json()["items"]

    refused = [
        await viewer.post(f"/v1/duplicates/{found['id']}/dismiss", json={"reason": "not mine"}),
        await viewer.post("/v1/duplicates/search"),
        await viewer.put("/v1/duplicates/settings", json={"merges_automatically": True, "least_score": 300}),
    ]

    assert [answer.status_code for answer in refused] == [403, 403, 403]
    async with database.transaction() as session:
        assert (await queries.get_settings(session)).merges_automatically is False
        assert await queries.last_search(session) is None
        assert (await queries.get_pair(session, found["id"], EVERYTHING)).state == "waiting"


async def test_both_must_be_in_sight(database: Database, pair):
    async with database.transaction() as session:
        here, there = (await ensure_stores(session, [NewStore(code=code, name=code) for code in ("A", "B")])).values()
        driver = await raw(session)
        await driver.execute("update member_summary set store_id = $1 where member_id = $2", here, pair[0])
        await driver.execute("update member_summary set store_id = $1 where member_id = $2", there, pair[1])

        async def seen(*units: int) -> tuple[int, int]:
            sight = Sight(units=frozenset(units))
            page = await queries.list_pairs(
                session, sight, state="waiting", likelihood=None, member_ids=None, limit=10, cursor=None
            )
            return len(page.items), sum((await queries.count_pairs(session, sight)).values())

        assert await seen(here, there) == (1, 1)
        assert await seen(here) == (0, 0)
        assert await seen(there) == (0, 0)
        assert await seen() == (0, 0)


async def test_a_search_is_asked_for_and_tells_how_far_it_is(client, database: Database, pair):
    before = (await client.get("/v1/duplicates/search")).json()
    asked = await client.post("/v1/duplicates/search")
    again = await client.post("/v1/duplicates/search")
    waiting = (await client.get("/v1/duplicates/search")).json()["search"]
    await searching.search_when_asked({"search_id": asked.json()["id"]})
    after = (await client.get("/v1/duplicates/search")).json()["search"]

    assert before == {"search": None}
    assert (asked.status_code, again.status_code) == (202, 409)
    assert again.json()["code"] == "duplicates.search_running"
    assert (waiting["state"], waiting["percent"], waiting["members"]) == ("running", 0, 2)
    assert (after["state"], after["percent"], after["pairs_compared"]) == ("done", 100, 1)


async def test_the_policy_is_set_within_its_bounds(client):
    low = await client.put("/v1/duplicates/settings", json={"merges_automatically": True, "least_score": 219})
    unchanged = (await client.get("/v1/duplicates/settings")).json()
    done = await client.put("/v1/duplicates/settings", json={"merges_automatically": True, "least_score": 250})

    assert (low.status_code, low.json()["code"]) == (422, "duplicates.bad_policy")
    assert unchanged == {"merges_automatically": False, "least_score": 300, "lowest": 220, "highest": 1000}
    assert done.json() == {"merges_automatically": True, "least_score": 250, "lowest": 220, "highest": 1000}
    assert (await client.get("/v1/duplicates/settings")).json() == done.json()


async def test_merging_takes_the_pair_off_the_list(app, database: Database, pair):
    async with signed_in(app, database, role="manager") as manager:
        done = await manager.post(
            "/v1/merges", json={"absorbed": str(pair[1]), "survivor": str(pair[0]), "reason": "one person"}
        )

        assert done.status_code == 201
        assert (await manager.get("/v1/duplicates")).json()["waiting"] == {"certain": 0, "probable": 0, "possible": 0}
