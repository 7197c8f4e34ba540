"""What every parameter of a route means: the one list that a new route's author extends.

A parameter is filled in by its name. `PERSONAL` names something of one member, and the route is then held to whether
the caller sees that member; `PLAIN` is the same for everybody. A body that its schema does not say enough about stands
in `BODIES`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from json import loads
from typing import Any

from shuke.loyalty.coupons.testing import OFF_TEN
from shuke.platform import clock

from .ground import PEOPLE, Ground, benefit, cart, order, rule, wanted_tiers


class NotTheirs(LookupError):
    """The person has no such thing, so there is no call about it."""


@dataclass
class Filled:
    """Values for one call, and whose they are."""

    ground: Ground
    person: str
    people: set[str] = field(default_factory=set)
    # Values to be named instead of the person's own, by parameter; and whom to take for a partner.
    instead: Mapping[str, Any] = field(default_factory=dict)
    other: str | None = None
    unknown: list[str] = field(default_factory=list)

    def of(self, name: str) -> Any:
        """Something of the person the call is about. Raises NotTheirs where this person has no such thing."""
        if name not in self.ground.own[self.person]:
            raise NotTheirs
        self.people.add(self.person)
        return self.ground.own[self.person][name]

    def second_partner(self) -> str:
        """The id of somebody of the same place who is no relation yet."""
        if self.other is not None:
            return self.partner()
        self.people.add(self.person)
        return str(self.ground.own[self.person]["friend"])

    def partner(self) -> str:
        """The id of somebody else of the same place."""
        other = self.other or PEOPLE[self.person].partner
        self.people.add(other)
        return str(self.ground.own[other]["member"])


def _order(filled: Filled) -> dict[str, Any]:
    where = PEOPLE[filled.person].store
    return order("new-1", clock.now() - timedelta(hours=1), {"id": filled.of("member")}, where)


def _activity(filled: Filled) -> dict[str, Any]:
    at = (clock.now() - timedelta(hours=1)).isoformat()
    member = str(filled.of("member"))
    return {"source": "till-1", "key": "new-1", "kind": "check_in", "member": member, "occurred_at": at}


def _cart(filled: Filled) -> dict[str, Any]:
    return cart({"id": filled.of("member")}, PEOPLE[filled.person].store)


def _store_code(filled: Filled) -> str:
    """The code of the store that somebody belongs to. Raises NotTheirs where there is none."""
    where = PEOPLE[filled.person].store
    if where is None:
        raise NotTheirs
    return where


def _back(filled: Filled) -> dict[str, Any]:
    """A refund of somebody's order, in the store that they belong to."""
    at = (clock.now() - timedelta(hours=1)).isoformat()
    of = {"source": "till", "refund_of": filled.of("order_key").removeprefix("till:"), "placed_at": at}
    return {**of, "number": "new-back-1", "store": PEOPLE[filled.person].store, "is_whole": True}


def _bulk(filled: Filled) -> dict[str, Any]:
    member = str(filled.of("member"))
    return {"action": "status", "parameters": {"status": "frozen"}, "members": [member], "reason": "because"}


def _mapping() -> dict[str, Any]:
    columns = {"number": "no", "placed_at": "day", "product": "item", "quantity": "pieces", "unit_price": "price"}
    return {"source": "own", "columns": columns, "name": {"zh": "自有", "en": "Own"}}


def _currency() -> dict[str, Any]:
    return {"name_zh": "印章", "name_en": "Stamps", "expiry": {"kind": "none"}}


