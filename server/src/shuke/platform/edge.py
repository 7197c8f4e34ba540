"""The outermost layer of the web server: trace id, security headers, body limit, measuring, and the last catch."""

import time
from collections.abc import MutableMapping
from typing import Any

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shuke.platform import metrics, problems, trace
from shuke.platform.limits import Allowance
from shuke.platform.settings import settings

MEGABYTE = 1024 * 1024
BODY_MAX_MB = 16

# Ant Design writes style elements at run time; scripts come from our own files only.
_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_RAW_HEADERS = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in _HEADERS.items()]

logger = structlog.get_logger("shuke.web")


class Edge:
    """Wraps the whole app. Nothing that goes wrong inside leaves as anything but a problem with a trace id."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        trace_id = trace.begin(headers.get("x-request-id"))
        answered = _Answered()
        started = time.perf_counter()

        async def send_dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered.status = message["status"]
                _dress(message, scope, trace_id)
            await send(message)

        try:
            await self.app(scope, _limited(headers, receive), send_dressed)
        except Exception as error:
            logger.exception("request failed", route=_template(scope), method=scope["method"])
            if answered.status is not None:
                raise error
            answer = problems.problem(problems.InternalError(), problems.language_of(Request(scope)))
            await answer(scope, receive, send_dressed)
        finally:
            _note(scope, answered.status or 500, time.perf_counter() - started)


class _Answered:
    status: int | None = None


def _dress(message: MutableMapping[str, Any], scope: Scope, trace_id: str) -> None:
    headers = MutableHeaders(scope=message)
    present = {name for name, _ in headers.raw}
    headers.raw.extend(pair for pair in _RAW_HEADERS if pair[0] not in present)
    headers["X-Request-Id"] = trace_id
    if scope["path"].startswith("/v1"):
        headers.setdefault("Cache-Control", "no-store")
        for name, value in _allowance(scope).headers.items():
            headers[name] = value


def _allowance(scope: Scope) -> Allowance:
    """What the caller has left; whoever was turned away before being recognised is counted by address."""
    found: Allowance | None = scope.get("state", {}).get("allowance")
    if found is None:
        found = scope["app"].state.limits.take_from_address((scope.get("client") or ("",))[0])
    return found


def _limited(headers: Headers, receive: Receive) -> Receive:
    """A `receive` that refuses a body over the limit, whether announced or not."""
    is_upload = headers.get("content-type", "").lower().startswith("multipart/")
    limit_mb = settings().upload_max_mb if is_upload else BODY_MAX_MB
    # HTTPException passes through the framework's form reader, which turns other errors into its own.
    too_large = HTTPException(status_code=413, detail=str(limit_mb))
    announced = headers.get("content-length", "0")
    is_announced_too_large = announced.isdigit() and int(announced[:19]) > limit_mb * MEGABYTE
    received = 0

    async def receive_limited() -> Message:
        nonlocal received
        if is_announced_too_large:
            raise too_large
        message = await receive()
        if message["type"] == "http.request":
            received += len(message.get("body", b""))
            if received > limit_mb * MEGABYTE:
                raise too_large
        return message

    return receive_limited


def _template(scope: Scope) -> str:
    route = scope.get("route")
    return getattr(route, "path", None) or "none"


def _note(scope: Scope, status: int, seconds: float) -> None:
    route = _template(scope)
    metrics.REQUESTS.labels(scope["method"], route, str(status)).observe(seconds)
    if scope.get("state", {}).get("is_news", True):
        # The path itself may hold a natural key such as a phone number; the template never does.
        logger.info("request", method=scope["method"], route=route, status=status, ms=round(seconds * 1000, 1))
