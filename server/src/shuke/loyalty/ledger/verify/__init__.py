"""Verification: is every balance, lot, hold and hash of the ledger what it must be, and how can others check it?"""

from .findings import Progress, VerificationReport, Wrong
from .ledger import verify_ledger

__all__ = ["Progress", "VerificationReport", "Wrong", "verify_ledger"]
