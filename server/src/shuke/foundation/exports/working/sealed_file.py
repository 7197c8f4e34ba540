"""A file that is sealed while it is written: frames under the file's own key, each bound to its place and to the end.

Frames cannot be exchanged, and a file that was cut off does not open to its end.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from shuke.platform import crypto

_FRAME = 1 << 18
_LENGTH_BYTES = 4


class SealedWriter:
    """Takes bytes and writes sealed frames. Leaving the block without an error ends the file; with one, it goes."""

    def __init__(self, path: Path, key: bytes, context: str) -> None:
        self._path, self._key, self._context = path, key, context
        self._held = bytearray()
        self._frames = 0

    def __enter__(self) -> "SealedWriter":
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file = os.fdopen(handle, "wb")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._put(bytes(self._held), is_last=True)
            self._file.flush()
            os.fsync(self._file.fileno())
        self._file.close()
        if error is not None:
            self._path.unlink(missing_ok=True)

    def write(self, data: bytes) -> None:
        """Take bytes."""
        self._held += data
        while len(self._held) > _FRAME:
            self._put(bytes(self._held[:_FRAME]), is_last=False)
            del self._held[:_FRAME]

    def _put(self, frame: bytes, *, is_last: bool) -> None:
        sealed = crypto.seal(self._key, frame, _place(self._context, self._frames, is_last=is_last))
        self._file.write(len(sealed).to_bytes(_LENGTH_BYTES, "big") + sealed)
        self._frames += 1


def read_sealed(path: Path, key: bytes, context: str) -> Iterator[bytes]:
    """The content of a sealed file, frame by frame. Raises crypto.SealBroken where it was changed or cut off."""
    with path.open("rb") as file:
        frames = 0
        length = file.read(_LENGTH_BYTES)
        while length:
            sealed = file.read(int.from_bytes(length, "big"))
            length = file.read(_LENGTH_BYTES)
            yield crypto.open_(key, sealed, _place(context, frames, is_last=not length))
            frames += 1
    if not frames:
        raise crypto.SealBroken(context)


def _place(context: str, number: int, *, is_last: bool) -> str:
    return f"{context}:{number}:{'last' if is_last else 'more'}"
