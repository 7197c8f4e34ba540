"""What changes the organization."""

from .setting_up import NewShop, NewStore, ensure_stores, require_same, set_up_shop

__all__ = ["NewShop", "NewStore", "ensure_stores", "require_same", "set_up_shop"]
