"""Whether the shop is safe: backups and drills, the ledger and the audit trail verified, keys whole."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from stat import S_IMODE

from shuke.foundation.audit.queries import chain
from shuke.loyalty.ledger.verify import runs
from shuke.main.backup import folder, journal
from shuke.main.backup.journal import Run
from shuke.platform import clock
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName
from shuke.platform.keys import progress
from shuke.platform.settings import Settings

from .model import NOTHING, Check, CheckState, age

_LEDGER_WITHIN = timedelta(hours=48)
_AUDIT_WITHIN = timedelta(hours=48)
_DRILL_WITHIN = timedelta(days=14)
_STUCK_AFTER = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class BackupFiles:
    """What lies in the folder of the backups."""

    newest_at: datetime | None
    last_backup: Run | None
    last_drill: Run | None


def look_at_backups(directory: Path) -> BackupFiles:
    """Read the folder of the backups. Blocks: call it in a thread."""
    found, held = folder.list_data(directory), journal.list_runs(directory)
    return BackupFiles(
        newest_at=found[0].manifest.made_at if found else None,
        last_backup=journal.latest(held, "backup"),
        last_drill=journal.latest(held, "drill"),
    )


def _check(code: str, title: LocalName, link: str, state: CheckState, said: LocalName, mend: LocalName) -> Check:
    """What was found; how to mend it only where something is to be mended."""
    return Check(
        code=code,
        group="safety",
        state=state,
        title=title,
        said=said,
        mend=NOTHING if state == "ok" else mend,
        link=link,
    )


def backup(files: BackupFiles, max_age_hours: int) -> Check:
    """The newest backup is young enough, and the last one did not fail."""
    mend = LocalName("打开备份页面，立即制作一份备份。", "Make a backup now on the page of backups.")
    state: CheckState = "ok"
    if files.newest_at is None:
        state, said = "wrong", LocalName("还没有任何备份", "There is no backup yet")
    else:
        old = age((clock.wall() - files.newest_at).total_seconds())
        said = LocalName(f"最近的备份是 {old.zh}前做的", f"The newest backup is {old.en} old")
        if clock.wall() - files.newest_at > timedelta(hours=max_age_hours):
            state = "wrong"
    if state == "ok" and files.last_backup is not None and files.last_backup.outcome == "failed":
        state, said = "wrong", LocalName("最近一次备份失败了", "The last backup failed")
        mend = files.last_backup.detail or mend
    return _check("safety.backup", LocalName("备份", "Backups"), "/settings/backups", state, said, mend)


def drill(files: BackupFiles) -> Check:
    """A backup was really restored not long ago."""
    mend = LocalName("打开备份页面，做一次恢复演练。", "Hold a drill on the page of backups.")
    held = files.last_drill
    state: CheckState = "ok"
    if held is None:
        state, said = "note", LocalName("还没有做过恢复演练", "No drill was held yet")
    elif held.outcome != "passed":
        state = "wrong" if held.outcome == "failed" else "note"
        said = LocalName("最近一次恢复演练没有通过", "The last drill was not passed")
    else:
        old = age((clock.wall() - held.at).total_seconds())
        said = LocalName(f"{old.zh}前的恢复演练通过了", f"The drill of {old.en} ago was passed")
        if clock.wall() - held.at > _DRILL_WITHIN:
            state = "note"
    return _check("safety.drill", LocalName("恢复演练", "Restore drill"), "/settings/backups", state, said, mend)


async def ledger(session: Session) -> Check:
    """The ledger was verified not long ago, and adds up."""
    last = await runs.latest(session)
    state: CheckState = "ok"
    mend = LocalName("打开校验账本页面，立即校验一次。", "Verify it now on the page of verification.")
    if last is None or last.finished_at is None:
        state, said = "note", LocalName("积分账本还没有校验过", "The ledger was never verified")
    elif last.state == "failed":
        state, said = "wrong", LocalName("积分账本校验不一致", "The ledger does not add up")
        mend = LocalName("打开校验账本页面查看是哪一行。", "See which row it is on the page of verification.")
    elif last.state == "broken":
        state, said = "note", LocalName("最近一次校验中断了", "The last verification broke off")
    else:
        old = age((clock.wall() - last.finished_at).total_seconds())
        said = LocalName(f"{old.zh}前校验过，账是平的", f"Verified {old.en} ago; it adds up")
        if clock.wall() - last.finished_at > _LEDGER_WITHIN:
            state = "note"
    return _check("safety.ledger", LocalName("积分账本", "Ledger"), "/finance/verification", state, said, mend)


async def audit(session: Session) -> Check:
    """The audit trail was verified not long ago, and holds."""
    last = await chain.last_report(session)
    state: CheckState = "ok"
    mend = LocalName("打开操作日志页面，立即校验一次。", "Verify it now on the page of the audit trail.")
    if not last:
        state, said = "note", LocalName("操作日志还没有校验过", "The audit trail was never verified")
    elif not last["ok"]:
        state, said = "wrong", LocalName("操作日志被改动过", "The audit trail was tampered with")
    else:
        since = clock.wall() - datetime.fromisoformat(last["at"])
        old = age(since.total_seconds())
        said = LocalName(f"{old.zh}前校验过，记录完整", f"Verified {old.en} ago; it is whole")
        state = "note" if since > _AUDIT_WITHIN else "ok"
    return _check("safety.audit", LocalName("操作日志", "Audit trail"), "/settings/audit", state, said, mend)


async def rotation(session: Session) -> Check:
    """No exchange of keys hangs."""
    title = LocalName("密钥轮换", "Rotation of keys")
    open_ = [one for one in await progress.list_all(session) if one.finished_at is None]
    if not open_:
        said = LocalName("没有进行中的密钥轮换", "No rotation is under way")
        return Check(code="safety.rotation", group="safety", state="ok", title=title, said=said)
    done, total = sum(one.done for one in open_), sum(one.total for one in open_)
    is_stuck = clock.wall() - max(one.updated_at for one in open_) > _STUCK_AFTER
    return Check(
        code="safety.rotation",
        group="safety",
        state="wrong" if is_stuck else "note",
        title=title,
        said=LocalName(f"密钥轮换进行到 {done:,} / {total:,}", f"A rotation is at {done:,} of {total:,}"),
        mend=LocalName(
            "它停了一个多小时。请确认后台程序在运行，再看日志。", "It has stood still for an hour. See the log."
        )
        if is_stuck
        else LocalName("无需操作，做完之前请保留旧密钥。", "Nothing to do; keep the old key until it has ended."),
    )


def key_files(settings: Settings) -> Check:
    """Only the program can read its keys."""
    directory, title = settings.keys, LocalName("密钥文件", "Key files")
    if not directory.exists():
        return Check(
            code="safety.keys",
            group="safety",
            state="note",
            title=title,
            said=LocalName(f"{directory} 里还没有密钥", f"No keys yet in {directory}"),
            mend=LocalName("首次启动会生成；请随即备份。", "The first start makes them; back them up then."),
        )
    lax = [path for path in (directory, *directory.glob("*.key")) if S_IMODE(path.stat().st_mode) & 0o077]
    if lax:
        named = " ".join(map(str, lax))
        return Check(
            code="safety.keys",
            group="safety",
            state="wrong",
            title=title,
            said=LocalName(f"其他人可以读取密钥：{named}", f"Others can read the keys: {named}"),
            mend=LocalName(f"chmod go-rwx {named}", f"chmod go-rwx {named}"),
        )
    said = LocalName(f"{directory} 里的密钥只有程序能读", f"Keys in {directory} are private")
    return Check(code="safety.keys", group="safety", state="ok", title=title, said=said)
