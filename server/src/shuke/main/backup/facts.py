"""What a backup says about the database, asked in one snapshot: rows by table, the ledger's heads, the roles."""

import hashlib
from dataclasses import dataclass

import asyncpg

from shuke.platform.embedded import VERSION

from .errors import ServerNewer

# Wrapped data keys, and answers sealed under keys of their own. Whoever is erased loses the data key, so these rows
# may not live in data backups: they go with the keys archive, which lives for seven days.
KEYS_TABLES = ("vault.member_key", "public.idempotency", "public.member_import_reject")

_TABLES = """
    select n.nspname || '.' || c.relname as name,
           format('select count(*) from %I.%I', n.nspname, c.relname) as question
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    order by 1
"""
_HEADS = "select member_id, currency_id, version, head_hash from ledger_account order by member_id, currency_id"
_ROLES = """
    select pg_get_userbyid(relowner) as owner, current_user as app,
           (select version_num from alembic_version) as schema_head,
           current_setting('server_version_num')::int as server
    from pg_class where oid = 'alembic_version'::regclass
"""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the manifest keeps of a snapshot."""

    schema_head: str
    server: str
    owner_role: str
    app_role: str
    rows: dict[str, int]
    ledger_heads: str


async def gather(connection: asyncpg.Connection) -> Facts:
    """Ask a database, inside the transaction whose snapshot the backup is of."""
    row = await connection.fetchrow(_ROLES)
    assert row is not None
    rows = await count_rows(connection)
    return Facts(
        schema_head=row["schema_head"],
        server=str(row["server"] // 10_000),
        owner_role=row["owner"],
        app_role=row["app"],
        rows={name: count for name, count in rows.items() if name not in KEYS_TABLES},
        ledger_heads=await ledger_heads(connection),
    )


async def require_known_server(connection: asyncpg.Connection) -> None:
    """Refuse a server that our programs are too old for. Raises ServerNewer."""
    if (found := await server_version(connection)) > VERSION:
        raise ServerNewer(server=found, program=VERSION)


async def server_version(connection: asyncpg.Connection) -> int:
    """The server's major version."""
    number: int = await connection.fetchval("select current_setting('server_version_num')::int / 10000")
    return number


async def count_rows(connection: asyncpg.Connection) -> dict[str, int]:
    """Rows of every table that outlives a crash of the server, by schema and name."""
    tables = await connection.fetch(_TABLES)
    return {table["name"]: await connection.fetchval(table["question"]) for table in tables}


async def ledger_heads(connection: asyncpg.Connection) -> str:
    """SHA-256 over the heads of all accounts of the ledger in their order; call it inside a transaction."""
    digest = hashlib.sha256()
    async for row in connection.cursor(_HEADS, prefetch=5_000):
        place = f"{row['member_id']}:{row['currency_id']}:{row['version']}:"
        digest.update(place.encode() + row["head_hash"])
    return digest.hexdigest()
