"""Users and roles by administrators: who may do what to whom."""

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from shuke.foundation.staff import rules
from shuke.main.testing import signed_in
from shuke.platform.db import Database

pytestmark = pytest.mark.anyio


async def add(client: httpx.AsyncClient, username: str, **given) -> dict:
    answer = await client.post("/v1/staff/users", json={"username": username, "display_name": username, **given})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def own_id(client: httpx.AsyncClient) -> int:
    return (await client.get("/v1/session")).json()["user"]["id"]


async def test_a_new_user_signs_in_with_the_password_that_is_shown_once(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient
):
    made = await add(client, "Mei", roles=["shop_assistant"], email="Mei@Example.com")
    signed = await anonymous.post("/v1/session", json={"username": "mei", "password": made["password"]})

    assert made["user"]["username"] == "mei"
    assert made["user"]["email"] == "mei@example.com"
    assert (signed.status_code, signed.json()["user"]["is_password_temporary"]) == (200, True)
    assert "password" not in (await client.get(f"/v1/staff/users/{made['user']['id']}")).text.replace(
        "is_password_temporary", ""
    )


@pytest.mark.parametrize("given", [{"username": "mei"}, {"username": "MEI"}, {"username": "li", "email": "m@a.cn"}])
async def test_a_name_or_address_is_taken_once(client: httpx.AsyncClient, database: Database, given: dict):
    await add(client, "mei", email="m@a.cn")

    answer = await client.post("/v1/staff/users", json={"display_name": "X", **given})

    assert (answer.status_code, answer.json()["code"]) == (409, "staff.username_taken")


async def test_lists_filter_by_words_state_and_role(client: httpx.AsyncClient, database: Database):
    ids = [(await add(client, name, roles=["cashier"]))["user"]["id"] for name in ("anna", "berta", "carl_1")]
    await client.post(f"/v1/staff/users/{ids[1]}/disable")

    async def names(**query) -> list[str]:
        return [item["username"] for item in (await client.get("/v1/staff/users", params=query)).json()["items"]]

    assert await names(role="cashier") == ["anna", "berta", "carl_1"]
    assert await names(role="cashier", state="active") == ["anna", "carl_1"]
    assert await names(state="disabled") == ["berta"]
    assert await names(search="L_") == ["carl_1"]
    first = (await client.get("/v1/staff/users", params={"role": "cashier", "limit": 2})).json()
    assert [item["username"] for item in first["items"]] == ["anna", "berta"]
    assert await names(role="cashier", limit=2, cursor=first["next"]) == ["carl_1"]


async def test_nobody_changes_their_own_rights_or_closes_their_own_account(client: httpx.AsyncClient):
    me = await own_id(client)

    answers = [
        await client.put(f"/v1/staff/users/{me}/holdings", json={"roles": ["viewer"]}),
        await client.post(f"/v1/staff/users/{me}/disable"),
        await client.post(f"/v1/staff/users/{me}/password"),
    ]

    assert [(a.status_code, a.json()["code"]) for a in answers] == [(403, "staff.own_account")] * 3
    assert (await client.get(f"/v1/staff/users/{me}")).json()["roles"] == ["administrator"]


async def test_the_last_administrator_stays(app: FastAPI, client: httpx.AsyncClient, database: Database):
    me = await own_id(client)
    role = await client.post(
        "/v1/staff/roles",
        json={"name_zh": "人事", "permissions": ["staff.read", "staff.write", "staff.roles"], "scope": "all"},
    )
    made = await add(client, "hr", roles=[role.json()["code"]])
    async with signed_in(app, database, role="administrator") as other:
        theirs = await own_id(other)
    async with database.transaction() as session:
        await session.execute(text("delete from staff_user_role where user_id = :id"), {"id": theirs})
        token = (await session.execute(text("select 1"))).scalar_one()
        assert token == 1
    hr = {"username": "hr", "password": made["password"]}
    async with signed_in(app, database, role="viewer") as browser:
        browser.cookies.clear()
        await browser.post("/v1/session", json=hr)
        answers = [
            await browser.post(f"/v1/staff/users/{me}/disable"),
            await browser.put(f"/v1/staff/users/{me}/holdings", json={"roles": []}),
        ]

    assert [(a.status_code, a.json()["code"]) for a in answers] == [(409, "staff.last_administrator")] * 2
    shown = (await client.get(f"/v1/staff/users/{me}")).json()
    assert (shown["state"], shown["roles"]) == ("active", ["administrator"])


