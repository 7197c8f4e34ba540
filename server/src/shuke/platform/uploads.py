"""Uploaded files: kept in a private folder under a name that nobody guesses until the work on them is done."""

import shutil
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO

from shuke.platform.ids import new_token
from shuke.platform.settings import settings

_LONGEST_NAME = 200


def keep(file: BinaryIO) -> Path:
    """Write an upload to the folder of uploads; where it lies. Blocks: call it in a thread."""
    folder = settings().uploads
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / new_token()
    with path.open("wb") as target:
        shutil.copyfileobj(file, target)
    return path


def shown_name(name: str | None, otherwise: str) -> str:
    """A file's name as it can be stored and shown."""
    return "".join(character if character.isprintable() else "_" for character in name or otherwise)[-_LONGEST_NAME:]


def digest(path: Path) -> bytes:
    """What says that two files are the same, byte for byte. Blocks: call it in a thread."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").digest()
