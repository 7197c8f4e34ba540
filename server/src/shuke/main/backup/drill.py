"""The drill: restores the newest backup into a throw-away server and looks whether everything is there.

A check that could not run never counts as passed: the drill is then incomplete, or failed.
"""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy import text

from shuke.loyalty.ledger import verify
from shuke.people import members
from shuke.platform import clock, embedded, keys, migrate
from shuke.platform.actor import EVERYTHING
from shuke.platform.db import Database, raw
from shuke.platform.embedded import SUPERUSER, EmbeddedServer
from shuke.platform.errors import AppError
from shuke.platform.i18n import LocalName
from shuke.platform.settings import Settings

from . import erasures, facts, folder, journal, keys_archive, restoring
from .folder import DataBackup, Manifest
from .journal import Check, CheckState, Outcome, Run
from .keys_archive import OpenKeys
from .restoring import Source

_MEMORY_MB = 512
_SAMPLE = 200
LABELS = {
    "found": LocalName("有备份可用", "There is a backup"),
    "age": LocalName("备份够新", "The backup is new enough"),
    "files": LocalName("文件校验", "Files as written"),
    "restore": LocalName("恢复", "Restore"),
    "rows": LocalName("各表行数", "Rows of every table"),
    "schema": LocalName("数据库结构", "Schema"),
    "rights": LocalName("历史不可改", "History cannot be changed"),
    "heads": LocalName("账本末端摘要", "Digest of the ledger's heads"),
    "ledger": LocalName("账本核对", "Ledger verified"),
    "keys": LocalName("密钥能打开数据", "Keys open the data"),
    "erased": LocalName("已删除的会员无法读取", "Erased members stay unreadable"),
}
_NO_KEYS = LocalName(
    "没有密钥备份，个人信息能否读取未检查", "No keys archive: whether personal data opens was not checked"
)
_HISTORY = ("event", "audit", "ledger_entry", "ledger_operation", "ledger_allocation")
_CAN_CHANGE = text("select has_table_privilege(cast(:role as text), :history, 'update, delete, truncate')")
_SEALED_MEMBERS = text("""
    select member_id from member join vault.member_key using (member_id)
    where profile is not null order by member_id desc limit :sample
""")

logger = structlog.get_logger("shuke.backup")


