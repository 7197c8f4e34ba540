"""Whether the chain holds: every line against its hash, every head against its signature."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select

from shuke.platform import clock, keys
from shuke.platform.db import Session, raw
from shuke.platform.i18n import LocalName
from shuke.platform.shop_clock import platform_setting

from .. import rules

HEAD_COLUMNS = ("seq", "hash", "made_at", "newest_at", "previous_hash", "key_id", "signature")
# Keys of the platform's settings.
RETENTION, VERIFIED = "audit_retention_days", "audit_verified"
Progress = Callable[[int, int], None]

_CHUNK = 10_000


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """The first thing that does not agree: the line's place in the chain, its id, and what is wrong."""

    seq: int
    audit_id: int | None
    what: LocalName


@dataclass(frozen=True, kw_only=True)
class Report:
    """How a verification ended."""

    ok: bool
    lines: int
    first_seq: int
    last_seq: int
    last_hash: bytes
    heads: int
    wrong: Wrong | None
    seconds: float

    def stored(self, at: datetime) -> dict[str, Any]:
        """It as JSON."""
        wrong = self.wrong and {
            "seq": self.wrong.seq,
            "audit_id": self.wrong.audit_id,
            "zh": self.wrong.what.zh,
            "en": self.wrong.what.en,
        }
        counts = {"lines": self.lines, "first_seq": self.first_seq, "last_seq": self.last_seq, "heads": self.heads}
        return {"at": at.isoformat(), "ok": self.ok, "wrong": wrong, "seconds": round(self.seconds, 3), **counts}


class _Found(Exception):
    """Something is wrong: the search ends."""

    def __init__(self, seq: int, audit_id: int | None, zh: str, en: str) -> None:
        self.wrong = Wrong(seq=seq, audit_id=audit_id, what=LocalName(zh, en))


@dataclass
class _Walk:
    """How far the chain has been followed."""

    heads: dict[int, rules.Head]
    seq: int = 0
    first: int = 0
    hash: bytes = rules.FIRST_HASH
    lines: int = 0


async def check(session: Session, *, known: rules.Head | None = None, progress: Progress | None = None) -> Report:
    """Follow the whole chain, in a transaction that sees one moment.

    `known`: a head kept elsewhere, which must be part of it.
    """
    started = time.perf_counter()
    walk = _Walk(heads={})
    wrong: Wrong | None = None
    try:
        await _check(session, await raw(session), walk, known, progress)
    except _Found as found:
        wrong = found.wrong
    return Report(
        ok=wrong is None,
        lines=walk.lines,
        first_seq=walk.first,
        last_seq=walk.seq,
        last_hash=walk.hash,
        heads=len(walk.heads),
        wrong=wrong,
        seconds=time.perf_counter() - started,
    )


async def _check(
    session: Session,
    driver: asyncpg.Connection,
    walk: _Walk,
    known: rules.Head | None,
    progress: Progress | None,
) -> None:
    total = await driver.fetchval("select count(*) from audit_seal")
    public = await public_keys(session)
    heads = [_head_of(row) for row in await driver.fetch(_HEADS)]
    walk.heads = {head.seq: head for head in heads}
    _check_heads(heads, public)
    _begin(walk, await driver.fetchval("select min(seq) from audit_seal"))
    while rows := await driver.fetch(_LINES, walk.seq, _CHUNK):
        for row in rows:
            _follow(walk, row)
        if progress is not None:
            progress(walk.lines, total)
    _check_end(walk, known)
    await _check_strays(driver)


def _check_heads(heads: list[rules.Head], public: Mapping[str, bytes]) -> None:
    before: rules.Head | None = None
    for head in heads:
        if not is_signed(head, public):
            raise _Found(
                head.seq, None, "签名与内容不符：这个签名点被改动过", "A signed head does not fit its signature"
            )
        if head.previous_hash != (before.statement_hash if before else rules.FIRST_HASH):
            raise _Found(
                head.seq, None, "签名点没有接在上一个之后：中间有一个被删掉了", "A signed head before it is missing"
            )
        before = head


def _begin(walk: _Walk, first: int | None) -> None:
    """Where the chain begins: at the first line, or behind a head whose lines were old enough to be removed."""
    if first is None or first == 1:
        return
    cut = walk.heads.get(first - 1)
    if cut is None or not rules.may_begin_after(cut, clock.wall()):
        lost = max((seq for seq, head in walk.heads.items() if _is_cut(seq, head, first)), default=0) + 1
        raise _Found(lost, None, "开头的记录被删掉了", "Lines at the beginning have been taken away")
    walk.seq, walk.hash = cut.seq, cut.hash


def _is_cut(seq: int, head: rules.Head, first: int) -> bool:
    return seq < first and rules.may_begin_after(head, clock.wall())


