"""What coupons plug into the house."""

from shuke.platform.module import Module

from .permissions import PERMISSIONS

MODULE = Module(name="coupons", permissions=PERMISSIONS)
