"""The API's own pages: what there is, and what each error means. Plain HTML, no script."""

from html import escape
from typing import Any

from fastapi import Request
from starlette.responses import HTMLResponse

from shuke.platform.errors import all_errors
from shuke.platform.http import Router, public
from shuke.platform.module import Module

router = Router()

_HEAD = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Shuke API</title>
<style>body{font-family:system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;line-height:1.6}
code{background:#f3f3f3;padding:.1rem .3rem}table{border-collapse:collapse;width:100%}
td,th{border-bottom:1px solid #ddd;padding:.4rem;text-align:left;vertical-align:top}</style>"""


@router.get("/docs", dependencies=[public()], include_in_schema=False)
async def list_operations(request: Request) -> HTMLResponse:
    """Every operation with its permission and answers."""
    schema = request.app.openapi()
    rows = [
        _operation(method, path, operation)
        for path, operations in schema["paths"].items()
        for method, operation in operations.items()
    ]
    links = '<p><a href="/openapi.json">openapi.json</a> · <a href="/docs/errors">errors</a></p>'
    head = "<tr><th>Operation</th><th>What it does</th><th>Permission</th><th>Answers</th></tr>"
    return HTMLResponse(f"{_HEAD}<h1>Shuke API</h1>{links}<table>{head}{''.join(rows)}</table></html>")


@router.get("/docs/errors", dependencies=[public()], include_in_schema=False)
async def list_errors() -> HTMLResponse:
    """Every error code, what it means and what to do."""
    rows = [
        f'<tr id="{error.code}"><td><code>{error.code}</code></td><td>{error.status}</td>'
        f"<td>{escape(error.title['zh'])}<br>{escape(error.title['en'])}</td>"
        f"<td>{escape(error.detail['zh'])}<br>{escape(error.detail['en'])}</td></tr>"
        for error in all_errors()
    ]
    return HTMLResponse(f"{_HEAD}<h1>Errors</h1><table>{''.join(rows)}</table></html>")


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    what = operation.get("description") or operation.get("summary", "")
    answers = ", ".join(operation["responses"])
    permission = operation.get("x-permission", "")
    return (
        f"<tr><td><code>{method.upper()} {escape(path)}</code></td><td>{escape(what)}</td>"
        f"<td>{escape(permission)}</td><td>{answers}</td></tr>"
    )


MODULE = Module(name="pages", router=router)
