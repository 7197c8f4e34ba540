"""Signed roots: once a day, one hash over the heads of all accounts, signed, each with the one before it.

Heads are stored where they moved. Buckets and heads are worked out by the database, a whole ledger in one statement.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import asyncpg
import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from shuke.platform import clock, keys
from shuke.platform.db import Database, Session, raw
from shuke.platform.i18n import LocalName
from shuke.platform.pages import Page, encode_cursor

from ..rules import FIRST_HASH
from . import merkle
from .cursors import number_below
from .errors import RootBeingMade, RootNotFound
from .fast import prepare
from .findings import Wrong

_LOCK = "ledger.root"
_SORT = "-root"


@dataclass(frozen=True, kw_only=True)
class Root:
    """A signed root. `previous_hash` is SHA-256 of the statement before it; so a statement vouches for all before."""

    root_id: int
    made_at: datetime
    accounts: int
    entries: int
    bucket_bits: int
    hash: bytes
    previous_hash: bytes
    key_id: str
    signature: bytes

    @property
    def statement(self) -> bytes:
        """What is signed."""
        return orjson.dumps(
            {
                "root_id": self.root_id,
                "made_at": self.made_at.isoformat(),
                "accounts": self.accounts,
                "entries": self.entries,
                "bits": self.bucket_bits,
                "hash": self.hash.hex(),
                "previous": self.previous_hash.hex(),
            }
        )

    @property
    def statement_hash(self) -> bytes:
        """What the next root names as the one before it."""
        return sha256(self.statement).digest()


def key_id(public_key: bytes) -> str:
    """How a public key is named."""
    return sha256(public_key).hexdigest()[:16]


def is_signed(public_key: bytes, signature: bytes, statement: bytes) -> bool:
    """Whether a signature is that of a statement."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, statement)
    except InvalidSignature:
        return False
    return True


async def public_key(session: Session) -> bytes:
    """The public key that signatures are checked with; the database's word counts where the key files are not open.

    Raises KeysNotOpened.
    """
    try:
        return keys.ring().public_key
    except keys.KeysNotOpened:
        found = await keys.find_public_key(session)
        if found is None:
            raise
        return found


async def public_keys(session: Session) -> dict[str, bytes]:
    """Every public key that roots were signed with, by its name: keys are exchanged, old signatures stay."""
    known = [*await keys.find_public_keys(session), await public_key(session)]
    return {key_id(public): public for public in known}


async def make_root(database: Database) -> Root:
    """Make a root over all accounts as of one moment. Raises RootBeingMade. It is there whole, or not at all."""
    async with database.advisory_lock(_LOCK) as is_mine:
        if not is_mine:
            raise RootBeingMade
        async with database.transaction() as session:
            driver = await prepare(session)
            return await _make(driver)


async def _make(driver: asyncpg.Connection) -> Root:
    before = await driver.fetchrow(_NEWEST)
    previous = root_of(before) if before else None
    total = await driver.fetchrow(_TOTAL)
    assert total is not None
    bits = merkle.bits_for(total["accounts"])
    buckets = _all_buckets(await driver.fetch(_BUCKETS_NOW, bits), bits)
    ring = keys.ring()
    unsigned = Root(
        root_id=previous.root_id + 1 if previous else 1,
        made_at=clock.now(),
        accounts=total["accounts"],
        entries=total["entries"],
        bucket_bits=bits,
        hash=merkle.root(buckets),
        previous_hash=previous.statement_hash if previous else FIRST_HASH,
        key_id=key_id(ring.public_key),
        signature=b"",
    )
    row = {**vars(unsigned), "signature": ring.sign(unsigned.statement)}
    await driver.execute(_INSERT, *(row[name] for name in _COLUMNS), b"".join(buckets))
    await driver.execute(_BY_INDEX)
    await driver.execute(_INSERT_HEADS, unsigned.root_id)
    return Root(**row)


async def list_roots(session: Session, *, limit: int, cursor: str | None = None) -> Page[Root]:
    """Roots, newest first. Raises BadCursor."""
    driver = await raw(session)
    found = [root_of(row) for row in await driver.fetch(_LIST, number_below(cursor, _SORT), limit + 1)]
    more = encode_cursor(_SORT, [found[limit - 1].root_id]) if len(found) > limit else None
    return Page(found[:limit], more)


async def find_newest(session: Session) -> Root | None:
    """The newest root."""
    row = await (await raw(session)).fetchrow(_NEWEST)
    return root_of(row) if row else None


