"""Two digests, for two questions.

The chain hash covers every column of an entry, its operation, what it did to lots, and the lots and the hold it
opened: has anybody changed history? The comparison digest covers keys, amounts and business times only: did two runs
come to the same result, whatever their sequence numbers and recording times?

What the chain hash is made over is the compact JSON of a list in a fixed order (`rules/posting.py`), instants as whole
microseconds since 1970, days as ISO 8601: so the database can write the very same text itself (`verify/statement.py`),
and so can anybody who holds a proof.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import orjson

FIRST_HASH = bytes(32)
_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_A_MICROSECOND = timedelta(microseconds=1)


def canonical(columns: Sequence[Any]) -> bytes:
    """The text that is hashed: compact JSON. Text already in JSON is passed as `orjson.Fragment`."""
    return orjson.dumps(columns)


def entry_hash(previous_hash: bytes, text: bytes) -> bytes:
    """SHA-256 over the previous entry's hash and the canonical text of this one."""
    return sha256(previous_hash + text).digest()


def microseconds(at: datetime | None) -> int | None:
    """An instant as whole microseconds since 1970."""
    return None if at is None else (at - _EPOCH) // _A_MICROSECOND


def comparison_digest(rows: Iterable[Sequence[Any]]) -> bytes:
    """SHA-256 over rows of keys, amounts and business times, in the order given."""
    digest = sha256()
    for row in rows:
        digest.update(orjson.dumps(row, option=_OPTIONS))
    return digest.digest()
