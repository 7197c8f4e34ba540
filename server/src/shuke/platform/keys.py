"""The installation's keys: files outside the database, opened at start and never printed.

`kek-<n>.key` wraps data keys (the highest number wraps, all of them unwrap); `index.key` makes blind indexes and
search tokens; `ledger.key` signs what the house vouches for. Every key in use is derived from a file by HKDF for one
purpose. The database remembers a fingerprint of each file (of `ledger.key` its public half, in hexadecimal), so that a
lost or exchanged file is noticed at start, before anything is sealed or signed with it.
"""

import base64
import os
import re
import secrets
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Column, DateTime, Table, Text, select
from sqlalchemy.dialects.postgresql import insert

from shuke.platform import clock, crypto
from shuke.platform.db import Session, metadata
from shuke.platform.errors import AppError

key_fingerprint = Table(
    "key_fingerprint",
    metadata,
    Column("name", Text, primary_key=True),
    Column("fingerprint", Text, nullable=False),
    Column("first_used_at", DateTime(timezone=True), nullable=False),
)

_FILE_FORMAT = re.compile(r"shuke-key-v1 ([A-Za-z0-9_-]{43}=)\s*")
_KEK_FILE = re.compile(r"kek-(\d{1,4})\.key")
_SIGNING_FILE = "ledger.key"
_NONCE_BYTES = 12
_WRAP_FORMAT = b"v1"


class KeysNotOpened(AppError):
    """Something wants to seal or open before the start has opened the keys."""

    code = "keys.not_opened"
    status = 503
    title = {"zh": "密钥未打开", "en": "Keys not opened"}
    detail = {
        "zh": "程序还没有打开加密密钥。请通过 shuke 命令启动程序。",
        "en": "The encryption keys have not been opened. Start the program with the shuke command.",
    }


class KeysMissing(AppError):
    """The database holds sealed data, but the key file that opens it is not there."""

    code = "keys.missing"
    status = 503
    title = {"zh": "密钥文件缺失", "en": "Key file missing"}
    detail = {
        "zh": "数据库里有用 {name} 加密或签名的数据，但 {directory} 里没有这个文件。"
        "请从备份恢复它；程序不会自动新建，以免原有数据永远无法解密。",
        "en": "The database holds data sealed or signed with {name}, but {directory} has no such file. "
        "Restore it from your backup; a new one is never made by itself, because the data could never be opened again.",
    }


class KeysExchanged(AppError):
    """A key file is there, but it is not the one that the database was sealed with."""

    code = "keys.exchanged"
    status = 503
    title = {"zh": "密钥文件不匹配", "en": "Wrong key file"}
    detail = {
        "zh": "{directory} 里的 {name} 不是这个数据库使用的密钥。请换回属于这个数据库的密钥文件。",
        "en": "{name} in {directory} is not the key that this database uses. Put the right key file back.",
    }


class KeysExposed(AppError):
    """Others on the machine could read the keys."""

    code = "keys.exposed"
    status = 503
    title = {"zh": "密钥权限过宽", "en": "Keys readable by others"}
    detail = {
        "zh": "{path} 可被其他用户访问。请运行：chmod {mode} {path}，然后重新启动。",
        "en": "Other users can access {path}. Run: chmod {mode} {path}, then start again.",
    }


class KeysUnreadable(AppError):
    """A key file is damaged or cannot be read or written."""

    code = "keys.unreadable"
    status = 503
    title = {"zh": "密钥文件无法使用", "en": "Key file unusable"}
    detail = {
        "zh": "无法使用密钥文件 {path}。请检查权限，或从备份恢复它。",
        "en": "The key file {path} cannot be used. Check its rights, or restore it from your backup.",
    }


class KeyEncryption(Protocol):
    """What wraps data keys: key files here, a key management service elsewhere. Batches, because calls may travel."""

    @property
    def version(self) -> int:
        """The version of the key that wraps now."""

    async def wrap(self, data_keys: Sequence[bytes], contexts: Sequence[str]) -> list[bytes]:
        """Each data key wrapped for its context."""

    async def unwrap(self, wrapped: Sequence[bytes], contexts: Sequence[str], versions: Sequence[int]) -> list[bytes]:
        """Each data key again. Raises crypto.SealBroken."""


