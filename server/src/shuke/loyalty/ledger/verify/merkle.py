"""The tree over the heads of all accounts. Pure, and small enough to be written again by whoever checks a proof.

leaf     SHA-256 of 0x00 and [member id, currency code, version, head hash in hexadecimal] as compact JSON
bucket   the first bits of SHA-256 of [member id, currency code]; SHA-256 of its leaves, one after the other in order of
         member and currency code
node     SHA-256 of 0x01, the left and the right one below it; the lowest are the buckets in their order
"""

from collections.abc import Sequence
from hashlib import sha256

import orjson

MAX_BITS = 16
EMPTY_BUCKET = sha256(b"").digest()
_PER_BUCKET = 64


def bits_for(accounts: int) -> int:
    """So many bits that about 64 accounts share a bucket."""
    bits = 0
    while accounts > _PER_BUCKET << bits and bits < MAX_BITS:
        bits += 1
    return bits


def leaf(member_id: int, currency: str, version: int, head_hash: bytes) -> bytes:
    """The leaf of one account."""
    return sha256(b"\0" + orjson.dumps([member_id, currency, version, head_hash.hex()])).digest()


def bucket_of(member_id: int, currency: str, bits: int) -> int:
    """The number of an account's bucket."""
    first = int.from_bytes(sha256(orjson.dumps([member_id, currency])).digest()[:2], "big")
    return first >> (MAX_BITS - bits)


def bucket(leaves: Sequence[bytes]) -> bytes:
    """The hash of a bucket."""
    return sha256(b"".join(leaves)).digest()


def root(buckets: Sequence[bytes]) -> bytes:
    """The root over 2^n buckets."""
    level = list(buckets)
    while len(level) > 1:
        level = [_node(level[place], level[place + 1]) for place in range(0, len(level), 2)]
    return level[0]


def path(buckets: Sequence[bytes], number: int) -> list[bytes]:
    """The neighbours on the way from a bucket to the root, lowest first."""
    found = []
    level = list(buckets)
    while len(level) > 1:
        found.append(level[number ^ 1])
        level = [_node(level[place], level[place + 1]) for place in range(0, len(level), 2)]
        number >>= 1
    return found


def root_from(hash_: bytes, number: int, neighbours: Sequence[bytes]) -> bytes:
    """The root that a bucket's hash and its neighbours lead to."""
    for neighbour in neighbours:
        hash_ = _node(neighbour, hash_) if number & 1 else _node(hash_, neighbour)
        number >>= 1
    return hash_


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()
