"""Builders for tests."""

from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from .actions import NewShop, set_up_shop
from .queries import Shop


async def a_shop(session: Session, *, time_zone: str = "Asia/Shanghai", currency: str = "CNY") -> Shop:
    """A shop with names that say what it is for."""
    new = NewShop(
        name=LocalName("测试店", "Test shop"),
        programme=LocalName("测试会员", "Test members"),
        time_zone=time_zone,
        currency=currency,
    )
    return await set_up_shop(session, new)
