"""Checkout: the one entry point of tills, web shops and order feeds. See README.md for its words and invariants."""

from .actions import Batch, Incoming, Recorded, bring_members_forward, record
from .activities import MemberActivityIn
from .activities import Recorded as RecordedActivity
from .activities import record_all as record_activities
from .digest import comparison_digest
from .errors import NumberTaken, ProgrammeMissing, RefundExceedsOrder, RefundOfUnknownOrder
from .importing import (
    Given,
    ImportRunning,
    Mapping,
    Progress,
    Run,
    built_in,
    check_files,
    find_built_in,
    get_import,
    list_imports,
    list_rejects,
    read_mapping,
    rejects_csv,
    run_import,
    start_import,
)
from .jobs import bring_forward
from .programme import load_programme, set_up_programme
from .rules import Line, Programme

__all__ = [
    "Batch",
    "Given",
    "ImportRunning",
    "Incoming",
    "Line",
    "Mapping",
    "MemberActivityIn",
    "NumberTaken",
    "Programme",
    "ProgrammeMissing",
    "Progress",
    "Recorded",
    "RecordedActivity",
    "RefundExceedsOrder",
    "RefundOfUnknownOrder",
    "Run",
    "bring_forward",
    "bring_members_forward",
    "built_in",
    "check_files",
    "comparison_digest",
    "find_built_in",
    "get_import",
    "list_imports",
    "list_rejects",
    "load_programme",
    "read_mapping",
    "record",
    "record_activities",
    "rejects_csv",
    "run_import",
    "set_up_programme",
    "start_import",
]
