"""pgbench on the server that is measured: its own limit, and the program's statements without the program."""

import asyncio
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from benchmarks.common.installation import superuser, superuser_url
from shuke.main.installation import Installation
from shuke.platform import embedded
from shuke.platform.embedded import PROGRAMS

CLIENTS = 16
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


async def measure_limit(
    installation: Installation, folder: Path, *, members_known: int, seconds: int
) -> dict[str, float]:
    """The server's limit: one prepared statement that writes to three tables (an idempotency key, an account, an
    entry), 16 clients, in a database of its own.
    """
    async with superuser(installation, "postgres") as server:
        if not await server.fetchval("select 1 from pg_database where datname = $1", LIMIT_DATABASE):
            await server.execute(f"create database {LIMIT_DATABASE}")
            async with superuser(installation, LIMIT_DATABASE) as fresh:
                await fresh.execute(LIMIT_TABLES)
        await server.execute("checkpoint")
    script = LIMIT_SCRIPT.format(members=members_known)
    return await run(installation, folder, script, seconds=seconds, database=LIMIT_DATABASE)


async def run(
    installation: Installation,
    folder: Path,
    script: str,
    *,
    seconds: int,
    clients: int = CLIENTS,
    database: str = embedded.DATABASE,
) -> dict[str, float]:
    """Run a script as the superuser, prepared. Raises RuntimeError with pgbench's words."""
    path = folder / "script.sql"
    await asyncio.to_thread(path.write_text, script)
    address = urlsplit(superuser_url(installation, database))
    (socket_folder,) = parse_qs(address.query)["host"]
    process = await asyncio.create_subprocess_exec(
        *(str(PROGRAMS / "pgbench"), "-n", "-M", "prepared", "-c", str(clients), "-j", "2"),
        *("-T", str(seconds), "-f", str(path), "-h", socket_folder, "-U", address.username or "", database),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output = (await process.communicate())[0].decode()
    found = re.search(r"tps = ([\d.]+)", output)
    if process.returncode != 0 or found is None:
        raise RuntimeError(f"pgbench failed:\n{output}")
    latency = re.search(r"latency average = ([\d.]+)", output)
    return {
        "clients": clients,
        "transactions_per_second": round(float(found[1]), 1),
        "latency_average_ms": float(latency[1]) if latency else 0.0,
    }
