"""A shop with people in two regions and three stores, whose every number is unlike any other in the database.

A foreign id in an answer is then a leak wherever it stands: in a list, in a cursor, in a file name.
"""

from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, get_args
from uuid import uuid4

import asyncpg
import httpx
from fastapi import FastAPI
from sqlalchemy import Integer, LargeBinary, Table, insert, select, text
from sqlalchemy.sql.sqltypes import String

from shuke.commerce.catalog.tables import product
from shuke.foundation.organization.tables import employee, region, store
from shuke.foundation.organization.testing import a_shop
from shuke.foundation.staff import actions as staff_actions
from shuke.foundation.staff.testing import CLIENT_HEADERS
from shuke.insight.analytics.rules import SegmentCode
from shuke.loyalty import checkout
from shuke.loyalty.checkout.importing.mapping import built_in
from shuke.loyalty.checkout.importing.tables import import_run, unmatched_return
from shuke.loyalty.coupons.testing import OFF_TEN, a_coupon, a_template
from shuke.main.modules import MODULES
from shuke.main.testing import fresh_app
from shuke.people.duplicates.tables import duplicate_pair
from shuke.platform import clock, consumers, module
from shuke.platform.db import Database, Session, metadata
from shuke.platform.embedded import Urls

from .people import Holds, a_session_that

# Above this, a number in an answer is an id of this ground and nothing else.
FIRST_ID = 100_000_000
APART = 1_000_003
LARGE = 5_000


@dataclass(frozen=True, kw_only=True)
class Person:
    """A planted member: whose they are, and what is known of them."""

    name: str
    store: str | None
    employee: str | None
    phone: str
    partner: str


PEOPLE = {
    "ann": Person(name="赵安宁", store="north-1", employee="e1", phone="15400001101", partner="ann2"),
    "ann2": Person(name="钱安娜", store="north-1", employee="e1", phone="15400001202", partner="ann"),
    "bob": Person(name="孙伯言", store="north-1", employee="e2", phone="15400001303", partner="bob2"),
    "bob2": Person(name="李伯仲", store="north-1", employee="e2", phone="15400001404", partner="bob"),
    "cat": Person(name="周采薇", store="north-2", employee=None, phone="15400001505", partner="ann"),
    "dan": Person(name="吴丹青", store="south-1", employee="e3", phone="15400001606", partner="dan2"),
    "dan2": Person(name="郑丹阳", store="south-1", employee="e3", phone="15400001707", partner="dan"),
    "eve": Person(name="冯夜白", store=None, employee=None, phone="15400001808", partner="dan"),
}
STORES = {"north-1": "north", "north-2": "north", "south-1": "south"}
EMPLOYEES = {"e1": "north-1", "e2": "north-1", "e3": "south-1"}


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Which places and people a caller sees, as roles say it, and as it is expected to come out."""

    scopes: tuple[str, ...]
    stores: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    employee: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether everything is seen."""
        return "all" in self.scopes

    def places(self) -> set[str]:
        """The stores that are seen."""
        of_regions = {one for one, where in STORES.items() if "regions" in self.scopes and where in self.regions}
        return of_regions | (set(self.stores) if "stores" in self.scopes else set())

    def sees(self, store_code: str | None, employee_code: str | None) -> bool:
        """Whether a record of this store, in the care of this employee, is seen."""
        is_own = "own" in self.scopes and self.employee is not None and employee_code == self.employee
        return self.is_whole or store_code in self.places() or is_own


SCOPES = {
    "all": Scope(scopes=("all",)),
    "own store": Scope(scopes=("stores",), stores=("north-1",)),
    "other store": Scope(scopes=("stores",), stores=("south-1",)),
    "own region": Scope(scopes=("regions",), regions=("north",)),
    "other region": Scope(scopes=("regions",), regions=("south",)),
    "own members": Scope(scopes=("own",), employee="e1"),
    "other store and own members": Scope(scopes=("stores", "own"), stores=("south-1",), employee="e1"),
    "nothing": Scope(scopes=("stores",)),
}


