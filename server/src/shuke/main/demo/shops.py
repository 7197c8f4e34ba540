"""What the present shop is, and whether it may be exchanged."""

from typing import Literal

from sqlalchemy import text

from shuke.foundation import organization
from shuke.platform.db import Session
from shuke.platform.errors import AppError
from shuke.platform.settings import settings

from . import switching
from .choosing import which_of
from .errors import NotEmbedded, NotFromHere, ShopIsReal

Present = Literal["chain", "online-retail", "empty", "own"]
# Whether a shop has what somebody would miss; of a demonstration nobody misses anything. What every new shop has at its
# first start does not count.
IS_OWN = """
    select coalesce((select not is_demo from shop), true) and (
        exists (select from member where member_id > 0) or exists (select from sales_order)
        or exists (select from product) or exists (select from store) or exists (select from employee)
        or exists (select from coupon_template) or exists (select from activity) or exists (select from benefit)
        or exists (select from custom_field) or exists (select from api_key)
    )
"""


async def present_of(session: Session) -> Present:
    """Which shop this is: a demonstration, one without anything in it, or somebody's own."""
    which = which_of(await organization.get_shop(session))
    if which is not None:
        return which.value
    return "own" if await session.scalar(text(IS_OWN)) else "empty"


async def why_not(session: Session) -> AppError | None:
    """Why the shop cannot be exchanged from here; None: it can."""
    if await present_of(session) == "own":
        return ShopIsReal()
    if settings().database_url is not None:
        return NotEmbedded()
    try:
        switching.here()
    except NotFromHere as error:
        return error
    return None
