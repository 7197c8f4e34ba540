"""Runs the web server in this process, and stops it with grace."""

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn
from fastapi import FastAPI

from shuke.main.installation import CannotStart
from shuke.main.worker import STOP_WITHIN_S

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Server(uvicorn.Server):
    """uvicorn, which says that it is no longer ready before it stops, and leaves the rest of the program running."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Hear SIGTERM and SIGINT while serving. uvicorn's own would send them again afterwards, to end the process."""
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in _SIGNALS:
                loop.remove_signal_handler(number)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """SIGTERM or SIGINT: not ready any more, finish what has begun, then stop."""
        app = self.config.app
        if isinstance(app, FastAPI):
            app.state.is_stopping = True
        super().handle_exit(sig, frame)


def listen(host: str, port: int) -> socket.socket:
    """A socket on the address. Raises CannotStart when it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise CannotStart(
            f"Port {port} on {host} cannot be used ({error.strerror}). "
            f"Choose another one: shuke run --port {port + 1 if port < 65535 else 8420}"
        ) from error
    return listener


def build_routes(app: FastAPI) -> None:
    """Build every route now. The framework does it when routes are first looked through, while somebody waits."""
    nowhere = {"type": "http", "method": "GET", "path": "/v1/nowhere", "root_path": "", "headers": []}
    for route in app.routes:
        route.matches(nowhere)


async def serve(app: FastAPI, listener: socket.socket) -> None:
    """Serve until SIGTERM or SIGINT; requests that have begun may finish for 25 seconds."""
    build_routes(app)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=True,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=STOP_WITHIN_S,
        lifespan="off",
    )
    await Server(config).serve(sockets=[listener])


async def until_signal() -> None:
    """Wait for SIGTERM or SIGINT, for programs without a web server."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in _SIGNALS:
        loop.add_signal_handler(number, stopped.set)
    await stopped.wait()
