"""A coupon; whoever keeps coupons hands it out."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from shuke.platform.i18n import LocalName

from ..words import Code, titled
from .base import OutwardKind


class Coupon(OutwardKind):
    """Coupons of one definition, by its code."""

    LABEL: ClassVar = LocalName("发券", "Coupon")
    kind: Literal["coupon"] = "coupon"
    coupon: Code = titled("券", "Coupon", control="coupon")
    count: Annotated[int, Field(ge=1, le=100)] = titled("张数", "How many", default=1)