class Undone(Database):
    """A database in which nothing that a request does is kept: every call finds the same ground."""

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        """One transaction that is always rolled back."""
        async with self.engine.connect() as session:
            await session.begin()
            try:
                yield session
            finally:
                await session.rollback()


class Ground:
    """The planted shop: its app, its app that keeps nothing, and what is known of everybody in it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.app = fresh_app(database)
        self.undone = Undone(database.url)
        self.dry = fresh_app(self.undone)
        self.regions: dict[str, int] = {}
        self.stores: dict[str, int] = {}
        self.employees: dict[str, int] = {}
        # What belongs to each person, by the name of the parameter that means it.
        self.own: dict[str, dict[str, Any]] = {code: {} for code in PEOPLE}
        # What belongs to the shop as a whole, by the name of the parameter that means it.
        self.common: dict[str, Any] = {}
        self.traces: dict[str, frozenset[str]] = {}
        self.admin = ""
        # A second person who may everything: what one asks for, the other agrees to.
        self.second = ""
        # What an administrator is answered, by route and address: status and body.
        self.usual: dict[tuple[str, str], tuple[int, str]] = {}

    def on(self, database: Database) -> "Ground":
        """The same, known of a copy of this database."""
        copy = Ground(database)
        copy.regions, copy.stores, copy.employees = dict(self.regions), dict(self.stores), dict(self.employees)
        copy.own, copy.common, copy.traces = deepcopy(self.own), deepcopy(self.common), dict(self.traces)
        copy.admin, copy.second = self.admin, self.second
        return copy

    def holds(self, patterns: tuple[str, ...], scope: Scope, fields: Mapping[str, str] | None = None) -> Holds:
        """What a caller with these patterns and this scope holds."""
        return Holds(
            patterns=patterns,
            scopes=scope.scopes,
            stores=tuple(self.stores[one] for one in scope.stores),
            regions=tuple(self.regions[one] for one in scope.regions),
            employee=self.employees[scope.employee] if scope.employee else None,
            fields=fields or {},
        )

    async def caller(self, patterns: tuple[str, ...], scope: Scope, fields: Mapping[str, str] | None = None) -> str:
        """The token of a caller with these patterns and this scope."""
        async with self.database.transaction() as session:
            return await a_session_that(session, self.holds(patterns, scope, fields))

    async def digest(self, tables: Collection[str] | None = None) -> dict[str, str]:
        """One text for the rows of each table, or of some, but for when sessions were last seen."""
        async with self.database.transaction() as session:
            found = await session.execute(text(_digest_statement(tables)))
            return {row.name: f"{row.rows} {row.sum}" for row in found}


def browser(app: FastAPI, token: str | None) -> httpx.AsyncClient:
    """A browser in which the holder of a token is signed in."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    headers = {**CLIENT_HEADERS, "Accept-Language": "en"}
    client = httpx.AsyncClient(transport=transport, base_url="http://test", headers=headers)
    if token is not None:
        client.cookies.set("shuke_session", token)
    return client


async def plant(database: Database, urls: Urls) -> Ground:
    """The ground on a fresh database."""
    module.install(MODULES)
    await _spread_numbers(urls.owner)
    ground = Ground(database)
    async with database.transaction() as session:
        await a_shop(session)
        await checkout.set_up_programme(session, money="CNY")
        await session.execute(text("update ledger_currency set approval_above = 1000 where code = 'points'"))
        await _places(session, ground)
        await staff_actions.ensure_roles(session)
        ground.admin = await a_session_that(session, Holds(patterns=("*",)))
        ground.second = await a_session_that(session, Holds(patterns=("*",)))
    async with browser(ground.app, ground.admin) as client:
        for code in PEOPLE:
            await _person(client, ground, code)
        for code in PEOPLE:
            await _belongings(client, ground, code)
        for code in PEOPLE:
            await _former(client, ground, code)
            await _requests(client, ground, code)
        await _visit(client, ground)
        await _benefits(client, ground)
        await _coupons(client, ground)
        await _programme(client, ground)
        await _of_the_shop(client, ground)
    await consumers.run_until_idle(database)
    async with browser(ground.app, ground.admin) as client:
        await _look_up(client, ground)
    await _learn_traces(ground)
    return ground


