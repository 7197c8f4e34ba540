"""Puts a backup into an empty database, in one transaction: everything is there afterwards, or nothing.

pg_restore writes the dump as SQL, psql runs it as the owner of the tables. Begin and commit are ours: when either
program or we ourselves die on the way, psql reads the end of its input without a commit, and the server undoes all.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from . import programs
from .folder import DataBackup
from .keys_archive import OpenKeys

# Written into every dump by our pg_dump; servers before 17 do not know it.
_UNKNOWN_TO_OLDER = b"SET transaction_timeout = 0;\n"
_HEADER_LINES = 60
_BEGIN = b"\\set ON_ERROR_STOP on\n\\set VERBOSITY terse\nbegin;\n"
# Planner statistics are not in a dump. What is not ours cannot be analysed, which is no news.
_COMMIT = b"commit;\nset client_min_messages = error;\nanalyze;\n"

_EXPECTED = (
    b"create temporary table expected (name text, rows bigint) on commit drop;\ncopy pg_temp.expected from stdin;\n"
)
_COUNT = rb"""
do $$
declare
    one record;
    found bigint;
begin
    for one in select * from pg_temp.expected loop
        execute format('select count(*) from %I.%I', split_part(one.name, '.', 1), split_part(one.name, '.', 2))
            into found;
        if found <> one.rows then
            raise exception '% has % rows, and the manifest says %', one.name, found, one.rows;
        end if;
    end loop;
end $$;
"""

# Events are read in the order of the server's transaction numbers. On a server that has not come so far yet, new
# events would sort before old ones and never be read; so old numbers become small ones. What stood before, at and
# behind the cursor of each consumer still does.
_RENUMBER = rb"""
do $$
begin
    if pg_current_xact_id()::text::bigint > (
        select coalesce(max(transaction_id), 0)
        from (select transaction_id from public.event union all select transaction_id from public.event_cursor) as known
    ) then
        return;
    end if;
    create temporary table place on commit drop as
        select transaction_id, 2 * row_number() over (order by transaction_id) as number
        from (select distinct transaction_id from public.event_cursor) as cursors;
    update public.event set transaction_id = (
        select coalesce(max(number), 0)
               + case when max(place.transaction_id) = event.transaction_id then 0 else 1 end
        from pg_temp.place where place.transaction_id <= event.transaction_id
    );
    update public.event_cursor set transaction_id = place.number
    from pg_temp.place where place.transaction_id = event_cursor.transaction_id;
end $$;
"""

# The audit trail is sealed in the same order. The newest sealed line stands behind all others that are sealed, before
# all that are not, and those before what this server will write. The chain does not hold these numbers.
_RENUMBER_AUDIT = rb"""
do $$
begin
    if not exists (
        select from information_schema.columns
        where table_schema = 'public' and table_name = 'audit' and column_name = 'transaction_id'
    ) then
        return;
    end if;
    if pg_current_xact_id()::text::bigint > (select coalesce(max(transaction_id), 0) from public.audit) then
        return;
    end if;
    update public.audit set transaction_id = case
        when id = (select audit_id from public.audit_seal order by seq desc limit 1) then 1
        when exists (select from public.audit_seal s where s.audit_id = audit.id) then 0
        else 2
    end;
end $$;
"""


def load(backup: DataBackup, keys: OpenKeys | None, owner_url: str) -> None:
    """Put a backup, and the rows of a keys archive, into an empty database. Raises DatabaseProgramFailed."""
    address = programs.address_of(owner_url)
    with tempfile.TemporaryFile() as said_restore, tempfile.TemporaryFile() as said_psql:
        reading = programs.start(
            "pg_restore", "--file=-", programs.absolute(backup.dump), errors=said_restore, stdout=subprocess.PIPE
        )
        writing = programs.start(
            "psql",
            *("--no-psqlrc", "--quiet", "--no-password", "--file=-", f"--dbname={address.url}"),
            environment=address.environment,
            errors=said_psql,
            stdin=subprocess.PIPE,
        )
        with _ended(reading), _ended(writing):
            assert reading.stdout is not None
            assert writing.stdin is not None
            try:
                writing.stdin.write(_BEGIN)
                _pour(reading.stdout, writing.stdin)
                if reading.wait() != 0:
                    raise programs.failed("pg_restore", _said(said_restore))
                _finish(backup, keys, writing.stdin)
                writing.stdin.close()
            except BrokenPipeError:
                # It has stopped at an error, and says which.
                writing.wait()
            if writing.wait() != 0:
                raise programs.failed("psql", _said(said_psql))


@contextmanager
def _ended(process: "subprocess.Popen[bytes]") -> Iterator[None]:
    """Leave no program behind: one that still runs at the end of the block is killed, and commits nothing."""
    try:
        yield
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            _close(pipe)


def _close(pipe: IO[bytes] | None) -> None:
    try:
        if pipe is not None:
            pipe.close()
    except BrokenPipeError:
        return  # what was still to be written has nobody to read it


def _pour(source: IO[bytes], target: IO[bytes]) -> None:
    """Copy the dump's SQL, without the one setting in its head that older servers refuse."""
    for _ in range(_HEADER_LINES):
        line = source.readline()
        if line != _UNKNOWN_TO_OLDER:
            target.write(line)
    shutil.copyfileobj(source, target, 1 << 20)


def _finish(backup: DataBackup, keys: OpenKeys | None, target: IO[bytes]) -> None:
    """What follows the dump in the same transaction: rows of the keys archive, counting, event numbers, commit."""
    if keys is not None:
        for table in keys.manifest.tables:
            # Answers and rows handed back belong to the state that the request or import led to, and to no other.
            if table.name != "vault.member_key" and keys.name != backup.name:
                continue
            columns = ", ".join(table.columns)
            target.write(f"copy {table.name} ({columns}) from stdin;\n".encode())
            _pour_rows(keys.rows_of(table), target)
    target.write(_EXPECTED)
    target.writelines(f"{name}\t{rows}\n".encode() for name, rows in backup.manifest.rows.items())
    target.write(b"\\.\n" + _COUNT + _RENUMBER + _RENUMBER_AUDIT + _COMMIT)


def _pour_rows(rows: Path, target: IO[bytes]) -> None:
    with rows.open("rb") as file:
        shutil.copyfileobj(file, target, 1 << 20)
    target.write(b"\\.\n")


def _said(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()
