"""Refusals of approvals."""

from shuke.platform.errors import AppError


class ApprovalNotFound(AppError):
    """No such act waits, or ever waited."""

    code = "approvals.not_found"
    status = 404
    title = {"zh": "没有这个待审批事项", "en": "No such approval"}
    detail = {"zh": "没有编号为 {approval} 的审批事项。", "en": "There is no approval {approval}."}


class ApprovalDecided(AppError):
    """Somebody has decided already."""

    code = "approvals.decided"
    status = 409
    title = {"zh": "已处理", "en": "Decided already"}
    detail = {
        "zh": "这个事项已经处理或已过期。请刷新页面查看结果。",
        "en": "This has been decided or has run out. Reload the page to see how.",
    }


class ApprovalOfOneself(AppError):
    """Who asked does not approve, while somebody else may."""

    code = "approvals.own_wish"
    status = 403
    title = {"zh": "需要第二个人审批", "en": "A second person decides"}
    detail = {
        "zh": "不能审批自己提交的事项。请由另一位有权限的同事处理。",
        "en": "You asked for this yourself. Somebody else who may approve decides.",
    }


class ConfirmationWrong(AppError):
    """Where only one person may approve, they type a confirmation."""

    code = "approvals.confirmation_wrong"
    title = {"zh": "请输入确认文字", "en": "Type the confirmation"}
    detail = {
        "zh": "只有您一人有权审批。请输入“{expected}”确认；审计日志会记录是您独自批准的。",
        "en": "You alone may approve. Type “{expected}” to confirm; the audit trail keeps that you did it alone.",
    }
