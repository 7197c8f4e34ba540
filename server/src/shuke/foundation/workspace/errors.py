"""What is refused about what people arrange."""

from shuke.platform.errors import AppError


class SettingTooLarge(AppError):
    """A setting is larger than what may be kept."""

    code = "setting.too_large"
    status = 422
    title = {"zh": "设置太大", "en": "Setting too large"}
    detail = {
        "zh": "这项个人设置超过了可以保存的大小（{bytes} 字节）。请减少内容后再保存。",
        "en": "This setting is larger than the {bytes} bytes that can be kept. Make it smaller and save again.",
    }

    def __init__(self, most: int) -> None:
        super().__init__(bytes=most)


class TooManySettings(AppError):
    """A person keeps as many settings as anybody may."""

    code = "setting.too_many"
    status = 409
    title = {"zh": "个人设置太多", "en": "Too many settings"}
    detail = {
        "zh": "一个账号最多保存 {most} 项个人设置。请先删除不再使用的。",
        "en": "One account keeps {most} settings at most. Delete some that are no longer used.",
    }

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class ViewNotFound(AppError):
    """There is no such view, or it is somebody else's."""

    code = "view.not_found"
    status = 404
    title = {"zh": "没有这个视图", "en": "No such view"}
    detail = {
        "zh": "没有找到这个视图：它可能已被删除，或不再共享。请刷新列表。",
        "en": "This view is not there: it may have been deleted, or is shared no more. Refresh the list.",
    }


class ViewTooLarge(AppError):
    """A view holds more than what may be kept."""

    code = "view.too_large"
    status = 422
    title = {"zh": "视图内容太多", "en": "View too large"}
    detail = {
        "zh": "这个视图超过了可以保存的大小（{bytes} 字节）。请减少筛选条件后再保存。",
        "en": "This view is larger than the {bytes} bytes that can be kept. Take some filters out and save again.",
    }

    def __init__(self, most: int) -> None:
        super().__init__(bytes=most)


class TooManyViews(AppError):
    """A person keeps as many views of a list as anybody may."""

    code = "view.too_many"
    status = 409
    title = {"zh": "视图太多", "en": "Too many views"}
    detail = {
        "zh": "每个列表最多保存 {most} 个自己的视图。请先删除不再使用的。",
        "en": "One list keeps {most} views of your own at most. Delete some that are no longer used.",
    }

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class ViewOwnerIsHere(AppError):
    """A shared view can be taken over only from somebody who left."""

    code = "view.owner_is_here"
    status = 409
    title = {"zh": "视图的主人还在", "en": "The owner is still here"}
    detail = {
        "zh": "这个视图属于 {owner}，对方的账号仍在使用。请另存为自己的视图，或请对方修改。",
        "en": "This view belongs to {owner}, whose account is in use. Save it as your own, or ask them to change it.",
    }

    def __init__(self, owner: str) -> None:
        super().__init__(owner=owner)
