"""The shop, its stores and employees. See README.md."""

from .actions import NewShop, NewStore, ensure_stores, set_up_shop
from .errors import ShopNotSetUp
from .queries import Employee, Shop, Store, find_shop, find_store_ids, get_employees, get_shop, get_stores, list_stores

__all__ = [
    "Employee",
    "NewShop",
    "NewStore",
    "Shop",
    "ShopNotSetUp",
    "Store",
    "ensure_stores",
    "find_shop",
    "find_store_ids",
    "get_employees",
    "get_shop",
    "get_stores",
    "list_stores",
    "set_up_shop",
]
