"""What the catalogue plugs into the house."""

from shuke.platform.module import Module

from .permissions import PRODUCTS_READ, PRODUCTS_WRITE
from .routes import router

MODULE = Module(name="catalog", router=router, permissions=(PRODUCTS_READ, PRODUCTS_WRITE))
