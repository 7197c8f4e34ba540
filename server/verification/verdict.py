"""What a check says: which rules it held the history against, how often, and what it found."""

from collections import Counter
from dataclasses import dataclass, field

RULES = {
    "final": "Every account was read at the end, and stands as it was read",
    "versions": "The versions of every account run from 1 without a gap",
    "chain": "Each balance follows from the one before it and the entry's amount",
    "floor": "Nothing is below zero at any version",
    "holds": "No more is captured and released of a hold than was held",
    "lost": "What was acknowledged is there",
    "once": "It is there once, with the versions and amounts of the answer",
    "effect": "An operation moved what was asked for",
    "refused": "What was refused is not there",
    "asked": "Nothing is there that nobody asked for",
    "repeats": "A repeated key gets the same answer, and with another body for the same member a refusal",
    "transfers": "A transfer gives what it takes",
    "reversals": "The reversals of an operation together never exceed it",
    "reads": "A read shows the balances of its version",
    "grounds": "A refusal for want of balance had a version that wanted it",
    "search": "A search that knows nothing of versions finds an order of calls that overlap, too",
    "order": "One order of all operations agrees with every account, every read and real time",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of a rule."""

    rule: str
    text: str


@dataclass
class Verdict:
    """The result of a check. A rule that looked at nothing proves nothing; the counts say so."""

    looked_at: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    unknown_applied: int = 0
    unknown_absent: int = 0

    def look(self, rule: str, count: int = 1) -> None:
        """Count what a rule was held against."""
        self.looked_at[rule] += count

    def find(self, rule: str, text: str) -> None:
        """Note a breach."""
        self.findings.append(Finding(rule, text))

    def require(self, rule: str, holds: bool, text: str) -> None:
        """Count, and note a breach where the condition does not hold."""
        self.look(rule)
        if not holds:
            self.find(rule, text)

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    @property
    def broken(self) -> set[str]:
        """The rules that were breached."""
        return {finding.rule for finding in self.findings}
