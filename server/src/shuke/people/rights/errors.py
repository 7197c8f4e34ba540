"""What requests of members refuse, and what to do about it."""

from shuke.platform.errors import AppError


class RequestNotFound(AppError):
    """No such request, or none that the caller may know of."""

    code = "request.not_found"
    status = 404
    title = {"zh": "没有这个请求", "en": "No such request"}
    detail = {
        "zh": "没有找到这个请求。请从请求列表中打开。",
        "en": "This request was not found. Open it from the list of requests.",
    }


class RequestClosed(AppError):
    """The request has ended, or waits for its erasure."""

    code = "request.is_closed"
    status = 409
    title = {"zh": "请求已结束", "en": "Request closed"}
    detail = {
        "zh": "这个请求已经结束，或正在等待删除，不能再做此操作。需要时请新建请求。",
        "en": "This request has ended, or waits for its erasure, so this cannot be done. Take a new request if needed.",
    }


class WrongKind(AppError):
    """What is asked for does not belong to this kind of request."""

    code = "request.wrong_kind"
    status = 409
    title = {"zh": "与请求类型不符", "en": "Not for this kind of request"}
    detail = {
        "zh": "此操作只适用于类型为 {kinds} 的请求。",
        "en": "This can be done for requests of these kinds only: {kinds}.",
    }


class AlreadyExtended(AppError):
    """A request can be extended once."""

    code = "request.already_extended"
    status = 409
    title = {"zh": "已经延期过", "en": "Extended already"}
    detail = {
        "zh": "每个请求只能延期一次，最晚须在 {day} 前答复。",
        "en": "A request can be extended once. It has to be answered by {day}.",
    }


class NotConfirmed(AppError):
    """Erasing cannot be undone, so the member number is typed."""

    code = "erasure.not_confirmed"
    title = {"zh": "请输入会员号确认", "en": "Type the member number"}
    detail = {
        "zh": "删除后无法恢复。请输入会员号 {number}，并确认已告知会员积分将作废。",
        "en": "Erasing cannot be undone. Type the member number {number}, and confirm that the member was told that "
        "points are lost.",
    }


class OnHold(AppError):
    """The member's data has to be kept for now."""

    code = "erasure.on_hold"
    status = 409
    title = {"zh": "资料处于保全中", "en": "On legal hold"}
    detail = {
        "zh": "这位会员的资料因法律原因须暂时保全，不能删除。解除保全后再删除。",
        "en": "This member's data has to be kept for legal reasons for now. Erase it after the hold is lifted.",
    }


class ErasedAlready(AppError):
    """The member's data is gone."""

    code = "erasure.already_done"
    status = 409
    title = {"zh": "会员已删除", "en": "Erased already"}
    detail = {
        "zh": "这位会员的个人信息已经删除，没有可办理的内容。",
        "en": "This member's personal data has been erased. There is nothing left to work on.",
    }


class CopyNotReady(AppError):
    """There is no copy to download."""

    code = "copy.not_ready"
    status = 409
    title = {"zh": "没有可下载的副本", "en": "No copy to download"}
    detail = {
        "zh": "副本还在制作，或已超过 7 天被删除。请稍候，或重新制作。",
        "en": "The copy is still being made, or its seven days are over. Wait a moment, or make a new one.",
    }


class HoldNotFound(AppError):
    """No hold to lift."""

    code = "hold.not_found"
    status = 404
    title = {"zh": "没有生效的保全", "en": "No hold"}
    detail = {
        "zh": "这位会员没有生效的保全，无需解除。",
        "en": "There is no hold on this member's data, so there is nothing to lift.",
    }
