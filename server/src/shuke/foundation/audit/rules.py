"""The chain as pure functions: what is hashed of a line, what is signed of a head, how long lines are kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import orjson

FIRST_HASH = bytes(32)
# The law asks for six months; the database refuses to give up younger lines whatever the program asks.
SHORTEST_DAYS = 184
USUAL_DAYS = 400
LONGEST_DAYS = 3_660
# A head is signed once a day, and sooner where very much happens.
LINES_PER_HEAD = 100_000
_PREFIX = b"shuke audit head v1\n"

# Every column but the number of the transaction, which a restored database may have to change.
HASHED = (
    *("id", "at", "wall_at", "actor", "on_behalf_of", "action", "object_kind", "object_id", "member_id", "result"),
    *("code", "trace_id", "address", "session_id", "details", "changes", "sealed"),
)


def canonical(line: Any) -> bytes:
    """What is hashed of a line, a row by name; `details` and `changes` are the database's own text of the JSON."""
    return orjson.dumps([_plain(line[name]) for name in HASHED])


def next_hash(before: bytes, line: Any) -> bytes:
    """The hash of a line that follows one with a hash."""
    return sha256(before + canonical(line)).digest()


@dataclass(frozen=True, kw_only=True)
class Head:
    """A signed hash of the chain; each names the one before it."""

    seq: int
    hash: bytes
    made_at: datetime
    newest_at: datetime
    previous_hash: bytes
    key_id: str
    signature: bytes

    @property
    def statement(self) -> bytes:
        """What is signed."""
        return _PREFIX + orjson.dumps(
            {
                "seq": self.seq,
                "hash": self.hash.hex(),
                "made_at": self.made_at.isoformat(),
                "newest_at": self.newest_at.isoformat(),
                "previous": self.previous_hash.hex(),
            }
        )

    @property
    def statement_hash(self) -> bytes:
        """What the next head names as the one before it."""
        return sha256(self.statement).digest()


def is_head_due(newest: Head | None, *, seq: int, at: datetime) -> bool:
    """Whether the chain should be signed now: the first of a day, or after very many lines."""
    if newest is None:
        return seq > 0
    if seq <= newest.seq:
        return False
    return newest.made_at.date() < at.date() or seq - newest.seq >= LINES_PER_HEAD


def may_begin_after(head: Head, at: datetime) -> bool:
    """Whether lines up to a head may have been removed: only when the newest of them is old enough."""
    return head.newest_at <= at - timedelta(days=SHORTEST_DAYS)


def key_id(public_key: bytes) -> str:
    """How a public key is named."""
    return sha256(public_key).hexdigest()[:16]


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    return value.isoformat() if isinstance(value, datetime) else value
