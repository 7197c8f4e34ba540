"""Files in memory, with their compressed forms, so that a page of many files costs the disk and the processor once.

The build lays `app.js.br` and `app.js.gz` beside `app.js`; where it did not, the gzip form is made at the first
request. What is kept of a file is given up when the file changes.
"""

import gzip
import mimetypes
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response

COMPRESS_FROM_BYTES = 1024
_BESIDE = {"br": ".br", "gzip": ".gz"}
_COMPRESSIBLE = ("text/", "application/javascript", "application/json", "image/svg+xml")

mimetypes.add_type("text/javascript", ".js")


@dataclass
class _Kept:
    stamp: tuple[int, int]
    kind: str
    tag: str
    forms: dict[str, bytes] = field(default_factory=dict)


class KeptFiles:
    """Answers with files that it has read before."""

    def __init__(self) -> None:
        self._kept: dict[Path, _Kept] = {}

    def answer(self, file: Path, asked: Headers, caching: str) -> Response:
        """The file in the form that the caller reads best, or 304 where the caller has it already."""
        kept = self._of(file)
        headers = {"Cache-Control": caching, "ETag": kept.tag}
        is_compressible = kept.kind.startswith(_COMPRESSIBLE) and len(kept.forms["identity"]) >= COMPRESS_FROM_BYTES
        if is_compressible:
            headers["Vary"] = "Accept-Encoding"
        if kept.tag in asked.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if is_compressible:
            for form in _readable_forms(asked.get("accept-encoding", "")):
                body = _form(file, kept, form)
                if body is not None:
                    return Response(body, media_type=kept.kind, headers={**headers, "Content-Encoding": form})
        return Response(kept.forms["identity"], media_type=kept.kind, headers=headers)

    def _of(self, file: Path) -> _Kept:
        state = file.stat()
        stamp = (state.st_mtime_ns, state.st_size)
        kept = self._kept.get(file)
        if kept is None or kept.stamp != stamp:
            content = file.read_bytes()
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            kept = _Kept(stamp, kind, f'"{sha256(content).hexdigest()[:32]}"', {"identity": content})
            self._kept[file] = kept
        return kept


def _readable_forms(accepted: str) -> list[str]:
    """The compressed forms that the caller says it can read, the smallest first."""
    offered = {part.partition(";")[0].strip().lower() for part in accepted.split(",") if not _is_refused(part)}
    return [form for form in _BESIDE if form in offered]


def _is_refused(part: str) -> bool:
    return part.partition(";")[2].replace(" ", "").lower() in {"q=0", "q=0.0", "q=0.00", "q=0.000"}


def _form(file: Path, kept: _Kept, form: str) -> bytes | None:
    """One form of a file. None where the build left it out and it cannot be made here."""
    if form not in kept.forms:
        beside = file.with_name(file.name + _BESIDE[form])
        # A form that is older than its file belongs to a file that is gone.
        if beside.is_file() and beside.stat().st_mtime_ns >= kept.stamp[0]:
            kept.forms[form] = beside.read_bytes()
        elif form == "gzip":
            kept.forms[form] = gzip.compress(kept.forms["identity"], 6, mtime=0)
        else:
            return None
    return kept.forms[form]
