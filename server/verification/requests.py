"""The writes of a history by their keys, with everything that was said about each."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from verification.history import Call

READ = "read"


@dataclass
class Request:
    """All calls with one key: the first, and those that repeated it with the same body or another one."""

    first: Call
    same: list[Call] = field(default_factory=list)
    other: list[Call] = field(default_factory=list)

    @property
    def acknowledged(self) -> list[Call]:
        """The calls with the first's body that were answered with success."""
        return [call for call in (self.first, *self.same) if call.outcome == "ok"]

    @property
    def was_refused(self) -> bool:
        """Whether every call with this body was refused for good."""
        return all(call.outcome == "fail" for call in (self.first, *self.same))

    @property
    def invoked(self) -> int:
        """Before this it cannot have taken effect."""
        return min(call.invoked for call in (self.first, *self.same))

    @property
    def completed(self) -> int | None:
        """After this it had taken effect; None where nobody was told so."""
        return min((call.completed for call in self.acknowledged), default=None)


def by_key(calls: Iterable[Call], actor: str) -> dict[str, Request]:
    """Every write that was asked for, by the key under which the ledger knows it."""
    requests: dict[str, Request] = {}
    writes = (call for call in calls if call.kind != READ)
    for call in sorted(writes, key=lambda call: (call.repeats != "", call.invoked)):
        request = requests.setdefault(f"{actor}:{call.key}", Request(call))
        if request.first is not call:
            (request.other if call.repeats == "other" else request.same).append(call)
    return requests
