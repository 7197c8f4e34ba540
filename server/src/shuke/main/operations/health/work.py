"""Whether background work is well: a worker lives, nothing has failed, nothing waits too long, events are read."""

from datetime import timedelta

from shuke.platform import clock, heartbeat, outcomes
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName
from shuke.platform.outcomes import WorkOutcome

from ..queue import QueueCounts, count_jobs
from ..readers import Reader, list_readers
from ..words import WORK, name_of
from .model import NOTHING, Check, CheckState, age

ALIVE_WITHIN = timedelta(seconds=60)
_MUCH_LAG = 10_000
_WAITS_LONG_S = 900
_LINK = "/settings/background"


async def worker(session: Session) -> Check:
    """A worker gives signs of life."""
    beat = await heartbeat.last_beat(session, "worker")
    title = LocalName("后台程序", "Worker")
    if beat is None or clock.wall() - beat > ALIVE_WITHIN:
        return Check(
            code="work.worker",
            group="work",
            state="note",
            title=title,
            said=LocalName("后台程序没有运行", "No worker is running"),
            mend=LocalName("请启动它：shuke run，或 shuke worker", "Start it with: shuke run, or shuke worker"),
        )
    said = LocalName("后台程序正在运行", "A worker is running")
    return Check(code="work.worker", group="work", state="ok", title=title, said=said)


async def events(session: Session) -> list[Check]:
    """Consumers keep up with the event log."""
    return [_of_reader(reader) for reader in await list_readers(session)]


async def queue(session: Session) -> list[Check]:
    """Jobs are done in time, and none has failed for good."""
    counts = await count_jobs(session)
    return [_failed(counts), _waiting(counts)]


async def schedules(session: Session) -> Check:
    """What comes by the clock ends well."""
    failing = [one for one in await outcomes.list_outcomes(session, "schedule") if one.outcome == "failed"]
    title = LocalName("定时任务", "Schedules")
    if not failing:
        said = LocalName("定时任务上次都成功了", "Every schedule last ended well")
        return Check(code="work.schedules", group="work", state="ok", title=title, said=said, link=_LINK)
    names = [name_of(WORK, one.name) for one in failing[:3]]
    count = len(failing)
    return Check(
        code="work.schedules",
        group="work",
        state="wrong" if any(one.failures > 1 for one in failing) else "note",
        title=title,
        said=LocalName(
            f"{count} 项上次失败：{'、'.join(name.zh for name in names)}{'等' if count > 3 else ''}",
            f"{count} failed last time: {', '.join(name.en for name in names)}{' …' if count > 3 else ''}",
        ),
        mend=LocalName(
            "打开后台任务查看原因，可以立即再执行一次。", "See why under background work, and run it again."
        ),
        link=f"{_LINK}?tab=schedules",
    )


def summary(checks: list[Check]) -> Check:
    """The consumers as one check: the worst of them, for a page that has no room for each."""
    behind = [check for check in checks if check.state != "ok"]
    title = LocalName("事件处理", "Events")
    if not behind:
        said = LocalName("所有事件都处理完了", "All events have been read")
        return Check(code="work.events", group="work", state="ok", title=title, said=said, link=f"{_LINK}?tab=readers")
    state: CheckState = "wrong" if any(check.state == "wrong" for check in behind) else "note"
    more = LocalName(f"，另有 {len(behind) - 1} 项", f", and {len(behind) - 1} more") if behind[1:] else NOTHING
    said = LocalName(f"{behind[0].said.zh}{more.zh}", f"{behind[0].said.en}{more.en}")
    return Check(
        code="work.events",
        group="work",
        state=state,
        title=title,
        said=said,
        mend=behind[0].mend,
        link=f"{_LINK}?tab=readers",
    )


def _of_reader(reader: Reader) -> Check:
    name = name_of(WORK, reader.name)
    state: CheckState = "ok"
    said = LocalName(f"{name.zh}没有积压", f"{reader.name} keeps up")
    if reader.lag > _MUCH_LAG:
        state = "wrong"
        said = LocalName(
            f"{name.zh}积压超过 {_MUCH_LAG:,} 个事件", f"{reader.name} has over {_MUCH_LAG:,} events to read"
        )
    if _is_failing(reader.last):
        state = "wrong"
        said = LocalName(f"{name.zh}在同一个事件上反复失败", f"{reader.name} fails again and again at one event")
    mend = LocalName("请查看后台程序的日志。", "See the worker's log.")
    return Check(
        code=f"work.events.{reader.name}",
        group="work",
        state=state,
        title=name,
        said=said,
        mend=NOTHING if state == "ok" else mend,
    )


def _is_failing(last: WorkOutcome | None) -> bool:
    # One failure may be a lost connection: it comes right by itself.
    return last is not None and last.outcome == "failed" and last.failures > 2


def _failed(counts: QueueCounts) -> Check:
    title, link = LocalName("失败的任务", "Failed work"), f"{_LINK}?state=failed"
    if not counts.failed:
        said = LocalName("没有失败的任务", "Nothing has failed")
        return Check(code="work.failed", group="work", state="ok", title=title, said=said, link=link)
    return Check(
        code="work.failed",
        group="work",
        state="wrong",
        title=title,
        said=LocalName(f"{counts.failed} 项任务多次重试后失败", f"{counts.failed} failed after all tries"),
        mend=LocalName(
            "打开后台任务查看原因，然后重试或放弃。", "See why under background work, then retry or discard."
        ),
        link=link,
    )


def _waiting(counts: QueueCounts) -> Check:
    title, link = LocalName("等待的任务", "Waiting work"), f"{_LINK}?state=waiting"
    waits_s = (clock.wall() - counts.oldest_due_at).total_seconds() if counts.oldest_due_at else 0
    if waits_s > _WAITS_LONG_S:
        lasts = age(waits_s)
        return Check(
            code="work.waiting",
            group="work",
            state="note",
            title=title,
            said=LocalName(f"最早的任务已等待 {lasts.zh}", f"The oldest has waited for {lasts.en}"),
            mend=LocalName("请确认后台程序在运行。", "See that a worker is running."),
            link=link,
        )
    said = LocalName(
        f"{counts.waiting} 项等待，{counts.running} 项进行中", f"{counts.waiting} waiting, {counts.running} running"
    )
    return Check(code="work.waiting", group="work", state="ok", title=title, said=said, link=link)
