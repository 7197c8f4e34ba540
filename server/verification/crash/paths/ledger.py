"""The ledger's own verbs, over HTTP: one member, or two, with some points."""

from collections.abc import Mapping
from typing import Any

from ..program import Program
from .path import Path, Step, post

FIRST, SECOND = (1, "points"), (2, "points")
_WRITES = {"audit": 1, "ledger_operation": 1, "ledger_entry": 1, "event": 1}
_OF_POINTS = {"member": "1", "currency": "points"}


def prepared(*requests: tuple[str, Mapping[str, Any]], members: int = 1) -> Step:
    """Members who have just joined, and requests that were answered, each with a key of its own: `earlier-1` …"""

    async def set_up(program: Program) -> None:
        for number in range(1, members + 1):
            await program.done("/v1/members", {"phone": f"1380000000{number}"})
        for number, (verb, body) in enumerate(requests, 1):
            await program.done(f"/v1/ledger/{verb}", {**body}, key=f"earlier-{number}")

    return set_up


def points(**facts: Any) -> dict[str, Any]:
    """The body of a request about the first member's points."""
    return {**_OF_POINTS, **facts}


HUNDRED = ("credits", points(amount=100, reason="gift"))
HELD_FORTY = ("holds", points(amount=40, minutes=30))
SPENT_THIRTY = ("debits", points(amount=30, reason="cup"))
SHIPPING = ("credits", points(amount=100, reason="order", matures_on="shipped"))
GIVEN_THIRTY = (
    "transfers",
    {"from_member": "1", "to_member": "2", "currency": "points", "amount": 30, "reason": "family"},
)
OPERATION = "staff:2:earlier-2"


def ledger_path(
    name: str,
    verb: str,
    body: Mapping[str, Any],
    *earlier: tuple[str, Mapping[str, Any]],
    accounts: Mapping[tuple[int, str], tuple[int, int, int, int, int]],
    members: int = 1,
    status: int = 201,
    **grows: int,
) -> Path:
    """A path that is one POST of the ledger; `grows` adds to what every write adds."""
    return Path(
        name=name,
        set_up=prepared(*earlier, members=members),
        act=post(f"/v1/ledger/{verb}", body),
        status=status,
        grows={table: rows for table, rows in {**_WRITES, **grows}.items() if rows},
        accounts=accounts,
    )


PATHS: tuple[Path, ...] = (
    ledger_path(
        "credit", "credits", points(amount=100, reason="gift"), accounts={FIRST: (1, 100, 0, 0, 0)}, ledger_lot=1
    ),
    ledger_path(
        "credit that waits for an event",
        "credits",
        points(amount=100, reason="order", matures_on="shipped"),
        accounts={FIRST: (1, 0, 100, 0, 0)},
        ledger_lot=1,
    ),
    ledger_path(
        "debit",
        "debits",
        points(amount=30, reason="cup"),
        HUNDRED,
        accounts={FIRST: (2, 70, 0, 0, 0)},
        ledger_allocation=1,
    ),
    ledger_path(
        "hold",
        "holds",
        points(amount=40, minutes=30),
        HUNDRED,
        accounts={FIRST: (2, 60, 0, 40, 0)},
        ledger_allocation=1,
        ledger_hold=1,
    ),
    ledger_path(
        "capture of a part",
        "captures",
        points(hold_no=1, amount=25, release_rest=True),
        HUNDRED,
        HELD_FORTY,
        # Used and given free are entries of their own.
        accounts={FIRST: (4, 75, 0, 0, 0)},
        ledger_entry=2,
        ledger_allocation=2,
        event=2,
    ),
    ledger_path(
        "release",
        "releases",
        points(hold_no=1),
        HUNDRED,
        HELD_FORTY,
        accounts={FIRST: (3, 100, 0, 0, 0)},
        ledger_allocation=1,
    ),
    ledger_path(
        "mature",
        "maturities",
        points(event="shipped"),
        SHIPPING,
        accounts={FIRST: (2, 100, 0, 0, 0)},
        ledger_allocation=1,
    ),
    ledger_path(
        "cancel",
        "cancellations",
        points(lot_no=1, amount=60),
        SHIPPING,
        accounts={FIRST: (2, 0, 40, 0, 0)},
        ledger_allocation=1,
    ),
    ledger_path(
        "adjust",
        "adjustments",
        points(amount=-20, reason="counted twice"),
        HUNDRED,
        accounts={FIRST: (2, 80, 0, 0, 0)},
        ledger_allocation=1,
    ),
    ledger_path(
        "transfer",
        "transfers",
        GIVEN_THIRTY[1],
        HUNDRED,
        members=2,
        accounts={FIRST: (2, 70, 0, 0, 0), SECOND: (1, 30, 0, 0, 0)},
        ledger_operation=2,
        ledger_entry=2,
        ledger_lot=1,
        ledger_allocation=1,
        event=2,
    ),
    ledger_path(
        "reversal of a part",
        "reversals",
        points(operation=OPERATION, amount=10, reason="returned"),
        HUNDRED,
        SPENT_THIRTY,
        accounts={FIRST: (3, 80, 0, 0, 0)},
        ledger_allocation=1,
    ),
    ledger_path(
        "reversal of a transfer",
        "reversals",
        points(operation=OPERATION, amount=20, reason="not family"),
        HUNDRED,
        GIVEN_THIRTY,
        members=2,
        accounts={FIRST: (3, 90, 0, 0, 0), SECOND: (2, 10, 0, 0, 0)},
        ledger_operation=2,
        ledger_entry=2,
        ledger_allocation=2,
        event=2,
    ),
    ledger_path(
        "reversal",
        "reversals",
        points(operation=OPERATION, reason="returned"),
        HUNDRED,
        SPENT_THIRTY,
        accounts={FIRST: (3, 100, 0, 0, 0)},
        ledger_allocation=1,
    ),
    ledger_path(
        "merge",
        "merges",
        {"from_member": "1", "into_member": "2", "reason": "same person"},
        HUNDRED,
        members=2,
        accounts={FIRST: (2, 0, 0, 0, 0), SECOND: (1, 100, 0, 0, 0)},
        ledger_operation=2,
        ledger_entry=2,
        ledger_lot=1,
        ledger_allocation=1,
        event=2,
    ),
    ledger_path(
        "undoing of a merge",
        "merge-undos",
        {"member": "1", "operation": OPERATION, "reason": "two persons after all"},
        HUNDRED,
        ("merges", {"from_member": "1", "into_member": "2", "reason": "same person"}),
        members=2,
        accounts={FIRST: (3, 100, 0, 0, 0), SECOND: (2, 0, 0, 0, 0)},
        ledger_operation=2,
        ledger_entry=2,
        ledger_allocation=2,
        event=2,
    ),
)
