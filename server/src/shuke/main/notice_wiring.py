"""What people are told of: the kinds of notices, and what is found out about modules that do not tell themselves."""

from shuke.foundation.notices import NoticeKind
from shuke.platform.i18n import LocalName
from shuke.platform.module import Module

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
        ("coupons.running_out", "优惠券快发完", "Coupons running out", "coupons.read", True),
        ("ledger.wrong", "积分账本核对不一致", "The ledger does not add up", "points.read", True),
        ("backups.late", "备份失败或太旧", "Backups failed or too old", "backups.read", True),
        ("backups.drill", "恢复演练未通过", "Drills not passed", "backups.read", True),
        ("work.failed", "后台任务失败", "Background work failed", "system.read", True),
        ("work.stopped", "后台程序未运行", "Background work has stopped", "system.read", True),
    )
)

MODULE = Module(name="notice_wiring", contributions=KINDS)
