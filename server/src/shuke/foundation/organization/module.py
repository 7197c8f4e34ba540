"""What the organization plugs into the house."""

from shuke.platform.module import Module

from .permissions import PERMISSIONS
from .routes import router

MODULE = Module(name="organization", router=router, permissions=PERMISSIONS)