async def _spread_numbers(owner_url: str) -> None:
    """Let every sequence begin at a number of its own, far from the others."""
    connection = await asyncpg.connect(owner_url)
    try:
        rows = await connection.fetch(
            "select format('%I.%I', schemaname, sequencename) as name, data_type::text as kind, max_value "
            "from pg_sequences where sequenceowner = current_user and schemaname <> 'queue' order by 1"
        )
        for place, row in enumerate(rows):
            if row["max_value"] > FIRST_ID + APART * len(rows):
                await connection.execute("select setval($1::regclass, $2)", row["name"], FIRST_ID + APART * place)
    finally:
        await connection.close()


async def _places(session: Session, ground: Ground) -> None:
    for code in sorted(set(STORES.values())):
        row = insert(region).values(code=code, name=code).returning(region.c.region_id)
        ground.regions[code] = (await session.execute(row)).scalar_one()
    for code, where in STORES.items():
        values = {"code": code, "name": code, "region_id": ground.regions[where], "status": "open"}
        row = insert(store).values(values).returning(store.c.store_id)
        ground.stores[code] = (await session.execute(row)).scalar_one()
    for code, where in EMPLOYEES.items():
        values = {"code": code, "name": code, "store_id": ground.stores[where]}
        row = insert(employee).values(values).returning(employee.c.employee_id)
        ground.employees[code] = (await session.execute(row)).scalar_one()


async def _person(client: httpx.AsyncClient, ground: Ground, code: str) -> None:
    person = PEOPLE[code]
    source = {
        "channel": "till",
        "store_id": ground.stores[person.store] if person.store else None,
        "employee_id": ground.employees[person.employee] if person.employee else None,
    }
    wanted = {
        "name": person.name,
        "phone": person.phone,
        "email": f"{code}.mail@example.com",
        "card": f"CARD-{code}-9000",
        "birthday": "1990-02-03",
        "address": f"{code} address 77",
        "source": source,
    }
    made = await done(client, "POST", "/v1/members", wanted)
    ground.own[code].update(member=made["id"], number=made["number"])


async def _belongings(client: httpx.AsyncClient, ground: Ground, code: str) -> None:
    """Two orders and a refund, points given, held and waiting, and an adjustment that waits for a second person."""
    person = PEOPLE[code]
    at = clock.now() - timedelta(days=20)
    member = {"id": ground.own[code]["member"]}
    sold = await done(client, "POST", "/v1/orders", order(f"{code}-sale-1", at, member, person.store))
    second = await done(client, "POST", "/v1/orders", order(f"{code}-sale-2", at, member, person.store))
    refund = order(f"{code}-back-1", at + timedelta(days=1), member, person.store)
    await done(client, "POST", "/v1/orders", {**refund, "kind": "refund", "refund_of": f"{code}-sale-2"})
    account = {"member": str(ground.own[code]["member"]), "currency": "points"}
    given = await done(client, "POST", "/v1/ledger/credits", {**account, "amount": 500, "reason": f"for {code}-gift"})
    held = await done(client, "POST", "/v1/ledger/holds", {**account, "amount": 50})
    later = (clock.now() + timedelta(days=30)).date().isoformat()
    pending = await done(client, "POST", "/v1/ledger/credits", {**account, "amount": 70, "available_on": later})
    waiting = await done(client, "POST", "/v1/ledger/adjustments", {**account, "amount": LARGE, "reason": "a gift"})
    if person.employee and person.store:
        ground.own[code].update(employee=ground.employees[person.employee], store=ground.stores[person.store])
    shown = (await client.get(f"/v1/members/{ground.own[code]['member']}")).json()
    ground.own[code]["handle"] = next(one["handle"] for one in shown["identities"] if one["kind"] == "card")
    ground.own[code].update(
        order=sold["order_id"],
        second_order=second["order_id"],
        order_key=f"till:{code}-sale-1",
        operation=given["operation"],
        hold_no=held["entries"][0]["hold_no"],
        lot_no=pending["entries"][0]["lot_no"],
        adjustment=waiting["id"],
    )
    did = {"source": "till-1", "key": f"{code}-visit", "kind": "check_in", "occurred_at": at.isoformat()}
    done_so = await done(client, "POST", "/v1/activities", {**did, "member": account["member"]})
    ground.own[code]["activity"] = done_so["id"]


