"""Sealing of personal data: one random data key per record, every sealed value bound to its place.

Values are sealed with AES-256-GCM, or with SM4-GCM where the installation chose it (`use_cipher`). The first bytes of
a value name its cipher, so both open at any time, and the choice may change while there are values of the other.

A data key may have the one before it behind it (64 bytes): the first half seals, either half opens. So nobody who
reads or writes in the moment of its renewal is left with a key that does not fit.

A record's values are sealed under the record's own data key; the data key is wrapped by the installation's
key-encryption key (`platform/keys`). Destroying the one wrapped key makes every copy of the record unreadable.
`context` names the place of a value (such as `note:12:text`); a value moved to another row does not open.
Exact look-up goes by `blind_index`, word search by `token`: keyed hashes that mean nothing outside the installation.
"""

import hmac
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shuke.platform.errors import AppError

DATA_KEY_BYTES = 32
BLIND_INDEX_BYTES = 16
NONCE_BYTES = 12
_TAG_BYTES = 16
_FORMAT_BYTES = 2
_OVERHEAD = _FORMAT_BYTES + NONCE_BYTES + _TAG_BYTES

CipherName = Literal["aes-256-gcm", "sm4-gcm"]


class Aead(Protocol):
    """Authenticated encryption with one key."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """Ciphertext and tag."""

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """The plaintext. Raises InvalidTag."""


class Sm4Gcm:
    """SM4 in Galois counter mode (RFC 8998); the key has 16 bytes."""

    def __init__(self, key: bytes) -> None:
        self._algorithm = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """Ciphertext and tag."""
        work = Cipher(self._algorithm, modes.GCM(nonce)).encryptor()
        work.authenticate_additional_data(associated_data or b"")
        return work.update(data) + work.finalize() + work.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """The plaintext. Raises InvalidTag."""
        work = Cipher(self._algorithm, modes.GCM(nonce, data[-_TAG_BYTES:])).decryptor()
        work.authenticate_additional_data(associated_data or b"")
        return work.update(data[:-_TAG_BYTES]) + work.finalize()


@dataclass(frozen=True)
class Suite:
    """A cipher that values can be sealed with: the bytes that name it, and how a key of 32 bytes is set up for it."""

    name: CipherName
    format: bytes
    with_key: Callable[[bytes], Aead]


def _sm4(data_key: bytes) -> Aead:
    # SM4 has keys of 128 bits; its key is another one than AES would use, made of the same secret.
    return Sm4Gcm(hmac.digest(data_key, b"shuke sm4-gcm", "sha256")[:16])


_SUITES = (Suite("aes-256-gcm", b"v1", AESGCM), Suite("sm4-gcm", b"v2", _sm4))
_BY_NAME = {suite.name: suite for suite in _SUITES}
_BY_FORMAT = {suite.format: suite for suite in _SUITES}
_chosen = _SUITES[0]


def use_cipher(name: CipherName) -> None:
    """Choose what this process seals with from now on; opening needs no choice."""
    global _chosen
    _chosen = _BY_NAME[name]


def suite() -> Suite:
    """What this process seals with."""
    return _chosen


def suite_of(sealed: bytes) -> Suite | None:
    """What a value was sealed with, by its first bytes."""
    return _BY_FORMAT.get(sealed[:_FORMAT_BYTES])


class SealBroken(AppError):
    """A sealed value does not open: wrong key, wrong place, or changed bytes. Never says what was inside."""

    code = "keys.seal_broken"
    status = 500
    title = {"zh": "加密数据无法打开", "en": "A sealed value does not open"}
    detail = {
        "zh": "有一项加密数据打不开：密钥不对、被移到了别的记录，或已损坏。位置已写入日志，请联系管理员。",
        "en": "A sealed value does not open: wrong key, wrong row, or damaged. The log says where; tell whoever runs "
        "the machine.",
    }

    def __init__(self, context: str) -> None:
        super().__init__()
        self.context = context


def new_data_keys(count: int) -> list[bytes]:
    """Fresh random data keys of 256 bits."""
    pool = os.urandom(DATA_KEY_BYTES * count)
    return [pool[start : start + DATA_KEY_BYTES] for start in range(0, len(pool), DATA_KEY_BYTES)]


def seal(data_key: bytes, plaintext: bytes, context: str) -> bytes:
    """The plaintext sealed for one place: format, nonce, ciphertext and tag."""
    return seal_many(data_key, [(plaintext, context)])[0]


def open_(data_key: bytes, sealed: bytes, context: str) -> bytes:
    """The plaintext of a sealed value. Raises SealBroken."""
    return open_many(data_key, [(sealed, context)])[0]


def seal_many(data_key: bytes, values: Iterable[tuple[bytes, str]]) -> list[bytes]:
    """Several (plaintext, context) pairs sealed under one data key, which is set up once."""
    chosen = _chosen
    cipher = chosen.with_key(data_key[:DATA_KEY_BYTES])
    sealed = []
    for plaintext, context in values:
        nonce = os.urandom(NONCE_BYTES)
        sealed.append(chosen.format + nonce + cipher.encrypt(nonce, plaintext, chosen.format + context.encode()))
    return sealed


def open_many(data_key: bytes, values: Iterable[tuple[bytes, str]]) -> list[bytes]:
    """Several (sealed, context) pairs of one data key opened. Raises SealBroken."""
    halves = [data_key[start : start + DATA_KEY_BYTES] for start in range(0, len(data_key), DATA_KEY_BYTES)]
    ciphers: dict[bytes, list[Aead]] = {}
    opened = []
    for sealed, context in values:
        found = suite_of(sealed)
        if found is None or len(sealed) < _OVERHEAD:
            raise SealBroken(context)
        if found.format not in ciphers:
            ciphers[found.format] = [found.with_key(half) for half in halves]
        opened.append(_open(ciphers[found.format], sealed, found.format + context.encode(), context))
    return opened


def blind_index(index_key: bytes, domain: str, value: str) -> bytes:
    """The keyed hash that finds a value without showing it: HMAC-SHA256 cut to 128 bits. Domains never collide."""
    return hmac.digest(index_key, f"{domain}\x00{value}".encode(), "sha256")[:BLIND_INDEX_BYTES]


def token(token_key: bytes, domain: str, word: str) -> int:
    """A search word as a keyed signed 64-bit integer: HMAC-SHA256 cut to 64 bits, for bigint[] with a GIN index."""
    digest = hmac.digest(token_key, f"{domain}\x00{word}".encode(), "sha256")
    return int.from_bytes(digest[:8], "big", signed=True)


def _open(ciphers: Iterable[Aead], sealed: bytes, bound: bytes, context: str) -> bytes:
    nonce, body = sealed[_FORMAT_BYTES : _FORMAT_BYTES + NONCE_BYTES], sealed[_FORMAT_BYTES + NONCE_BYTES :]
    for cipher in ciphers:
        try:
            return cipher.decrypt(nonce, body, bound)
        except InvalidTag:
            continue
    raise SealBroken(context)
