"""Asking the web app without a network between: one request, one answer, and word of the moment it leaves."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

Leaves = Callable[[int], None]


@dataclass(frozen=True)
class Answer:
    """What a client received."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def body(self) -> Any:
        """The JSON of the answer, or None."""
        return orjson.loads(self.content) if self.content else None

    @property
    def is_replay(self) -> bool:
        """Whether an earlier request's answer was given again."""
        return self.headers.get("idempotent-replay") == "true"

    def __str__(self) -> str:
        return f"{self.status}{' again' if self.is_replay else ''} {self.content.decode(errors='replace')[:300]}"


async def ask(
    app: Any, method: str, path: str, headers: dict[str, str], content: bytes, leaves: Leaves = lambda _: None
) -> Answer:
    """One request to an ASGI app. `leaves` hears the status when the answer sets out."""
    bare, _, query = path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": bare,
        "raw_path": bare.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 50_000),
        "server": ("test", 80),
        "state": {},
    }
    started: dict[str, Any] = {}
    parts: list[bytes] = []
    messages = [{"type": "http.request", "body": content, "more_body": False}]

    async def receive() -> dict[str, Any]:
        if messages:
            return messages.pop()
        # The client stays until it has its answer.
        await asyncio.Event().wait()
        raise AssertionError("unreachable: nobody sets the event")

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            leaves(message["status"])
            started.update(message)
        else:
            parts.append(message.get("body", b""))

    await app(scope, receive, send)
    named = {name.decode().lower(): value.decode() for name, value in started["headers"]}
    return Answer(started["status"], named, b"".join(parts))