def _follow(walk: _Walk, row: Any) -> None:
    walk.first = walk.first or row["seq"]
    if row["seq"] != walk.seq + 1:
        raise _Found(walk.seq + 1, None, "链上缺了这一环", "This link of the chain is missing")
    if row["id"] is None:
        raise _Found(row["seq"], row["audit_id"], "这条记录被删掉了", "This line has been taken away")
    expected = rules.next_hash(walk.hash, row)
    if expected != row["hash"]:
        raise _Found(
            row["seq"],
            row["audit_id"],
            "这条记录或它的顺序被改动过：内容与哈希不符",
            "This line, or its place, has been changed: it does not fit its hash",
        )
    walk.seq, walk.hash = row["seq"], expected
    walk.lines += 1
    head = walk.heads.get(walk.seq)
    if head is not None and head.hash != walk.hash:
        before = max((seq for seq in walk.heads if seq < walk.seq), default=0)
        raise _Found(
            before + 1,
            None,
            f"第 {before + 1} 至 {walk.seq} 条之间被整段重写过：与签名不符",
            f"Lines {before + 1} to {walk.seq} have been written anew: they do not fit what was signed",
        )


def _check_end(walk: _Walk, known: rules.Head | None) -> None:
    newest = max(walk.heads, default=0)
    if newest > walk.seq:
        raise _Found(walk.seq + 1, None, "最新的记录被删掉了", "The newest lines have been taken away")
    if known is None:
        return
    here = walk.heads.get(known.seq)
    if here is None or here.hash != known.hash:
        raise _Found(
            known.seq, None, "与另外保存的签名点不符", "The chain is not the one of the head that was kept elsewhere"
        )


async def _check_strays(driver: asyncpg.Connection) -> None:
    """Lines that stand before the sealed end and have no place in the chain have been put in later."""
    stray = await driver.fetchrow(_STRAY)
    if stray is not None:
        raise _Found(
            stray["seq"],
            stray["id"],
            "这条记录是事后插入的：链上没有它",
            "This line was put in later: it is not in the chain",
        )


def is_signed(head: rules.Head, public: Mapping[str, bytes]) -> bool:
    """Whether a head is signed by one of the keys that ever signed."""
    key = public.get(head.key_id)
    if key is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(head.signature, head.statement)
    except InvalidSignature:
        return False
    return True


async def public_keys(session: Session) -> dict[str, bytes]:
    """Every public key that heads were signed with, by its name."""
    known = await keys.find_public_keys(session)
    # Verifying needs no secret: the database remembers the public halves.
    with suppress(keys.KeysNotOpened):
        known.append(keys.ring().public_key)
    return {rules.key_id(public): public for public in known}


async def newest_head(driver: asyncpg.Connection) -> rules.Head | None:
    """The newest signed head."""
    row = await driver.fetchrow(_NEWEST_HEAD)
    return _head_of(row) if row else None


async def retention_days(session: Session) -> int:
    """How long lines are kept."""
    query = select(platform_setting.c.value).where(platform_setting.c.key == RETENTION)
    return (await session.execute(query)).scalar_one_or_none() or rules.USUAL_DAYS


async def last_report(session: Session) -> dict[str, Any]:
    """How the last verification ended, as it was stored; empty before the first."""
    found = await session.scalar(select(platform_setting.c.value).where(platform_setting.c.key == VERIFIED))
    return dict(found or {})


@dataclass(frozen=True, kw_only=True)
class State:
    """The chain at a glance."""

    sealed: int
    unsealed: int
    oldest_unsealed_at: datetime | None
    head: rules.Head | None


async def state(session: Session) -> State:
    """How much is sealed, what waits, and the newest head."""
    driver = await raw(session)
    row = await driver.fetchrow(_STATE)
    assert row is not None
    head = await newest_head(driver)
    return State(sealed=row["sealed"], unsealed=row["unsealed"], oldest_unsealed_at=row["oldest"], head=head)


def _head_of(row: Any) -> rules.Head:
    return rules.Head(**{name: row[name] for name in HEAD_COLUMNS})


_HEADS = "select seq, hash, made_at, newest_at, previous_hash, key_id, signature from audit_head order by seq"
_NEWEST_HEAD = """
    select seq, hash, made_at, newest_at, previous_hash, key_id, signature from audit_head order by seq desc limit 1
"""
_LINES = """
    select s.seq, s.audit_id, s.hash, a.id, a.at, a.wall_at, a.actor, a.on_behalf_of, a.action, a.object_kind,
        a.object_id, a.member_id, a.result, a.code, a.trace_id, a.address, a.session_id,
        a.details::text as details, a.changes::text as changes, a.sealed
    from audit_seal s left join audit a on a.id = s.audit_id
    where s.seq > $1 order by s.seq limit $2
"""
_STRAY = """
    with newest as (
        select s.seq, a.transaction_id, a.id
        from audit_seal s join audit a on a.id = s.audit_id order by s.seq desc limit 1
    )
    select a.id, newest.seq from audit a, newest
    where (a.transaction_id, a.id) <= (newest.transaction_id, newest.id)
        and not exists (select from audit_seal s where s.audit_id = a.id)
    order by a.transaction_id, a.id limit 1
"""
_STATE = """
    with newest as (
        select s.seq, a.transaction_id, a.id
        from audit_seal s join audit a on a.id = s.audit_id order by s.seq desc limit 1
    )
    select coalesce((select seq from newest), 0) as sealed, waiting.count as unsealed, waiting.oldest
    from (
        select count(*) as count, min(a.wall_at) as oldest from audit a
        where (a.transaction_id, a.id) > (
            coalesce((select transaction_id from newest), 0), coalesce((select id from newest), 0)
        )
    ) waiting
"""
