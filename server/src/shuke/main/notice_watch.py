"""What people should know and nobody says: found by looking again and again. What is well again is taken back."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import text

from shuke.foundation import notices, organization
from shuke.foundation.notices import Notice
from shuke.loyalty.coupons.budgets.queries import find_used
from shuke.loyalty.coupons.budgets.rules import room_keys
from shuke.loyalty.coupons.promises import find_templates_by_id
from shuke.main.operations.health import Check, keeping
from shuke.main.operations.words import WORK, name_of
from shuke.platform import clock, jobs
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName
from shuke.platform.settings import settings

_SOON = timedelta(days=3)
# Of a stock or a budget.
_LITTLE = 0.1

_FAILED = text("select id, entrypoint from queue.pgqueuer where status = 'failed' order by id desc limit 200")
_FAILING = text(
    "select name from work_outcome where kind = 'schedule' and outcome = 'failed' and failures > 1 order by name"
)
_DUE = text(
    "select request_id, due_on from rights_request where ended_at is null and due_on between :today and :until "
    "order by due_on, request_id limit 200"
)
_STOCKS = text(
    """
    select t.template_id, count(*) as units, count(*) filter (where u.state = 'free') as free
    from coupon_unit u join coupon_template t using (template_id)
    where t.state = 'published' and u.state <> 'withdrawn'
    group by t.template_id
    """
)
_TEMPLATES = text(
    """
    select template_id, code, name_zh, name_en, coalesce(jsonb_array_length(issuing -> 'budgets'), 0) > 0 as has_budgets
    from coupon_template where state = 'published' order by template_id
    """
)
_TOLD = text("select key from staff_notice where kind = :kind")


async def watch() -> None:
    """Look at what fails, at the backups, and at requests that are due soon."""
    files = await asyncio.to_thread(keeping.look_at_backups, settings().backups)
    async with jobs.transaction() as session:
        await _settle(session, "work.failed", await _failed_work(session))
        await _settle(session, "requests.due", await _requests_due(session))
        if settings().backup_nightly:
            backup = keeping.backup(files, settings().backup_max_age_hours)
            # A shop of this hour has no backup yet, and the night will make it.
            is_new = files.newest_at is None and files.last_backup is None
            await _settle(session, "backups.late", () if is_new else _of_check("backups.late", backup))
            drill = () if files.last_drill is None else _of_check("backups.drill", keeping.drill(files))
            await _settle(session, "backups.drill", drill)


async def watch_stocks() -> None:
    """Look at coupons that have a stock or a budget."""
    async with jobs.transaction() as session:
        await _settle(session, "coupons.running_out", await _running_out(session))


async def _settle(session: Session, kind: str, found: Iterable[Notice]) -> None:
    """Tell what was found, and take back what was told before and is not so any more."""
    told = list(found)
    known = set((await session.execute(_TOLD, {"kind": kind})).scalars())
    over = known - {one.key for one in told}
    if over:
        await notices.withdraw(session, kind, over)
    await notices.tell(session, *told)


async def _failed_work(session: Session) -> list[Notice]:
    found = [_work(f"job:{row.id}", row.entrypoint, "/settings/background") for row in await session.execute(_FAILED)]
    failing = (await session.execute(_FAILING)).scalars()
    return found + [_work(f"schedule:{name}", name, "/settings/background?tab=schedules") for name in failing]


def _work(key: str, name: str, link: str) -> Notice:
    words = name_of(WORK, name)
    return Notice(
        kind="work.failed",
        key=key,
        title=LocalName(f"后台任务“{words.zh}”失败", f"Background work failed: {words.en}"),
        detail=LocalName(
            "已多次重试。请查看原因，然后重试或放弃。", "All tries failed. See why, then retry or discard it."
        ),
        link=link,
        tone="bad",
        holders="system.operate",
    )


async def _requests_due(session: Session) -> list[Notice]:
    shop = await organization.find_shop(session)
    if shop is None:
        return []
    today = clock.business_day(clock.now(), shop.zone)
    rows = await session.execute(_DUE, {"today": today, "until": today + _SOON})
    return [
        Notice(
            kind="requests.due",
            key=f"request:{row.request_id}",
            title=LocalName(
                f"会员权利请求 #{row.request_id} 快到期", f"Request #{row.request_id} of a member is due soon"
            ),
            detail=LocalName(f"请在 {row.due_on} 前答复。", f"Answer it by {row.due_on}."),
            link=f"/requests/{row.request_id}",
            tone="warn",
            holders="requests.write",
        )
        for row in rows
    ]


def _of_check(kind: str, check: Check) -> list[Notice]:
    if check.state == "ok":
        return []
    # What the check says grows older by the minute; a notice says it once.
    title = {
        "backups.late": LocalName("备份失败或太旧", "The backup failed or is too old"),
        "backups.drill": LocalName("恢复演练没有通过，或太久没有做", "The drill was not passed, or is long ago"),
    }[kind]
    return [
        Notice(
            kind=kind,
            key=check.state,
            title=title,
            detail=check.mend,
            link=check.link,
            tone="bad" if check.state == "wrong" else "warn",
            holders="backups.run",
        )
    ]


async def _running_out(session: Session) -> list[Notice]:
    templates = {row.template_id: row for row in await session.execute(_TEMPLATES)}
    found = []
    for row in await session.execute(_STOCKS):
        if row.free <= row.units * _LITTLE:
            one = templates[row.template_id]
            share = LocalName(f"库存剩 {row.free:,} / {row.units:,}", f"{row.free:,} of {row.units:,} left in stock")
            found.append(_scarce(one.code, "stock", one.name_zh, one.name_en, share, is_out=row.free == 0))
    shop = await organization.find_shop(session)
    limited = [one.template_id for one in templates.values() if one.has_budgets]
    if shop is None or not limited:
        return found
    day = clock.business_day(clock.now(), shop.zone)
    budgets = {key: one.issuing.budgets for key, one in (await find_templates_by_id(session, limited)).items()}
    keys = {key: room_keys(key, budgets[key], day) for key in budgets}
    used = await find_used(session, sorted({room for rooms in keys.values() for room in rooms}))
    for template_id, rooms in keys.items():
        shares = [used.get(room, 0) / budget.limit for room, budget in zip(rooms, budgets[template_id], strict=True)]
        if max(shares) >= 1 - _LITTLE:
            one = templates[template_id]
            share = LocalName(f"预算已用 {max(shares):.0%}", f"{max(shares):.0%} of the budget is used")
            found.append(_scarce(one.code, "budget", one.name_zh, one.name_en, share, is_out=max(shares) >= 1))
    return found


def _scarce(code: str, what: str, zh: str, en: str, share: LocalName, *, is_out: bool) -> Notice:
    return Notice(
        kind="coupons.running_out",
        key=f"{code}:{what}:{'out' if is_out else 'low'}",
        title=LocalName(
            f"优惠券“{zh}”{'用完了' if is_out else '快用完了'}", f"{en}: {'none' if is_out else 'few'} left"
        ),
        detail=share,
        link=f"/loyalty/coupons/{code}",
        tone="bad" if is_out else "warn",
        holders="coupons.write",
    )
