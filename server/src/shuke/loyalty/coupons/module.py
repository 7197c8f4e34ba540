"""What coupons plug into the house."""

from shuke.platform.module import Module

from .permissions import PERMISSIONS
from .reports.exports import EXPORTS
from .routes import router

MODULE = Module(
    name="coupons",
    router=router,
    permissions=PERMISSIONS,
    contributions=(*EXPORTS,),
)
