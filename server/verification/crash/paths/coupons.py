"""Coupons: claimed, redeemed alone and taken back, exchanged, voided, given away, used by an order and refunded."""

from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Any

from shuke.foundation import organization
from shuke.loyalty.coupons.testing import OFF_TEN, a_coupon, a_template, take
from shuke.platform import clock
from shuke.platform.db import Session, raw

from ..program import Program
from .path import OF_RECORD, Path, Step, post

_TABLES = (
    *OF_RECORD,
    *("coupon", "coupon_budget_room", "coupon_claim", "coupon_code", "coupon_move", "coupon_transfer", "coupon_use"),
)
_ISSUING = {
    "stock": 5,
    "limits": [{"most": 1}],
    "budgets": [{"counts": "discount", "period": "month", "limit": 5_000}],
    "claiming": {"is_open": True},
}
_TERMS = {**OFF_TEN, "transfer": {"is_allowed": True}, "on_refund": {"whole": "give_back"}}
_CODE, _TOKEN = "PATH1", "the-token"
_WRITES = {"audit": 1, "idempotency": 1}
_MEMBER = {"phone": "13800000001"}
_REDEEM = (f"/v1/coupons/{_CODE}/redeem", {"store": "n1", "source": "till", "number": "C-1"})
_ORDER = {
    "source": "till",
    "number": "S-1",
    "placed_at": "2026-03-02T10:00:00+08:00",
    "store": "n1",
    "member": _MEMBER,
    "coupons": [_CODE],
    "lines": [{"product": "tea", "name": "Tea", "quantity": "1", "amount_minor": 60_000}],
}
_EARLIER = {**_ORDER, "number": "S-0", "coupons": []}
_REFUND = {
    "source": "till",
    "number": "R-1",
    "refund_of": "S-1",
    "placed_at": "2026-03-02T11:00:00+08:00",
    "is_whole": True,
}


def _prepared(*requests: tuple[str, Mapping[str, Any]], holder: int | None = 1, is_offered: bool = False) -> Step:
    """Two members, a store, a template, a coupon of the holder (0: of nobody, None: none), and earlier requests."""

    async def set_up(program: Program) -> None:
        for number in (1, 2):
            await program.done("/v1/members", {"phone": f"1380000000{number}"})
        async with program.installation.database.transaction() as session:
            await organization.ensure_stores(session, [organization.NewStore(code="n1", name="n1")])
            template_id = await a_template(session, "ten-off", _TERMS, _ISSUING)
            if holder is not None:
                # Orders of the morning may use it.
                since = clock.now() - timedelta(days=1)
                await a_coupon(session, holder, template_id, code=_CODE, valid_from=since)
            if is_offered:
                await _offer(session)
        for path, body in requests:
            await program.done(path, dict(body))

    return set_up


async def _offer(session: Session) -> None:
    """As the holder's offer leaves it, with a token that is known here."""
    until = clock.now() + timedelta(days=2)
    assert await take(session, "locked", _CODE, locked_until=until, channel="transfer")
    await (await raw(session)).execute(
        "insert into coupon_transfer (member_id, coupon_id, token_hash, state, offered_at, until) "
        "select member_id, coupon_id, $2, 'offered', $3, $4 from coupon_code where code = $1",
        _CODE,
        sha256(_TOKEN.encode()).digest(),
        clock.now(),
        until,
    )


def _path(name: str, request: tuple[str, Mapping[str, Any]], set_up: Step, **facts: Any) -> Path:
    grows, accounts = {**_WRITES, **facts.pop("grows")}, facts.pop("accounts", {})
    path, body = request
    return Path(name=name, act=post(path, body), set_up=set_up, tables=_TABLES, grows=grows, accounts=accounts, **facts)


_MADE = {"coupon": 1, "coupon_code": 1, "coupon_move": 1, "event": 1}
_EARNED = {"ledger_entry": 2, "ledger_operation": 1, "sales_order": 1}

PATHS = (
    _path(
        "coupon claimed",
        ("/v1/coupon-templates/ten-off/claims", {"member": "1"}),
        _prepared(holder=None),
        grows={**_MADE, "coupon_claim": 1},
    ),
    _path(
        "coupon redeemed alone",
        _REDEEM,
        _prepared(),
        grows={"coupon_budget_room": 1, "coupon_move": 1, "event": 1},
    ),
    _path(
        "redemption of a coupon taken back",
        (f"/v1/coupons/{_CODE}/undo-redemption", {"reason": "mistake"}),
        _prepared(_REDEEM),
        status=200,
        grows={"coupon_move": 1, "event": 1},
    ),
    _path(
        "printed code exchanged",
        ("/v1/coupons/exchange", {"member": "1", "code": _CODE}),
        _prepared(holder=0),
        grows={**_MADE, "coupon_claim": 1, "coupon_move": 2, "event": 2},
    ),
    _path(
        "coupon voided",
        (f"/v1/coupons/{_CODE}/void", {"reason": "mistake"}),
        _prepared(),
        status=204,
        grows={"coupon_move": 1, "event": 1},
    ),
    _path(
        "offered coupon accepted",
        ("/v1/coupon-transfers/accept", {"token": _TOKEN, "member": "2"}),
        _prepared(is_offered=True),
        status=200,
        grows={**_MADE, "coupon_move": 3, "event": 2},
    ),
    _path(
        "order that uses a coupon",
        ("/v1/orders", _ORDER),
        _prepared(("/v1/orders", _EARLIER)),
        grows={
            **_EARNED,
            "coupon_budget_room": 1,
            "coupon_move": 1,
            "coupon_use": 1,
            "event": 4,
            "ledger_lot": 2,
        },
    ),
    _path(
        "refund of an order that used a coupon",
        ("/v1/checkout/refund", _REFUND),
        _prepared(("/v1/orders", _EARLIER), ("/v1/orders", _ORDER)),
        grows={**_EARNED, "coupon_move": 1, "event": 4, "ledger_allocation": 2},
    ),
)
