"""Checkout: points that pay, carts that are set aside, refunds in every shape, limits, activities, gifts."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from shuke.loyalty import earning
from shuke.platform.actor import SYSTEM
from shuke.platform.i18n import LocalName

from ..program import Program
from .path import OF_RECORD, Path, Step, post

_MEMBER = {"phone": "13800000001"}
_LINES = [{"product": "tea", "quantity": "1", "unit_price": "600"}]
_PAYING = {"points_payment": {"is_on": True, "points": 100, "worth_minor": 100}}
_EARLIER = {
    "source": "till",
    "number": "S-0",
    "placed_at": "2026-03-02T09:00:00+08:00",
    "member": _MEMBER,
    "lines": _LINES,
}
_PAID = {**_EARLIER, "number": "S-1", "placed_at": "2026-03-02T10:00:00+08:00", "points": 200}
_REFUND = {"source": "till", "number": "R-1", "refund_of": "S-1", "placed_at": "2026-03-02T11:00:00+08:00"}
_BY_LINES = {**_REFUND, "lines": [{"product": "tea", "quantity": "0.5"}]}
_CART = {"source": "till", "member": _MEMBER, "lines": _LINES, "points": 200}
_HOLD = {"number": "S-1", "cart": _CART}
_CHECK_IN = {
    "source": "app",
    "key": "a-1",
    "kind": "check_in",
    "member": "phone:13800000001",
    "occurred_at": "2026-03-02T10:00:00+08:00",
}
_GIFT = {
    "code": "cake",
    "name": {"zh": "蛋糕", "en": "Cake"},
    "what": {"kind": "birthday_gift", "gift": {"kind": "points", "currency": "points", "amount": 50}},
}
_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
_TABLES = (
    *OF_RECORD,
    *("activity", "activity_award", "benefit_entitlement", "checkout_hold", "order_award", "waiting_refund"),
    *("earning_budget_use", "earning_cap_use"),
)
_WRITES = {"audit": 1, "idempotency": 1}
POINTS, GROWTH = (1, "points"), (1, "growth")


def _prepared(*requests: tuple[str, Mapping[str, Any]]) -> Step:
    """A shop that takes points, a member with 600 of them, and requests that were answered."""

    async def set_up(program: Program) -> None:
        answer = await program.ask("PUT", "/v1/checkout/policies", _PAYING)
        if answer.status != 200:
            raise RuntimeError(str(answer))
        await program.done("/v1/orders", _EARLIER)
        for path, body in requests:
            await program.done(path, body)

    return set_up


def _with_rule(code: str, definition: dict[str, Any]) -> Step:
    """The same, and a rule that has always been in force."""

    async def set_up(program: Program) -> None:
        await _prepared()(program)
        async with program.installation.database.transaction() as session:
            await earning.publish_definition(
                session,
                code=code,
                name=LocalName("加赠", "Bonus"),
                definition=definition,
                effective_from=_LONG_AGO,
                actor=SYSTEM,
            )

    return set_up


_CHECK_IN_RULE = {"activity": "check_in", "branches": [{"effects": [{"kind": "fixed", "points": 10}]}]}
_LIMITED_RULE = {
    "branches": [{"effects": [{"kind": "fixed", "points": 50}]}],
    "caps": [{"counts": "amount", "period": "day", "limit": 40}],
    "budgets": [{"counts": "amount", "period": "month", "limit": 1_000}],
}


def _till(name: str, request: tuple[str, Mapping[str, Any]], set_up: Step, **facts: Any) -> Path:
    grows = {**_WRITES, **facts.pop("grows")}
    path, body = request
    return Path(name=name, act=post(path, body), set_up=set_up, tables=_TABLES, grows=grows, **facts)


_COMMIT = ("/v1/checkout/commit", _PAID)
_MOVED_HELD = {"event": 1, "ledger_allocation": 1, "ledger_entry": 1, "ledger_operation": 1}
_REFUNDED = {"event": 4, "ledger_allocation": 3, "ledger_entry": 3, "ledger_operation": 2, "sales_order": 1}
# Of 598 earned, 299 are left, and half of the 200 points that paid are back.
_HALF_BACK = {POINTS: (5, 799, 0, 0, 0), GROWTH: (3, 899, 0, 0, 0)}

PATHS = (
    _till(
        "hold of a cart",
        ("/v1/checkout/hold", _HOLD),
        _prepared(),
        status=200,
        grows={**_MOVED_HELD, "checkout_hold": 1, "ledger_hold": 1},
        accounts={POINTS: (2, 400, 0, 200, 0)},
    ),
    _till(
        "cancelling of a cart",
        ("/v1/checkout/cancel", {"source": "till", "number": "S-1"}),
        _prepared(("/v1/checkout/hold", _HOLD)),
        status=200,
        grows=_MOVED_HELD,
        accounts={POINTS: (3, 600, 0, 0, 0)},
    ),
    _till(
        "checkout commit with points and a hold",
        _COMMIT,
        _prepared(("/v1/checkout/hold", _HOLD)),
        grows={
            "event": 4,
            "ledger_allocation": 1,
            "ledger_entry": 3,
            "ledger_lot": 2,
            "ledger_operation": 2,
            "order_award": 2,
            "sales_order": 1,
        },
        accounts={POINTS: (4, 998, 0, 0, 0), GROWTH: (2, 1_198, 0, 0, 0)},
    ),
    _till(
        "refund by lines",
        ("/v1/checkout/refund", _BY_LINES),
        _prepared(_COMMIT),
        grows=_REFUNDED,
        accounts=_HALF_BACK,
    ),
    _till(
        "refund by amount with points given back",
        ("/v1/checkout/refund", {**_REFUND, "amount_minor": 30_000}),
        _prepared(_COMMIT),
        grows=_REFUNDED,
        accounts=_HALF_BACK,
    ),
    _till(
        "refund that waits",
        ("/v1/checkout/refund", _BY_LINES),
        _prepared(),
        status=202,
        grows={"waiting_refund": 1},
        accounts={POINTS: (1, 600, 0, 0, 0)},
    ),
    _till(
        "order that a refund waited for",
        _COMMIT,
        _prepared(("/v1/checkout/refund", _BY_LINES)),
        grows={
            "event": 8,
            "ledger_allocation": 4,
            "ledger_entry": 6,
            "ledger_lot": 2,
            "ledger_operation": 4,
            "order_award": 2,
            "sales_order": 2,
            "waiting_refund": -1,
        },
        accounts=_HALF_BACK,
    ),
    _till(
        "activity",
        ("/v1/activities", _CHECK_IN),
        _with_rule("check-in", _CHECK_IN_RULE),
        grows={
            "activity": 1,
            "activity_award": 1,
            "event": 2,
            "ledger_entry": 1,
            "ledger_lot": 1,
            "ledger_operation": 1,
        },
        accounts={POINTS: (2, 610, 0, 0, 0), GROWTH: (1, 600, 0, 0, 0)},
    ),
    _till(
        "sale under a capped rule and a budget",
        ("/v1/orders", {**_PAID, "points": 0}),
        _with_rule("spring", _LIMITED_RULE),
        grows={
            "earning_budget_use": 1,
            "earning_cap_use": 1,
            "event": 4,
            "ledger_entry": 3,
            "ledger_lot": 3,
            "ledger_operation": 1,
            "order_award": 3,
            "sales_order": 1,
        },
        # Of the rule's 50 the cap lets 40 pass.
        accounts={POINTS: (3, 1_240, 0, 0, 0), GROWTH: (2, 1_200, 0, 0, 0)},
    ),
    _till(
        "benefit grant",
        ("/v1/members/1/benefits", {"benefit": "cake", "reason": "thanks"}),
        _prepared(("/v1/benefits", _GIFT)),
        grows={"benefit_entitlement": 1, "event": 2, "ledger_entry": 1, "ledger_lot": 1, "ledger_operation": 1},
        accounts={POINTS: (2, 650, 0, 0, 0)},
    ),
)