async def get_root(session: Session, root_id: int) -> Root:
    """A root by its number. Raises RootNotFound."""
    row = await (await raw(session)).fetchrow(_ONE, root_id)
    if row is None:
        raise RootNotFound(root=root_id)
    return root_of(row)


async def buckets_of(session: Session, root_id: int) -> list[bytes]:
    """The stored hashes of a root's buckets."""
    stored: bytes = await (await raw(session)).fetchval("select buckets from ledger_root where root_id = $1", root_id)
    return [stored[start : start + 32] for start in range(0, len(stored), 32)]


async def check_roots(session: Session, root: Root) -> Wrong | None:
    """Whether every root is signed and follows the one before it, and a root is that of its stored heads."""
    known = await public_keys(session)
    driver = await raw(session)
    wrong = _check_chain([root_of(row) for row in await driver.fetch(_ALL)], known)
    if wrong is not None:
        return wrong
    found = _all_buckets(await driver.fetch(_BUCKETS_THEN, root.bucket_bits, root.root_id), root.bucket_bits)
    stored = await buckets_of(session, root.root_id)
    if merkle.root(found) != root.hash:
        place = next((number for number, pair in enumerate(zip(found, stored, strict=False)) if len(set(pair)) > 1), 0)
        return _wrong(
            "ledger_root_head",
            {"root_id": root.root_id, "bucket": place},
            "根哈希与它保存的账户末端不符：有一行被改动、添加或删除",
            "The root is not that of its stored heads: one of them was changed, added or taken away",
        )
    if found != stored:
        return _root_wrong(root.root_id, "保存的分组哈希被改动过", "Its stored buckets were changed")
    return None


def _check_chain(roots: Sequence[Root], known: Mapping[str, bytes]) -> Wrong | None:
    before: Root | None = None
    for root in roots:
        expected = before.root_id + 1 if before else 1
        if root.root_id != expected:
            return _root_wrong(expected, "这个根不见了", "It is missing")
        public = known.get(root.key_id)
        if public is None or not is_signed(public, root.signature, root.statement):
            return _root_wrong(root.root_id, "签名与内容不符", "It does not fit its signature")
        if root.previous_hash != (before.statement_hash if before else FIRST_HASH):
            return _root_wrong(root.root_id, "没有接在上一个根之后", "It does not follow the root before it")
        before = root
    return None


@dataclass(frozen=True)
class Moved:
    """The members whose accounts moved since a root, and the first account that contradicts it."""

    members: frozenset[int]
    wrong: Wrong | None


async def compare_with(session: Session, root: Root) -> Moved:
    """Compare all accounts with a root. An account may have gone on since; it may not have gone back or elsewhere."""
    driver = await raw(session)
    rows = await driver.fetch(_MOVED, root.root_id)
    first = next((row for row in rows if row["is_wrong"]), None)
    return Moved(frozenset(row["member_id"] for row in rows), _contradicts(first, root) if first else None)


def _contradicts(row: Any, root: Root) -> Wrong:
    now, then = row["version"] or 0, row["known"]
    if now < then:
        zh = f"账户现有 {now} 条流水，而根 {root.root_id} 记录的是 {then} 条：最新的流水被删掉了"
        en = f"The account has {now} entries, and root {root.root_id} knew {then}: the newest have been taken away"
    else:
        zh = f"第 {then} 条流水与根 {root.root_id} 记录的不同：历史被整段重写过"
        en = f"Entry {then} is not the one that root {root.root_id} knew: history has been written anew"
    place = {"version": then}
    return _wrong("ledger_account" if now < then else "ledger_entry", place, zh, en, row["member_id"], row["code"])


def root_of(row: Any) -> Root:
    """A root of its row."""
    return Root(**{name: row[name] for name in _COLUMNS})


def _all_buckets(rows: Sequence[Any], bits: int) -> list[bytes]:
    found = {row["bucket"]: row["hash"] for row in rows}
    return [found.get(number, merkle.EMPTY_BUCKET) for number in range(1 << bits)]


def _root_wrong(root_id: int, zh: str, en: str) -> Wrong:
    return _wrong("ledger_root", {"root_id": root_id}, zh, en)


def _wrong(
    table: str, row: dict[str, int | str], zh: str, en: str, member_id: int | None = None, currency: str | None = None
) -> Wrong:
    return Wrong(table=table, member_id=member_id, currency=currency, row=row, what=LocalName(zh, en))


