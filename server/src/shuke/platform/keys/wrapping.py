"""Wrapping data keys: the protocol, and its implementation with key files."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidTag

from shuke.platform import crypto

from .files import Secrets, derive


@dataclass(frozen=True)
class WrappedKey:
    """A data key as it is stored: wrapped, and by which version of the key-encryption key."""

    wrapped: bytes
    version: int


class KeyEncryption(Protocol):
    """What wraps data keys: key files here, a key management service elsewhere. Batches, because calls may travel."""

    @property
    def version(self) -> int:
        """The version of the key that wraps now, as far as is known."""

    async def wrap(self, data_keys: Sequence[bytes], contexts: Sequence[str]) -> list[WrappedKey]:
        """Each data key wrapped for its context."""

    async def unwrap(self, wrapped: Sequence[WrappedKey], contexts: Sequence[str]) -> list[bytes]:
        """Each data key again. Raises crypto.SealBroken."""

    def knows(self, version: int) -> bool:
        """Whether keys that were wrapped by a version can be unwrapped."""

    def use_files(self, secrets: Secrets) -> None:
        """Follow the key files, which have changed."""


class FileKeyEncryption:
    """Key encryption with keys read from files, by version."""

    def __init__(self, secrets_by_version: Mapping[int, bytes]) -> None:
        self._ciphers: dict[tuple[int, bytes], crypto.Aead] = {}
        self._secrets: Mapping[int, bytes] = {}
        self._use(secrets_by_version)

    def use_files(self, secrets: Secrets) -> None:
        """Follow the key files, which have changed."""
        self._use(secrets.kek)

    def _use(self, secrets_by_version: Mapping[int, bytes]) -> None:
        self._secrets = {version: derive(secret, "key encryption") for version, secret in secrets_by_version.items()}
        self._ciphers = {}
        self._version = max(self._secrets)

    @property
    def version(self) -> int:
        """The version of the key that wraps now."""
        return self._version

    def knows(self, version: int) -> bool:
        """Whether keys that were wrapped by a version can be unwrapped."""
        return version in self._secrets

    async def wrap(self, data_keys: Sequence[bytes], contexts: Sequence[str]) -> list[WrappedKey]:
        """Each data key wrapped for its context."""
        suite, version = crypto.suite(), self._version
        cipher = self._cipher(version, suite)
        wrapped = []
        for data_key, context in zip(data_keys, contexts, strict=True):
            nonce = os.urandom(crypto.NONCE_BYTES)
            body = cipher.encrypt(nonce, data_key, _bound(suite, version, context))
            wrapped.append(WrappedKey(suite.format + nonce + body, version))
        return wrapped

    async def unwrap(self, wrapped: Sequence[WrappedKey], contexts: Sequence[str]) -> list[bytes]:
        """Each data key again. Raises crypto.SealBroken."""
        return [self._unwrap(key, context) for key, context in zip(wrapped, contexts, strict=True)]

    def _unwrap(self, key: WrappedKey, context: str) -> bytes:
        suite = crypto.suite_of(key.wrapped)
        if suite is None or key.version not in self._secrets:
            raise crypto.SealBroken(context)
        body = key.wrapped[len(suite.format) :]
        nonce, sealed = body[: crypto.NONCE_BYTES], body[crypto.NONCE_BYTES :]
        try:
            return self._cipher(key.version, suite).decrypt(nonce, sealed, _bound(suite, key.version, context))
        except (InvalidTag, ValueError):
            raise crypto.SealBroken(context) from None

    def _cipher(self, version: int, suite: crypto.Suite) -> crypto.Aead:
        place = (version, suite.format)
        cipher = self._ciphers.get(place)
        if cipher is None:
            cipher = self._ciphers[place] = suite.with_key(self._secrets[version])
        return cipher


def _bound(suite: crypto.Suite, version: int, context: str) -> bytes:
    return suite.format + f"{version}:{context}".encode()
