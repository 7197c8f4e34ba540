"""The words of a printed statement, in both languages."""

from collections.abc import Mapping

from shuke.platform.i18n import LocalName

from ..rules import EntryKind

KINDS: Mapping[EntryKind, LocalName] = {
    "earn": LocalName("获得", "earned"),
    "take_back": LocalName("收回", "taken back"),
    "expire": LocalName("过期", "expired"),
    "spend": LocalName("使用", "used"),
    "restore": LocalName("退还", "given back"),
    "adjust": LocalName("人工调整", "adjusted"),
    "hold": LocalName("冻结", "set aside"),
    "capture": LocalName("使用冻结", "used from held"),
    "release": LocalName("解除冻结", "released"),
    "mature": LocalName("到账", "became available"),
    "cancel": LocalName("取消待到账", "pending cancelled"),
    "transfer": LocalName("转移", "transferred"),
    "refresh": LocalName("有效期顺延", "kept alive"),
}
STATEMENT = LocalName("账户对账单", "Account statement")
MEMBER = LocalName("会员", "Member")
ACCOUNT = LocalName("账户", "Account")
PERIOD = LocalName("期间", "Period")
GENERATED = LocalName("生成时间", "Generated at")
SUMMARY = LocalName("余额", "Balances")
TOTALS = LocalName("本期合计", "Totals of the period")
ENTRIES = LocalName("明细", "Entries")
EXPIRING = LocalName("即将到期", "Ends next when not used")
NOTHING = LocalName("本期没有变动。", "Nothing happened in this period.")
TOTAL = LocalName("余额", "balance")
AVAILABLE = LocalName("可用", "available")
PENDING = LocalName("待到账", "pending")
HELD = LocalName("冻结", "held")
DEBT = LocalName("欠分", "debt")
OPENING = LocalName("期初", "opening")
CLOSING = LocalName("期末", "closing")
DAY = LocalName("日期", "day")
VERSION = LocalName("序号", "no.")
KIND = LocalName("类型", "kind")
COUNT = LocalName("笔数", "entries")
ADDED = LocalName("增加", "added")
TAKEN = LocalName("减少", "taken")
CHANGE = LocalName("变动", "change")
WHY = LocalName("说明", "why")
ORDER = LocalName("订单", "order")
OPERATION = LocalName("操作编号", "operation")
OCCURRED = LocalName("发生时间", "occurred at")
RECORDED = LocalName("记录时间", "recorded at")
LAST_DAY = LocalName("最后一天", "last day")
AMOUNT = LocalName("数量", "amount")
NOTE = LocalName(
    "按业务日期与序号排列；余额为可用、待到账与冻结之和减去欠分。",
    "In the order of business days and numbers. The balance is available, pending and held together, less debt.",
)