async def test_nobody_gives_what_they_do_not_hold(app: FastAPI, client: httpx.AsyncClient, database: Database):
    role = await client.post(
        "/v1/staff/roles",
        json={"name_zh": "人事", "permissions": ["staff.read", "staff.write", "staff.roles"], "scope": "all"},
    )
    made = await add(client, "hr", roles=[role.json()["code"]])
    async with signed_in(app, database, role="viewer") as browser:
        browser.cookies.clear()
        await browser.post("/v1/session", json={"username": "hr", "password": made["password"]})
        answers = [
            await browser.post(
                "/v1/staff/users", json={"username": "x1", "display_name": "X", "roles": ["administrator"]}
            ),
            await browser.post(
                "/v1/staff/roles", json={"name_zh": "更多", "permissions": ["members.write"], "scope": "all"}
            ),
            await browser.post(
                "/v1/staff/roles",
                json={"name_zh": "看", "permissions": [], "scope": "all", "fields": {"phone": "readable"}},
            ),
            # Whoever could set the administrator's password would be the administrator.
            await browser.post(f"/v1/staff/users/{await own_id(client)}/password"),
        ]
        allowed = await browser.post(
            "/v1/staff/users", json={"username": "hr2", "display_name": "HR", "roles": [role.json()["code"]]}
        )

    assert [(a.status_code, a.json()["code"]) for a in answers] == [(403, "staff.not_yours_to_give")] * 4
    assert allowed.status_code == 201
    listed = (await client.get("/v1/staff/users")).json()["items"]
    assert "x1" not in [item["username"] for item in listed]


async def a_browser_of(client: httpx.AsyncClient, browser: httpx.AsyncClient, name: str, *permissions: str) -> str:
    """Sign in somebody with a role of the shop's own; the code of the role."""
    wish = {"name_zh": name, "permissions": list(permissions), "scope": "all"}
    role = (await client.post("/v1/staff/roles", json=wish)).json()["code"]
    made = await add(client, name, roles=[role])
    browser.cookies.clear()
    signed = await browser.post("/v1/session", json={"username": name, "password": made["password"]})
    assert signed.status_code == 200
    return role


async def test_nobody_takes_over_who_is_above_by_way_of_the_address(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient
):
    # An identity provider finds accounts by their address.
    chief = await add(client, "chief", email="chief@example.com", roles=["administrator"])
    equal = await add(client, "equal", email="equal@example.com")
    await a_browser_of(client, anonymous, "hr", "staff.read", "staff.write")

    above = await anonymous.patch(f"/v1/staff/users/{chief['user']['id']}", json={"email": "hr@evil.example"})
    named = await anonymous.patch(f"/v1/staff/users/{chief['user']['id']}", json={"display_name": "The chief"})
    beside = await anonymous.patch(f"/v1/staff/users/{equal['user']['id']}", json={"email": "new@example.com"})

    assert (above.status_code, above.json()["code"]) == (403, "staff.not_yours_to_give")
    assert (named.status_code, named.json()["email"]) == (200, "chief@example.com")
    assert (beside.status_code, beside.json()["email"]) == (200, "new@example.com")


async def test_nobody_gives_a_clearer_view_than_their_own(client: httpx.AsyncClient, anonymous: httpx.AsyncClient):
    wish = {"name_zh": "清楚", "permissions": [], "scope": "all"}
    codes = []
    for view in ("readable", "masked"):
        made = await client.post("/v1/staff/roles", json={**wish, "fields": {"phone": view}})
        codes.append(made.json()["code"])
    number = (await add(client, "mei"))["user"]["id"]
    await a_browser_of(client, anonymous, "hr", "staff.read", "staff.roles")

    clear, masked = [
        await anonymous.put(f"/v1/staff/users/{number}/holdings", json={"roles": [code]}) for code in codes
    ]

    assert (clear.status_code, clear.json()["code"]) == (403, "staff.not_yours_to_give")
    assert (masked.status_code, masked.json()["roles"]) == (200, codes[1:])