PERSONAL: Mapping[str, Callable[[Filled], Any]] = {
    "member": lambda filled: str(filled.of("member")),
    "member_id": lambda filled: filled.of("member"),
    "from_member": lambda filled: str(filled.of("member")),
    "to_member": lambda filled: filled.partner(),
    "into_member": lambda filled: filled.partner(),
    "order": lambda filled: str(filled.of("order")),
    "adjustment": lambda filled: filled.of("adjustment"),
    "operation": lambda filled: filled.of("operation"),
    "hold_no": lambda filled: filled.of("hold_no"),
    "lot_no": lambda filled: filled.of("lot_no"),
    "employee": lambda filled: str(filled.of("employee")),
    "handle": lambda filled: filled.of("handle"),
    "absorbed": lambda filled: str(filled.of("member")),
    "survivor": lambda filled: filled.partner(),
    "merge": lambda filled: filled.of("merge"),
    "pair": lambda filled: filled.of("pair"),
    "other": lambda filled: filled.partner(),
    "request_id": lambda filled: filled.of("request"),
    "entitlement": lambda filled: filled.of("entitlement"),
    "order_id": lambda filled: filled.of("order"),
    "members": lambda filled: [str(filled.of("member"))],
    "token": lambda filled: filled.of("token"),
    "note_id": lambda filled: filled.of("note"),
    "follow_up_id": lambda filled: filled.of("follow_up"),
}

# As a query brings it; a body takes it as it is.
CONDITION = '{"combinator":"and","rules":[{"field":"member.points","operator":">=","value":1}]}'

PLAIN: Mapping[str, Callable[[Ground], Any]] = {
    "q": lambda ground: "ann",
    "benefit": lambda ground: "cake",
    "currency": lambda ground: "points",
    "amount": lambda ground: 5,
    "reason": lambda ground: "because",
    "note": lambda ground: "because",
    "key": lambda ground: "key-1",
    "activity": lambda ground: "visit",
    "event": lambda ground: "an-event",
    "segment": lambda ground: ground.common["segment"],
    "from": lambda ground: (clock.now() - timedelta(days=30)).date().isoformat(),
    "to": lambda ground: (clock.now() + timedelta(days=1)).date().isoformat(),
    "language": lambda ground: "en",
    "name_zh": lambda ground: "名称",
    "name_en": lambda ground: "Name",
    "code": lambda ground: "new_code",
    "session_id": lambda ground: 1,
    "import_id": lambda ground: ground.common["import_id"],
    "current_password": lambda ground: "not my password",
    "new_password": lambda ground: "a long new pass phrase",
    "name": lambda ground: "Name",
    "zh": lambda ground: "名称",
    "en": lambda ground: "Name",
    "store": lambda ground: str(ground.stores["north-1"]),
    "region": lambda ground: str(ground.regions["north"]),
    "older": lambda ground: 1,
    "newer": lambda ground: 1,
    "cooldown_days": lambda ground: 30,
    "minor_age": lambda ground: 14,
    "text_zh": lambda ground: "新的告知",
    "text_en": lambda ground: "A new notice",
    "least_score": lambda ground: 90,
    "password": lambda ground: "not my password",
    "credential": lambda ground: {"id": "none"},
    "passkey_id": lambda ground: 1,
    "provider": lambda ground: 1,
    "provider_id": lambda ground: 1,
    "state": lambda ground: "none",
    "username": lambda ground: "somebody-new",
    "display_name": lambda ground: "Somebody New",
    "user_id": lambda ground: ground.common["user_id"],
    "permissions": lambda ground: ["members.read"],
    "idle_minutes": lambda ground: 30,
    "absolute_hours": lambda ground: 12,
    "issuer": lambda ground: "https://id.example.com",
    "client_id": lambda ground: "client",
    "console_address": lambda ground: "https://crm.example.com",
    "approval": lambda ground: 1,
    "schedule": lambda ground: "ledger.due",
    "jobs": lambda ground: [1],
    "notice_id": lambda ground: 1,
    "up_to": lambda ground: 1,
    "is_on": lambda ground: False,
    "retention_days": lambda ground: 200,
    "line": lambda ground: ground.common["line"],
    "transfer": lambda ground: 1,
    "target_ids": lambda ground: [ground.employees["e3"]],
    "employee_id": lambda ground: ground.employees["e2"],
    "words": lambda ground: "as it was asked",
    "working_days": lambda ground: 15,
    "hard_days": lambda ground: 30,
    "cooling_days": lambda ground: 3,
    "year": lambda ground: 2027,
    "days": lambda ground: [],
    "which": lambda ground: "rejects",
    "version": lambda ground: 2,
    "export_id": lambda ground: ground.common.get("export_id", 1),
    "view_id": lambda ground: 1,
    "list": lambda ground: "members",
    "scopes": lambda ground: ["products.read"],
    "scope": lambda ground: "earning",
    "condition": lambda ground: CONDITION,
    "definition": lambda ground: rule(3),
    "before": lambda ground: "1",
    "after": lambda ground: "draft",
    "level": lambda ground: "diamond",
    "return_id": lambda ground: ground.common["return_id"],
    "batch_id": lambda ground: 1,
    "count": lambda ground: 3,
    "template": lambda ground: "ten-off",
    "gift": lambda ground: 1,
    "ticket": lambda ground: "not-a-ticket",
    "bulk_act": lambda ground: 1,
    "round": lambda ground: 1,
    "winners": lambda ground: 1,
    "opens_at": lambda ground: (clock.now() + timedelta(hours=1)).isoformat(),
    "closes_at": lambda ground: (clock.now() + timedelta(hours=2)).isoformat(),
}

