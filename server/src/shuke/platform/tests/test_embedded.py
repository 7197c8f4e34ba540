"""The embedded server: joined, left, outlived by nobody, and started again after every kind of end."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg
import pytest

from shuke.platform import embedded
from shuke.platform.embedded import SUPERUSER, EmbeddedDatabaseError, EmbeddedServer

pytestmark = pytest.mark.anyio

_USER = """
import sys, time
from pathlib import Path
from shuke.platform.embedded import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]), memory_mb=128, durable=False)
server.start()
print("started", flush=True)
time.sleep(60)
"""


def a_server(folder: Path) -> EmbeddedServer:
    return EmbeddedServer(folder / "postgres", memory_mb=128, durable=False)


@pytest.fixture
def folder() -> Iterator[Path]:
    # Private to its owner, as `mktemp -d` makes it; pytest's own folders are closed again by every other test run.
    made = Path(tempfile.mkdtemp(prefix="shuke-embedded-"))
    yield made
    # A server that the guard stops no longer answers some moments before it has put its files in order.
    assert _within(20, lambda: not (made / "postgres" / "postmaster.pid").exists())
    shutil.rmtree(made)


def another_program(folder: Path) -> "subprocess.Popen[str]":
    program = subprocess.Popen(
        [sys.executable, "-c", _USER, str(folder / "postgres")], stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "started\n"
    return program


def end(program: "subprocess.Popen[str]") -> None:
    program.kill()
    program.wait()
    assert program.stdout is not None
    program.stdout.close()


async def write(server: EmbeddedServer) -> None:
    connection = await embedded.connect(server.url(SUPERUSER, "postgres"))
    await connection.execute("create table if not exists kept (number integer)")
    await connection.execute("insert into kept values (7)")
    await connection.close()


async def read(server: EmbeddedServer) -> list[int]:
    connection = await embedded.connect(server.url(SUPERUSER, "postgres"))
    rows = await connection.fetch("select number from kept")
    await connection.close()
    return [row["number"] for row in rows]


async def test_data_outlive_the_server(folder: Path) -> None:
    server = a_server(folder)
    server.start()
    await write(server)
    server.stop()
    assert not server.is_running()

    again = a_server(folder)
    again.start()

    assert await read(again) == [7]
    again.stop()


def test_the_last_one_out_stops_the_server(folder: Path) -> None:
    first, second = a_server(folder), a_server(folder)
    first.start()
    second.start()

    first.stop()
    assert second.is_running()
    second.stop()

    assert not second.is_running()


def test_a_killed_program_leaves_no_server_behind(folder: Path) -> None:
    program = another_program(folder)
    server = a_server(folder)
    assert server.is_running()

    end(program)

    assert _within(20, lambda: not server.is_running())


def test_a_killed_program_does_not_stop_the_server_for_others(folder: Path) -> None:
    program = another_program(folder)
    server = a_server(folder)
    server.start()

    end(program)
    time.sleep(1)

    assert server.is_running()
    server.stop()
    assert not server.is_running()


async def test_a_killed_server_recovers_what_was_written(folder: Path) -> None:
    server = EmbeddedServer(folder / "postgres", memory_mb=128)
    server.start()
    await write(server)
    # SIGQUIT is the server's own immediate shutdown: no checkpoint, as after a crash.
    os.kill(int((server.directory / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
    assert _within(20, lambda: not server.is_running())
    server.stop()

    again = EmbeddedServer(folder / "postgres", memory_mb=128)
    again.start()

    assert await read(again) == [7]
    again.stop()


def test_a_leftover_number_of_another_process_is_no_obstacle(folder: Path) -> None:
    server = a_server(folder)
    server.start()
    server.stop()
    (server.directory / "postmaster.pid").write_text(f"{os.getpid()}\n{server.directory}\n0\n5432\n\n\n0 0\nready\n")

    server.start()

    assert server.is_running()
    server.stop()


def test_a_directory_with_other_files_is_left_alone(folder: Path) -> None:
    (folder / "postgres").mkdir()
    (folder / "postgres" / "letter.txt").write_text("mine")

    with pytest.raises(EmbeddedDatabaseError, match="not empty"):
        a_server(folder).start()

    assert (folder / "postgres" / "letter.txt").read_text() == "mine"


async def test_a_path_too_long_for_a_socket_works(folder: Path) -> None:
    server = a_server(folder / ("long" * 25))
    server.start()

    await write(server)

    assert await read(server) == [7]
    server.stop()


async def test_the_durable_server_is_durable_and_tuned(folder: Path) -> None:
    server = EmbeddedServer(folder / "postgres", memory_mb=512)
    server.start()
    urls = await embedded.ensure_database(server)
    connection = await asyncpg.connect(urls.app)

    names = ("fsync", "synchronous_commit", "jit", "shared_buffers", "effective_cache_size", "listen_addresses")
    found = {name: await connection.fetchval(f"show {name}") for name in names}

    await connection.close()
    server.stop()
    assert found == {
        "fsync": "on",
        "synchronous_commit": "on",
        "jit": "off",
        "shared_buffers": "128MB",
        "effective_cache_size": "384MB",
        "listen_addresses": "",
    }


async def test_two_programs_starting_at_once_share_one_server(folder: Path) -> None:
    servers = [a_server(folder) for _ in range(3)]

    await asyncio.gather(*(asyncio.to_thread(server.start) for server in servers))

    assert all(server.is_running() for server in servers)
    for server in servers:
        server.stop()
    assert not servers[0].is_running()


def _within(seconds: float, holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.1)
    return False