async def _former(client: httpx.AsyncClient, ground: Ground, code: str) -> None:
    """Somebody who turned out to be the same person, with an order of their own."""
    person = PEOPLE[code]
    source = {"store_id": ground.stores[person.store] if person.store else None}
    if person.employee:
        source["employee_id"] = ground.employees[person.employee]
    friend = await done(client, "POST", "/v1/members", {"card": f"CARD-{code}-7000", "source": source})
    ground.own[code]["friend"] = friend["id"]
    old = await done(
        client, "POST", "/v1/members", {"card": f"CARD-{code}-8000", "name": person.name, "source": source}
    )
    at = clock.now() - timedelta(days=40)
    await done(client, "POST", "/v1/orders", order(f"{code}-old-1", at, {"id": old["id"]}, person.store))
    wanted = {"absorbed": str(old["id"]), "survivor": str(ground.own[code]["member"]), "reason": "the same person"}
    merged = await done(client, "POST", "/v1/merges", wanted)
    ground.own[code].update(former=old["id"], merge=merged["id"])


async def _requests(client: httpx.AsyncClient, ground: Ground, code: str) -> None:
    """What a member has asked for: a request of each kind, and a note of one's family."""
    own = ground.own[code]
    for kind in ("access", "copy", "correction", "restriction", "deletion"):
        wanted = {"member": str(own["member"]), "kind": kind, "channel": "in_store", "verified_how": "document"}
        own[f"{kind}_request"] = (await done(client, "POST", "/v1/requests", wanted))["request"]["id"]
    own["request"] = own["access_request"]
    path = f"/v1/members/{own['member']}"
    own["note"] = (await done(client, "POST", f"{path}/notes", {"text": f"of {code}-note-1"}))["id"]
    wanted = {"text": f"for {code}-call-1", "due_at": clock.now().isoformat()}
    own["follow_up"] = (await done(client, "POST", f"{path}/follow-ups", wanted))["id"]
    kin = PEOPLE[code].partner
    if code in {"ann", "bob", "cat", "dan", "eve"}:
        wanted = {"member": str(ground.own[kin]["member"]), "role": "sibling"}
        await done(client, "POST", f"/v1/members/{own['member']}/family", wanted)
    if code == "ann":
        # Kin, and whoever brought her in, belong to another region.
        wanted = {"member": str(ground.own["dan"]["member"]), "role": "sibling"}
        await done(client, "POST", f"/v1/members/{own['member']}/family", wanted)
        await done(client, "PUT", f"/v1/members/{own['member']}/inviter", {"member": wanted["member"]})


async def _benefits(client: httpx.AsyncClient, ground: Ground) -> None:
    """A gift that everybody has been granted, and one that nobody has."""
    for code in ("cake", "unused"):
        await done(client, "POST", "/v1/benefits", {"code": code, **benefit()})
    for code, own in ground.own.items():
        wanted = {"benefit": "cake", "reason": f"for {code}-cake-1"}
        own["entitlement"] = (await done(client, "POST", f"/v1/members/{own['member']}/benefits", wanted))["id"]


def benefit() -> dict[str, Any]:
    """A birthday gift as somebody sets it up."""
    gift = {"kind": "goods", "text_zh": "蛋糕", "text_en": "A cake"}
    return {"name": {"zh": "蛋糕", "en": "Cake"}, "what": {"kind": "birthday_gift", "gift": gift}}


