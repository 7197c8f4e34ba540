"""Verbs of benefits: setting them up, knowing whom they concern, granting, using."""

from .by_day import CHUNK, grant_due
from .by_level import LevelChange, on_fallen, on_risen
from .catalogue import BenefitWish, add_benefit, change_benefit, delete_benefit
from .granting import grant, still_there
from .hand import grant_by_hand
from .knowing import forget, hash_anew, know_levels, read_members
from .using import Handover, expire, revoke, revoke_many, use

__all__ = [
    "CHUNK",
    "BenefitWish",
    "Handover",
    "LevelChange",
    "add_benefit",
    "change_benefit",
    "delete_benefit",
    "expire",
    "forget",
    "grant",
    "grant_by_hand",
    "grant_due",
    "hash_anew",
    "know_levels",
    "on_fallen",
    "on_risen",
    "read_members",
    "revoke",
    "revoke_many",
    "still_there",
    "use",
]
