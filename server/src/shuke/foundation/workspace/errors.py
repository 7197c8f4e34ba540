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
