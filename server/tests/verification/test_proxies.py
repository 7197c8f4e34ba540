"""The proxies pass everything on, and lose exactly the answers that they are told to lose."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from verification.proxies import database_proxy, web_proxy

INSERTED = b"C\x00\x00\x00\x0fINSERT 0 1\x00"
COMMITTED = b"C\x00\x00\x00\x0bCOMMIT\x00Z\x00\x00\x00\x05I"
SELECTED = b"C\x00\x00\x00\x0dSELECT 1\x00"


@asynccontextmanager
async def serving(answer: Callable[[bytes], bytes], *, at: Path | None = None) -> AsyncIterator[int]:
    """A server that answers each chunk it reads; its port."""

    open_ones: list[asyncio.StreamWriter] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        open_ones.append(writer)
        while data := await reader.read(65_536):
            writer.write(answer(data))

    server = await (asyncio.start_server(serve, "127.0.0.1", 0) if at is None else asyncio.start_unix_server(serve, at))
    try:
        yield 0 if at is not None else server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await end(*open_ones)


@asynccontextmanager
async def connected(
    connecting: Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]],
) -> AsyncIterator[Callable[[bytes], Awaitable[bytes]]]:
    """Say something and hear the answer; nothing when the connection ends instead."""
    reader, writer = await connecting

    async def say(data: bytes) -> bytes:
        writer.write(data)
        try:
            return await asyncio.wait_for(reader.read(65_536), 5)
        except ConnectionResetError:
            return b""

    try:
        yield say
    finally:
        await end(writer)


async def end(*writers: asyncio.StreamWriter) -> None:
    """End connections, and let the loop come round until they are gone."""
    for writer in writers:
        writer.transport.abort()
    for _ in range(3):
        await asyncio.sleep(0)


async def test_the_answer_to_a_commit_is_lost_only_where_something_was_written(tmp_path: Path):
    answers = {b"begin": b"ok", b"insert": INSERTED, b"select": SELECTED, b"commit": COMMITTED}
    async with serving(lambda data: answers[data], at=tmp_path / "behind"):
        proxy = database_proxy(tmp_path / "behind")
        await proxy.listen_at_path(tmp_path / "before")
        proxy.lose(1)
        async with connected(asyncio.open_unix_connection(tmp_path / "before")) as say:
            heard = [await say(word) for word in (b"select", b"commit", b"insert", b"commit")]
        async with connected(asyncio.open_unix_connection(tmp_path / "before")) as say:
            again = [await say(word) for word in (b"insert", b"commit")]
        await proxy.close()

    assert heard == [SELECTED, COMMITTED, INSERTED, b""]
    assert again == [INSERTED, COMMITTED]
    assert proxy.lost == 1


async def test_the_answer_to_a_post_is_lost_and_to_a_get_it_is_not():
    asked: list[bytes] = []

    def answer(data: bytes) -> bytes:
        asked.append(data)
        return b"HTTP/1.1 201 Created\r\n\r\n" if data.startswith(b"POST") else b"HTTP/1.1 200 OK\r\n\r\n"

    async with serving(answer) as port:
        proxy = web_proxy(port)
        before = await proxy.listen_at_port()
        proxy.lose(1)
        async with connected(asyncio.open_connection("127.0.0.1", before)) as say:
            heard = [await say(b"GET / HTTP/1.1\r\n\r\n"), await say(b"POST / HTTP/1.1\r\n\r\n")]
        async with connected(asyncio.open_connection("127.0.0.1", before)) as say:
            heard.append(await say(b"POST /again HTTP/1.1\r\n\r\n"))
        await proxy.close()

    assert heard == [b"HTTP/1.1 200 OK\r\n\r\n", b"", b"HTTP/1.1 201 Created\r\n\r\n"]
    assert [line.split()[0] for line in asked] == [b"GET", b"POST", b"POST"]


@pytest.mark.parametrize("size", [1, 3_000_000])
async def test_everything_passes_in_both_directions(tmp_path: Path, size: int):
    async with serving(lambda data: data.upper(), at=tmp_path / "behind"):
        proxy = database_proxy(tmp_path / "behind")
        await proxy.listen_at_path(tmp_path / "before")
        reader, writer = await asyncio.open_unix_connection(tmp_path / "before")
        writer.write(b"x" * size)
        heard = await asyncio.wait_for(reader.readexactly(size), 20)
        await end(writer)
        await proxy.close()

    assert heard == b"X" * size


async def test_where_nobody_listens_behind_the_connection_ends(tmp_path: Path):
    proxy = database_proxy(tmp_path / "nobody")
    await proxy.listen_at_path(tmp_path / "before")
    async with connected(asyncio.open_unix_connection(tmp_path / "before")) as say:
        assert await say(b"begin") == b""
    await proxy.close()