class FileKeyEncryption:
    """Key encryption with keys read from files, by version."""

    def __init__(self, secrets_by_version: Mapping[int, bytes]) -> None:
        self._ciphers = {
            version: AESGCM(_derive(secret, "key encryption")) for version, secret in secrets_by_version.items()
        }
        self._version = max(self._ciphers)

    @property
    def version(self) -> int:
        """The version of the key that wraps now."""
        return self._version

    async def wrap(self, data_keys: Sequence[bytes], contexts: Sequence[str]) -> list[bytes]:
        """Each data key wrapped for its context."""
        cipher = self._ciphers[self._version]
        pool = os.urandom(_NONCE_BYTES * len(data_keys))
        wrapped = []
        for place, (data_key, context) in enumerate(zip(data_keys, contexts, strict=True)):
            nonce = pool[place * _NONCE_BYTES : (place + 1) * _NONCE_BYTES]
            bound = _bound(self._version, context)
            wrapped.append(_WRAP_FORMAT + nonce + cipher.encrypt(nonce, data_key, bound))
        return wrapped

    async def unwrap(self, wrapped: Sequence[bytes], contexts: Sequence[str], versions: Sequence[int]) -> list[bytes]:
        """Each data key again. Raises crypto.SealBroken."""
        return [self._unwrap(*item) for item in zip(wrapped, contexts, versions, strict=True)]

    def _unwrap(self, wrapped: bytes, context: str, version: int) -> bytes:
        cipher = self._ciphers.get(version)
        if cipher is None or not wrapped.startswith(_WRAP_FORMAT):
            raise crypto.SealBroken(context)
        body = wrapped[len(_WRAP_FORMAT) :]
        try:
            return cipher.decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], _bound(version, context))
        except (InvalidTag, ValueError):
            raise crypto.SealBroken(context) from None


@dataclass(frozen=True)
class WrappedKey:
    """A data key as it is stored: wrapped, and by which version of the key-encryption key."""

    wrapped: bytes
    version: int


class KeyRing:
    """Every key of the installation, ready for use; a bounded number of unwrapped data keys stays in memory."""

    def __init__(
        self, key_encryption: KeyEncryption, index_secret: bytes, signing_secret: bytes, *, cache_size: int = 20_000
    ) -> None:
        self._key_encryption = key_encryption
        self._signing_key = _signing_key(signing_secret)
        self._blind_key = _derive(index_secret, "blind index")
        token_key = _derive(index_secret, "search token")
        # The same beginnings and pairs of characters come again and again.
        self._tokens = lru_cache(maxsize=65_536)(partial(crypto.token, token_key))
        self._cache_size = cache_size
        # By wrapped key and context, so that a key never opens under another record, and a destroyed one is not found.
        self._cache: OrderedDict[tuple[bytes, int, str], bytes] = OrderedDict()

    def blind(self, domain: str, value: str) -> bytes:
        """The blind index of a value in a domain (16 bytes)."""
        return crypto.blind_index(self._blind_key, domain, value)

    def token(self, domain: str, word: str) -> int:
        """The search token of a word in a domain (signed 64 bits)."""
        return self._tokens(domain, word)

    @property
    def public_key(self) -> bytes:
        """The public half of the key that signs (Ed25519, 32 bytes)."""
        return self._signing_key.public_key().public_bytes_raw()

    def sign(self, statement: bytes) -> bytes:
        """The signature of a statement (Ed25519, 64 bytes)."""
        return self._signing_key.sign(statement)

    async def make(self, contexts: Sequence[str]) -> list[tuple[bytes, WrappedKey]]:
        """A fresh data key for each context, and how it is stored."""
        data_keys = crypto.new_data_keys(len(contexts))
        wrapped = await self._key_encryption.wrap(data_keys, contexts)
        version = self._key_encryption.version
        return [(key, WrappedKey(stored, version)) for key, stored in zip(data_keys, wrapped, strict=True)]

    async def open(self, wanted: Sequence[tuple[WrappedKey, str]]) -> list[bytes]:
        """The data key of each (stored key, context). Raises crypto.SealBroken."""
        places = [(key.wrapped, key.version, context) for key, context in wanted]
        missing = [place for place in places if place not in self._cache]
        opened = await self._key_encryption.unwrap(
            [wrapped for wrapped, _, _ in missing],
            [context for _, _, context in missing],
            [version for _, version, _ in missing],
        )
        fresh = dict(zip(missing, opened, strict=True))
        answer = [fresh.get(place) or self._cached(place) for place in places]
        self._cache.update(fresh)
        while len(self._cache) > self._cache_size:
            self._cache.popitem(last=False)
        return answer

    def _cached(self, place: tuple[bytes, int, str]) -> bytes:
        self._cache.move_to_end(place)
        return self._cache[place]

    @classmethod
    def throwaway(cls) -> "KeyRing":
        """A ring of random keys that nobody keeps: for tests and measurements."""
        return cls(FileKeyEncryption({1: secrets.token_bytes(32)}), secrets.token_bytes(32), secrets.token_bytes(32))


_ring: KeyRing | None = None


