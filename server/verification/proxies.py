"""Small proxies that can lose an answer: between the program and PostgreSQL, and between clients and the program.

A proxy passes bytes on in both directions. When it is told to, it ends a connection at the very moment at which the
answer to a write arrives from behind: what was asked for is done, and whoever asked will never hear of it.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol, cast

# What PostgreSQL says of a statement that is done: the message's letter, its length, its words.
_COMMITTED = b"C\x00\x00\x00\x0bCOMMIT\x00"
_WROTE = re.compile(rb"C\x00\x00\x00.(?:INSERT|UPDATE|DELETE|COPY) ", re.DOTALL)
# An ended connection is gone when the loop has come round once or twice.
_ROUNDS_TO_END = 5
_Dial = Callable[[Callable[[], asyncio.Protocol]], Awaitable[object]]


class Watcher(Protocol):
    """Sees what passes on one connection, and says when an answer to a write comes back."""

    def asked(self, data: bytes) -> None:
        """Bytes on their way to the server."""

    def is_answer_to_write(self, data: bytes) -> bool:
        """Whether these bytes from the server tell that something was written."""


class CommitWatcher:
    """On a connection to PostgreSQL: COMMIT is done, of a transaction that wrote something."""

    def __init__(self) -> None:
        self._has_written = False

    def asked(self, data: bytes) -> None:
        """Nothing that is asked matters here."""

    def is_answer_to_write(self, data: bytes) -> bool:
        """Whether a transaction that wrote has just been committed."""
        self._has_written = self._has_written or _WROTE.search(data) is not None
        if _COMMITTED not in data:
            return False
        has_written, self._has_written = self._has_written, False
        return has_written


class PostWatcher:
    """On a connection to the web server: the answer to a POST."""

    def __init__(self) -> None:
        self._is_post = False

    def asked(self, data: bytes) -> None:
        """Note what kind of request begins."""
        self._is_post = data.startswith(b"POST ") or (self._is_post and not data.startswith(b"GET "))

    def is_answer_to_write(self, data: bytes) -> bool:
        """Whether a POST succeeded."""
        return self._is_post and data.startswith(b"HTTP/1.1 20")


class Proxy:
    """Listens at one place and passes on to another. `lose` many answers, and they are lost one connection each."""

    def __init__(self, dial: _Dial, watcher: Callable[[], Watcher]) -> None:
        self._dial = dial
        self._watcher = watcher
        self._server: asyncio.Server | None = None
        self._to_lose = 0
        self._dialling: set[asyncio.Task[None]] = set()
        self._ends: set[_End] = set()
        self.lost = 0

    def lose(self, answers: int) -> None:
        """Lose the next so many answers to writes."""
        self._to_lose = answers

    async def listen_at_port(self) -> int:
        """Listen on a free port of this machine; the port."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Front(self), "127.0.0.1", 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def listen_at_path(self, path: Path) -> None:
        """Listen on a Unix socket."""
        self._server = await asyncio.get_running_loop().create_unix_server(lambda: _Front(self), path)

    async def close(self) -> None:
        """Listen no more, and end every connection."""
        if self._server is not None:
            self._server.close()
        for task in list(self._dialling):
            task.cancel()
        for end in list(self._ends):
            end.hang_up()
        for _ in range(_ROUNDS_TO_END):
            await asyncio.sleep(0)

    def note(self, end: "_End", *, is_open: bool) -> None:
        """Know which connections are open."""
        (self._ends.add if is_open else self._ends.discard)(end)

    def connect(self, front: "_Front") -> None:
        """Reach the server behind for a new connection."""
        task = asyncio.get_running_loop().create_task(self._reach(front))
        self._dialling.add(task)
        task.add_done_callback(self._dialling.discard)

    def watcher(self) -> Watcher:
        """Somebody to watch one connection."""
        return self._watcher()

    def takes(self) -> bool:
        """Whether this answer is one of those to be lost."""
        if self._to_lose == 0:
            return False
        self._to_lose -= 1
        self.lost += 1
        return True

    async def _reach(self, front: "_Front") -> None:
        try:
            await self._dial(lambda: _Back(front))
        except OSError:
            front.hang_up()


class _End(asyncio.Protocol):
    """One end of a proxied connection: what arrives here goes out at the other end."""

    def __init__(self, proxy: Proxy) -> None:
        self.proxy = proxy
        self.transport: asyncio.Transport | None = None
        self.other: _End | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.proxy.note(self, is_open=True)

    def connection_lost(self, exc: Exception | None) -> None:
        self.proxy.note(self, is_open=False)
        if self.other is not None:
            self.other.hang_up()

    def pause_writing(self) -> None:
        if self.other is not None and self.other.transport is not None:
            self.other.transport.pause_reading()

    def resume_writing(self) -> None:
        if self.other is not None and self.other.transport is not None:
            with suppress(RuntimeError):
                self.other.transport.resume_reading()

    def hang_up(self) -> None:
        """End the connection at once, as a cut cable does."""
        if self.transport is not None:
            self.transport.abort()


class _Front(_End):
    """Towards whoever asks."""

    def __init__(self, proxy: Proxy) -> None:
        super().__init__(proxy)
        self.watcher = proxy.watcher()
        self._early: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.proxy.connect(self)

    def data_received(self, data: bytes) -> None:
        self.watcher.asked(data)
        if self.other is None or self.other.transport is None:
            self._early.append(data)
        else:
            self.other.transport.write(data)

    def join(self, back: "_Back") -> None:
        """Pass on what arrived before the server was reached."""
        self.other = back
        if self.transport is None or self.transport.is_closing():
            back.hang_up()
        elif back.transport is not None:
            back.transport.writelines(self._early)
            self._early.clear()


class _Back(_End):
    """Towards the server."""

    def __init__(self, front: _Front) -> None:
        super().__init__(front.proxy)
        self.front = front
        self.other = front

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.front.join(self)

    def data_received(self, data: bytes) -> None:
        if self.front.watcher.is_answer_to_write(data) and self.proxy.takes():
            self.front.hang_up()
            self.hang_up()
        elif self.front.transport is not None:
            self.front.transport.write(data)


def database_proxy(path: Path) -> Proxy:
    """A proxy before the Unix socket of a PostgreSQL server; it loses answers to COMMIT."""

    async def dial(factory: Callable[[], asyncio.Protocol]) -> object:
        return await asyncio.get_running_loop().create_unix_connection(factory, str(path))

    return Proxy(dial, CommitWatcher)


def web_proxy(port: int) -> Proxy:
    """A proxy before a web server of this machine; it loses answers to POST."""

    async def dial(factory: Callable[[], asyncio.Protocol]) -> object:
        return await asyncio.get_running_loop().create_connection(factory, "127.0.0.1", port)

    return Proxy(dial, PostWatcher)
