"""Sealing of personal data: one random data key per record, AES-256-GCM, every sealed value bound to its place.

A record's values are sealed under the record's own data key; the data key is wrapped by the installation's
key-encryption key (`platform/keys`). Destroying the one wrapped key makes every copy of the record unreadable.
`context` names the place of a value (such as `note:12:text`); a value moved to another row does not open.
Exact look-up goes by `blind_index`, word search by `token`: keyed hashes that mean nothing outside the installation.
"""

import hmac
import os
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

DATA_KEY_BYTES = 32
BLIND_INDEX_BYTES = 16
_NONCE_BYTES = 12
_TAG_BYTES = 16
# The first bytes of every sealed value name its format, so that another algorithm can be added beside this one.
_FORMAT = b"v1"
_OVERHEAD = len(_FORMAT) + _NONCE_BYTES + _TAG_BYTES


class SealBroken(Exception):
    """A sealed value does not open: wrong key, wrong place, or changed bytes. Never says what was inside."""

    def __init__(self, context: str) -> None:
        super().__init__(f"the sealed value at {context} does not open: wrong key, wrong row, or damaged")


def new_data_keys(count: int) -> list[bytes]:
    """Fresh random data keys of 256 bits."""
    pool = os.urandom(DATA_KEY_BYTES * count)
    return [pool[start : start + DATA_KEY_BYTES] for start in range(0, len(pool), DATA_KEY_BYTES)]


def seal(data_key: bytes, plaintext: bytes, context: str) -> bytes:
    """The plaintext sealed for one place: format, nonce, ciphertext and tag."""
    return _seal(AESGCM(data_key), plaintext, context, os.urandom(_NONCE_BYTES))


def open_(data_key: bytes, sealed: bytes, context: str) -> bytes:
    """The plaintext of a sealed value. Raises SealBroken."""
    return _open(AESGCM(data_key), sealed, context)


def seal_many(data_key: bytes, values: Iterable[tuple[bytes, str]]) -> list[bytes]:
    """Several (plaintext, context) pairs sealed under one data key, which is set up once."""
    cipher = AESGCM(data_key)
    return [_seal(cipher, plaintext, context, os.urandom(_NONCE_BYTES)) for plaintext, context in values]


def open_many(data_key: bytes, values: Iterable[tuple[bytes, str]]) -> list[bytes]:
    """Several (sealed, context) pairs of one data key opened. Raises SealBroken."""
    cipher = AESGCM(data_key)
    return [_open(cipher, sealed, context) for sealed, context in values]


def blind_index(index_key: bytes, domain: str, value: str) -> bytes:
    """The keyed hash that finds a value without showing it: HMAC-SHA256 cut to 128 bits. Domains never collide."""
    return hmac.digest(index_key, f"{domain}\x00{value}".encode(), "sha256")[:BLIND_INDEX_BYTES]


def token(token_key: bytes, domain: str, word: str) -> int:
    """A search word as a keyed signed 64-bit integer: HMAC-SHA256 cut to 64 bits, for bigint[] with a GIN index."""
    digest = hmac.digest(token_key, f"{domain}\x00{word}".encode(), "sha256")
    return int.from_bytes(digest[:8], "big", signed=True)


def _seal(cipher: AESGCM, plaintext: bytes, context: str, nonce: bytes) -> bytes:
    return _FORMAT + nonce + cipher.encrypt(nonce, plaintext, _FORMAT + context.encode())


def _open(cipher: AESGCM, sealed: bytes, context: str) -> bytes:
    if len(sealed) < _OVERHEAD or not sealed.startswith(_FORMAT):
        raise SealBroken(context)
    nonce = sealed[len(_FORMAT) : len(_FORMAT) + _NONCE_BYTES]
    try:
        return cipher.decrypt(nonce, sealed[len(_FORMAT) + _NONCE_BYTES :], _FORMAT + context.encode())
    except InvalidTag:
        raise SealBroken(context) from None
