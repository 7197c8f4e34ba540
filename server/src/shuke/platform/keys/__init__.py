"""The installation's keys: files outside the database, opened at start and never printed.

`kek-<n>.key` wraps data keys (the highest number wraps, all of them unwrap); `index.key` makes blind indexes and
search tokens; `ledger.key` signs what the house vouches for. Every key in use is derived from a file by HKDF for one
purpose. The database remembers a fingerprint of each file (of one that signs its public half, in hexadecimal), so that
a lost or exchanged file is noticed at start, before anything is sealed or signed with it.

Each kind of key can be exchanged while the program runs: a further file is made, running processes notice it, what
hangs on the old key is carried over, and the old one is retired when nothing needs it any more (`rotation`).
"""

from .errors import (
    KeyNotFound,
    KeysExchanged,
    KeysExposed,
    KeysMissing,
    KeysNotOpened,
    KeyStillNeeded,
    KeysUnreadable,
    RotationRunning,
    ServiceUnreachable,
)
from .key_ring import LOOK_EVERY_S, Blind, IndexKeys, KeyRing
from .opening import find_public_key, find_public_keys, key_fingerprint, open_keys, remember, ring, use
from .places import SealedColumn, WrappedColumn
from .wrapping import FileKeyEncryption, KeyEncryption, WrappedKey

__all__ = [
    "LOOK_EVERY_S",
    "Blind",
    "FileKeyEncryption",
    "IndexKeys",
    "KeyEncryption",
    "KeyNotFound",
    "KeyRing",
    "KeyStillNeeded",
    "KeysExchanged",
    "KeysExposed",
    "KeysMissing",
    "KeysNotOpened",
    "KeysUnreadable",
    "RotationRunning",
    "SealedColumn",
    "ServiceUnreachable",
    "WrappedColumn",
    "WrappedKey",
    "find_public_key",
    "find_public_keys",
    "key_fingerprint",
    "open_keys",
    "remember",
    "ring",
    "use",
]
