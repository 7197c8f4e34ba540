"""Where a request names two people, or a value that somebody else has: one's own sight bounds both."""

import httpx
import pytest

from tests.authorization.calls import ROUTES, Call, UnknownName, access, call_of
from tests.authorization.ground import PEOPLE, SCOPES, Ground, browser
from tests.authorization.matrix import Traces, differing
from tests.authorization.names import NotTheirs

CLERK = SCOPES["own store"]


def pairs(ground: Ground) -> list[Call]:
    """Every call that takes two members, with one of them out of the clerk's sight, either way round."""
    found = []
    for name in ROUTES:
        if access(name).reach != "narrowed":
            continue
        for one, other in (("ann", "dan"), ("dan", "ann"), ("ann", "eve")):
            try:
                call = call_of(name, ground, one, other=other)
            except (UnknownName, NotTheirs):
                continue
            found += [call] if other in call.people and one in call.people else []
    return found


async def send(ground: Ground, call: Call) -> httpx.Response:
    token = await ground.caller(("*",), CLERK)
    async with browser(ground.app, token) as client:
        return await call.send(client)


async def test_nothing_joins_somebody_seen_with_somebody_unseen(ground: Ground):
    before, traces = await ground.digest(), Traces(ground, CLERK)
    found = {}
    for call in pairs(ground):
        answer = await send(ground, call)
        if answer.status_code != 404 or traces.in_answer(call, answer):
            found[f"{call.route} {sorted(call.people)}"] = f"{answer.status_code} {answer.text[:200]}"

    # The callers' own sessions are all that is new.
    changed = differing(before, await ground.digest())
    assert found == {}
    assert changed <= {"staff_user", "staff_role", "staff_user_role", "staff_user_store", "staff_session"}
    assert len(pairs(ground)) >= 6


@pytest.mark.parametrize("path", ["/v1/members", "/v1/members/{ann}/identities"])
async def test_an_identity_of_somebody_unseen_is_refused_without_a_word_about_them(ground: Ground, path: str):
    phone = PEOPLE["dan"].phone
    where = {"store_id": ground.stores["north-1"], "employee_id": ground.employees["e1"]}
    body = {"phone": phone, "source": where} if path == "/v1/members" else {"kind": "phone", "value": phone}
    token = await ground.caller(("*",), CLERK)

    async with browser(ground.app, token) as client:
        answer = await client.post(path.format(ann=ground.own["ann"]["member"]), json=body)

    assert (answer.status_code, answer.json()["code"]) == (409, "members.identity_taken_elsewhere")
    assert not [trace for trace in ground.traces["dan"] if trace in answer.text]


async def test_an_identity_is_not_taken_over_from_somebody_unseen(ground: Ground):
    token = await ground.caller(("*",), CLERK)
    body = {"kind": "phone", "value": PEOPLE["dan"].phone, "take_over": True}

    async with browser(ground.app, token) as client:
        answer = await client.post(f"/v1/members/{ground.own['ann']['member']}/identities", json=body)
    async with browser(ground.app, ground.admin) as client:
        still = (await client.get(f"/v1/members/phone:+86{PEOPLE['dan'].phone}")).json()

    assert (answer.status_code, answer.json()["code"]) == (409, "members.identity_taken_elsewhere")
    assert still["id"] == ground.own["dan"]["member"]


async def test_the_orders_of_a_store_do_not_say_which_stranger_bought_there(ground: Ground):
    token = await ground.caller(("*",), CLERK)

    async with browser(ground.app, token) as client:
        listed = (await client.get("/v1/orders", params={"q": "dan-visit-1"})).json()["items"]
        shown = (await client.get(f"/v1/orders/{ground.own['dan']['visit']}")).json()

    assert [one["member"] for one in listed] == [None]
    assert shown["member"] is None


async def test_a_store_gives_up_its_own_carts_and_no_other(ground: Ground):
    token = await ground.caller(("*",), CLERK)
    carts = {code: {"source": "till", "number": ground.own[code]["cart"], "store": "north-1"} for code in PEOPLE}
    made_up = {"source": "till", "number": "nobody-cart-1", "store": "north-1"}
    before = await ground.digest({"checkout_hold", "ledger_entry", "ledger_hold"})

    async with browser(ground.app, token) as client:
        others = [await client.post("/v1/checkout/cancel", json=carts[code]) for code in ("cat", "dan", "eve")]
        nobody = await client.post("/v1/checkout/cancel", json=made_up)
        after = await ground.digest({"checkout_hold", "ledger_entry", "ledger_hold"})
        own = await client.post("/v1/checkout/cancel", json=carts["ann"])

    assert {(one.status_code, one.json()["code"]) for one in (*others, nobody)} == {(404, "checkout.cart_unknown")}
    assert after == before
    assert (own.status_code, own.json()["state"]) == (200, "cancelled")


async def test_the_exports_of_others_are_out_of_reach_of_who_sees_a_part(ground: Ground):
    async with browser(ground.app, ground.admin) as client:
        asked = await client.post("/v1/exports", json={"list": "members", "reason": "for the books"})
    assert asked.status_code == 202, asked.text
    export_id = asked.json()["id"]
    token = await ground.caller(("*",), CLERK)

    async with browser(ground.app, token) as client:
        listed = (await client.get("/v1/exports", params={"everybody": True})).json()["items"]
        statuses = [(await client.get(f"/v1/exports/{export_id}{end}")).status_code for end in ("", "/file")]

    assert (listed, statuses) == ([], [404, 404])
