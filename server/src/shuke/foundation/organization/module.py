"""What the organization plugs into the house."""

from shuke.platform.module import Module

from .permissions import STORES_READ
from .routes import router

MODULE = Module(name="organization", router=router, permissions=(STORES_READ,))
