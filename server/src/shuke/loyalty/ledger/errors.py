"""Refusals of the ledger."""

from shuke.platform.errors import AppError


class AccountMoved(AppError):
    """Another operation changed the account between reading and writing; nothing was written."""

    code = "ledger.account_moved"
    status = 409
    headers = {"Retry-After": "1"}
    title = {"zh": "账户刚刚有变动", "en": "The account has just changed"}
    detail = {
        "zh": "该会员的账户刚被另一笔操作更新，本次未写入任何内容。请用同一个幂等键重试。",
        "en": "Another operation changed this member's account; nothing was written. Try again with the same key.",
    }


class CurrencyNotFound(AppError):
    """No loyalty currency with that code."""

    code = "ledger.currency_not_found"
    status = 404
    title = {"zh": "没有这种账户", "en": "No such account"}
    detail = {
        "zh": "没有代码为 {currency} 的账户。现有的账户见会员的账户列表。",
        "en": "There is no account {currency}. The list of a member's accounts names those that exist.",
    }


class NotEnough(AppError):
    """Less is there than the operation needs."""

    code = "ledger.not_enough"
    title = {"zh": "余额不足", "en": "Not enough"}
    detail = {
        "zh": "需要 {wanted}，可用 {available}，还差 {missing}。未扣除任何数值。",
        "en": "{wanted} are needed, {available} are there: {missing} are missing. Nothing was taken.",
    }


class BalanceCapReached(AppError):
    """The credit would lift the balance above the most that a member can own."""

    code = "ledger.balance_cap_reached"
    title = {"zh": "超过余额上限", "en": "Above the highest balance"}
    detail = {
        "zh": "该账户余额上限为 {cap}，最多还能增加 {room}。请减少数量，或调整上限。",
        "en": "A member can own {cap} at most; there is room for {room} more. Give less, or raise the cap.",
    }


class HoldClosed(AppError):
    """The hold does not exist, or has been captured, released or timed out already."""

    code = "ledger.hold_closed"
    status = 409
    title = {"zh": "冻结已结束", "en": "The hold is closed"}
    detail = {
        "zh": "冻结 {hold} 不存在，或已使用、已解除、已超时。请查看该账户的冻结记录。",
        "en": "Hold {hold} does not exist, or has been used, released or has timed out. See the holds of the account.",
    }


class HoldTooSmall(AppError):
    """More was asked for than the hold still holds."""

    code = "ledger.hold_too_small"
    title = {"zh": "冻结数量不足", "en": "The hold holds less"}
    detail = {
        "zh": "冻结中还剩 {held}，需要 {wanted}，还差 {missing}。",
        "en": "The hold still holds {held}; {wanted} were asked for, {missing} are missing.",
    }


class HoldsOpen(AppError):
    """Two accounts cannot be merged while one holds value for something unfinished."""

    code = "ledger.holds_open"
    status = 409
    title = {"zh": "有未结束的冻结", "en": "Holds are open"}
    detail = {
        "zh": "会员 {member} 还有 {count} 笔未结束的冻结。请先完成或解除后再合并。",
        "en": "Member {member} has {count} open holds. Finish or release them, then merge.",
    }


class LotNotPending(AppError):
    """Only pending value can be cancelled."""

    code = "ledger.lot_not_pending"
    status = 409
    title = {"zh": "该批次不是待到账", "en": "The lot is not pending"}
    detail = {
        "zh": "批次 {lot} 不存在或已到账，不能取消。已到账的请用冲正。",
        "en": "Lot {lot} does not exist or is no longer pending. Reverse what has become available instead.",
    }


class AlreadyReversed(AppError):
    """All reversals of an operation together cannot exceed it."""

    code = "ledger.already_reversed"
    status = 409
    title = {"zh": "超过可冲正数量", "en": "More than is left to reverse"}
    detail = {
        "zh": "该笔操作还可冲正 {left}，本次要求 {wanted}。未写入任何内容。",
        "en": "{left} of this operation are left to reverse; {wanted} were asked for. Nothing was written.",
    }


class ReversalOfReversal(AppError):
    """A reversal cannot be reversed."""

    code = "ledger.reversal_of_reversal"
    title = {"zh": "冲正不能再冲正", "en": "A reversal cannot be reversed"}
    detail = {
        "zh": "这笔操作本身就是冲正。请重新做一笔原来的操作。",
        "en": "This operation is itself a reversal. Do the original operation again instead.",
    }


class NotReversible(AppError):
    """This kind of operation is ended in another way."""

    code = "ledger.not_reversible"
    title = {"zh": "不能冲正", "en": "Cannot be reversed"}
    detail = {
        "zh": "{kind} 类操作不能冲正。订单请走退款；冻结请解除；待到账请取消。",
        "en": "Operations of the kind {kind} cannot be reversed. Refund orders, release holds, cancel what is pending.",
    }


class DayOutOfRange(AppError):
    """A day lies in the past or absurdly far ahead."""

    code = "ledger.day_out_of_range"
    title = {"zh": "日期超出范围", "en": "Day out of range"}
    detail = {
        "zh": "日期 {day} 应在今天（{today}）到一百年之间。",
        "en": "The day {day} must lie between today ({today}) and a hundred years from now.",
    }


class VersionConflict(AppError):
    """The account is not at the version the caller saw."""

    code = "ledger.version_conflict"
    status = 409
    title = {"zh": "账户版本已变化", "en": "The account has moved on"}
    detail = {
        "zh": "账户现在是第 {version} 版，请求要求第 {expected} 版。请重新读取账户后再决定。",
        "en": "The account is at version {version}; the request asked for {expected}. Read it again and decide anew.",
    }


