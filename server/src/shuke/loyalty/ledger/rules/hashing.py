"""Two digests, for two questions.

The chain hash covers every column of an entry and what it did to lots: has anybody changed history? The comparison
digest covers keys, amounts and business times only: did two runs come to the same result, whatever their sequence
numbers and recording times?
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

import orjson

FIRST_HASH = bytes(32)
_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z


def entry_hash(previous_hash: bytes, columns: Sequence[Any]) -> bytes:
    """SHA-256 over the previous entry's hash and the canonical JSON of this entry's columns."""
    return sha256(previous_hash + orjson.dumps(columns, option=_OPTIONS)).digest()


def comparison_digest(rows: Iterable[Sequence[Any]]) -> bytes:
    """SHA-256 over rows of keys, amounts and business times, in the order given."""
    digest = sha256()
    for row in rows:
        digest.update(orjson.dumps(row, option=_OPTIONS))
    return digest.digest()
