"""Runs the programs of PostgreSQL that come with the embedded server, without showing passwords to other users."""

import asyncio
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit, urlunsplit

from shuke.platform.embedded import PROGRAMS

from .errors import DatabaseProgramFailed

_SAID_AT_MOST = 600


@dataclass(frozen=True)
class Address:
    """A database's address for a program: without the password, which goes into its environment."""

    url: str
    environment: dict[str, str]


def address_of(url: str) -> Address:
    """Take the password out of a URL: the command line of a program is shown to everybody on the machine."""
    parts = urlsplit(url)
    environment = {**os.environ, "PGAPPNAME": "shuke-backup"}  # allow: environment — handed on whole to a program
    if parts.password is None:
        return Address(url, environment)
    environment["PGPASSWORD"] = unquote(parts.password)
    place = parts.netloc.rpartition("@")[2]
    return Address(urlunsplit(parts._replace(netloc=f"{parts.username}@{place}")), environment)


async def run(program: str, *arguments: str, environment: dict[str, str] | None = None) -> None:
    """Run a program to its end, or no longer than we wait for it. Raises DatabaseProgramFailed with its last words."""
    process = await asyncio.create_subprocess_exec(
        str(PROGRAMS / program),
        *arguments,
        env=environment,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        _, said = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        raise failed(program, said)


def start(
    program: str,
    *arguments: str,
    errors: IO[bytes],
    environment: dict[str, str] | None = None,
    stdin: int | None = subprocess.DEVNULL,
    stdout: int | None = subprocess.DEVNULL,
) -> "subprocess.Popen[bytes]":
    """Start a program whose input or output is a pipe; what it says about errors goes into a file."""
    command = [str(PROGRAMS / program), *arguments]
    return subprocess.Popen(command, env=environment, cwd="/", stdin=stdin, stdout=stdout, stderr=errors)


def failed(program: str, said: bytes) -> DatabaseProgramFailed:
    """The refusal that a program's end with an error becomes."""
    lines = said.decode(errors="replace").strip()[-_SAID_AT_MOST:]
    return DatabaseProgramFailed(program=program, said=lines or "—")


def absolute(path: Path) -> str:
    """A path as an argument: programs start in the root directory, which every user may enter."""
    return str(path.resolve())
