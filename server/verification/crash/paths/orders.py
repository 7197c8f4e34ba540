"""Orders and refunds of a till, and what comes due for everybody at night."""

from datetime import timedelta

from shuke.loyalty import checkout

from ..asking import Answer
from ..program import OPENING, Program, set_clock
from .path import Path, post

_ORDER = {
    "source": "till",
    "number": "S-1",
    "placed_at": "2026-03-02T10:00:00+08:00",
    "store": "n1",
    "member": {"phone": "13800000001"},
    "lines": [{"product": "tea", "name": "Tea", "quantity": "1", "amount_minor": 60_000}],
}
_REFUND = {
    **_ORDER,
    "kind": "refund",
    "number": "R-1",
    "placed_at": "2026-03-02T11:00:00+08:00",
    "refund_of": "S-1",
    "lines": [{"product": "tea", "quantity": "0.5", "amount_minor": 30_000}],
}


async def _sale(program: Program) -> None:
    await program.done("/v1/orders", _ORDER)


async def _sale_of_last_autumn(program: Program) -> None:
    await program.done("/v1/orders", {**_ORDER, "placed_at": "2026-03-01T10:00:00+08:00"})
    await set_clock(program, OPENING + timedelta(days=250))


async def _bring_forward(program: Program) -> Answer | None:
    await checkout.bring_forward(program.installation.worker_database)
    return None


PATHS = (
    Path(
        name="sale of a new member",
        act=post("/v1/orders", _ORDER),
        grows={
            "audit": 1,
            "event": 5,
            "idempotency": 1,
            "ledger_entry": 2,
            "ledger_lot": 2,
            "ledger_operation": 1,
            "sales_order": 1,
            "tier_change": 1,
        },
        accounts={(1, "points"): (1, 600, 0, 0, 0), (1, "growth"): (1, 600, 0, 0, 0)},
    ),
    Path(
        name="refund of a part",
        set_up=_sale,
        act=post("/v1/orders", _REFUND),
        grows={
            "audit": 1,
            "event": 3,
            "idempotency": 1,
            "ledger_allocation": 2,
            "ledger_entry": 2,
            "ledger_operation": 1,
            "sales_order": 1,
        },
        accounts={(1, "points"): (2, 300, 0, 0, 0), (1, "growth"): (2, 300, 0, 0, 0)},
    ),
    Path(
        name="what comes due: expiry and levels",
        set_up=_sale_of_last_autumn,
        act=_bring_forward,
        status=None,
        # First the ledger's part of it, then the levels'.
        is_atomic=False,
        grows={"event": 3, "ledger_allocation": 1, "ledger_entry": 1, "ledger_operation": 1, "tier_change": 2},
        accounts={(1, "points"): (2, 0, 0, 0, 0), (1, "growth"): (1, 600, 0, 0, 0)},
    ),
)
