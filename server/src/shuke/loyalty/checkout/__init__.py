"""Checkout: the one entry point of tills, web shops and order feeds. See README.md for its words and invariants."""

from .actions import Batch, Incoming, Recorded, bring_members_forward, record
from .errors import NumberTaken, ProgrammeMissing, RefundExceedsOrder, RefundOfUnknownOrder
from .programme import load_programme, set_up_programme
from .rules import Line, Programme

__all__ = [
    "Batch",
    "Incoming",
    "Line",
    "NumberTaken",
    "Programme",
    "ProgrammeMissing",
    "Recorded",
    "RefundExceedsOrder",
    "RefundOfUnknownOrder",
    "bring_members_forward",
    "load_programme",
    "record",
    "set_up_programme",
]
