"""The real web server in a process of its own, and somebody signed in."""

import asyncio
import os
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx

from shuke.foundation.staff.testing import CLIENT_HEADERS, a_session_of
from shuke.platform.db import Database

_READY_WITHIN_S = 60
_STOP_WITHIN_S = 40


@asynccontextmanager
async def web_server(folder: Path, *, token: str) -> AsyncIterator[httpx.AsyncClient]:
    """`shuke web` on the installation in a folder, and a client that is signed in by a token."""
    port = _free_port()
    program = str(Path(sys.executable).with_name("shuke"))
    # Nothing of the person's own installation: not its settings, not its `.env`.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SHUKE_")}
    environment["SHUKE_DATA_DIRECTORY"] = str(folder / "data")
    with (folder / "web.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(program, "web", "--port", str(port)), cwd=folder, env=environment, stdout=log, stderr=log
        )
    try:
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}",
            headers={**CLIENT_HEADERS, "Accept-Language": "zh-CN"},
            cookies={"shuke_session": token},
            timeout=60,
            trust_env=False,
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=None),
        ) as client:
            if not await _is_ready(client, process):
                raise RuntimeError(f"The web server did not become ready; see the end of its log:\n{_tail(folder)}")
            yield client
    finally:
        await _end(process)


async def token_of_administrator(database: Database) -> str:
    """The session token of a new administrator, without the cost of a password."""
    async with database.transaction() as session:
        return await a_session_of(session, role="administrator")


async def _is_ready(client: httpx.AsyncClient, process: asyncio.subprocess.Process) -> bool:
    started = time.monotonic()
    while process.returncode is None and time.monotonic() - started < _READY_WITHIN_S:
        with suppress(httpx.TransportError):
            if (await client.get("/readyz")).status_code == 200:
                return True
        await asyncio.sleep(0.2)
    return False


def _tail(folder: Path) -> str:
    return (folder / "web.log").read_text(errors="replace")[-4000:]


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), _STOP_WITHIN_S)
    except TimeoutError:
        process.kill()
        await process.wait()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