# Routes whose parameter of a common name means something else: "METHOD /path": {name: value}.
ELSEWHERE: Mapping[str, Mapping[str, Callable[[Filled], Any]]] = {
    "GET /v1/dashboard/file": {"part": lambda filled: "figures"},
    **{
        route: {"code": lambda filled: "marketing"}
        for route in (
            "GET /v1/consent/notices/{code}/list-form",
            "GET /v1/consent/notices/{code}/comparison",
            "PUT /v1/consent/notices/{code}/draft",
            "POST /v1/consent/notices/{code}/publication",
            "PUT /v1/consent/purposes/{code}",
        )
    },
    **{
        f"{route}": {"request_id": lambda filled, kind=kind: filled.of(f"{kind}_request")}
        for route, kind in (
            ("POST /v1/requests/{request_id}/correction", "correction"),
            ("PUT /v1/requests/{request_id}/restriction", "restriction"),
            ("POST /v1/requests/{request_id}/copy", "copy"),
            ("GET /v1/requests/{request_id}/copy/file", "copy"),
            ("GET /v1/requests/{request_id}/erasure", "deletion"),
            ("POST /v1/requests/{request_id}/erasure", "deletion"),
        )
    },
    **{
        route: {"activity": lambda filled: filled.of("activity")}
        for route in ("GET /v1/activities/{activity}", "POST /v1/activities/{activity}/cancel")
    },
    **{
        f"{verb} /v1/earning-rules/{{code}}{end}": {
            "code": lambda filled: "spring",
            "if-match": lambda filled: filled.ground.common["draft"],
        }
        for verb, end in (
            ("GET", ""),
            ("PUT", ""),
            ("PUT", "/draft"),
            ("DELETE", "/draft"),
            ("POST", "/publish"),
            ("POST", "/retire"),
            ("GET", "/diff"),
        )
    },
    **{
        route: {"code": lambda filled: filled.of("coupon")}
        for route in (
            "GET /v1/coupons/{code}",
            "GET /v1/coupons/{code}/qr.svg",
            "GET /v1/coupons/{code}/barcode.svg",
            "POST /v1/coupons/{code}/void",
            "POST /v1/coupons/{code}/transfers",
        )
    },
    # Whoever has a code may use it; of whom it is, the store where it is used decides who learns.
    "GET /v1/coupons/lookup": {
        "code": lambda filled: filled.of("coupon"),
        "store": _store_code,
        "amount_minor": lambda filled: 5_000,
    },
    "GET /v1/takings": {"day": lambda filled: clock.now().date().isoformat()},
    "GET /v1/coupons/redemptions": {"store": _store_code, "day": lambda filled: clock.now().date().isoformat()},
    "POST /v1/coupons/{code}/redeem": {"code": lambda filled: filled.of("coupon")},
    **{
        f"{verb} /v1/coupon-templates/{{code}}/{end}": {"code": lambda filled: "rush"}
        for verb, end in (
            ("POST", "tickets"),
            ("GET", "draws/{round}"),
            ("GET", "draws/{round}/entries"),
            ("POST", "draws/{round}/entries"),
        )
    },
    "POST /v1/coupon-templates/{template}/claims": {"template": lambda filled: "open"},
    "POST /v1/coupons/exchange": {"code": lambda filled: filled.of("printed")},
    "POST /v1/coupons/{code}/undo-redemption": {"code": lambda filled: filled.of("used_coupon")},
    "DELETE /v1/earning-rules/{code}": {"code": lambda filled: "unused"},
    "DELETE /v1/unmatched-returns/{return_id}/dismissal": {
        "return_id": lambda filled: filled.ground.common["dismissed"],
    },
    "PUT /v1/tiers": {"if-match": lambda filled: filled.ground.common["tiers"]["scheme"]["version"]},
    "PUT /v1/checkout/policies": {"if-match": lambda filled: filled.ground.common["policies"]},
    "DELETE /v1/benefits/{benefit}": {"benefit": lambda filled: "unused"},
    "PUT /v1/staff/roles/{code}": {"code": lambda filled: "viewer"},
    "DELETE /v1/staff/roles/{code}": {"code": lambda filled: "viewer"},
    "PUT /v1/custom-fields/{key}": {"key": lambda filled: "shoe_size"},
}

