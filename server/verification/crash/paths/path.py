"""What a path is: how the ground is prepared, what is done, and what is there afterwards."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..asking import Answer
from ..program import KEY, Program

Step = Callable[[Program], Awaitable[None]]
Act = Callable[[Program], Awaitable[Answer | None]]


# Whether an answer says that it is a repeat (None: it never says), and its body but for that.
Repeat = Callable[[Answer], tuple[bool | None, Any]]


def by_header(answer: Answer) -> tuple[bool | None, Any]:
    """As nearly all answers say it."""
    return answer.is_replay, answer.body


OF_RECORD = (
    "audit", "event", "idempotency", "ledger_adjustment", "ledger_allocation", "ledger_entry", "ledger_hold",
    "ledger_lot", "ledger_operation", "ledger_root", "ledger_root_head", "sales_order", "tier_change",
)  # fmt: skip


async def nothing(_: Program) -> None:
    """No preparation beyond the shop itself."""


@dataclass(frozen=True, kw_only=True)
class Path:
    """One path that moves value.

    `act` is what is swept, and bears being done again with the same key; `repeat` says how an answer shows that it is a
    repeat, and what of its body every attempt has in common. `status` is the answer's; None where nobody
    is answered. `grows`: how many rows an undisturbed run adds, for each table of record; all others must not grow.
    `accounts`: (member, currency) → version, available, pending, held, debt, afterwards. `is_atomic`: all of it is one
    transaction, so that a crash leaves the state before or the state after, and no other.
    """

    name: str
    act: Act
    repeat: Repeat = by_header
    grows: Mapping[str, int]
    accounts: Mapping[tuple[int, str], tuple[int, int, int, int, int]]
    set_up: Step = nothing
    status: int | None = 201
    is_atomic: bool = True
    tables: tuple[str, ...] = OF_RECORD


def post(path: str, body: Mapping[str, Any]) -> Act:
    """A POST with the one key of the run."""

    async def act(program: Program) -> Answer:
        return await program.ask("POST", path, dict(body), key=KEY)

    return act