_COLUMNS = (
    *("root_id", "made_at", "accounts", "entries", "bucket_bits", "hash", "previous_hash", "key_id", "signature"),
)
_ALL = """
    select root_id, made_at, accounts, entries, bucket_bits, hash, previous_hash, key_id, signature
    from ledger_root order by root_id
"""
_NEWEST = """
    select root_id, made_at, accounts, entries, bucket_bits, hash, previous_hash, key_id, signature
    from ledger_root order by root_id desc limit 1
"""
_ONE = """
    select root_id, made_at, accounts, entries, bucket_bits, hash, previous_hash, key_id, signature
    from ledger_root where root_id = $1
"""
_LIST = """
    select root_id, made_at, accounts, entries, bucket_bits, hash, previous_hash, key_id, signature
    from ledger_root where $1::bigint is null or root_id < $1 order by root_id desc limit $2
"""
_TOTAL = """
    select count(*) as accounts, coalesce(sum(version), 0)::bigint as entries from ledger_account where version > 0
"""
_INSERT = """
    insert into ledger_root
        (root_id, made_at, accounts, entries, bucket_bits, hash, previous_hash, key_id, signature, buckets)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""
# The newest head of each account is one look into an index, also while the table is new and nothing is known of it.
_BY_INDEX = "set local enable_nestloop = on; set local enable_seqscan = off; set local enable_bitmapscan = off"
_INSERT_HEADS = """
    insert into ledger_root_head (member_id, currency_id, root_id, version, hash)
    select a.member_id, a.currency_id, $1, a.version, a.head_hash
    from ledger_account a
    left join lateral (
        select h.version, h.hash from ledger_root_head h
        where h.member_id = a.member_id and h.currency_id = a.currency_id order by h.root_id desc limit 1
    ) known on true
    where a.version > 0 and (known.version is distinct from a.version or known.hash is distinct from a.head_hash)
"""
_HEADS_NOW = "select member_id, currency_id, version, head_hash as hash from ledger_account where version > 0"
HEADS_THEN = """
    select distinct on (member_id, currency_id) member_id, currency_id, version, hash
    from ledger_root_head where root_id <= $2 order by member_id, currency_id, root_id desc
"""
# As `merkle` says it, in the database's words.
LEAVES = """
    select member_id, code, version, hash, (
            get_byte(place, 0) * 256 + get_byte(place, 1)
        ) >> (16 - $1::int) as bucket,
        sha256('\\x00'::bytea || convert_to(concat(
            '[', member_id, ',', to_json(code), ',', version, ',"', encode(hash, 'hex'), '"]'
        ), 'UTF8')) as leaf
    from (
        select head.member_id, currency.code, head.version, head.hash,
            sha256(convert_to(concat('[', head.member_id, ',', to_json(currency.code), ']'), 'UTF8')) as place
        from (<heads>) head left join ledger_currency currency using (currency_id)
    ) placed
"""
_BUCKETS = """
    select bucket, sha256(string_agg(leaf, ''::bytea order by member_id, code collate "C")) as hash
    from (<leaves>) leaves group by bucket
"""
_BUCKETS_NOW = _BUCKETS.replace("<leaves>", LEAVES).replace("<heads>", _HEADS_NOW)
_BUCKETS_THEN = _BUCKETS.replace("<leaves>", LEAVES).replace("<heads>", HEADS_THEN)
_MOVED = """
    select coalesce(a.member_id, head.member_id) as member_id, currency.code, a.version, head.version as known,
        head.version is not null and (
            a.version is null or a.version < head.version or e.hash is distinct from head.hash
        ) as is_wrong
    from (select * from ledger_account where version > 0) a
    full join (
        select distinct on (member_id, currency_id) member_id, currency_id, version, hash
        from ledger_root_head where root_id <= $1 order by member_id, currency_id, root_id desc
    ) head on head.member_id = a.member_id and head.currency_id = a.currency_id
    left join ledger_entry e on e.member_id = head.member_id and e.currency_id = head.currency_id
        and e.version = head.version
    left join ledger_currency currency on currency.currency_id = coalesce(a.currency_id, head.currency_id)
    where a.version is distinct from head.version or a.head_hash is distinct from head.hash
        or e.hash is distinct from head.hash
    order by 1, coalesce(a.currency_id, head.currency_id)
"""
