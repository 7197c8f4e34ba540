"""Verification: is every balance, lot, hold and hash of the ledger what it must be, and how can others check it?"""

from .errors import NotInRoot, RootBeingMade, RootDamaged, RootNotFound, VerificationRunning
from .events import LedgerVerificationFailed
from .findings import Progress, VerificationReport, Wrong
from .ledger import verify_ledger
from .proofs import make_proof
from .roots import Root, list_roots, make_root, public_key
from .runs import Verification, latest, list_verifications, start_verification
from .trial_balance import CurrencyBalance, trial_balance

__all__ = [
    "CurrencyBalance",
    "LedgerVerificationFailed",
    "NotInRoot",
    "Progress",
    "Root",
    "RootBeingMade",
    "RootDamaged",
    "RootNotFound",
    "Verification",
    "VerificationReport",
    "VerificationRunning",
    "Wrong",
    "latest",
    "list_roots",
    "list_verifications",
    "make_proof",
    "make_root",
    "public_key",
    "start_verification",
    "trial_balance",
    "verify_ledger",
]
