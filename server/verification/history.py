"""The log of a history: what every client asked, when, and what it was told. JSON lines on disk, one call a line."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, Literal

Outcome = Literal["ok", "fail", "unknown"]
Repeat = Literal["", "same", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of one client, with all its attempts under one key.

    `ok` was acknowledged, `fail` was refused for good, and `unknown` may or may not have taken effect: then nothing
    is known of its end. Instants are nanoseconds of one monotonic clock. A call that repeats another's key says
    whether it sent the same body or another one.
    """

    client: int
    kind: str
    request: dict[str, Any]
    invoked: int
    completed: int
    outcome: Outcome
    key: str = ""
    status: int = 0
    code: str = ""
    answer: dict[str, Any] = field(default_factory=dict)
    attempts: int = 1
    repeats: Repeat = ""
    phase: str = ""
    is_final: bool = False


class HistoryWriter:
    """Appends calls to a file as they end, and hashes what it writes."""

    def __init__(self, path: Path) -> None:
        self._file: IO[bytes] = path.open("wb")
        self._digest = hashlib.sha256()
        self.count = 0

    def add(self, call: Call) -> None:
        """Write one call."""
        line = json.dumps(asdict(call), separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
        self._file.write(line)
        self._digest.update(line)
        self.count += 1

    def close(self) -> str:
        """Close the file; the SHA-256 of its content."""
        self._file.close()
        return self._digest.hexdigest()


def read_history(path: Path) -> Iterator[Call]:
    """The calls of a file, in the order in which they ended."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield Call(**json.loads(line))