async def test_who_delegates_does_not_widen_a_role_of_their_own(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient
):
    held = ("staff.read", "staff.roles", "staff.delegate")
    wish = {"name_zh": "安全", "scope": "all"}
    other = (await client.post("/v1/staff/roles", json={**wish, "permissions": []})).json()["code"]

    async def permissions_of(code: str) -> list[str]:
        roles = (await client.get("/v1/staff/roles")).json()["items"]
        return next(role["permissions"] for role in roles if role["code"] == code)

    own = await a_browser_of(client, anonymous, "safe", *held)
    more = {**wish, "permissions": [*held, "members.unmask"]}

    answers = [
        await anonymous.put(f"/v1/staff/roles/{own}", json=more),
        await anonymous.put(
            f"/v1/staff/roles/{own}", json={**wish, "permissions": list(held), "fields": {"phone": "readable"}}
        ),
    ]
    of_others = await anonymous.put(f"/v1/staff/roles/{other}", json={**wish, "permissions": ["members.unmask"]})

    assert [(a.status_code, a.json()["code"]) for a in answers] == [(403, "staff.own_account")] * 2
    assert await permissions_of(own) == sorted(held)
    assert of_others.status_code == 200


async def test_disabling_and_wider_roles_end_sessions_at_once(client: httpx.AsyncClient, anonymous: httpx.AsyncClient):
    made = await add(client, "mei", roles=["viewer"])
    number, given = made["user"]["id"], {"username": "mei", "password": made["password"]}
    await anonymous.post("/v1/session", json=given)
    assert (await anonymous.get("/v1/session")).status_code == 200
    await client.put(f"/v1/staff/users/{number}/holdings", json={"roles": ["manager"]})
    widened = (await anonymous.get("/v1/session")).status_code
    await anonymous.post("/v1/session", json=given)
    listed = (await client.get(f"/v1/staff/users/{number}/sign-ins")).json()["items"]
    await client.post(f"/v1/staff/users/{number}/disable")
    disabled = (await anonymous.get("/v1/session")).status_code
    refused = (await anonymous.post("/v1/session", json=given)).status_code
    await client.post(f"/v1/staff/users/{number}/enable")

    assert (widened, len(listed), disabled, refused) == (401, 1, 401, 401)
    assert (await anonymous.post("/v1/session", json=given)).status_code == 200


async def test_an_administrator_ends_sessions_opens_locks_and_gives_passwords(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient
):
    made = await add(client, "mei", roles=["viewer"])
    number, given = made["user"]["id"], {"username": "mei", "password": made["password"]}
    await anonymous.post("/v1/session", json=given)
    await client.delete(f"/v1/staff/users/{number}/sign-ins")
    ended = (await anonymous.get("/v1/session")).status_code
    for _ in range(5):
        await anonymous.post("/v1/session", json={**given, "password": "wrong"})
    locked = (await client.get("/v1/staff/users", params={"state": "locked"})).json()["items"]
    opened = await client.post(f"/v1/staff/users/{number}/unlock")
    back = (await anonymous.post("/v1/session", json=given)).status_code
    fresh = (await client.post(f"/v1/staff/users/{number}/password")).json()["password"]

    assert ended == 401
    assert [item["username"] for item in locked] == ["mei"]
    assert (opened.json()["state"], back) == ("active", 200)
    assert (await anonymous.get("/v1/session")).status_code == 401
    assert (await anonymous.post("/v1/session", json=given)).status_code == 401
    assert (await anonymous.post("/v1/session", json={**given, "password": fresh})).status_code == 200


