"""What changes members."""

from .arrive import resolve_or_create, sign_up
from .change import set_status, update_profile, write_balances, write_facts

__all__ = ["resolve_or_create", "set_status", "sign_up", "update_profile", "write_balances", "write_facts"]
