"""What acts on many members refuse."""

from shuke.platform.errors import AppError


class UnknownAction(AppError):
    """An action that this program does not have."""

    code = "bulk.unknown_action"
    title = {"zh": "没有这种批量操作", "en": "No such action"}
    detail = {
        "zh": "没有这种批量操作。可用：{choices}。",
        "en": "There is no such action on many members. Choose from: {choices}.",
    }


class NobodyMeant(AppError):
    """Nobody is left to whom it would be done."""

    code = "bulk.nobody_meant"
    title = {"zh": "没有可操作的会员", "en": "Nobody to act on"}
    detail = {
        "zh": "选中的会员都不需要或不能做这项操作。请查看预览中的跳过原因，或另选会员。",
        "en": "None of the members needs this, or may have it. See in the preview why they are skipped, or choose "
        "others.",
    }


class TooManyMeant(AppError):
    """More members than one act may have."""

    code = "bulk.too_many"
    title = {"zh": "会员太多", "en": "Too many members"}
    detail = {
        "zh": "一次最多操作 {most} 位会员。请缩小筛选范围，分几次完成。",
        "en": "One act takes {most} members at most. Narrow the list, and do it in several parts.",
    }


class CountMoved(AppError):
    """More members by now than the preview told."""

    code = "bulk.count_moved"
    status = 409
    title = {"zh": "人数变了", "en": "The number has changed"}
    detail = {
        "zh": "预览时是 {seen} 位会员，现在是 {found} 位，所以没有执行。请重新预览后再确认。",
        "en": "The preview told of {seen} members, and now there are {found}: nothing was done. Preview again, and "
        "confirm that.",
    }


class NumberNotTyped(AppError):
    """A large act was not confirmed by typing how many members it is about."""

    code = "bulk.number_not_typed"
    title = {"zh": "需要输入人数确认", "en": "Type the number"}
    detail = {
        "zh": "这项操作涉及很多会员。请在 confirm 中填写人数 {members}，确认后再提交。",
        "en": "This is about many members. Type their number, {members}, in `confirm` and send it again.",
    }


class BulkActNotFound(AppError):
    """No such act, or somebody else's."""

    code = "bulk.not_found"
    status = 404
    title = {"zh": "没有这次批量操作", "en": "No such act"}
    detail = {
        "zh": "没有找到这次批量操作。请从批量操作记录中选择。",
        "en": "This act was not found. Choose one from the list of acts.",
    }


class BulkActEnded(AppError):
    """Nothing is left to stop."""

    code = "bulk.ended"
    status = 409
    title = {"zh": "已经结束", "en": "It has ended"}
    detail = {
        "zh": "这次批量操作已经结束，无需停止。需要时可以撤销。",
        "en": "This act has ended, so that nothing is left to stop. Where it can be undone, undo it.",
    }


class NotUndoable(AppError):
    """An act that cannot be undone, or not any more."""

    code = "bulk.not_undoable"
    status = 409
    title = {"zh": "不能撤销", "en": "It cannot be undone"}
    detail = {
        "zh": "只有改归属、改状态和改自定义字段可以撤销，而且要在完成后 24 小时内。其他情况请逐个更正。",
        "en": "Only attributions, statuses and custom fields can be undone, and within 24 hours after the end. "
        "Correct others one by one.",
    }


class NotAllowedByNow(AppError):
    """Whoever asked has lost the right, or the account, since."""

    code = "bulk.not_allowed_by_now"
    status = 403
    title = {"zh": "权限已被收回", "en": "No longer allowed"}
    detail = {
        "zh": "发起人已经没有做这项操作的权限，所以停在这里。请由有权限的人重新发起。",
        "en": "Whoever asked for this may not do it any more, so it went no further. Somebody who may has to ask anew.",
    }


class BulkActRejected(AppError):
    """The second person did not agree."""

    code = "bulk.rejected"
    status = 409
    title = {"zh": "审批未通过", "en": "It was refused"}
    detail = {
        "zh": "审批人没有同意，所以没有执行。原因：{note}。请按原因调整后重新发起。",
        "en": "Whoever decides did not agree, so nothing was done. Why: {note}. Change what is needed and ask anew.",
    }


class NobodyDecided(AppError):
    """Nobody decided for so long that it was not wanted."""

    code = "bulk.nobody_decided"
    status = 409
    title = {"zh": "审批已过期", "en": "Nobody decided"}
    detail = {
        "zh": "一直没有人审批，所以没有执行。请联系有审批权限的同事后重新发起。",
        "en": "Nobody decided for too long, so nothing was done. Talk to somebody who may decide, and ask anew.",
    }


class FieldNotForMany(AppError):
    """A custom field that does not exist, or whose values are sealed for each member alone."""

    code = "bulk.field_not_for_many"
    title = {"zh": "这个字段不能批量修改", "en": "Not for many at once"}
    detail = {
        "zh": "只能批量修改正在使用、且不含个人信息的自定义字段。请另选字段。",
        "en": "Only custom fields that are in use and hold nothing personal can be set for many. Choose another field.",
    }