def use(opened: KeyRing | None) -> None:
    """Make a key ring the one of this process (None: close it)."""
    global _ring
    _ring = opened


def ring() -> KeyRing:
    """The key ring of this process. Raises KeysNotOpened."""
    if _ring is None:
        raise KeysNotOpened
    return _ring


async def open_keys(session: Session, directory: Path) -> KeyRing:
    """Open the key files for this database and make them the process's key ring. Call once at start, after migrating.

    Files are made only while the database has never sealed anything. Raises KeysMissing, KeysExchanged, KeysExposed
    or KeysUnreadable; each says what to do.
    """
    known = {row.name: row.fingerprint for row in await session.execute(select(key_fingerprint))}
    found = _open_files(directory, known)
    await _remember(session, directory, found)
    opened = _ring_of(found)
    use(opened)
    return opened


async def find_public_key(session: Session) -> bytes | None:
    """The public half of the key that signs, as the database remembers it: known where the key files are not."""
    known = select(key_fingerprint.c.fingerprint).where(key_fingerprint.c.name == _SIGNING_FILE)
    found = (await session.execute(known)).scalar()
    return None if found is None else bytes.fromhex(found)


def _open_files(directory: Path, known: Mapping[str, str]) -> dict[str, bytes]:
    """The secret of each key file, checked against the fingerprints that the database knows."""
    for name in sorted(known):
        if not (directory / name).exists():
            raise KeysMissing(name=name, directory=directory)
    if not known:
        _make_directory(directory)
        for name in ("index.key", "kek-1.key"):
            _make_file(directory / name)
    if _SIGNING_FILE not in known:
        # Also where an older release has been: nothing has been signed yet.
        _make_file(directory / _SIGNING_FILE)
    _require_private(directory, "700")
    found = {path.name: _read_file(path) for path in sorted(directory.glob("*.key"))}
    for name, fingerprint in known.items():
        if _fingerprint(name, found[name]) != fingerprint:
            raise KeysExchanged(name=name, directory=directory)
    return found


async def _remember(session: Session, directory: Path, found: Mapping[str, bytes]) -> None:
    """Write down new fingerprints; when another process was first, its word counts."""
    rows = [
        {"name": name, "fingerprint": _fingerprint(name, secret), "first_used_at": clock.wall()}
        for name, secret in sorted(found.items())
    ]
    await session.execute(insert(key_fingerprint).values(rows).on_conflict_do_nothing())
    for row in await session.execute(select(key_fingerprint)):
        if row.name in found and _fingerprint(row.name, found[row.name]) != row.fingerprint:
            raise KeysExchanged(name=row.name, directory=directory)


def _ring_of(found: Mapping[str, bytes]) -> KeyRing:
    wrapping = {int(match[1]): secret for name, secret in found.items() if (match := _KEK_FILE.fullmatch(name))}
    return KeyRing(FileKeyEncryption(wrapping), found["index.key"], found[_SIGNING_FILE])


def _make_directory(directory: Path) -> None:
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        raise KeysUnreadable(path=directory) from None


def _make_file(path: Path) -> None:
    """Make a key file in one step: written aside, then linked, so that a half-written key never has the name."""
    if path.exists():
        return
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    content = f"shuke-key-v1 {base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()}\n"
    try:
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(aside, path)
        except FileExistsError:
            pass  # another process starting beside us was first
        finally:
            aside.unlink()
        directory = os.open(path.parent, os.O_RDONLY)
        os.fsync(directory)
        os.close(directory)
    except OSError:
        raise KeysUnreadable(path=path) from None


def _read_file(path: Path) -> bytes:
    _require_private(path, "600")
    try:
        content = path.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        raise KeysUnreadable(path=path) from None
    match = _FILE_FORMAT.fullmatch(content)
    if match is None:
        raise KeysUnreadable(path=path)
    return base64.urlsafe_b64decode(match[1])


def _require_private(path: Path, mode: str) -> None:
    try:
        rights = path.stat().st_mode
    except OSError:
        raise KeysUnreadable(path=path) from None
    if rights & 0o077:
        raise KeysExposed(path=path, mode=mode)


def _derive(secret: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"shuke {purpose}".encode()).derive(secret)


def _signing_key(secret: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(_derive(secret, "ledger roots"))


def _fingerprint(name: str, secret: bytes) -> str:
    if name == _SIGNING_FILE:
        return _signing_key(secret).public_key().public_bytes_raw().hex()
    return HKDF(algorithm=SHA256(), length=16, salt=None, info=b"shuke fingerprint").derive(secret).hex()


def _bound(version: int, context: str) -> bytes:
    return _WRAP_FORMAT + f"{version}:{context}".encode()
