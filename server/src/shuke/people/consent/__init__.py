"""Consent: purposes, notices, what each member agreed to, and the one question that senders ask."""

from .actions import Answer, Evidence, forget_evidence, record, record_guardian, stop, withdraw
from .errors import GuardianNeeded, NoticeMissing, NoticeOutdated, PurposeNotFound
from .events import ConsentGiven, ConsentRefused, ConsentWithdrawn, NoticePublished
from .queries import ConsentView, allows, allows_many, get_consents, list_left, list_purposes, may_ask, measure_evidence
from .rules import CHANNELS, Ask, Channel, Decision, Purpose, Stop

__all__ = [
    "CHANNELS",
    "Answer",
    "Ask",
    "Channel",
    "ConsentGiven",
    "ConsentRefused",
    "ConsentView",
    "ConsentWithdrawn",
    "Decision",
    "Evidence",
    "GuardianNeeded",
    "NoticeMissing",
    "NoticeOutdated",
    "NoticePublished",
    "Purpose",
    "PurposeNotFound",
    "Stop",
    "allows",
    "allows_many",
    "forget_evidence",
    "get_consents",
    "list_left",
    "list_purposes",
    "may_ask",
    "measure_evidence",
    "record",
    "record_guardian",
    "stop",
    "withdraw",
]
