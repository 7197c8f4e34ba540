"""Finds conditions that can never hold: by the values that each fact could still have.

Where only the value itself can tell, it lets pass.
"""

from collections.abc import Iterable, Mapping

from . import complaints as said
from .complaints import Complaints
from .domains import Domain, domain_of
from .model import FactKey, Group, Rule

# What each fact must be for something to hold; None: it never holds.
_Left = Mapping[FactKey, Domain] | None


def find_impossible(root: Group, complaints: Complaints) -> None:
    """Complain of each rule, each branch and each group that can never hold."""
    _Finder(complaints).left(root, is_negated=False)


class _Finder:
    def __init__(self, complaints: Complaints) -> None:
        self.complaints = complaints

    def left(self, node: Group | Rule, *, is_negated: bool) -> _Left:
        if isinstance(node, Rule):
            return self._of_rule(node, is_negated=is_negated)
        turned = is_negated != node.is_negated
        told = len(self.complaints.fields)
        found = [self.left(part, is_negated=turned) for part in node.parts]
        together = _all(found) if node.is_all != turned else _any(found)
        # What never holds and is turned round always holds: needless, but nothing to refuse.
        if together is None and not is_negated and len(self.complaints.fields) == told:
            self.complaints.add(node.pointer, said.NEVER_TOGETHER)
        return together

    def _of_rule(self, rule: Rule, *, is_negated: bool) -> _Left:
        if domain_of(rule).is_empty:
            self.complaints.add(rule.pointer, said.NEVER)
        domain = domain_of(rule, is_negated=is_negated)
        return None if domain.is_empty else {rule.key: domain}


def _all(found: Iterable[_Left]) -> _Left:
    together: dict[FactKey, Domain] = {}
    for one in found:
        if one is None:
            return None
        for key, domain in one.items():
            together[key] = together[key].intersection(domain) if key in together else domain
            if together[key].is_empty:
                return None
    return together


def _any(found: Iterable[_Left]) -> _Left:
    possible = [one for one in found if one is not None]
    if not possible:
        return None
    common = set.intersection(*(set(one) for one in possible))
    return {key: _union([one[key] for one in possible]) for key in common}


def _union(domains: list[Domain]) -> Domain:
    whole = domains[0]
    for domain in domains[1:]:
        whole = whole.union(domain)
    return whole