BODIES: Mapping[str, Callable[[Filled], Any]] = {
    "POST /v1/members": lambda filled: {
        "phone": "15400009999",
        "name": "新人",
        "source": {"store_id": filled.of("store"), "employee_id": filled.of("employee")},
    },
    "PATCH /v1/members/{member}": lambda filled: {"name": "改名"},
    "POST /v1/members/{member}/unmask": lambda filled: {"fields": ["name"], "reason": "because"},
    "POST /v1/ledger/adjustments/{adjustment}/approve": lambda filled: {},
    "POST /v1/orders": _order,
    "POST /v1/orders/batch": lambda filled: {"orders": [_order(filled)]},
    "POST /v1/checkout/commit": _order,
    "POST /v1/checkout/quote": _cart,
    "POST /v1/checkout/hold": lambda filled: {"number": "new-cart-1", "cart": _cart(filled)},
    "POST /v1/checkout/cancel": lambda filled: {
        "source": "till",
        "number": filled.of("cart"),
        "store": PEOPLE[filled.person].store,
    },
    "POST /v1/checkout/refund": _back,
    "POST /v1/checkout/refund/preview": _back,
    "POST /v1/coupons/{code}/redeem": lambda filled: {
        "store": _store_code(filled),
        "member": str(filled.of("member")),
    },
    "POST /v1/coupons/batch": lambda filled: {
        "items": [{"member": str(filled.of("member")), "template": "ten-off", "reason": "because", "key": "new-1"}]
    },
    "POST /v1/coupon-gifts/preview": lambda filled: {"template": "ten-off", "members": [str(filled.of("member"))]},
    "POST /v1/coupon-gifts": lambda filled: {
        "template": "ten-off",
        "reason": "because",
        "members": [str(filled.of("member"))],
    },
    "POST /v1/coupon-templates/preview": lambda filled: {"terms": OFF_TEN},
    "PUT /v1/coupon-templates/{code}/draft": lambda filled: {"terms": OFF_TEN},
    "PUT /v1/coupon-templates/{code}/issuing": lambda filled: {"issuing": {}},
    "PUT /v1/coupon-stacking": lambda filled: {"stacking": {}},
    "POST /v1/coupon-stacking/try": lambda filled: {"templates": ["ten-off"]},
    "POST /v1/products/batch": lambda filled: {"products": [{"code": "P-2", "name": "杯"}]},
    "PUT /v1/import-mappings/{code}": lambda filled: _mapping(),
    "POST /v1/earning-rules": lambda filled: {"code": "summer", "name": {"zh": "夏", "en": "Summer"}},
    "PUT /v1/earning-rules/{code}": lambda filled: {"name": {"zh": "春天", "en": "Springtime"}},
    "POST /v1/earning-rules/{code}/copies": lambda filled: {"code": "copied", "name": {"zh": "副本", "en": "Copy"}},
    "POST /v1/conditions/check": lambda filled: {"scope": "earning", "condition": loads(CONDITION)},
    "PUT /v1/tiers": lambda filled: wanted_tiers(filled.ground.common["tiers"]),
    "POST /v1/activities": _activity,
    "POST /v1/activities/batch": lambda filled: {"activities": [_activity(filled)]},
    "POST /v1/ledger/maturities": lambda filled: {
        "member": str(filled.of("member")),
        "currency": "points",
        "lot_no": filled.of("lot_no"),
    },
    "POST /v1/ledger/batches": lambda filled: {
        "items": [
            {"do": "debit", "key": "k-1", "member": str(filled.of("member")), "currency": "points", "amount": 1},
        ]
    },
    "POST /v1/ledger/merge-undos": lambda filled: {
        "member": str(filled.of("member")),
        "operation": filled.of("operation"),
        "reason": "because",
    },
    "POST /v1/ledger/currencies": lambda filled: _currency() | {"code": "stamps", "kind": "stamps"},
    "PUT /v1/ledger/currencies/{currency}": lambda filled: _currency(),
    "PUT /v1/members/{member}/manager": lambda filled: {"employee_id": filled.of("employee"), "reason": "because"},
    "PUT /v1/session/settings/{key}": lambda filled: {"value": {"step": 1}},
    "POST /v1/views": lambda filled: {"list": "members", "name": "Name", "content": {}},
    "PUT /v1/views/arrangement": lambda filled: {"list": "members"},
    "POST /v1/bulk-acts/preview": _bulk,
    "POST /v1/bulk-acts": lambda filled: {**_bulk(filled), "members_seen": 1},
    "POST /v1/exports": lambda filled: {"list": "members", "reason": "because"},
    "POST /v1/members/{member}/family": lambda filled: {"member": filled.second_partner(), "role": "sibling"},
    "PUT /v1/members/{member}/inviter": lambda filled: {"member": filled.partner()},
    "POST /v1/members/attributions": lambda filled: {
        "members": [str(filled.of("member"))],
        "employee_id": filled.of("employee"),
        "reason": "because",
    },
    **{
        f"{verb} /v1/members/{{member}}/notes{end}": lambda filled, body=body: body
        for verb, end, body in (
            ("POST", "", {"text": "as it was asked"}),
            ("PUT", "/{note_id}", {"text": "as it was asked", "version": 1}),
            ("PUT", "/{note_id}/pin", {"is_pinned": True}),
        )
    },
    "POST /v1/demo/switch": lambda filled: {"to": "empty", "confirm": "another name"},
    "POST /v1/members/{member}/follow-ups": lambda filled: {
        "text": "as it was asked",
        "due_at": clock.now().isoformat(),
    },
    "PUT /v1/members/{member}/follow-ups/{follow_up_id}": lambda filled: {
        "text": "as it was asked",
        "due_at": clock.now().isoformat(),
        "assignee_id": filled.ground.common["user_id"],
        "version": 1,
    },
    "PUT /v1/members/{member}/follow-ups/{follow_up_id}/state": lambda filled: {"state": "done"},
    "PUT /v1/requests/{request_id}/assignment": lambda filled: {"to": f"staff:{filled.ground.common['user_id']}"},
    "POST /v1/requests/{request_id}/correction": lambda filled: {
        "version": filled.ground.own[filled.person]["version"],
        "name": "改名",
    },
    "POST /v1/requests/{request_id}/erasure": lambda filled: {
        "confirm": filled.of("number"),
        "told_points_lost": True,
    },
    "POST /v1/benefits": lambda filled: {"code": "tea", **benefit()},
    "PUT /v1/benefits/{benefit}": lambda filled: benefit(),
    "POST /v1/session": lambda filled: {"username": "nobody", "password": "nothing that anybody has"},
    "PUT /v1/custom-fields/order": lambda filled: {"keys": ["shoe_size"]},
    "POST /v1/members/{member}/identities": lambda filled: {"kind": "card", "value": "CARD-NEW-1"},
    "PUT /v1/consent/purposes/{code}": lambda filled: {
        "name": {"zh": "营销", "en": "Marketing"},
        "basis": "consent",
        "kinds": ["phone"],
        "channels": ["sms"],
        "notice_code": "marketing",
    },
    "POST /v1/consent/notices/{code}/publication": lambda filled: {"version": 1, "confirm": "marketing 1"},
    "PUT /v1/members/{member}/consents": lambda filled: {
        "answers": [{"purpose": "marketing", "channel": "sms", "kind": "given"}],
        "evidence": {"how": "screen", "hand": "member"},
    },
}

