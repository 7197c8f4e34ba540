"""What changes members."""

from .arrive import Arrived, arrive, resolve_or_create, sign_up
from .change import set_status, update_profile, write_balances, write_facts
from .removing import give_back_identities, remove_members
from .updating import ProfileRestore, ProfileUpdate, ProfileUpdated, restore_profiles, update_profiles

__all__ = [
    "Arrived",
    "ProfileRestore",
    "ProfileUpdate",
    "ProfileUpdated",
    "arrive",
    "give_back_identities",
    "remove_members",
    "resolve_or_create",
    "restore_profiles",
    "set_status",
    "sign_up",
    "update_profile",
    "update_profiles",
    "write_balances",
    "write_facts",
]