class OperationNotFound(AppError):
    """The member has no operation with that key."""

    code = "ledger.operation_not_found"
    status = 404
    title = {"zh": "没有这笔操作", "en": "No such operation"}
    detail = {
        "zh": "该会员没有编号为 {key} 的操作。操作编号见账户流水。",
        "en": "This member has no operation {key}. The entries of the account name their operations.",
    }


class OwnOperation(AppError):
    """What an order moved is corrected through the order."""

    code = "ledger.belongs_to_order"
    title = {"zh": "属于订单的操作", "en": "Belongs to an order"}
    detail = {
        "zh": "这笔操作由订单产生，请在订单上退款，积分会一并收回或退还。",
        "en": "An order made this operation. Refund the order, and its points follow.",
    }


class ActivityOperation(AppError):
    """What an activity gave is corrected through the activity."""

    code = "ledger.belongs_to_activity"
    title = {"zh": "属于会员行为的操作", "en": "Belongs to an activity"}
    detail = {
        "zh": "这笔操作由会员行为产生，请撤销该行为，积分会一并收回。",
        "en": "An activity of the member made this operation. Cancel the activity, and its points follow.",
    }


class SameMember(AppError):
    """Both sides of a transfer or merge are the same member."""

    code = "ledger.same_member"
    title = {"zh": "同一位会员", "en": "The same member"}
    detail = {"zh": "转出与转入不能是同一位会员。", "en": "A member cannot give to themselves. Name two members."}


class MemberBusy(AppError):
    """Too many operations of one member are waiting already."""

    code = "ledger.member_busy"
    status = 429
    title = {"zh": "该会员操作过于频繁", "en": "Too many at once for this member"}
    detail = {
        "zh": "该会员已有多笔操作在排队。请一秒后用同一个幂等键重试。",
        "en": "Several operations of this member are waiting already. Try again in a second with the same key.",
    }
    headers = {"Retry-After": "1"}


class AdjustmentNotFound(AppError):
    """No adjustment waits under that number."""

    code = "ledger.adjustment_not_found"
    status = 404
    title = {"zh": "没有这笔调整", "en": "No such adjustment"}
    detail = {"zh": "没有找到这笔调整申请。请刷新列表。", "en": "This adjustment was not found. Reload the list."}


class AdjustmentDecided(AppError):
    """Somebody has decided the adjustment already."""

    code = "ledger.adjustment_decided"
    status = 409
    title = {"zh": "已经处理过", "en": "Already decided"}
    detail = {
        "zh": "调整申请 {adjustment} 已经处理过。请刷新列表查看结果。",
        "en": "Adjustment {adjustment} has been decided already. Reload the list to see how.",
    }


class SecondPersonNeeded(AppError):
    """Who asks for a large adjustment cannot approve it."""

    code = "ledger.second_person_needed"
    status = 403
    title = {"zh": "需要另一人复核", "en": "A second person is needed"}
    detail = {
        "zh": "超过限额的调整不能由申请人自己通过。请让另一位有复核权限的同事处理。",
        "en": "You cannot approve what you asked for yourself. Ask a colleague who may approve adjustments.",
    }


class ConfirmationWrong(AppError):
    """Where only one person may approve, they type the amount to confirm."""

    code = "ledger.confirmation_wrong"
    title = {"zh": "请输入数量确认", "en": "Type the amount to confirm"}
    detail = {
        "zh": "目前只有您一人有复核权限。请输入调整数量 {amount} 以确认，这次确认会记入审计。",
        "en": "You alone may approve. Type the amount {amount} to confirm; the audit trail keeps that you did.",
    }


class CurrencyExists(AppError):
    """The code of a currency is taken."""

    code = "ledger.currency_exists"
    status = 409
    title = {"zh": "代码已存在", "en": "The code is taken"}
    detail = {
        "zh": "已经有代码为 {currency} 的账户。请换一个代码。",
        "en": "{currency} exists already. Choose another code.",
    }


class CurrencyChanged(AppError):
    """Somebody else has changed the currency since it was read."""

    code = "ledger.currency_changed"
    status = 412
    title = {"zh": "设置已被他人修改", "en": "Changed by somebody else"}
    detail = {
        "zh": "设置现在是第 {version} 版，您看到的是第 {seen} 版。请刷新后再改。",
        "en": "The settings are at version {version}, you saw {seen}. Reload and change them again.",
    }


class NothingToAdjust(AppError):
    """An adjustment by zero."""

    code = "ledger.nothing_to_adjust"
    title = {"zh": "调整数量为零", "en": "Adjustment by zero"}
    detail = {
        "zh": "调整数量不能为零：正数为增加，负数为扣减。",
        "en": "The amount cannot be zero: above zero gives, below zero takes.",
    }


class ExpiryInUse(AppError):
    """Value that ends by inactivity cannot change to ending in another way, or back, while members hold it."""

    code = "ledger.expiry_in_use"
    status = 409
    title = {"zh": "到期方式已在使用", "en": "The way of ending is in use"}
    detail = {
        "zh": "会员已持有 {currency}，不能改成或改离“按不活跃到期”，也不能改它的期限。请新建一种账户。",
        "en": "Members hold {currency} already. It cannot change to or from ending by inactivity, nor can that time be "
        "changed. Add another kind of account instead.",
    }


class ApprovalNeeded(AppError):
    """A person asks for more than one person may decide; adjustments above the limit are for two."""

    code = "ledger.approval_needed"
    status = 403
    title = {"zh": "超过单人限额", "en": "Above what one person may decide"}
    detail = {
        "zh": "数量 {amount} 超过单人限额 {limit}。请用“人工调整”提交，由另一人复核。",
        "en": "{amount} is above the limit of {limit} for one person. Ask for an adjustment: two persons decide.",
    }
