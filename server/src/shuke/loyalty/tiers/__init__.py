"""Tiers: which level a member has reached, until when, and why. See README.md."""

from .actions import lock_standings, save, set_up_scheme
from .digest import digests
from .due import members_due
from .events import TierChanged
from .queries import LevelView, SchemeView, StandingView, find_scheme_view, find_standing
from .rules import Change, Level, Scheme, Spending, Standing, judge_due, judge_order, window_amount
from .schemes import find_scheme

__all__ = [
    "Change",
    "Level",
    "LevelView",
    "Scheme",
    "SchemeView",
    "Spending",
    "Standing",
    "StandingView",
    "TierChanged",
    "digests",
    "find_scheme",
    "find_scheme_view",
    "find_standing",
    "judge_due",
    "judge_order",
    "lock_standings",
    "members_due",
    "save",
    "set_up_scheme",
    "window_amount",
]
