"""The shop, its regions, stores and employees. See README.md."""

from .actions import NewShop, NewStore, ensure_stores, require_same, set_up_shop
from .errors import EmployeeHasLeft, EmployeeNotFound, ShopNotSetUp, StoreNotFound
from .facts import store_choices, store_codes
from .queries import (
    Employee,
    Region,
    Shop,
    Store,
    are_own_stores,
    find_employee_ids,
    find_shop,
    find_store_ids,
    get_employee,
    get_employees,
    get_shop,
    get_store,
    get_stores,
    list_employees,
    list_regions,
    list_stores,
    require_own_stores,
)
from .rules import within

__all__ = [
    "Employee",
    "EmployeeHasLeft",
    "EmployeeNotFound",
    "NewShop",
    "NewStore",
    "Region",
    "Shop",
    "ShopNotSetUp",
    "Store",
    "StoreNotFound",
    "are_own_stores",
    "ensure_stores",
    "find_employee_ids",
    "find_shop",
    "find_store_ids",
    "get_employee",
    "get_employees",
    "get_shop",
    "get_store",
    "get_stores",
    "list_employees",
    "list_regions",
    "list_stores",
    "require_own_stores",
    "require_same",
    "set_up_shop",
    "store_choices",
    "store_codes",
    "within",
]