class CheckFailed(Exception):
    """A check found something wrong; the message says what, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.said = LocalName(zh, en)


async def hold_drill(settings: Settings, keys_path: Path | None = None) -> Run:
    """Try the newest backup, with a given keys archive or the one of the same run. What came of it is journalled.

    It opens the archive's keys as those of this process: a drill has a process of its own.
    """
    at, started = clock.wall(), time.monotonic()
    drill = _Drill(settings, keys_path)
    await drill.run()
    run = Run(
        kind="drill",
        at=at,
        seconds=round(time.monotonic() - started, 1),
        outcome=drill.outcome,
        backup=drill.backup.name if drill.backup else None,
        restore_seconds=drill.restore_seconds,
        checks=tuple(drill.checks),
    )
    await asyncio.to_thread(journal.record, settings.backups, run)
    return run


class _Drill:
    def __init__(self, settings: Settings, keys_path: Path | None) -> None:
        self.settings = settings
        self.keys_path = keys_path
        self.checks: list[Check] = []
        self.backup: DataBackup | None = None
        self.restore_seconds: float | None = None
        self.owner_url = ""

    @property
    def outcome(self) -> Outcome:
        states = {check.state for check in self.checks}
        if "failed" in states:
            return "failed"
        return (
            "passed" if {check.code for check in self.checks if check.state == "ok"} == LABELS.keys() else "incomplete"
        )

    async def run(self) -> None:
        """Every check in turn; one that others stand on ends the drill when it fails, and those are not checked."""
        await self._try_in_turn()
        for code in LABELS.keys() - {check.code for check in self.checks}:
            self._note(code, "not_checked", LocalName("没有做到这一步", "The drill did not come so far"))

    async def _try_in_turn(self) -> None:
        if not await self._check("found", self._find):
            return
        assert self.backup is not None
        backup = self.backup
        await self._check("age", lambda: self._require_new(backup.manifest.made_at))
        path = self.keys_path or folder.place_keys(backup.path.parent, backup.name)
        is_with_keys = self.keys_path is not None or path.exists()
        async with _sources(backup, path if is_with_keys else None) as (source, refusal):
            self._note_result("files", refusal)
            if source is None:
                return
            with tempfile.TemporaryDirectory(prefix="shuke-drill-", ignore_cleanup_errors=True) as made:
                await self._in_directory(source, Path(made))

    async def _in_directory(self, source: Source, directory: Path) -> None:
        memory_mb = min(self.settings.database_memory_mb, _MEMORY_MB)
        server = EmbeddedServer(directory / "postgres", memory_mb=memory_mb, durable=False, delete_after=True)
        try:
            if not await self._check("restore", lambda: self._restore(source, server)):
                return
            database = Database(server.url(source.manifest.app_role, embedded.DATABASE), statement_timeout_s=0)
            try:
                await self._look(database, source, directory / "keys")
            finally:
                await database.close()
        finally:
            await asyncio.to_thread(server.stop)

    async def _look(self, database: Database, source: Source, key_directory: Path) -> None:
        manifest = source.manifest
        await self._check("rows", lambda: _require_rows(database, manifest))
        await self._check("schema", lambda: _require_schema(database, manifest))
        await self._check("rights", lambda: _require_rights(database, manifest))
        await self._check("heads", lambda: _require_heads(database, manifest))
        await self._check("ledger", lambda: _require_ledger(database))
        opened = source.keys
        if opened is None:
            self._note("keys", "not_checked", _NO_KEYS)
        else:
            await self._check("keys", lambda: _require_keys(database, opened, key_directory))
        # Last: it changes rows.
        await self._check("erased", lambda: self._require_erased(database, source))

    async def _require_erased(self, database: Database, source: Source) -> LocalName:
        """Whether erasing again whom the journal knows leaves nobody of them readable."""
        directory = source.backup.path.parent
        again = await erasures.replay(self.owner_url, directory)
        async with database.transaction() as session:
            readable = await erasures.find_readable(session, directory)
        if readable:
            raise CheckFailed(f"{len(readable)} 位已删除的会员仍可读取", f"{len(readable)} erased members can be read")
        return LocalName(f"恢复后再次删除了 {again} 位", f"Erased {again} again after the restore")

    async def _find(self) -> LocalName:
        self.backup = await asyncio.to_thread(folder.find_data, self.settings.backups, folder.NEWEST)
        return LocalName(self.backup.name, self.backup.name)

    async def _require_new(self, made_at: datetime) -> LocalName:
        age, bar = clock.wall() - made_at, timedelta(hours=self.settings.backup_max_age_hours)
        hours = age.total_seconds() / 3600
        if age > bar:
            raise CheckFailed(
                f"最新的备份是 {hours:.0f} 小时前做的，超过了 {self.settings.backup_max_age_hours} 小时",
                f"The newest backup is {hours:.0f} hours old, more than {self.settings.backup_max_age_hours}",
            )
        return LocalName(f"{hours:.1f} 小时前", f"{hours:.1f} hours old")

    async def _restore(self, source: Source, server: EmbeddedServer) -> LocalName:
        started = time.monotonic()
        await asyncio.to_thread(server.start)
        self.owner_url = await _prepare_server(server, source.manifest)
        await restoring.restore_into(source, self.owner_url)
        self.restore_seconds = round(time.monotonic() - started, 1)
        return LocalName(f"用时 {self.restore_seconds} 秒", f"{self.restore_seconds} seconds")

    async def _check(self, code: str, look: Callable[[], Awaitable[LocalName]]) -> bool:
        try:
            said = await look()
        except CheckFailed as error:
            self._note(code, "failed", error.said)
        except AppError as error:
            self._note(code, "failed", LocalName(error.say("zh"), error.say("en")))
        except Exception as error:
            logger.exception("a check of the drill broke off", check=code)
            kind = type(error).__name__
            self._note(code, "failed", LocalName(f"检查中断：{kind}，见日志", f"It broke off: {kind}, see the log"))
        else:
            self._note(code, "ok", said)
            return True
        return False

    def _note_result(self, code: str, refusal: AppError | None) -> None:
        if refusal is None:
            self._note(code, "ok", LocalName("与清单一致", "As the manifest says"))
        else:
            self._note(code, "failed", LocalName(refusal.say("zh"), refusal.say("en")))

    def _note(self, code: str, state: CheckState, said: LocalName) -> None:
        self.checks.append(Check(code=code, state=state, label=LABELS[code], detail=said))


@asynccontextmanager
async def _sources(backup: DataBackup, path: Path | None) -> AsyncIterator[tuple[Source | None, AppError | None]]:
    """The opened source of a restore, or why it cannot be opened."""
    opening = restoring.open_source(backup, path)
    try:
        source = await opening.__aenter__()
    except AppError as refusal:
        yield None, refusal
        return
    try:
        yield source, None
    finally:
        await opening.__aexit__(None, None, None)


async def _prepare_server(server: EmbeddedServer, manifest: Manifest) -> str:
    """Make the backup's own roles and an empty database; returns its address as the owner."""
    admin = await embedded.connect(server.url(SUPERUSER, "postgres"))
    try:
        for role in sorted({manifest.owner_role, manifest.app_role}):
            await admin.execute(await admin.fetchval("select format('create role %I login', $1::text)", role))
        question = "select format('create database %I owner %I', $1::text, $2::text)"
        await admin.execute(await admin.fetchval(question, embedded.DATABASE, manifest.owner_role))
    finally:
        await admin.close()
    return server.url(manifest.owner_role, embedded.DATABASE)


