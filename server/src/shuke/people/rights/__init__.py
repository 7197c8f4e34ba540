"""The rights of members: requests with a clock, copies, erasure, retention."""

from .actions import erase_person, replay
from .errors import ErasedAlready, OnHold
from .events import RequestDeadlineMissed, RequestEnded, RequestReceived
from .extensions import Erasure, ErasureJournal
from .queries import find_erasure, list_erasures
from .rules import Because

__all__ = [
    "Because",
    "ErasedAlready",
    "Erasure",
    "ErasureJournal",
    "OnHold",
    "RequestDeadlineMissed",
    "RequestEnded",
    "RequestReceived",
    "erase_person",
    "find_erasure",
    "list_erasures",
    "replay",
]
