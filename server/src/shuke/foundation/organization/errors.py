"""Refusals of the organization."""

from shuke.platform.errors import AppError


class ShopNotSetUp(AppError):
    """The installation has no shop yet."""

    code = "organization.shop_not_set_up"
    status = 409
    title = {"zh": "商家尚未设置", "en": "Shop not set up"}
    detail = {
        "zh": "还没有设置商家。请用 shuke run 启动程序，首次启动会自动建立。",
        "en": "There is no shop yet. Start the program with shuke run; its first start sets the shop up.",
    }
