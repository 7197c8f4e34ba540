"""Adjustments by hand above a limit: one person asks, another one agrees."""

from ..asking import Answer
from ..program import KEY, Program
from .path import Path, post

_CURRENCY = {
    "code": "bonus",
    "kind": "points",
    "name_zh": "奖励",
    "name_en": "Bonus",
    "expiry": {"kind": "none"},
    "approval_above": 1_000,
}
_WISH = {"member": "1", "currency": "bonus", "amount": 5_000, "reason": "campaign"}


async def _a_limit(program: Program) -> None:
    await program.done("/v1/members", {"phone": "13800000001"})
    await program.done("/v1/ledger/currencies", _CURRENCY)


async def _a_wish(program: Program) -> None:
    await _a_limit(program)
    await program.done("/v1/ledger/adjustments", _WISH, key="earlier-1")


async def _agree(program: Program) -> Answer:
    return await program.ask("POST", "/v1/ledger/adjustments/1/approve", {}, key=KEY, who=1)


PATHS = (
    Path(
        name="adjustment that waits for a second person",
        set_up=_a_limit,
        act=post("/v1/ledger/adjustments", _WISH),
        # What waits is answered as it is now, and not as a repeat.
        repeat=lambda answer: (None, answer.body),
        status=202,
        grows={"audit": 1, "ledger_adjustment": 1},
        accounts={},
    ),
    Path(
        name="second person's agreement",
        set_up=_a_wish,
        act=_agree,
        status=200,
        grows={"audit": 1, "event": 1, "idempotency": 1, "ledger_entry": 1, "ledger_lot": 1, "ledger_operation": 1},
        accounts={(1, "bonus"): (1, 5_000, 0, 0, 0)},
    ),
)