async def test_places_that_do_not_exist_are_refused_and_nothing_changes(client: httpx.AsyncClient):
    number = (await add(client, "mei", roles=["cashier"]))["user"]["id"]

    answer = await client.put(f"/v1/staff/users/{number}/holdings", json={"roles": ["viewer"], "stores": [987_654]})

    assert (answer.status_code, answer.json()["code"]) == (422, "staff.place_unknown")
    assert (await client.get(f"/v1/staff/users/{number}")).json()["roles"] == ["cashier"]


async def test_roles_are_copied_changed_and_deleted(client: httpx.AsyncClient):
    built_in = {role["code"]: role for role in (await client.get("/v1/staff/roles")).json()["items"]}
    wish = {
        "name_zh": "高级导购",
        "name_en": "Senior assistant",
        "permissions": built_in["shop_assistant"]["permissions"],
        "scope": "stores",
        "fields": {"name": "readable", "phone": "hidden"},
    }
    made = (await client.post("/v1/staff/roles", json=wish)).json()
    changed = (await client.put(f"/v1/staff/roles/{made['code']}", json={**wish, "scope": "own"})).json()
    number = (await add(client, "mei", roles=[made["code"]]))["user"]["id"]
    in_use = await client.delete(f"/v1/staff/roles/{made['code']}")
    await client.put(f"/v1/staff/users/{number}/holdings", json={"roles": []})
    deleted = await client.delete(f"/v1/staff/roles/{made['code']}")
    fixed = [
        await client.put("/v1/staff/roles/viewer", json=wish),
        await client.delete("/v1/staff/roles/viewer"),
    ]
    unknown = await client.post("/v1/staff/roles", json={**wish, "permissions": ["members.fly"]})

    assert [role.code for role in rules.BUILT_IN_ROLES] == list(built_in)
    assert (made["scope"], changed["scope"], made["fields"]["phone"]) == ("stores", "own", "hidden")
    assert (in_use.status_code, in_use.json()["code"]) == (409, "staff.role_in_use")
    assert deleted.status_code == 204
    assert [(a.status_code, a.json()["code"]) for a in fixed] == [(409, "staff.role_fixed")] * 2
    assert (unknown.status_code, unknown.json()["code"]) == (422, "staff.permission_unknown")


async def test_seeing_as_tells_scope_and_fields(client: httpx.AsyncClient):
    number = (await add(client, "mei", roles=["cashier"]))["user"]["id"]

    role = (await client.get("/v1/staff/roles/cashier/view")).json()
    person = (await client.get(f"/v1/staff/users/{number}/view")).json()

    shown = {item["field"]: (item["view"], item["sample"]) for item in role["fields"]}
    assert (role["scope"], person["scope"]) == ("stores", "nothing")
    assert shown["phone"] == ("masked", "154****1234")
    assert shown["email"] == ("hidden", None)
    assert "orders.write" in role["permissions"]


async def test_the_grid_names_every_permission_once(client: httpx.AsyncClient):
    groups = (await client.get("/v1/staff/permissions")).json()["groups"]

    codes = [found["code"] for group in groups for found in group["permissions"]]
    assert len(codes) == len(set(codes))
    assert {"staff.roles", "members.read", "approvals.decide"} <= set(codes)
    sensitive = {found["code"] for group in groups for found in group["permissions"] if found["is_sensitive"]}
    assert "staff.roles" in sensitive
    assert "members.read" not in sensitive


async def test_a_session_tells_which_stores_its_person_sees(client: httpx.AsyncClient, anonymous: httpx.AsyncClient):
    store = (await client.post("/v1/stores", json={"code": "EAST", "name": "东店"})).json()["id"]
    await client.post("/v1/stores", json={"code": "WEST", "name": "西店"})
    told = {}
    for name, roles, stores in (("mei", ["cashier"], [store]), ("an", ["cashier"], []), ("lin", ["viewer"], [store])):
        made = await add(client, name, roles=roles, stores=stores)
        given = {"username": name, "password": made["password"]}
        told[name] = (await anonymous.post("/v1/session", json=given)).json()["stores"]

    assert told == {"mei": [store], "an": [], "lin": None}
