"""Key files: what they are called, how they are made and read, and what stays of a key that is retired.

`kek-<n>.key` wrap data keys, `index.key` and `index-<n>.key` make blind indexes and search tokens, `ledger.key` and
`ledger-<n>.key` sign. Of each kind the highest number is in use. A retired key leaves an empty `….retired` behind, so
that a database which still names it (restored from an older backup) is not taken for one whose key was lost.
"""

import base64
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from .errors import KeysExchanged, KeysExposed, KeysMissing, KeysUnreadable

KeyKind = Literal["kek", "index", "ledger"]
KINDS: tuple[KeyKind, ...] = get_args(KeyKind)
_FIRST: Mapping[KeyKind, str] = {"kek": "kek-1.key", "index": "index.key", "ledger": "ledger.key"}
_NAME = re.compile(r"(kek|index|ledger)(?:-([1-9]\d{0,3}))?\.key")
_FORMAT = re.compile(r"shuke-key-v1 ([A-Za-z0-9_-]{43}=)\s*")


@dataclass(frozen=True, kw_only=True)
class Secrets:
    """The secrets of the key files that are there, by kind and version."""

    kek: Mapping[int, bytes]
    index: Mapping[int, bytes]
    ledger: Mapping[int, bytes]


def name_of(kind: KeyKind, version: int) -> str:
    """What the file of a key is called."""
    return _FIRST[kind] if version == 1 else f"{kind}-{version}.key"


def read_name(name: str) -> tuple[KeyKind, int] | None:
    """Kind and version of a key file; None for other files."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    kind: KeyKind = next(one for one in KINDS if one == match[1])
    version = int(match[2] or 1)
    return (kind, version) if name_of(kind, version) == name else None


def sort(found: Mapping[str, bytes]) -> Secrets:
    """Secrets by file name, sorted by what they are for."""
    by_kind: dict[KeyKind, dict[int, bytes]] = {kind: {} for kind in KINDS}
    for name, secret in found.items():
        place = read_name(name)
        if place is not None:
            by_kind[place[0]][place[1]] = secret
    return Secrets(kek=by_kind["kek"], index=by_kind["index"], ledger=by_kind["ledger"])


def open_files(directory: Path, known: Mapping[str, str]) -> dict[str, bytes]:
    """The secret of each key file, checked against the fingerprints that the database knows.

    Files are made only while it knows none. Raises KeysMissing, KeysExchanged, KeysExposed, KeysUnreadable.
    """
    wanted = {name: fingerprint for name, fingerprint in known.items() if not is_retired(directory, name)}
    for name in sorted(wanted):
        if not (directory / name).exists():
            raise KeysMissing(name=name, directory=directory)
    if not known:
        _make_directory(directory)
        for name in (_FIRST["index"], _FIRST["kek"]):
            make_file(directory / name)
    if not any((read_name(name) or ("", 0))[0] == "ledger" for name in known):
        # Also where an older release has been: nothing has been signed yet.
        make_file(directory / _FIRST["ledger"])
    found = read_all(directory)
    for name, remembered in wanted.items():
        if fingerprint_of(name, found[name]) != remembered:
            raise KeysExchanged(name=name, directory=directory)
    return found


def read_all(directory: Path) -> dict[str, bytes]:
    """The secret of each key file in a directory, by name. Raises KeysExposed and KeysUnreadable."""
    _require_private(directory, "700")
    return {path.name: read_file(path) for path in sorted(directory.glob("*.key")) if read_name(path.name)}


def is_retired(directory: Path, name: str) -> bool:
    """Whether a key was taken out of use for good."""
    return _mark(directory, name).exists()


def retire(directory: Path, name: str) -> None:
    """Delete a key file, and leave the mark that says so. Raises KeysUnreadable."""
    try:
        _mark(directory, name).touch(mode=0o600)
        (directory / name).unlink(missing_ok=True)
    except OSError:
        raise KeysUnreadable(path=directory / name) from None


def make_next(directory: Path, kind: KeyKind) -> tuple[str, bytes]:
    """Make the key file that follows the newest of its kind; its name and secret. Raises KeysUnreadable."""
    marks = [path.name.removesuffix(".retired") + ".key" for path in directory.glob("*.retired")]
    names = [path.name for path in directory.glob("*.key")] + marks
    versions = [place[1] for name in names if (place := read_name(name)) is not None and place[0] == kind]
    path = directory / name_of(kind, max(versions, default=0) + 1)
    make_file(path)
    return path.name, read_file(path)


def make_file(path: Path) -> None:
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


def read_file(path: Path) -> bytes:
    """The secret in a key file. Raises KeysExposed and KeysUnreadable."""
    _require_private(path, "600")
    try:
        content = path.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        raise KeysUnreadable(path=path) from None
    match = _FORMAT.fullmatch(content)
    if match is None:
        raise KeysUnreadable(path=path)
    return base64.urlsafe_b64decode(match[1])


def derive(secret: bytes, purpose: str) -> bytes:
    """The key for one purpose that a file's secret gives."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"shuke {purpose}".encode()).derive(secret)


def signing_key(secret: bytes) -> Ed25519PrivateKey:
    """The key that signs, of its file's secret."""
    return Ed25519PrivateKey.from_private_bytes(derive(secret, "ledger roots"))


def fingerprint_of(name: str, secret: bytes) -> str:
    """What the database remembers of a key file: of one that signs its public half, in hexadecimal."""
    place = read_name(name)
    if place is not None and place[0] == "ledger":
        return signing_key(secret).public_key().public_bytes_raw().hex()
    return HKDF(algorithm=SHA256(), length=16, salt=None, info=b"shuke fingerprint").derive(secret).hex()


def _mark(directory: Path, name: str) -> Path:
    return directory / (name.removesuffix(".key") + ".retired")


def _make_directory(directory: Path) -> None:
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        raise KeysUnreadable(path=directory) from None


def _require_private(path: Path, mode: str) -> None:
    try:
        rights = path.stat().st_mode
    except OSError:
        raise KeysUnreadable(path=path) from None
    if rights & 0o077:
        raise KeysExposed(path=path, mode=mode)