async def _require_rows(database: Database, manifest: Manifest) -> LocalName:
    async with database.transaction() as session:
        found = await facts.count_rows(await raw(session))
    wrong = [name for name, rows in manifest.rows.items() if found.get(name) != rows]
    if wrong:
        named = ", ".join(wrong[:5])
        raise CheckFailed(f"这些表的行数与清单不同：{named}", f"Other rows than the manifest says: {named}")
    total = sum(manifest.rows.values())
    return LocalName(f"{len(manifest.rows)} 张表，{total:,} 行", f"{len(manifest.rows)} tables, {total:,} rows")


async def _require_schema(database: Database, manifest: Manifest) -> LocalName:
    async with database.transaction() as session:
        found = await migrate.current(session)
    if found != manifest.schema_head:
        raise CheckFailed(f"结构是 {found}，清单是 {manifest.schema_head}", f"{found}, not {manifest.schema_head}")
    return LocalName(manifest.schema_head, manifest.schema_head)


async def _require_rights(database: Database, manifest: Manifest) -> LocalName:
    async with database.transaction() as session:
        for history in _HISTORY:
            if (await session.execute(_CAN_CHANGE, {"role": manifest.app_role, "history": history})).scalar_one():
                raise CheckFailed(f"程序能改动历史：{history}", f"The application can change the history in {history}")
    return LocalName("程序只能新增，不能改动", "The application can add and not change")


async def _require_heads(database: Database, manifest: Manifest) -> LocalName:
    async with database.transaction() as session:
        found = await facts.ledger_heads(await raw(session))
    if found != manifest.ledger_heads:
        raise CheckFailed("账本末端与备份时不同", "The ledger's heads are not those of the backup")
    return LocalName(found[:16], found[:16])


async def _require_ledger(database: Database) -> LocalName:
    report = await verify.verify_ledger(database)
    if report.wrong is not None:
        raise CheckFailed(report.wrong.say("zh"), report.wrong.say("en"))
    return LocalName(
        f"{report.accounts:,} 个账户，{report.entries:,} 条流水",
        f"{report.accounts:,} accounts, {report.entries:,} entries",
    )


async def _require_keys(database: Database, opened: OpenKeys, directory: Path) -> LocalName:
    """Whether the archive's key files are those of the database, and open what the newest members had sealed."""
    await asyncio.to_thread(keys_archive.put_keys_back, opened, directory)
    async with database.transaction() as session:
        await keys.open_keys(session, directory)
        wanted = list((await session.execute(_SEALED_MEMBERS, {"sample": _SAMPLE})).scalars())
        found = await members.names(session, wanted, EVERYTHING)
    if len(found) != len(wanted):
        raise CheckFailed("有会员的资料打不开", "The data of some members does not open")
    return LocalName(f"打开了 {len(wanted)} 位会员的资料", f"Opened the data of {len(wanted)} members")
