"""Tiers: which level a member has reached, until when, and why. See README.md."""

from .actions import lock_standings, save, set_up_scheme
from .digest import digests
from .due import members_due
from .events import TierChanged
from .queries import LevelView, SchemeView, StandingView, find_scheme_view, find_standing
from .rules import Cause, Change, Level, Measures, Metric, Scheme, Standing, judge_change, judge_due, look_back
from .schemes import find_scheme

__all__ = [
    "Cause",
    "Change",
    "Level",
    "LevelView",
    "Measures",
    "Metric",
    "Scheme",
    "SchemeView",
    "Standing",
    "StandingView",
    "TierChanged",
    "digests",
    "find_scheme",
    "find_scheme_view",
    "find_standing",
    "judge_change",
    "judge_due",
    "lock_standings",
    "look_back",
    "members_due",
    "save",
    "set_up_scheme",
]
