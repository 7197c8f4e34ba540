"""`shuke doctor`: looks at everything an installation needs and says what is wrong and how to mend it."""

import shutil
import socket
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from shuke.main.console import BUILT
from shuke.main.installation import CannotStart, locate
from shuke.main.modules import MODULES
from shuke.main.operations import health
from shuke.main.operations.health import keeping
from shuke.platform import module
from shuke.platform.db import Database, Session
from shuke.platform.settings import Settings

_LEAST_PYTHON = (3, 11)
_LEAST_FREE_MB = 1_024


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `mend` says what to do where something is wrong."""

    state: health.CheckState
    what: str
    mend: str = ""


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Everything, from the machine to the events; later checks are left out where earlier ones make them pointless."""
    module.install(MODULES)
    yield _python()
    for finding in (*_directory(settings), *_keys(settings), _console(), _port(settings)):
        yield finding
    try:
        async with locate(settings) as urls:
            database = Database(urls.app, pool_size=2)
            try:
                async with database.transaction() as session:
                    for finding in await _database(session, urls.owner):
                        yield finding
            finally:
                await database.close()
    except (CannotStart, OSError, SQLAlchemyError) as error:
        yield Finding("wrong", f"The database cannot be reached: {error}", "Check SHUKE_DATABASE_URL and its server.")


def _python() -> Finding:
    version = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    if sys.version_info[:2] < _LEAST_PYTHON:
        return Finding("wrong", version, "Install Python 3.11 or newer.")
    return Finding("ok", version)


def _directory(settings: Settings) -> list[Finding]:
    directory = settings.data_directory
    place = next((folder for folder in (directory, *directory.parents) if folder.exists()), directory)
    free_mb = shutil.disk_usage(place).free // (1024 * 1024)
    findings = []
    if not directory.exists():
        findings.append(Finding("note", f"{directory} does not exist yet", "The first start makes it."))
    elif not directory.is_dir():
        findings.append(Finding("wrong", f"{directory} is no directory", "Choose another SHUKE_DATA_DIRECTORY."))
    if free_mb < _LEAST_FREE_MB:
        findings.append(Finding("wrong", f"Only {free_mb} MB free at {place}", "Free space, or choose another disk."))
    else:
        findings.append(Finding("ok", f"{free_mb:,} MB free at {place}"))
    return findings


def _keys(settings: Settings) -> list[Finding]:
    return [_finding(keeping.key_files(settings))]


def _console() -> Finding:
    if (BUILT / "index.html").is_file():
        return Finding("ok", "The console is built")
    return Finding("wrong", "The console is not built", "Run: make console")


def _port(settings: Settings) -> Finding:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.host, settings.port))
        except OSError:
            return Finding(
                "note", f"Port {settings.port} is in use", "Fine if Shuke runs; otherwise choose another --port."
            )
    return Finding("ok", f"Port {settings.port} is free")


async def _database(session: Session, owner_url: str) -> list[Finding]:
    return [_finding(check) for check in await health.examine_installation(session, owner_url)]


def _finding(check: health.Check) -> Finding:
    return Finding(check.state, check.said.en, check.mend.en)