async def _coupons(client: httpx.AsyncClient, ground: Ground) -> None:
    """A coupon that everybody has, one that each has used where they belong, and a printed code for each."""
    async with ground.database.transaction() as session:
        template_id = await a_template(session, "ten-off", {**OFF_TEN, "transfer": {"is_allowed": True}})
        for code, own in ground.own.items():
            own["coupon"] = await a_coupon(session, own["member"], template_id, code=f"{code}1COUPON".upper())
            own["printed"] = await a_coupon(session, 0, template_id, code=f"{code}3COUPON".upper())
            used = await a_coupon(session, own["member"], template_id, code=f"{code}2COUPON".upper())
            if PEOPLE[code].store:
                own["used_coupon"] = used
        await a_template(session, "open", OFF_TEN, {"claiming": {"is_open": True}})
        await a_template(session, "rush", OFF_TEN, {"stock": 9, "claiming": {"is_open": True, "is_rush": True}})
        for code, own in ground.own.items():
            giver = ground.own[PEOPLE[code].partner]["member"]
            own["offered"] = await a_coupon(session, giver, template_id, code=f"{code}4COUPON".upper())
    for own in ground.own.values():
        offer = await done(client, "POST", f"/v1/coupons/{own.pop('offered')}/transfers", {})
        own["token"] = offer["token"]
    now = clock.now()
    window = {"opens_at": now.isoformat(), "closes_at": (now + timedelta(days=1)).isoformat(), "winners": 1}
    await done(client, "POST", "/v1/coupon-templates/rush/draws", window)
    for code, own in ground.own.items():
        if "used_coupon" in own:
            where = {"store": PEOPLE[code].store}
            await done(client, "POST", f"/v1/coupons/{own['used_coupon']}/redeem", where)


async def _programme(client: httpx.AsyncClient, ground: Ground) -> None:
    """A rule with a version and a draft, levels by hand, carts, a refund before its order, and returned goods."""
    for code in ("spring", "unused"):
        await done(client, "POST", "/v1/earning-rules", {"code": code, "name": {"zh": "春", "en": "Spring"}})
    for points in (1, 2):
        saved = await done(client, "PUT", "/v1/earning-rules/spring/draft", {"definition": rule(points)})
        ground.common["draft"] = saved["draft"]["revision"]
        if points == 1:
            await done(client, "POST", "/v1/earning-rules/spring/publish", {})
    for code, own in ground.own.items():
        given = {"level": "gold", "reason": f"for {code}-level-1"}
        await done(client, "POST", f"/v1/members/{own['member']}/tier-grants", given)
        own["cart"] = f"{code}-cart-1"
        aside = cart({"id": own["member"]}, PEOPLE[code].store)
        await done(client, "POST", "/v1/checkout/hold", {"number": own["cart"], "minutes": 1440, "cart": aside})
    at = (clock.now() - timedelta(days=2)).isoformat()
    early = {"source": "till", "number": "early-back-1", "refund_of": "not-here-1", "placed_at": at, "is_whole": True}
    await done(client, "POST", "/v1/checkout/refund", early)
    ground.common["tiers"] = (await client.get("/v1/tiers")).json()
    ground.common["policies"] = (await client.get("/v1/checkout/policies")).json()["version"]
    async with ground.database.transaction() as session:
        ground.common["import_id"] = await _import(session)
        for place, state in enumerate(("waiting", "dismissed")):
            name = "return_id" if state == "waiting" else state
            ground.common[name] = await _returned(session, ground.common["import_id"], place, state)


async def _import(session: Session) -> int:
    """An import that came to nothing."""
    mapping = built_in()[0]
    values = {
        "kind": "orders",
        "mapping": mapping.model_dump(mode="json"),
        "mapping_code": mapping.code,
        "file_name": "orders.csv",
        "file_bytes": 1,
        "file_hash": b"1",
        "header": [],
        "state": "failed",
        "lines_done": 0,
        "report": {},
        "asked_by": "system:0",
        "started_at": clock.wall(),
    }
    row = insert(import_run).values(values).returning(import_run.c.import_id)
    return int((await session.execute(row)).scalar_one())


