"""What the ledger does to sets of accounts: batches, what comes due by itself, signed roots."""

from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from shuke.loyalty import ledger
from shuke.loyalty.ledger.verify.jobs import make_nightly_root

from ..asking import Answer
from ..program import KEY, OPENING, Program, set_clock
from .path import Path, Step

_ZONE = ZoneInfo("Asia/Shanghai")


def _asked(member_id: int, act: ledger.Act, key: str) -> ledger.Instruction:
    return ledger.Instruction(
        member_id=member_id,
        currency="points",
        act=act,
        key=key,
        actor="system:0",
        request_hash=sha256(key.encode()).digest(),
    )


def _prepared(*acts: tuple[int, ledger.Act], later: timedelta = timedelta(0)) -> Step:
    """Two members, what is done to their points one after another, and the clock moved on."""

    async def set_up(program: Program) -> None:
        for number in (1, 2):
            await program.done("/v1/members", {"phone": f"1380000000{number}"})
        for number, (member_id, act) in enumerate(acts):
            async with program.installation.database.transaction() as session:
                await ledger.perform(session, _asked(member_id, act, f"earlier-{number}"), _ZONE)
        await set_clock(program, OPENING + later)

    return set_up


_BATCH = {
    "items": [
        {"do": "credit", "key": f"{KEY}-1", "member": "1", "currency": "points", "amount": 100, "reason": "gift"},
        {"do": "debit", "key": f"{KEY}-2", "member": "1", "currency": "points", "amount": 30, "reason": "cup"},
        {"do": "credit", "key": f"{KEY}-3", "member": "2", "currency": "points", "amount": 100, "reason": "gift"},
    ]
}


async def _send_batch(program: Program) -> Answer:
    # Each item has a key of its own; the request has none.
    return await program.ask("POST", "/v1/ledger/batches", _BATCH)


def _by_items(answer: Answer) -> tuple[bool | None, Any]:
    results = answer.body["results"]
    statuses = {result.pop("status") for result in results}
    return (None if len(statuses) > 1 else statuses == {"replayed"}), results


async def _do_due(program: Program) -> Answer | None:
    await ledger.do_due(program.installation.worker_database)
    return None


async def _make_root(_: Program) -> Answer | None:
    # The night's job: it makes one for each day, however often it is begun.
    await make_nightly_root()
    return None


_ENDING = ledger.Credit(amount=100, terms=ledger.Terms(expires_on=date(2026, 3, 10)))
_WAITING = ledger.Credit(amount=50, terms=ledger.Terms(available_on=date(2026, 3, 5)))

PATHS = (
    Path(
        name="batch",
        set_up=_prepared(),
        act=_send_batch,
        repeat=_by_items,
        status=200,
        grows={
            "audit": 1,
            "event": 3,
            "ledger_allocation": 1,
            "ledger_entry": 3,
            "ledger_lot": 2,
            "ledger_operation": 3,
        },
        accounts={(1, "points"): (2, 70, 0, 0, 0), (2, "points"): (1, 100, 0, 0, 0)},
    ),
    Path(
        # Of the first member: 50 mature, 30 held come free, and 70 then 30 end. Of the second: 100 end.
        name="what comes due: maturing, holds, ends",
        set_up=_prepared(
            (1, _ENDING),
            (1, _WAITING),
            (1, ledger.SetAside(amount=30, minutes=60 * 24 * 9)),
            (2, _ENDING),
            later=timedelta(days=12),
        ),
        act=_do_due,
        status=None,
        grows={"event": 5, "ledger_allocation": 5, "ledger_entry": 5, "ledger_operation": 5},
        accounts={(1, "points"): (7, 50, 0, 0, 0), (2, "points"): (2, 0, 0, 0, 0)},
    ),
    Path(
        name="signed root",
        set_up=_prepared((1, _ENDING), (2, _ENDING)),
        act=_make_root,
        status=None,
        grows={"ledger_root": 1, "ledger_root_head": 2},
        accounts={(1, "points"): (1, 100, 0, 0, 0), (2, "points"): (1, 100, 0, 0, 0)},
    ),
)
