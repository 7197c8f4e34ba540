"""What somebody may do to the trail who owns the database, but has no signing key."""

import random
from collections.abc import Awaitable, Callable

import asyncpg

from shuke.foundation.audit import rules

Tamper = Callable[[asyncpg.Connection, random.Random, int], Awaitable[str]]


async def edit(owner: asyncpg.Connection, chance: random.Random, size: int) -> str:
    column, value = chance.choice(
        [
            ("actor", "'staff:999'"),
            ("action", "'nothing'"),
            ("object_id", "object_id || '0'"),
            ("details", "'{\"a\": 1}'"),
            ("changes", "'{\"name\": [1, 2]}'"),
            ("wall_at", "wall_at + interval '1 microsecond'"),
            ("at", "at - interval '1 second'"),
            ("result", "'refused'"),
            ("address", "'10.0.0.9'"),
            ("member_id", "77"),
            ("sealed", "'\\x01'"),
            ("trace_id", "trace_id || 'x'"),
        ]
    )
    return await owner.execute(
        f"update audit set {column} = {value} where id = (select audit_id from audit_seal where seq = $1)",
        chance.randint(1, size),
    )


async def delete(owner: asyncpg.Connection, chance: random.Random, size: int) -> str:
    return await owner.execute(
        "delete from audit where id = (select audit_id from audit_seal where seq = $1)", chance.randint(1, size)
    )


async def delete_with_its_seal(owner: asyncpg.Connection, chance: random.Random, size: int) -> str:
    seq = chance.randint(1, size)
    await owner.execute("delete from audit where id = (select audit_id from audit_seal where seq = $1)", seq)
    return await owner.execute("delete from audit_seal where seq = $1", seq)


async def insert(owner: asyncpg.Connection, chance: random.Random, size: int) -> str:
    return await owner.execute(
        """
        insert into audit (id, at, wall_at, actor, action, object_kind, object_id, trace_id, details, transaction_id)
        overriding system value
        select 1000000000 + $1, a.at, a.wall_at, 'staff:5', a.action, a.object_kind, 'x', '', '{}', a.transaction_id - 1
        from audit a join audit_seal s on s.audit_id = a.id where s.seq = $1
        """,
        chance.randint(1, size),
    )


async def swap(owner: asyncpg.Connection, chance: random.Random, size: int) -> str:
    """Two lines take each other's place in the chain; the hashes stay where they were."""
    one, other = chance.sample(range(1, size + 1), 2)
    rows = await owner.fetch("select seq, audit_id, hash from audit_seal where seq in ($1, $2)", one, other)
    await owner.execute("delete from audit_seal where seq in ($1, $2)", one, other)
    first, second = rows
    values = [
        (first["seq"], second["audit_id"], first["hash"]),
        (second["seq"], first["audit_id"], second["hash"]),
    ]
    await owner.executemany("insert into audit_seal values ($1, $2, $3)", values)
    return "INSERT 2"


async def truncate_end(owner: asyncpg.Connection, chance: random.Random, size: int) -> str:
    left = chance.randint(1, size - 1)
    await owner.execute("delete from audit a using audit_seal s where s.audit_id = a.id and s.seq > $1", left)
    return await owner.execute("delete from audit_seal where seq > $1", left)


async def truncate_beginning(owner: asyncpg.Connection, chance: random.Random, size: int) -> str:
    gone = chance.randint(1, size - 1)
    await owner.execute("delete from audit a using audit_seal s where s.audit_id = a.id and s.seq <= $1", gone)
    return await owner.execute("delete from audit_seal where seq <= $1", gone)


async def change_a_seal(owner: asyncpg.Connection, chance: random.Random, size: int) -> str:
    return await owner.execute("update audit_seal set hash = sha256(hash) where seq = $1", chance.randint(1, size))


async def change_a_head(owner: asyncpg.Connection, chance: random.Random, _: int) -> str:
    return await owner.execute(
        chance.choice(
            [
                "update audit_head set hash = sha256(hash) where seq = (select min(seq) from audit_head)",
                "update audit_head set newest_at = newest_at - interval '1 year'",
                "delete from audit_head where seq = (select min(seq) from audit_head)",
            ]
        )
    )


TAMPERINGS: tuple[Tamper, ...] = (
    *(edit, edit, edit, delete, delete_with_its_seal, insert, swap),
    *(truncate_end, truncate_beginning, change_a_seal, change_a_head),
)


async def write_anew(owner: asyncpg.Connection, seq: int) -> None:
    """Change a line, and every hash after it so that the chain fits again."""
    await owner.execute(
        "update audit set actor = 'staff:999' where id = (select audit_id from audit_seal where seq = $1)", seq
    )
    before = await owner.fetchval("select hash from audit_seal where seq = $1", seq - 1)
    lines = await owner.fetch(
        """
        select s.seq, a.*, a.details::text as details, a.changes::text as changes
        from audit_seal s join audit a on a.id = s.audit_id where s.seq >= $1 order by s.seq
        """,
        seq,
    )
    for line in lines:
        before = rules.next_hash(before, line)
        await owner.execute("update audit_seal set hash = $1 where seq = $2", before, line["seq"])