async def _returned(session: Session, import_id: int, place: int, state: str) -> int:
    """Goods that came back with no name: they may be of anybody's order."""
    values = {
        "import_id": import_id,
        "source": "returned",
        "content_hash": b"1",
        "occurrence": place,
        "returned_at": clock.now(),
        "returned_on": clock.now().date(),
        "product_id": select(product.c.product_id).where(product.c.code == "P-1").scalar_subquery(),
        "quantity": 1,
        "since": clock.now() - timedelta(days=90),
        "state": state,
    }
    row = insert(unmatched_return).values(values).returning(unmatched_return.c.return_id)
    return int((await session.execute(row)).scalar_one())


def rule(points: int) -> dict[str, Any]:
    """What an earning rule gives, as somebody writes it down."""
    effect = {"kind": "fixed", "currency": "points", "points": points}
    return {"activity": "check_in", "branches": [{"effects": [effect]}]}


def wanted_tiers(shown: dict[str, Any]) -> dict[str, Any]:
    """The scheme as it is shown, as somebody saves it."""
    levels = [
        {
            "name_zh": one["name"]["zh"],
            "name_en": one["name"]["en"],
            **{name: one[name] for name in ("code", "colour", "threshold", "keep_threshold", "deduct", "is_floor")},
        }
        for one in shown["levels"]
    ]
    return {"parameters": shown["scheme"]["parameters"], "levels": levels}


def cart(member: dict[str, Any], where: str | None) -> dict[str, Any]:
    """A cart as a till sends it."""
    line = {"product": "P-1", "quantity": "1", "unit_price": "300.00"}
    return {"source": "till", "store": where, "member": member, "lines": [line]}


async def _of_the_shop(client: httpx.AsyncClient, ground: Ground) -> None:
    """What belongs to nobody: a custom field, a user, a line of the audit trail."""
    async with ground.database.transaction() as session:
        await a_session_that(session, Holds(patterns=("products.read",)))
        ground.common["user_id"] = await session.scalar(text("select max(user_id) from staff_user"))
        ground.common["line"] = await session.scalar(text("select max(id) from audit"))
        for one, other in (("ann", "ann2"), ("bob", "bob2"), ("dan", "dan2"), ("ann2", "dan2")):
            pair = await _pair(session, ground.own[one]["member"], ground.own[other]["member"])
            if PEOPLE[one].store == PEOPLE[other].store:
                ground.own[one]["pair"] = ground.own[other]["pair"] = pair
    wanted = {"key": "shoe_size", "kind": "text", "label": {"zh": "鞋码", "en": "Shoe size"}}
    await done(client, "POST", "/v1/custom-fields", wanted)


async def _pair(session: Session, one: int, other: int) -> int:
    """Two members who may be one person."""
    values = {
        "member_a": min(one, other),
        "member_b": max(one, other),
        "score": 100,
        "reasons": ["name_same"],
        "has_common_proof": False,
        "has_other_phones": True,
        "print": 1,
        "state": "waiting",
        "found_at": clock.now(),
    }
    row = insert(duplicate_pair).values(values).returning(duplicate_pair.c.pair_id)
    return int((await session.execute(row)).scalar_one())


async def _look_up(client: httpx.AsyncClient, ground: Ground) -> None:
    """What is known of people only when all is there: versions, and the segment that most of them are in."""
    for own in ground.own.values():
        own["version"] = (await client.get(f"/v1/members/{own['member']}")).json()["version"]
    most = 0
    for segment in get_args(SegmentCode):
        found = (await client.get("/v1/analytics/rfm/members", params={"segment": segment})).json()["items"]
        if len(found) > most:
            most, ground.common["segment"] = len(found), segment


