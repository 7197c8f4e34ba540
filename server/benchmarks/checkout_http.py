"""Orders over HTTP, as tills send them: one by one, each with its points, growth and tier, committed before the answer.

The real web server (one process) and its embedded database with durable settings share the machine with the clients,
which run in one more process. Every order has a number of its own, two lines, and a member known by phone, drawn from
all alike. Beside it the limit: pgbench on the same server, one prepared statement that writes to three tables (an
idempotency key, an account, an entry), 16 clients.
"""

import asyncio
import random
import re
import resource
import time
from collections import Counter
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import uvloop

from benchmarks.common import (
    OPENING,
    Bench,
    command_line,
    embedded_memory_mb,
    open_shop,
    percentiles,
    superuser,
    temporary_folder,
    token_of_administrator,
    web_server,
)
from benchmarks.common.installation import superuser_url
from shuke.main.installation import Installation
from shuke.people import members
from shuke.platform.embedded import PROGRAMS

CHUNK = 2_000
STORES, PRODUCTS = 20, 500
WARM_UP_S = 3.0
LIMIT_CLIENTS = 16
LIMIT_DATABASE = "bench_limit"
LIMIT_TABLES = """
    create table used_key (key text primary key, at timestamptz not null);
    create table account (member_id bigint primary key, version bigint not null, available bigint not null);
    create table entry (
        member_id bigint, version bigint, amount bigint not null, at timestamptz not null,
        primary key (member_id, version)
    );
"""
LIMIT_SCRIPT = """
\\set member random(1, {members})
\\set amount random(1, 200)
with key as (
    insert into used_key values (gen_random_uuid()::text, now()) on conflict do nothing returning 1
), moved as (
    insert into account as a select :member, 1, :amount from key
    on conflict (member_id) do update set version = a.version + 1, available = a.available + excluded.available
    returning member_id, version
)
insert into entry select member_id, version, :amount, now() from moved;
"""


async def enrol(installation: Installation, count_of_members: int) -> list[str]:
    """Members who were known before; their phones."""
    phones: list[str] = []
    for first in range(1, count_of_members + 1, CHUNK):
        people = [
            members.generated_member(
                str(customer), members.NewIdentity(kind="external", source="till", value=str(customer))
            )
            for customer in range(first, min(first + CHUNK, count_of_members + 1))
        ]
        async with installation.worker_database.transaction() as session:
            await members.resolve_or_create(session, people)
        phones += [one.value for person in people for one in person.identities if one.kind == "phone"]
    return phones


class Till:
    """Sends orders for as long as it is told, and keeps what came back."""

    def __init__(self, client: httpx.AsyncClient, phones: Sequence[str]) -> None:
        self._client = client
        self._phones = phones
        self._chance = random.Random(11)
        self._numbers = count(1)

    async def sell(self, *, clients: int, seconds: float) -> dict[str, Any]:
        """So many clients at once, each sending its next order when the last is answered."""
        taken: list[float] = []
        errors: Counter[str] = Counter()
        busy_before = _cpu_seconds()
        started = time.perf_counter()

        async def one_client() -> None:
            while (sent := time.perf_counter()) - started < seconds:
                answer = await self._client.post("/v1/orders", json=self._order())
                taken.append((time.perf_counter() - sent) * 1000)
                if answer.status_code != 201:
                    errors[_code_of(answer)] += 1

        await asyncio.gather(*(one_client() for _ in range(clients)))
        elapsed = time.perf_counter() - started
        good = len(taken) - errors.total()
        return {
            "clients": clients,
            "seconds": round(elapsed, 2),
            "orders": good,
            "orders_per_second": round(good / elapsed, 1),
            **percentiles(taken),
            "errors": dict(errors),
            # What the clients themselves took away from two cores that all share.
            "client_cpu_share": round((_cpu_seconds() - busy_before) / elapsed, 2),
        }

    def _order(self) -> dict[str, Any]:
        chance = self._chance
        return {
            "source": "till",
            "number": f"B{next(self._numbers):08d}",
            "placed_at": OPENING.isoformat(),
            "store": f"S{chance.randrange(STORES):02d}",
            "member": {"phone": chance.choice(self._phones)},
            "lines": [
                {
                    "product": f"P{product:04d}",
                    "quantity": str(chance.randint(1, 5)),
                    "unit_price": f"{chance.randint(100, 5_000) / 100:.2f}",
                }
                for product in chance.sample(range(PRODUCTS), 2)
            ],
        }


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _code_of(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["code"])
    except (ValueError, KeyError):
        return f"status {answer.status_code}"


