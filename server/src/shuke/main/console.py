"""Serves the console's built files; every address that is not the API's is a page of the console."""

from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from shuke.main.kept_files import KeptFiles
from shuke.platform.settings import REPOSITORY

BUILT = REPOSITORY / "console" / "dist"

_API = ("/v1", "/docs", "/openapi.json", "/livez", "/readyz", "/metrics")
_NOT_BUILT = """<!doctype html>
<html lang="zh"><meta charset="utf-8"><title>Shuke 熟客</title>
<body style="font-family: sans-serif; max-width: 40rem; margin: 4rem auto; line-height: 1.7">
<h1>Shuke 熟客</h1>
<p>程序已经运行，但控制台还没有构建。请在项目目录运行 <code>make console</code>，然后刷新本页。</p>
<p>The program runs, but its console has not been built yet. Run <code>make console</code> in the project's
directory, then load this page again.</p>
<p><a href="/docs">API</a></p>
</body></html>
"""


class Console:
    """Stands before the API: passes its addresses on and answers all others with files."""

    def __init__(self, app: ASGIApp, directory: Path = BUILT) -> None:
        self.app = app
        self._directory = directory.resolve()
        self._kept = KeptFiles()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or _is_api(scope["path"]) or scope["method"] not in {"GET", "HEAD"}:
            await self.app(scope, receive, send)
        else:
            await self._answer(scope["path"], Headers(scope=scope))(scope, receive, send)

    def _answer(self, path: str, asked: Headers) -> Response:
        file = self._find(path)
        if file is not None:
            # Built files under assets/ carry a hash of their content in their names.
            return self._file(file, asked, is_hashed=path.startswith("/assets/"))
        index = self._directory / "index.html"
        if path.startswith("/assets/"):
            return Response(status_code=404)
        if not index.is_file():
            return HTMLResponse(_NOT_BUILT, status_code=503)
        return self._file(index, asked, is_hashed=False)

    def _file(self, file: Path, asked: Headers, *, is_hashed: bool) -> Response:
        caching = "public, max-age=31536000, immutable" if is_hashed else "no-cache"
        # A part of a file is nobody's first page; the framework knows how to cut it out.
        if "range" in asked:
            return FileResponse(file, headers={"Cache-Control": caching})
        return self._kept.answer(file, asked, caching)

    def _find(self, path: str) -> Path | None:
        if "\x00" in path:
            return None
        file = (self._directory / path.lstrip("/")).resolve()
        return file if file.is_relative_to(self._directory) and file.is_file() else None


def _is_api(path: str) -> bool:
    return any(path == start or path.startswith(f"{start}/") for start in _API)
