"""What verification announces."""

from dataclasses import dataclass
from typing import ClassVar

from shuke.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class LedgerVerificationFailed(Event):
    """A verification found something wrong in the ledger. The member is whose row it is; 0 where it is nobody's."""

    name: ClassVar[str] = "ledger.verification_failed"
    verification_id: int
    table: str
    currency: str | None
    what: str