async def measure_limit(
    installation: Installation, folder: Path, *, members_known: int, seconds: int
) -> dict[str, float]:
    """pgbench on the same server, in a database of its own."""
    async with superuser(installation, "postgres") as server:
        await server.execute(f"create database {LIMIT_DATABASE}")
    async with superuser(installation, LIMIT_DATABASE) as server:
        await server.execute(LIMIT_TABLES)
        await server.execute("checkpoint")
    script = folder / "limit.sql"
    await asyncio.to_thread(script.write_text, LIMIT_SCRIPT.format(members=members_known))
    address = urlsplit(superuser_url(installation, LIMIT_DATABASE))
    (socket_folder,) = parse_qs(address.query)["host"]
    process = await asyncio.create_subprocess_exec(
        *(str(PROGRAMS / "pgbench"), "-n", "-M", "prepared", "-c", str(LIMIT_CLIENTS), "-j", "2"),
        *("-T", str(seconds), "-f", str(script), "-h", socket_folder, "-U", address.username or "", LIMIT_DATABASE),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output = (await process.communicate())[0].decode()
    found = re.search(r"tps = ([\d.]+)", output)
    if process.returncode != 0 or found is None:
        raise RuntimeError(f"pgbench failed:\n{output}")
    latency = re.search(r"latency average = ([\d.]+)", output)
    return {
        "clients": LIMIT_CLIENTS,
        "transactions_per_second": round(float(found[1]), 1),
        "latency_average_ms": float(latency[1]) if latency else 0.0,
    }


async def check(installation: Installation, sold: int) -> None:
    """Every order that was acknowledged is there. Raises RuntimeError otherwise."""
    async with superuser(installation) as server:
        found = await server.fetchval("select count(*) from sales_order")
        summed = await server.fetchval("select sum(order_count) from member_summary")
    if not found == summed == sold:
        raise RuntimeError(f"{sold} orders were acknowledged, {found} are stored, and members have {summed}")


async def measure(folder: Path, *, members_known: int, seconds: int, limit_seconds: int) -> dict[str, Any]:
    """Everything, in order, on one fresh installation."""
    async with open_shop(folder) as installation:
        phones = await enrol(installation, members_known)
        token = await token_of_administrator(installation.database)
        async with superuser(installation) as server:
            await server.execute("vacuum (analyze)")
            await server.execute("checkpoint")
        async with web_server(folder, token=token) as client:
            till = Till(client, phones)
            warm_up = await till.sell(clients=32, seconds=WARM_UP_S)
            many = await till.sell(clients=32, seconds=seconds)
            one = await till.sell(clients=1, seconds=seconds)
        await check(installation, sum(part["orders"] for part in (warm_up, many, one)))
        limit = await measure_limit(installation, folder, members_known=members_known, seconds=limit_seconds)
        return {
            "database_memory_mb": embedded_memory_mb(),
            "warm_up": warm_up,
            "clients_32": many,
            "clients_1": one,
            "limit": limit,
            "ratio": round(many["orders_per_second"] / limit["transactions_per_second"], 4),
        }


def main() -> None:
    """Measure, write, print."""
    parser = command_line(__doc__)
    parser.add_argument("--members", type=int, default=10_000, help="members known before")
    parser.add_argument("--seconds", type=int, default=30, help="how long orders are sent, with 32 clients and with 1")
    parser.add_argument("--limit-seconds", type=int, default=20, help="how long pgbench runs")
    options = parser.parse_args()
    bench = Bench("checkout_http", options)
    with temporary_folder() as folder, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        figures = runner.run(
            measure(folder, members_known=options.members, seconds=options.seconds, limit_seconds=options.limit_seconds)
        )
    summary: dict[str, object] = {}
    for part in (figures["clients_32"], figures["clients_1"]):
        summary[f"{part['clients']} clients"] = (
            f"{part['orders_per_second']} orders/s, p50 {part['p50_ms']} ms, p95 {part['p95_ms']} ms, "
            f"p99 {part['p99_ms']} ms, errors {part['errors'] or 'none'}"
        )
    limit = figures["limit"]
    summary["limit, 16 clients"] = f"{limit['transactions_per_second']} transactions/s, ratio {figures['ratio']}"
    bench.write(figures, summary)


if __name__ == "__main__":
    main()
