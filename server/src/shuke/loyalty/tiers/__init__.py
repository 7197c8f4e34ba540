"""Tiers: which level a member has reached, until when, and why. See README.md."""

from .actions import end_grant, grant_level, lock_standings, save
from .digest import digests
from .due import JudgedPage, judge_all_due, judge_due_page, members_due, needs_accounts
from .events import TierChanged
from .extensions import MeasureSource
from .measuring import currency_of, load_measures, measure, metrics_of
from .queries import LevelView, SchemeView, StandingView, find_scheme_view, find_standing
from .rejudging import Rejudging, find_rejudging, rejudge_all
from .rules import (
    Cause,
    Change,
    Deduction,
    Level,
    Measures,
    Metric,
    Need,
    Parameters,
    Scheme,
    Standing,
    Way,
    judge_change,
    judge_due,
    look_back,
    read_parameters,
    way_to,
)
from .schemes import NewLevel, find_scheme, save_scheme, set_up_scheme

__all__ = [
    "Cause",
    "Change",
    "Deduction",
    "JudgedPage",
    "Level",
    "LevelView",
    "MeasureSource",
    "Measures",
    "Metric",
    "Need",
    "NewLevel",
    "Parameters",
    "Rejudging",
    "Scheme",
    "SchemeView",
    "Standing",
    "StandingView",
    "TierChanged",
    "Way",
    "currency_of",
    "digests",
    "end_grant",
    "find_rejudging",
    "find_scheme",
    "find_scheme_view",
    "find_standing",
    "grant_level",
    "judge_all_due",
    "judge_change",
    "judge_due",
    "judge_due_page",
    "load_measures",
    "lock_standings",
    "look_back",
    "measure",
    "members_due",
    "metrics_of",
    "needs_accounts",
    "read_parameters",
    "rejudge_all",
    "save",
    "save_scheme",
    "set_up_scheme",
    "way_to",
]
