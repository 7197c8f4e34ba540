"""What people are told of: the kinds of notices, what events and approvals say; `notice_watch` has the rest."""

from collections.abc import Sequence
from datetime import date

from shuke.foundation import notices, staff
from shuke.foundation.notices import Notice, NoticeKind
from shuke.foundation.staff import ApprovalNews
from shuke.loyalty.ledger.verify.events import LedgerVerificationFailed
from shuke.main import notice_watch
from shuke.people.rights import RequestDeadlineMissed, RequestEnded
from shuke.platform.db import Session
from shuke.platform.events import StoredEvent
from shuke.platform.i18n import LocalName
from shuke.platform.module import Consumer, Module, Schedule

# Code, words, permission, whether it is about the whole shop.
KINDS = tuple(
    NoticeKind(code=code, label=LocalName(zh, en), permission=permission, about="shop" if is_shop else "own")
    for code, zh, en, permission, is_shop in (
        ("approvals.waiting", "有审批等您处理", "Approvals waiting for you", None, False),
        ("approvals.decided", "您的申请有结果", "Decisions on what you asked for", None, False),
        ("adjustments.waiting", "有积分调整等您审批", "Adjustments waiting for you", "points.approve", True),
        ("adjustments.decided", "您的积分调整有结果", "Decisions on your adjustments", "points.adjust", False),
        ("exports.done", "导出完成", "Exports ready", "exports.write", False),
        ("exports.failed", "导出失败", "Exports that failed", "exports.write", False),
        ("imports.done", "导入完成", "Imports finished", None, False),
        ("imports.failed", "导入失败", "Imports that failed", None, False),
        ("bulk.done", "批量操作完成", "Work on many members done", None, False),
        ("requests.due", "会员权利请求快到期", "Requests of members due soon", "requests.read", True),
        ("requests.late", "会员权利请求已逾期", "Requests of members overdue", "requests.read", True),
        ("coupons.running_out", "优惠券快发完", "Coupons running out", "coupons.write", True),
        ("ledger.wrong", "积分账本校验不一致", "The ledger does not add up", "points.read", True),
        ("backups.late", "备份失败或太旧", "Backups failed or too old", "backups.read", True),
        ("backups.drill", "恢复演练未通过", "Drills not passed", "backups.read", True),
        ("work.failed", "后台任务失败", "Background work failed", "system.read", True),
    )
)
_ENDS = {
    "approved": LocalName("已批准", "was approved"),
    "rejected": LocalName("被拒绝", "was refused"),
    "expired": LocalName("无人处理，已过期", "expired: nobody decided"),
}


async def tell_of_events(session: Session, events: Sequence[StoredEvent]) -> None:
    """Tell of what events say, and take back what they settle."""
    told = [_notice_of(event) for event in events if event.name != RequestEnded.name]
    await notices.tell(session, *told)
    ended = [f"request:{event.body['request_id']}" for event in events if event.name == RequestEnded.name]
    for kind in ("requests.due", "requests.late") if ended else ():
        await notices.withdraw(session, kind, ended)


async def tell_of_approval(session: Session, news: ApprovalNews) -> None:
    """Tell who may decide of what waits, and who asked of what was decided."""
    key, name = f"approval:{news.approval_id}", news.kind.name
    if news.state == "waiting":
        others = await staff.list_allowed(session, news.kind.permission) - {news.requested_by}
        waiting = Notice(
            kind="approvals.waiting",
            key=key,
            title=LocalName(f"{name.zh}等待审批", f"{name.en} waits for your decision"),
            detail=LocalName(f"审批 #{news.approval_id}", f"Approval #{news.approval_id}"),
            link="/settings/approvals",
            tone="warn",
            users=others or {news.requested_by},
        )
        await notices.tell(session, waiting)
        return
    await notices.withdraw(session, "approvals.waiting", [key])
    end = _ENDS.get(news.state)
    if end is None or news.decided_by == news.requested_by:
        return
    decided = Notice(
        kind="approvals.decided",
        key=key,
        title=LocalName(f"您申请的{name.zh}{end.zh}", f"Your request ({name.en}) {end.en}"),
        detail=LocalName(f"审批 #{news.approval_id}", f"Approval #{news.approval_id}"),
        # Who asks for something large may not see what others asked for.
        link=news.kind.link or "/settings/approvals",
        tone="good" if news.state == "approved" else "warn",
        users=[news.requested_by],
    )
    await notices.tell(session, decided)


def _notice_of(event: StoredEvent) -> Notice:
    if event.name == LedgerVerificationFailed.name:
        return Notice(
            kind="ledger.wrong",
            key=f"verification:{event.body['verification_id']}",
            title=LocalName("积分账本校验不一致", "The ledger does not add up"),
            detail=LocalName("请打开校验账本页面，查看是哪一行。", "See on the page of verification which row it is."),
            link="/finance/verification",
            tone="bad",
            holders="points.approve",
        )
    request = event.body["request_id"]
    due = date.fromisoformat(event.body["due_on"])
    return Notice(
        kind="requests.late",
        key=f"request:{request}",
        title=LocalName(f"会员权利请求 #{request} 已逾期", f"Request #{request} of a member is overdue"),
        detail=LocalName(f"应在 {due} 前答复，请尽快处理。", f"It was due on {due}. Answer it as soon as you can."),
        link=f"/requests/{request}",
        tone="bad",
        holders="requests.write",
    )


MODULE = Module(
    name="notice_wiring",
    consumers=(
        Consumer(
            name="notice_wiring.events",
            events=(LedgerVerificationFailed.name, RequestDeadlineMissed.name, RequestEnded.name),
            handle=tell_of_events,
        ),
    ),
    schedules=(
        Schedule(name="notice_wiring.watch", cron="*/2 * * * *", run=notice_watch.watch),
        Schedule(name="notice_wiring.watch_stocks", cron="13 * * * *", run=notice_watch.watch_stocks),
    ),
    contributions=(*KINDS, staff.ApprovalListener(hear=tell_of_approval)),
)
