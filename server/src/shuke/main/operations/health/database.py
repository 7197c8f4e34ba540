"""Whether the database is well: its version, schema and rights, its room, its connections, what runs too long."""

import shutil
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import text

from shuke.platform import migrate
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from .model import Check, CheckState, age, size

_LEAST_FREE_BYTES = 1 << 30
_LITTLE_FREE_BYTES = 5 << 30
_MUCH_OF_CONNECTIONS = 0.8
_LONG_S, _TOO_LONG_S = 300, 3_600
_HISTORY = ("event", "audit", "ledger_entry")
_USAGE = text(
    """
    select pg_database_size(current_database()) as bytes,
        (select count(*) from pg_stat_activity where backend_type = 'client backend') as connections,
        current_setting('max_connections')::int as most,
        (select extract(epoch from max(clock_timestamp() - xact_start)) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()) as longest_s
    """
)


async def version(session: Session) -> Check:
    """PostgreSQL answers, and is new enough."""
    number = int((await session.execute(text("show server_version_num"))).scalar_one())
    name, title = f"PostgreSQL {number // 10_000}", LocalName("数据库", "Database")
    if number < 150_000:
        mend = LocalName("请使用 PostgreSQL 15 或更新的版本。", "Use PostgreSQL 15 or newer.")
        return Check(
            code="database.version", group="database", state="wrong", title=title, said=LocalName(name, name), mend=mend
        )
    said = LocalName(f"{name} 正常响应", f"{name} answers")
    return Check(code="database.version", group="database", state="ok", title=title, said=said)


async def schema(session: Session) -> Check:
    """The schema is the one that this program knows."""
    newest, title = migrate.newest(), LocalName("数据库结构", "Schema")
    if not await migrate.is_current(session):
        found = await migrate.current(session)
        return Check(
            code="database.schema",
            group="database",
            state="wrong",
            title=title,
            said=LocalName(f"结构是 {found}，程序需要 {newest}", f"Schema {found}, wanted {newest}"),
            mend=LocalName("请运行：shuke migrate", "Run: shuke migrate"),
        )
    said = LocalName(f"结构 {newest} 是最新的", f"Schema {newest} is current")
    return Check(code="database.schema", group="database", state="ok", title=title, said=said)


async def roles(session: Session, owner_url: str | None) -> Check:
    """The application's role cannot change tables or history."""
    role = (await session.execute(text("select current_user"))).scalar_one()
    said = LocalName(f"程序的数据库角色 {role} 不能改写历史", f"The application's role {role} cannot change history")
    state: CheckState = "ok"
    question = text("select has_table_privilege(current_user, to_regclass(:table), 'update, delete')")
    if owner_url and urlsplit(owner_url).username == role:
        state = "wrong"
        said = LocalName("程序以表的所有者角色运行", "The application runs as the role that owns the tables")
    for table in _HISTORY:
        if state == "ok" and (await session.execute(question, {"table": table})).scalar_one():
            state = "wrong"
            said = LocalName(
                f"程序的数据库角色 {role} 可以改写 {table} 的历史",
                f"The application's role {role} can change the history in {table}",
            )
    mend = LocalName(
        "请给程序单独的数据库角色，见 docs/how-to。", "Give the application a role of its own; see docs/how-to."
    )
    title = LocalName("历史防改写", "History is protected")
    return Check(
        code="database.roles",
        group="database",
        state=state,
        title=title,
        said=said,
        mend=LocalName("", "") if state == "ok" else mend,
    )


async def usage(session: Session) -> list[Check]:
    """How large the database is, how many are connected, and whether a transaction runs too long."""
    row = (await session.execute(_USAGE)).one()
    used = size(row.bytes)
    large = Check(
        code="database.size",
        group="database",
        state="ok",
        title=LocalName("数据库大小", "Database size"),
        said=LocalName(f"数据库占用 {used}", f"The database takes {used}"),
    )
    return [large, _connections(row.connections, row.most), _longest(float(row.longest_s or 0))]


def disk(directory: Path) -> Check:
    """Room on the disk of the data directory."""
    place = next((folder for folder in (directory, *directory.parents) if folder.exists()), directory)
    free = shutil.disk_usage(place).free
    state: CheckState = "wrong" if free < _LEAST_FREE_BYTES else "note" if free < _LITTLE_FREE_BYTES else "ok"
    mend = LocalName("请清理磁盘，或换一块更大的磁盘。", "Free space, or choose another disk.")
    return Check(
        code="database.disk",
        group="database",
        state=state,
        title=LocalName("磁盘空间", "Disk space"),
        said=LocalName(f"数据目录所在磁盘剩余 {size(free)}", f"{size(free)} free on the disk of the data directory"),
        mend=LocalName("", "") if state == "ok" else mend,
    )


def _connections(count: int, most: int) -> Check:
    is_many = count > most * _MUCH_OF_CONNECTIONS
    mend = LocalName(
        "请调小 SHUKE_DATABASE_POOL_SIZE，或调大数据库的 max_connections。",
        "Lower SHUKE_DATABASE_POOL_SIZE, or raise max_connections of the server.",
    )
    return Check(
        code="database.connections",
        group="database",
        state="note" if is_many else "ok",
        title=LocalName("数据库连接", "Connections"),
        said=LocalName(f"最多 {most} 个连接，用了 {count} 个", f"{count} of {most} connections in use"),
        mend=mend if is_many else LocalName("", ""),
    )


def _longest(seconds: float) -> Check:
    state: CheckState = "wrong" if seconds > _TOO_LONG_S else "note" if seconds > _LONG_S else "ok"
    lasts = age(seconds)
    said = LocalName("没有运行过久的事务", "No transaction runs for long")
    if state != "ok":
        said = LocalName(f"最早的事务已运行 {lasts.zh}", f"The oldest transaction has run for {lasts.en}")
    mend = LocalName(
        "它会让事件停住不动。请在数据库里找到它（pg_stat_activity）并结束。",
        "It holds events back. Find it in pg_stat_activity and end it.",
    )
    return Check(
        code="database.longest_transaction",
        group="database",
        state=state,
        title=LocalName("最长的事务", "Longest transaction"),
        said=said,
        mend=LocalName("", "") if state == "ok" else mend,
    )
