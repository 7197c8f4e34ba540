"""One member hammered by a hundred clients over HTTP, many members by thirty-two, a statement of ten thousand lines.

The real web server (one process) and its embedded database with durable settings share the machine with the clients.
A client that is told to come back (409, 429) waits as long as the answer says. Anything else but 201 counts as error.
"""

import asyncio
import random
import time
from collections import Counter
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import uvloop

from benchmarks.common import (
    Bench,
    command_line,
    open_shop,
    percentiles,
    superuser,
    temporary_folder,
    token_of_administrator,
    web_server,
)
from benchmarks.ledger_batch import ZONE
from shuke.loyalty import ledger
from shuke.main.installation import Installation
from shuke.people import members

MEMBERS = 1_000
ENTRIES = 10_000


async def enrol(installation: Installation) -> list[int]:
    """Members with points to use."""
    people = [
        members.generated_member(str(n), members.NewIdentity(kind="external", source="till", value=str(n)))
        for n in range(1, MEMBERS + 1)
    ]
    async with installation.worker_database.transaction() as session:
        ids = await members.resolve_or_create(session, people)
        wanted = [_credit(member, 1_000_000, "start") for member in ids]
        await ledger.perform_many(session, wanted, ZONE)
    for first in range(0, ENTRIES, 500):
        async with installation.worker_database.transaction() as session:
            wanted = [_credit(ids[-1], 5, f"line{n}") for n in range(first, first + 500)]
            await ledger.perform_many(session, wanted, ZONE)
    return ids


def _credit(member: int, amount: int, key: str) -> ledger.Instruction:
    return ledger.Instruction(
        member_id=member,
        currency="points",
        act=ledger.Credit(amount=amount),
        key=key,
        actor="system:0",
        request_hash=sha256(key.encode()).digest(),
    )


class Hammer:
    """Clients that credit and debit as fast as they are answered."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self._chance = random.Random(7)
        self._keys = count(1)

    async def strike(self, ids: list[int], *, clients: int, seconds: float) -> dict[str, Any]:
        """So many clients at once on members drawn from all alike."""
        taken: list[float] = []
        answers: Counter[str] = Counter()
        started = time.perf_counter()

        async def one_client() -> None:
            while time.perf_counter() - started < seconds:
                await self._operate(self._chance.choice(ids), taken, answers)

        await asyncio.gather(*(one_client() for _ in range(clients)))
        elapsed = time.perf_counter() - started
        done = answers["201"]
        return {
            "clients": clients,
            "seconds": round(elapsed, 2),
            "operations": done,
            "operations_per_second": round(done / elapsed, 1),
            **percentiles(taken),
            "told_to_come_back": answers["409"] + answers["429"],
            "errors": {code: number for code, number in answers.items() if code not in {"201", "409", "429"}},
        }

    async def _operate(self, member: int, taken: list[float], answers: Counter[str]) -> None:
        path = self._chance.choice(("credits", "debits"))
        body = {"member": str(member), "currency": "points", "amount": self._chance.randint(1, 20)}
        headers = {"Idempotency-Key": f"h{next(self._keys)}"}
        while True:
            sent = time.perf_counter()
            answer = await self._client.post(f"/v1/ledger/{path}", json=body, headers=headers)
            answers[str(answer.status_code)] += 1
            if answer.status_code not in {409, 429}:
                taken.append((time.perf_counter() - sent) * 1000)
                return
            await asyncio.sleep(float(answer.headers["Retry-After"]))


async def read_statement(client: httpx.AsyncClient, member: int, times: int) -> dict[str, float]:
    """A page of a statement over everything."""
    taken: list[float] = []
    query = {"currency": "points", "from": "2011-01-01", "to": "2011-12-31", "limit": 50}
    for _ in range(times):
        sent = time.perf_counter()
        answer = await client.get(f"/v1/ledger/members/{member}/statement", params=query)
        answer.raise_for_status()
        taken.append((time.perf_counter() - sent) * 1000)
    return percentiles(taken)


async def check(installation: Installation, done: int) -> None:
    """Every operation that was acknowledged is there, once. Raises RuntimeError otherwise."""
    async with superuser(installation) as server:
        found = await server.fetchval("select count(*) from ledger_operation where kind in ('credit', 'debit')")
    expected = done + MEMBERS + ENTRIES
    if found != expected:
        raise RuntimeError(f"{expected} operations were acknowledged, {found} are stored")


async def measure(folder: Path, seconds: int) -> dict[str, Any]:
    """Everything, in order, on one fresh installation."""
    async with open_shop(folder) as installation:
        ids = await enrol(installation)
        token = await token_of_administrator(installation.database)
        async with superuser(installation) as server:
            await server.execute("vacuum (analyze)")
            await server.execute("checkpoint")
        async with web_server(folder, token=token) as client:
            hammer = Hammer(client)
            warm_up = await hammer.strike(ids, clients=8, seconds=2)
            hot = await hammer.strike(ids[:1], clients=100, seconds=seconds)
            spread = await hammer.strike(ids, clients=32, seconds=seconds)
            alone = await hammer.strike(ids, clients=1, seconds=5)
            statement = await read_statement(client, ids[-1], 200)
        await check(installation, sum(part["operations"] for part in (warm_up, hot, spread, alone)))
        return {"hot": hot, "spread": spread, "alone": alone, "statement": statement}


def main() -> None:
    """Measure, write, print."""
    parser = command_line(__doc__)
    parser.add_argument("--seconds", type=int, default=20, help="of each run")
    options = parser.parse_args()
    bench = Bench("ledger_http", options)
    with temporary_folder() as folder, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        figures = runner.run(measure(folder, options.seconds))
    summary: dict[str, object] = {}
    for label, name in (
        ("one member, 100 clients", "hot"),
        ("1,000 members, 32 clients", "spread"),
        ("1 client", "alone"),
    ):
        part = figures[name]
        summary[label] = (
            f"{part['operations_per_second']} operations/s, p50 {part['p50_ms']} ms, p95 {part['p95_ms']} ms, "
            f"told to come back {part['told_to_come_back']}, errors {part['errors'] or 'none'}"
        )
    summary["statement of 10,000 entries"] = (
        f"p50 {figures['statement']['p50_ms']} ms, p95 {figures['statement']['p95_ms']} ms"
    )
    bench.write(figures, summary)


if __name__ == "__main__":
    main()
