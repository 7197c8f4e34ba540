"""Verification over HTTP."""

from urllib.parse import urlsplit

import httpx
import pytest

from shuke.platform import embedded, jobs, keys
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Database
from shuke.platform.testing import TestServer

from ..module import MODULE
from ..verify.permissions import LEDGER_VERIFY
from ..verify.proofs import check_proof, from_pem
from ..verify.roots import make_root
from ..verify.runs import run_now, verify_when_asked
from ..verify.testing import BusyLedger, a_busy_ledger

pytestmark = pytest.mark.skipif(LEDGER_VERIFY not in MODULE.permissions, reason="the ledger's module leaves it out")
READS = ("verifications", "roots", "public-key", "trial-balance", "members/1/proof")


@pytest.fixture
async def ledger(client: httpx.AsyncClient, database: Database) -> BusyLedger:
    return await a_busy_ledger(database)


async def test_a_verification_is_asked_for_and_read(ledger: BusyLedger, client: httpx.AsyncClient):
    asked = await client.post("/v1/ledger/verifications")
    again = await client.post("/v1/ledger/verifications")

    assert asked.status_code == 202
    assert (asked.json()["state"], asked.json()["wrong"]) == ("running", None)
    assert (again.status_code, again.json()["code"]) == (409, "ledger.verification_running")
    jobs.use(ledger.database)
    await verify_when_asked({"verification_id": asked.json()["id"]})
    jobs.use(None)
    found = (await client.get("/v1/ledger/verifications")).json()
    assert [(one["id"], one["state"]) for one in found["items"]] == [(asked.json()["id"], "passed")]
    assert found["items"][0]["entries"] > 60
    assert found["next"] is None


async def test_what_is_wrong_is_told_in_the_readers_language(
    ledger: BusyLedger, client: httpx.AsyncClient, test_server: TestServer
):
    server = await embedded.connect(test_server.superuser(urlsplit(ledger.database.url).path[1:]))
    await server.execute("set session_replication_role = replica")
    await server.execute("update ledger_lot set remaining = remaining + 1 where member_id = 2 and lot_no = 1")
    await server.close()
    await run_now(ledger.database, SYSTEM)

    for language, what in (
        ("en", "What remains is not what the entries left of it"),
        ("zh-CN", "剩余数量与各条流水的使用不符"),
    ):
        found = await client.get("/v1/ledger/verifications", headers={"Accept-Language": language})
        [one] = found.json()["items"]
        assert (one["state"], one["started_by"]) == ("failed", "system:0")
        wrong = one["wrong"]
        assert (wrong["table"], wrong["member_id"], wrong["currency"]) == ("ledger_lot", 2, "points")
        assert {name: value for name, value in wrong["row"].items() if value is not None} == {"lot_no": 1}
        assert wrong["what"] == what


async def test_roots_key_and_proof_belong_together(ledger: BusyLedger, client: httpx.AsyncClient):
    early = await client.get("/v1/ledger/members/1/proof")
    assert (early.status_code, early.json()["code"]) == (404, "ledger.not_in_root")
    root = await make_root(ledger.database)

    key = (await client.get("/v1/ledger/public-key")).json()
    roots = (await client.get("/v1/ledger/roots")).json()["items"]
    proof = await client.get("/v1/ledger/members/1/proof")

    assert from_pem(key["pem"].encode()) == keys.ring().public_key
    assert [(one["id"], one["hash"], one["key_id"]) for one in roots] == [(1, root.hash.hex(), key["key_id"])]
    assert roots[0]["statement"] == root.statement.decode()
    proved = check_proof(proof.content, from_pem(key["pem"].encode()))
    assert (proved.member_id, proved.root_id) == (1, 1)
    assert (await client.get("/v1/ledger/members/99999/proof")).status_code == 404


async def test_the_trial_balance_is_answered(ledger: BusyLedger, client: httpx.AsyncClient):
    found = (await client.get("/v1/ledger/trial-balance")).json()

    assert found["ok"]
    assert [(one["currency"], one["difference"], one["ok"]) for one in found["items"]] == [
        ("growth", 0, True),
        ("points", 0, True),
        ("stamps", 0, True),
    ]
    points = found["items"][1]
    assert points["members"] + sum(side["amount"] for side in points["sides"]) == 0


async def test_it_needs_a_right_of_its_own(
    client: httpx.AsyncClient, viewer: httpx.AsyncClient, anonymous: httpx.AsyncClient
):
    for path in READS:
        assert (await viewer.get(f"/v1/ledger/{path}")).json()["code"] == "request.not_allowed"
        assert (await anonymous.get(f"/v1/ledger/{path}")).status_code == 401
    assert (await viewer.post("/v1/ledger/verifications")).status_code == 403
    assert (await client.get("/v1/ledger/verifications")).json()["items"] == []