# Calls about members that an administrator cannot bring to a success here, and why: (status, reason).
OTHERWISE: Mapping[str, tuple[int, str]] = {
    "POST /v1/ledger/merge-undos": (404, "no merge of accounts alone stands in this ledger"),
    "POST /v1/ledger/merges": (409, "holds are open"),
    "POST /v1/merges": (409, "holds are open"),
    "POST /v1/demo/switch": (409, "the shop is real"),
    "PUT /v1/members/{member}/follow-ups/{follow_up_id}": (422, "who signed up last sees no members"),
    "GET /v1/ledger/members/{member}/proof": (404, "no root was made yet"),
    "DELETE /v1/members/{member}/legal-hold": (404, "nobody's data is held"),
    "GET /v1/requests/{request_id}/copy/file": (409, "the copy is not made yet"),
    "PUT /v1/members/{member}/consents": (409, "no notice was published"),
    "PUT /v1/members/{member}/guardian": (409, "the guardian has not answered"),
}

# Routes that answer item by item: those of people out of sight are refused one by one, and the request itself is kept.
ITEMWISE: Mapping[str, frozenset[str]] = {
    "POST /v1/activities/batch": frozenset({"audit", "idempotency"}),
    "POST /v1/ledger/batches": frozenset({"audit", "idempotency"}),
    "POST /v1/coupons/batch": frozenset({"audit", "idempotency"}),
    "POST /v1/coupon-templates/{code}/tickets": frozenset({"audit", "idempotency"}),
    "POST /v1/coupon-templates/{code}/draws/{round}/entries": frozenset({"audit", "idempotency"}),
}

# Routes that answer about members whom the caller does not see, and why that is right.
OPEN: Mapping[str, str] = {
    "POST /v1/orders": "a till records the orders of its own store, whoever buys, and prints their balance",
    "POST /v1/orders/batch": "the same; the answer names orders, not members",
    "POST /v1/checkout/commit": "the same as an order",
    "POST /v1/checkout/quote": "a till tells its customer what the points pay, before they pay",
    "POST /v1/checkout/hold": "the same cart, set aside under the number of its order",
    "POST /v1/checkout/cancel": "the same cart, given up by the store that set it aside",
    "POST /v1/coupons/{code}/redeem": "a till redeems in its own store whatever is shown to it",
    "GET /v1/coupons/redemptions": "a store sees what it has redeemed itself",
    "POST /v1/coupons/{code}/undo-redemption": "and takes back what was redeemed in its own store",
    "POST /v1/checkout/refund/preview": "the same refund, seen before it is done",
    "POST /v1/checkout/refund": "goods come back to any store, whoever bought them and wherever",
}
