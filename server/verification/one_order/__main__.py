"""Commit one order thirty times at once, over HTTP against the real web server: `python -m verification.one_order`.

Each round is a new order, paid with points of a member. Of its thirty commits exactly one may do it; all others must
hear what that one did, and the balance must be what one order leaves. Afterwards the ledger is verified, and every
order, entry and lot is counted.
"""

import argparse
import asyncio
import sys
import time
from typing import Any

import httpx
import uvloop
from sqlalchemy import text

from benchmarks.common import OPENING, open_shop, temporary_folder, token_of_administrator, web_server
from shuke.loyalty import ledger
from shuke.platform.db import Database

_MEMBER = {"phone": "+447700900001"}
_PAYING = {"points_payment": {"is_on": True, "points": 100, "worth_minor": 100}}
_POINTS = 100
# Ten pounds, of which a hundred points pay one; the nine others earn nine.
_LINES = [{"product": "tea", "quantity": "1", "unit_price": "10"}]
_EARNED = 9
_TRIES = 200
_COUNTED = """
    select (select count(*) from sales_order), (select count(*) from order_number),
        (select count(*) from ledger_entry join ledger_currency using (currency_id) where code = 'points'),
        (select count(*) from ledger_lot join ledger_currency using (currency_id) where code = 'points')
"""


async def commit_at_once(*, rounds: int, tills: int) -> list[str]:
    """What was wrong, round by round and at the end."""
    with temporary_folder() as folder:
        async with open_shop(folder) as installation:
            async with web_server(folder, token=await token_of_administrator(installation.database)) as client:
                balance = await begin(client, rounds)
                wrong = await play(client, rounds, tills, balance)
            report = await ledger.verify_ledger(installation.worker_database)
            if not report.ok:
                wrong.append(f"ledger verify: {report.wrong}")
            return wrong + await counted(installation.worker_database, rounds)


async def begin(client: httpx.AsyncClient, rounds: int) -> int:
    """A shop that takes points, and a member with enough of them for all rounds."""
    (await client.put("/v1/checkout/policies", json=_PAYING)).raise_for_status()
    enough = rounds * _POINTS
    first = _order(0) | {"points": 0, "lines": [{"product": "tea", "quantity": "1", "unit_price": str(enough)}]}
    answer = await client.post("/v1/orders", json=first)
    answer.raise_for_status()
    return int(answer.json()["points"]["balance"])


async def play(client: httpx.AsyncClient, rounds: int, tills: int, balance: int) -> list[str]:
    """So many rounds, one after another; what was wrong with each."""
    wrong = []
    for number in range(1, rounds + 1):
        balance += _EARNED - _POINTS
        wrong += [f"round {number}: {line}" for line in await _round(client, number, tills, balance)]
    return wrong


async def _round(client: httpx.AsyncClient, number: int, tills: int, balance: int) -> list[str]:
    answers = await asyncio.gather(*(_commit(client, number) for _ in range(tills)))
    wrong = []
    statuses = sorted(answer.status_code for answer in answers)
    if statuses != [200] * (tills - 1) + [201]:
        wrong.append(f"answered {statuses}")
    told = {str({**answer.json(), "state": None}) for answer in answers}
    if len(told) != 1:
        wrong.append(f"told {len(told)} different things, such as {sorted(told)[:2]}")
    asked = await client.post("/v1/checkout/quote", json={"source": "till", "member": _MEMBER, "lines": _LINES})
    found = asked.json()["points"]["available"]
    return wrong if found == balance else [*wrong, f"{found} points are left, expected {balance}"]


async def _commit(client: httpx.AsyncClient, number: int) -> httpx.Response:
    """One commit, sent again for as long as somebody is in the way."""
    tries = 0
    while True:
        answer = await client.post("/v1/checkout/commit", json=_order(number))
        tries += 1
        if tries == _TRIES or answer.status_code not in {409, 429, 503}:
            return answer
        await asyncio.sleep(0.05)


def _order(number: int) -> dict[str, Any]:
    return {
        "source": "till",
        "number": f"N{number}",
        "placed_at": OPENING.isoformat(),
        "member": _MEMBER,
        "lines": _LINES,
        "points": _POINTS,
    }


async def counted(database: Database, rounds: int) -> list[str]:
    """What is wrong with the number of orders, entries and lots after so many rounds."""
    async with database.transaction() as session:
        found = tuple((await session.execute(text(_COUNTED))).one())
    # Of every round: what was used, and what was earned, which opens a lot.
    expected = (rounds + 1, rounds + 1, 2 * rounds + 1, rounds + 1)
    return [] if found == expected else [f"{found} orders, numbers, entries and lots, expected {expected}"]


def main() -> None:
    """Run and say so by the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=1_000)
    parser.add_argument("--tills", type=int, default=30)
    options = parser.parse_args()
    started = time.monotonic()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        wrong = runner.run(commit_at_once(rounds=options.rounds, tills=options.tills))
    seconds = time.monotonic() - started
    print(f"{options.rounds} rounds of {options.tills} commits, {len(wrong)} wrong, {seconds:.0f} s")
    print("\n".join(wrong[:50]))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
