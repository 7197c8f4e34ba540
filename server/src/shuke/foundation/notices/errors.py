"""What is refused about notices."""

from shuke.platform.errors import AppError


class StaffNoticeNotFound(AppError):
    """Nobody has told this person that."""

    code = "staff_notice.not_found"
    status = 404
    title = {"zh": "没有这条通知", "en": "No such notice"}
    detail = {
        "zh": "没有编号为 {notice} 的通知，可能已经处理完或过期。请刷新通知列表。",
        "en": "There is no notice {notice}; it may be settled or too old by now. Load the list again.",
    }

    def __init__(self, notice_id: int) -> None:
        super().__init__(notice=notice_id)


class NoticeKindNotFound(AppError):
    """No module tells of such a thing, or this person may not read it."""

    code = "notice_kind.not_found"
    status = 404
    title = {"zh": "没有这类通知", "en": "No such kind of notice"}
    detail = {
        "zh": "没有名为 {kind} 的通知类型，或者您没有查看它的权限。请从通知设置里选择。",
        "en": "There is no kind of notice named {kind}, or you may not read it. Choose one from the list.",
    }

    def __init__(self, kind: str) -> None:
        super().__init__(kind=kind)
