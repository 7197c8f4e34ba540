"""The programme as one document: written down, compared, taken over."""

import httpx
import pytest

from shuke.loyalty import checkout
from shuke.loyalty.earning.tables import earning_rule_version
from shuke.main.programme import document
from shuke.main.programme.errors import ProgrammeUnknown, ProgrammeUnreadable
from shuke.platform.actor import SYSTEM
from shuke.platform.audit import audit
from shuke.platform.db import Database

WEEKEND: dict = {
    "code": "weekend",
    "name": {"zh": "周末双倍", "en": "Double weekends"},
    "definition": {
        "activity": "order_paid",
        "schedule": {"weekdays": [6, 7]},
        "branches": [{"effects": [{"currency": "points", "rounding": "down", "kind": "multiplier", "factor": 2.0}]}],
        "caps": [{"counts": "amount", "period": "month", "limit": 500}],
    },
}


@pytest.fixture(autouse=True)
async def _programme(app, database: Database) -> None:
    async with database.transaction() as session:
        await checkout.set_up_programme(session, money="CNY")


async def exported(client: httpx.AsyncClient) -> dict:
    return (await client.get("/v1/programme")).json()


async def count_versions(database: Database) -> int:
    async with database.transaction() as session:
        return len((await session.execute(earning_rule_version.select())).all())


async def test_what_was_exported_changes_nothing_here(client: httpx.AsyncClient, database: Database):
    before = await count_versions(database)
    written = await exported(client)

    answer = await client.post("/v1/programme/import", json={"yaml": written["yaml"]})

    assert (answer.status_code, answer.json()["changes"]) == (200, 0)
    assert await exported(client) == written
    assert await count_versions(database) == before


async def test_a_programme_goes_round_through_another_installation(client: httpx.AsyncClient, database: Database):
    there = (await exported(client))["document"]
    rules = [rule for rule in there["rules"] if rule["code"] != "purchase-growth"]
    rules[0]["name"]["en"] = "Points"
    rules[0]["definition"]["branches"][0]["effects"][0]["points"] = 3
    there["rules"] = [*rules, WEEKEND]
    text = document.write(there)

    answer = await client.post("/v1/programme/import", json={"yaml": text})

    (part,) = [one for one in answer.json()["parts"] if one["key"] == "rules"]
    assert [(one["kind"], one["code"]) for one in part["changes"]] == [
        ("changed", "purchase-points"),
        ("added", "weekend"),
        ("retired", "purchase-growth"),
    ]
    here = await exported(client)
    assert here["document"] == document.parse(text)
    again = await client.post("/v1/programme/diff", json={"yaml": here["yaml"]})
    assert again.json()["changes"] == 0


async def test_a_dry_run_changes_nothing(client: httpx.AsyncClient, database: Database):
    before = await count_versions(database)
    there = {"format": 1, "rules": [WEEKEND]}

    answer = await client.post("/v1/programme/import", json={"document": there, "dry_run": True})

    assert answer.json()["changes"] == 3
    assert await count_versions(database) == before


async def test_one_wrong_rule_keeps_all_of_it_out(client: httpx.AsyncClient, database: Database):
    before = await exported(client)
    wrong = {**WEEKEND, "code": "wrong", "definition": {**WEEKEND["definition"], "priority": 10**9}}

    answer = await client.post("/v1/programme/import", json={"document": {"format": 1, "rules": [WEEKEND, wrong]}})

    assert (answer.status_code, answer.json()["code"]) == (422, "earning_rules.bad_document")
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/rules/1/definition/priority"]
    assert await exported(client) == before


async def test_parts_that_a_document_does_not_speak_of_stay(client: httpx.AsyncClient):
    before = await exported(client)

    answer = await client.post("/v1/programme/import", json={"document": {"format": 1}})

    assert answer.json() == {"parts": [], "changes": 0}
    assert await exported(client) == before


async def test_an_import_reaches_back_where_it_is_told_to(client: httpx.AsyncClient, database: Database):
    body = {"document": {"format": 1, "rules": [WEEKEND]}, "from_day": "2020-01-01"}

    await client.post("/v1/programme/import", json=body)

    weekend = (await client.get("/v1/earning-rules/weekend")).json()
    assert weekend["effective_from"] == "2019-12-31T16:00:00Z"


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("format: 1\nrules: &a []\n", ProgrammeUnreadable),
        ("format: [1", ProgrammeUnreadable),
        ("!!python/object/apply:os.getcwd []", ProgrammeUnreadable),
        ("format: 2\n", ProgrammeUnknown),
        ("just words", ProgrammeUnknown),
        ("format: 1\nsecrets: []\n", ProgrammeUnknown),
    ],
)
def test_what_is_no_programme_is_refused(text: str, refusal: type[Exception]):
    with pytest.raises(refusal):
        document.parse(text)


def test_days_stay_the_texts_that_they_are():
    found = document.parse("format: 1\nrules: [{schedule: {from: 2026-12-01}}]\n")

    assert found["rules"] == [{"schedule": {"from": "2026-12-01"}}]


async def test_currencies_come_before_the_rules_that_give_them(client: httpx.AsyncClient):
    stars = {"code": "stars", "kind": "points", "name_zh": "星星", "name_en": "Stars", "expiry": {"kind": "none"}}
    there = (await exported(client))["document"]
    there["currencies"].append(stars)
    effect = {"kind": "fixed", "currency": "stars", "points": 5}
    rule = {**WEEKEND, "code": "stars", "definition": {"activity": "order_paid", "branches": [{"effects": [effect]}]}}
    there["rules"].append(rule)
    there["currencies"][0]["name_en"] = "Coins"

    trial = await client.post("/v1/programme/diff", json={"document": there})
    assert (await client.get("/v1/earning-rules/stars")).status_code == 404
    answer = await client.post("/v1/programme/import", json={"document": there})

    assert answer.json() == trial.json()
    kinds = [
        (part["key"], change["kind"], change["code"]) for part in answer.json()["parts"] for change in part["changes"]
    ]
    assert kinds == [
        ("currencies", "changed", "points"),
        ("currencies", "added", "stars"),
        ("rules", "added", "stars"),
    ]
    assert (await exported(client))["document"]["currencies"] == there["currencies"]
    assert (await client.get("/v1/earning-rules/stars")).json()["state"] == "live"


async def test_the_kind_of_an_account_never_changes(client: httpx.AsyncClient):
    before = await exported(client)
    there = document.parse(before["yaml"])
    there["currencies"][0]["kind"] = "growth"

    answer = await client.post("/v1/programme/import", json={"document": there})

    assert (answer.status_code, answer.json()["code"]) == (422, "programme.currencies_refused")
    assert await exported(client) == before


async def test_who_may_only_read_imports_nothing(viewer: httpx.AsyncClient, client: httpx.AsyncClient):
    before = await exported(client)

    refused = await viewer.post("/v1/programme/import", json={"document": {"format": 1, "rules": []}})

    assert refused.status_code == 403
    assert (await viewer.get("/v1/programme")).status_code == 200
    assert await exported(client) == before


async def test_an_import_on_the_command_line_is_audited(database: Database, app):
    async with database.transaction() as session:
        changed = await document.take_over(session, {"format": 1, "rules": [WEEKEND]}, "en", None, SYSTEM)

    assert sum(len(part.changes) for part in changed) == 3
    async with database.transaction() as session:
        (line,) = (await session.execute(audit.select().where(audit.c.action == "programme.imported"))).all()
    assert (line.actor, line.object_id) == ("system:0", "rules")
    assert line.details == {"added": ["weekend"], "retired": ["purchase-growth", "purchase-points"]}
