"""`shuke doctor`: looks at everything an installation needs and says what is wrong and how to mend it."""

import shutil
import socket
import stat
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from urllib.parse import urlsplit

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from shuke.main.console import BUILT
from shuke.main.installation import CannotStart, locate
from shuke.main.modules import MODULES
from shuke.platform import clock, consumers, heartbeat, migrate, shop_clock
from shuke.platform.db import Database, Session
from shuke.platform.settings import Settings

State = Literal["ok", "note", "wrong"]

_LEAST_PYTHON = (3, 11)
_LEAST_FREE_MB = 1_024
_ALIVE_WITHIN = timedelta(seconds=60)
_MUCH_LAG = 10_000


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `mend` says what to do where something is wrong."""

    state: State
    what: str
    mend: str = ""


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Everything, from the machine to the events; later checks are left out where earlier ones make them pointless."""
    yield _python()
    for finding in (*_directory(settings), *_keys(settings), _console(), _port(settings)):
        yield finding
    try:
        async with locate(settings) as urls:
            database = Database(urls.app, pool_size=2)
            try:
                async with database.transaction() as session:
                    for finding in await _database(session, settings, urls.owner):
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
    directory = settings.keys
    if not directory.exists():
        return [Finding("note", f"No keys yet in {directory}", "The first start makes them; back them up then.")]
    lax = [path for path in (directory, *directory.glob("*.key")) if stat.S_IMODE(path.stat().st_mode) & 0o077]
    if lax:
        named = " ".join(map(str, lax))
        return [Finding("wrong", f"Others can read the keys: {named}", f"chmod go-rwx {named}")]
    return [Finding("ok", f"Keys in {directory} are private")]


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


async def _database(session: Session, settings: Settings, owner_url: str) -> list[Finding]:
    findings = [await _version(session)]
    is_current = await migrate.is_current(session)
    if not is_current:
        found = await migrate.current(session)
        return [*findings, Finding("wrong", f"Schema {found}, wanted {migrate.newest()}", "Run: shuke migrate")]
    findings.append(Finding("ok", f"Schema {migrate.newest()} is current"))
    findings.append(await _roles(session, settings, owner_url))
    offset = await shop_clock.load(session)
    if offset:
        at = f"{clock.now():%Y-%m-%d %H:%M} UTC"
        findings.append(Finding("note", f"The shop's clock is set to {at}", "Set it back with: shuke demo time now"))
    findings.append(await _worker(session))
    for module in MODULES:
        for consumer in module.consumers:
            waiting = await consumers.lag(session, consumer)
            if waiting > _MUCH_LAG:
                findings.append(
                    Finding("wrong", f"{consumer.name} has over {_MUCH_LAG:,} events to read", "See the worker's log.")
                )
    return findings


async def _version(session: Session) -> Finding:
    number = int((await session.execute(text("show server_version_num"))).scalar_one())
    if number < 150_000:
        return Finding("wrong", f"PostgreSQL {number // 10_000}", "Use PostgreSQL 15 or newer.")
    return Finding("ok", f"PostgreSQL {number // 10_000} answers")


async def _roles(session: Session, settings: Settings, owner_url: str) -> Finding:
    role = (await session.execute(text("select current_user"))).scalar_one()
    mend = "Give the application a role of its own; see docs/how-to."
    if owner_url and urlsplit(owner_url).username == role:
        return Finding("wrong", "The application runs as the role that owns the tables", mend)
    question = text("select has_table_privilege(current_user, to_regclass(:table), 'update, delete')")
    for table in ("event", "audit", "ledger_entry"):
        if (await session.execute(question, {"table": table})).scalar_one():
            return Finding("wrong", f"The application's role {role} can change the history in {table}", mend)
    return Finding("ok", f"The application's role {role} cannot change history")


async def _worker(session: Session) -> Finding:
    beat = await heartbeat.last_beat(session, "worker")
    if beat is None or clock.wall() - beat > _ALIVE_WITHIN:
        return Finding("note", "No worker is running", "Start it with: shuke run, or shuke worker")
    return Finding("ok", "A worker is running")
