"""Changes of consent."""

from .answers import (
    Answer,
    Evidence,
    evidence_place,
    forget_evidence,
    forget_merge,
    note_birthdays,
    note_left,
    note_merge,
    record,
    record_guardian,
    stop,
    withdraw,
)
from .configuring import publish, save_draft, save_purpose, set_policy

__all__ = [
    "Answer",
    "Evidence",
    "evidence_place",
    "forget_evidence",
    "forget_merge",
    "note_birthdays",
    "note_left",
    "note_merge",
    "publish",
    "record",
    "record_guardian",
    "save_draft",
    "save_purpose",
    "set_policy",
    "stop",
    "withdraw",
]
