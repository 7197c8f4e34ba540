"""The plain values of looking for duplicates."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

State = Literal["waiting", "merged", "dismissed"]
# How sure the finder is, as people read it.
Likelihood = Literal["certain", "probable", "possible"]


@dataclass(frozen=True, kw_only=True)
class Contact:
    """An identity as it is compared; `source` says whose number it is, where it is somebody's."""

    kind: str
    source: str
    value: str
    is_verified: bool


@dataclass(frozen=True, kw_only=True)
class Person:
    """A member in clear, as they are compared. Stays in memory, and never leaves the module."""

    member_id: int
    joined_at: datetime
    store_id: int | None = None
    name: str | None = None
    birthday: str | None = None
    gender: str | None = None
    address: str | None = None
    contacts: tuple[Contact, ...] = ()

    def values_of(self, kind: str) -> list[str]:
        """The values of one kind of identity."""
        return [contact.value for contact in self.contacts if contact.kind == kind]

    def verified(self, kind: str) -> set[str]:
        """Those that were proved to be the member's."""
        return {contact.value for contact in self.contacts if contact.kind == kind and contact.is_verified}


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What comparing two people came to: the score in tenths of a bit, and what spoke for and against it.

    `has_common_proof`: something that was proved to be the one's was proved to be the other's. `has_other_phones`:
    both have proved phones, and none in common.
    """

    score: int
    reasons: tuple[str, ...]
    has_common_proof: bool
    has_other_phones: bool
