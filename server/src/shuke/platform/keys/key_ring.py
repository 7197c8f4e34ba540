"""The key ring: every key of the installation, ready for use, and following the key files while the program runs."""

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path

import structlog

from shuke.platform import crypto
from shuke.platform.errors import AppError

from .files import Secrets, derive, read_all, signing_key, sort
from .wrapping import FileKeyEncryption, KeyEncryption, WrappedKey

# So old may be what a process knows of the key files; rotation waits for longer before it relies on everybody knowing.
LOOK_EVERY_S = 2.0

logger = structlog.get_logger("shuke.keys")


class Blind(bytes):
    """A blind index by the newest index key, with those by all live ones: by version, the newest last."""

    by_version: tuple[tuple[int, bytes], ...]

    @property
    def version(self) -> int:
        """The version of the index key that made it."""
        return self.by_version[-1][0]


class IndexKeys:
    """The index keys at one moment. Two are live while one takes the place of the other."""

    def __init__(self, secrets_by_version: Mapping[int, bytes]) -> None:
        self._secrets = secrets_by_version
        self.versions = tuple(sorted(secrets_by_version))
        self._blind = [(version, derive(secrets_by_version[version], "blind index")) for version in self.versions]
        # The same beginnings and pairs of characters come again and again.
        self._tokens = {
            version: lru_cache(maxsize=65_536)(
                partial(crypto.token, derive(secrets_by_version[version], "search token"))
            )
            for version in self.versions
        }

    @property
    def version(self) -> int:
        """The version that values are indexed with from now on."""
        return self.versions[-1]

    @property
    def newest(self) -> "IndexKeys":
        """The newest of them alone."""
        return IndexKeys({self.version: self._secrets[self.version]})

    def blind(self, domain: str, value: str) -> Blind:
        """The blind index of a value in a domain (16 bytes)."""
        found = tuple((version, crypto.blind_index(key, domain, value)) for version, key in self._blind)
        blind = Blind(found[-1][1])
        blind.by_version = found
        return blind

    def token(self, domain: str, word: str, version: int | None = None) -> int:
        """The search token of a word in a domain (signed 64 bits), by the newest index key or the one named."""
        return self._tokens[version or self.version](domain, word)

    def tokens(self, words: Iterable[tuple[str, str]]) -> list[int]:
        """The search tokens of words by every live key, ascending: what a record is found by."""
        return sorted(made(*word) for word in words for made in self._tokens.values())


class KeyRing:
    """Every key of the installation; a bounded number of unwrapped data keys stays in memory.

    With `look` it asks now and then whether the key files have changed, and at once when it meets an unknown version.
    """

    def __init__(
        self,
        key_encryption: KeyEncryption,
        files: Secrets,
        *,
        cache_size: int = 20_000,
        look: Callable[[], Secrets | None] | None = None,
    ) -> None:
        self._key_encryption = key_encryption
        self._files = files
        self._look = look
        self._looked_at = time.monotonic()
        self._cache_size = cache_size
        # By wrapped key and context, so that a key never opens under another record, and a destroyed one is not found.
        self._cache: OrderedDict[tuple[WrappedKey, str], bytes] = OrderedDict()
        self._use_own(files)

    @property
    def index(self) -> IndexKeys:
        """The index keys of this moment: take them once for what belongs together."""
        self._follow()
        return self._index

    def blind(self, domain: str, value: str) -> Blind:
        """The blind index of a value in a domain (16 bytes)."""
        return self.index.blind(domain, value)

    def token(self, domain: str, word: str) -> int:
        """The search token of a word in a domain (signed 64 bits)."""
        return self.index.token(domain, word)

    @property
    def public_key(self) -> bytes:
        """The public half of the key that signs (Ed25519, 32 bytes)."""
        self._follow()
        return self._signing_key.public_key().public_bytes_raw()

    def sign(self, statement: bytes) -> bytes:
        """The signature of a statement (Ed25519, 64 bytes), by the key whose public half was asked for last."""
        return self._signing_key.sign(statement)

    @property
    def version(self) -> int:
        """The version of the key-encryption key that wraps now."""
        self._follow()
        return self._key_encryption.version

    async def make(self, contexts: Sequence[str]) -> list[tuple[bytes, WrappedKey]]:
        """A fresh data key for each context, and how it is stored."""
        data_keys = crypto.new_data_keys(len(contexts))
        return list(zip(data_keys, await self.wrap(data_keys, contexts), strict=True))

    async def wrap(self, data_keys: Sequence[bytes], contexts: Sequence[str]) -> list[WrappedKey]:
        """Data keys that exist, as they are stored from now on."""
        self._follow()
        return await self._key_encryption.wrap(data_keys, contexts)

    async def open(self, wanted: Sequence[tuple[WrappedKey, str]]) -> list[bytes]:
        """The data key of each (stored key, context). Raises crypto.SealBroken."""
        missing = [place for place in wanted if place not in self._cache]
        opened = await self.unwrap(missing) if missing else []
        fresh = dict(zip(missing, opened, strict=True))
        answer = [fresh.get(place) or self._cached(place) for place in wanted]
        self._cache.update(fresh)
        while len(self._cache) > self._cache_size:
            self._cache.popitem(last=False)
        return answer

    async def unwrap(self, wanted: Sequence[tuple[WrappedKey, str]]) -> list[bytes]:
        """The same for work that passes through all keys once, and would push the useful ones out of memory."""
        # A process that rotates keys may be ahead of us by a moment.
        self._follow(at_once=any(not self._key_encryption.knows(key.version) for key, _ in wanted))
        return await self._key_encryption.unwrap([key for key, _ in wanted], [context for _, context in wanted])

    def _cached(self, place: tuple[WrappedKey, str]) -> bytes:
        self._cache.move_to_end(place)
        return self._cache[place]

    def _follow(self, *, at_once: bool = False) -> None:
        if self._look is None or not (at_once or time.monotonic() - self._looked_at > LOOK_EVERY_S):
            return
        self._looked_at = time.monotonic()
        found = self._look()
        if found is not None:
            self._files = found
            self._use_own(found)
            self._key_encryption.use_files(found)
            logger.info("the key files have changed", kek=max(found.kek), index=max(found.index))

    def _use_own(self, files: Secrets) -> None:
        self._index = IndexKeys(files.index)
        self._signing_key = signing_key(files.ledger[max(files.ledger)])

    @classmethod
    def throwaway(cls) -> "KeyRing":
        """A ring of random keys that nobody keeps: for tests and measurements."""
        index, ledger = ({1: secrets.token_bytes(32)} for _ in range(2))
        kek = {1: secrets.token_bytes(32)}
        return cls(FileKeyEncryption(kek), Secrets(kek=kek, index=index, ledger=ledger))


class Watch:
    """Looks whether the key files of a directory have changed; asking costs one look at the directory."""

    def __init__(self, directory: Path, found: Secrets) -> None:
        self._directory = directory
        self._known = found
        self._seen = 0

    def __call__(self) -> Secrets | None:
        """The keys as they are now, when others came or went; a file that merely has another content is passed over."""
        try:
            seen = self._directory.stat().st_mtime_ns
            if seen == self._seen:
                return None
            found = sort(read_all(self._directory))
        except (OSError, AppError):
            logger.warning("the key files cannot be read; the keys known so far stay in use")
            return None
        self._seen = seen
        if not (found.kek and found.index and found.ledger):
            return None
        kept = Secrets(
            **{
                kind: {version: getattr(self._known, kind).get(version, secret) for version, secret in now.items()}
                for kind, now in vars(found).items()
            }
        )
        if kept == self._known:
            return None
        self._known = kept
        return kept