async def _visit(client: httpx.AsyncClient, ground: Ground) -> None:
    """Dan, who belongs to the south, buys once in the north."""
    dan = ground.own["dan"]
    bought = order("dan-visit-1", clock.now() - timedelta(days=5), {"id": dan["member"]}, "north-1")
    dan["visit"] = (await done(client, "POST", "/v1/orders", bought))["order_id"]


def order(number: str, at: Any, member: dict[str, Any], where: str | None) -> dict[str, Any]:
    """An order as a till sends it."""
    line = {"product": "P-1", "name": "茶", "quantity": "1", "unit_price": "300.00"}
    return {
        "source": "till",
        "number": number,
        "placed_at": at.isoformat(),
        "store": where,
        "member": member,
        "lines": [line],
    }


async def done(client: httpx.AsyncClient, method: str, path: str, body: Any) -> Any:
    """The answer of a call that must succeed."""
    answer = await client.request(method, path, json=body, headers={"Idempotency-Key": uuid4().hex})
    assert answer.status_code < 300, f"planting {method} {path}: {answer.status_code} {answer.text}"
    return answer.json()


async def _learn_traces(ground: Ground) -> None:
    """What gives each person away: names, phones, numbers, and whatever unique value stands in a row of theirs."""
    found: dict[str, set[str]] = {code: set() for code in PEOPLE}
    by_id = {own[name]: code for code, own in ground.own.items() for name in ("member", "former", "friend")}
    async with ground.database.transaction() as session:
        for table in member_tables():
            for member_id, values in await _rows(session, table, ground.own["dan"]["visit"]):
                if member_id in by_id:
                    found[by_id[member_id]].update(values)
    for code, person in PEOPLE.items():
        found[code] |= {person.name, f"{person.name[0]}**", person.phone, person.phone[-4:].rjust(8, "*")}
        found[code] |= {
            str(ground.own[code]["member"]),
            ground.own[code]["number"],
            f"{code}.mail@example.com",
            f"{code}-sale-1",
        }
    for code, own in found.items():
        others = set().union(*(values for other, values in found.items() if other != code))
        shared = {str(one) for one in (*ground.stores.values(), *ground.employees.values(), *ground.regions.values())}
        ground.traces[code] = frozenset(own - others - shared - {str(ground.own["dan"]["visit"])})


def member_tables() -> list[Table]:
    """Every table with rows of members, of every module."""
    return [table for table in metadata.sorted_tables if "member_id" in table.columns and not table.info.get("skip")]


async def _rows(session: Session, table: Table, visit: int) -> list[tuple[int, set[str]]]:
    columns = [one for one in table.columns if not isinstance(one.type, LargeBinary)]
    telling = [one.name for one in columns if isinstance(one.type, Integer | String)]
    found = []
    for row in (await session.execute(select(*columns))).mappings():
        if row.get("order_id") == visit:
            # The order itself is the store's; whose it is, is not.
            continue
        values = {str(row[name]) for name in telling if _tells(row[name])}
        found.append((row["member_id"], values))
    return found


def _tells(value: Any) -> bool:
    """Whether a value is unlike any other: an id of this ground, or a text with a number in it."""
    if isinstance(value, int):
        return value > FIRST_ID
    return isinstance(value, str) and len(value) >= 8 and any(sign.isdigit() for sign in value)


def _digest_statement(tables: Collection[str] | None) -> str:
    parts = []
    for table in metadata.sorted_tables:
        if tables is not None and table.name not in tables:
            continue
        shown = f'"{table.schema}"."{table.name}"' if table.schema else f'"{table.name}"'
        # That somebody was turned away is written down, and is the one thing that may be.
        kept = "where result <> 'refused'" if table.name == "audit" else ""
        row = "(to_jsonb(t) - 'seen_at' - 'last_used_at')::text"
        parts.append(
            f"select '{table.name}' as name, count(*) as rows, coalesce(sum(hashtextextended({row}, 0)), 0) as sum "
            f"from {shown} t {kept}"
        )
    return " union all ".join(parts) + " order by 1"
