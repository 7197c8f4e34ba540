"""Every route, called by every role with every sight about everybody: what each must answer, and whether it did."""

import base64
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import httpx

from .calls import Call, access
from .ground import PEOPLE, SCOPES, Ground, Scope, browser
from .names import ITEMWISE, OPEN, OTHERWISE

_CURSOR = re.compile(r'"next":"([A-Za-z0-9_=-]+)"')
OPEN_LABELS = {"public", "signed in"}


@dataclass(frozen=True)
class Case:
    """One cell of the matrix: who calls what about whom."""

    role: str
    scope: str
    call: Call
    may: frozenset[str]

    @property
    def expected(self) -> str:
        """What the route's declaration says: `no permission`, `out of sight`, `not found`, or `served`."""
        declared = access(self.call.route)
        scope = SCOPES[self.scope]
        if declared.label in OPEN_LABELS:
            return "served"
        if declared.label not in self.may:
            return "no permission"
        if declared.reach == "whole" and not scope.is_whole:
            return "out of sight"
        if self.call.route in OPEN and not scope.is_whole:
            return "open" if PEOPLE[self.call.person].store in scope.places() else "out of sight"
        if declared.reach == "narrowed" and self.call.people and not self.sees_everybody:
            return "not found"
        return "served"

    @property
    def sees_everybody(self) -> bool:
        """Whether the caller sees all whom the call names."""
        return all(is_seen(SCOPES[self.scope], code) for code in self.call.people)

    @property
    def is_itemwise(self) -> bool:
        """Whether the request is kept, and only its items are refused."""
        return self.expected == "not found" and self.call.route in ITEMWISE

    def __str__(self) -> str:
        return f"{self.role} · {self.scope} · {self.call.method} {self.call.url} ({self.call.person})"


@dataclass
class Findings:
    """What came out: how many cells of each kind, and every cell that was not as declared."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def note(self, case: Case, what: str) -> None:
        """A cell that was not as declared."""
        self.wrong.append(f"{case}: {what}")


def is_seen(scope: Scope, code: str) -> bool:
    """Whether a caller of a scope sees a person."""
    return scope.sees(PEOPLE[code].store, PEOPLE[code].employee)


def unseen_traces(ground: Ground, scope: Scope) -> dict[str, str]:
    """Everything that gives away somebody whom the scope does not see, by the text."""
    return {trace: code for code in PEOPLE if not is_seen(scope, code) for trace in ground.traces[code]}


class Traces:
    """Finds what must not be there in an answer: its body, its headers, and inside its cursors."""

    def __init__(self, ground: Ground, scope: Scope) -> None:
        self._whose = unseen_traces(ground, scope)
        words = sorted(self._whose, key=len, reverse=True)
        self._any = re.compile("|".join(map(re.escape, words))) if words else None

    def in_answer(self, call: Call, answer: httpx.Response) -> list[str]:
        """Whose traces stand in an answer that the request itself did not bring."""
        if self._any is None:
            return []
        asked = f"{unquote(call.url)} {call.body}"
        found = {hit for hit in self._any.findall(_readable(answer)) if hit not in asked}
        return sorted(f"{self._whose[hit]} by {hit!r}" for hit in found)


# Who has the route's permission may still lack what the thing itself asks for: nobody gives what they do not hold,
# decides on what others asked for, or takes out a list that they may not read.
FURTHER_RULES = {
    "api_key.scope_not_yours",
    "exports.unknown_list",
    "ledger.second_person_needed",
    "follow_up.assignee_unfit",
    "note.of_others",
    "staff.not_yours_to_give",
}


# What is done to many members needs the permission of what is done, too.
TWO_PERMISSIONS = {"POST /v1/bulk-acts", "POST /v1/bulk-acts/preview"}


def _needs_more_than_the_route_says(route: str, answer: httpx.Response) -> bool:
    if answer.status_code not in {403, 422}:
        return False
    code = answer.json().get("code")
    return code in FURTHER_RULES or (code == "request.not_allowed" and route in TWO_PERMISSIONS)


def _readable(answer: httpx.Response) -> str:
    cursors = [_decoded(one) for one in _CURSOR.findall(answer.text)]
    return "\n".join([answer.text, *answer.headers.values(), *cursors])


def _decoded(cursor: str) -> str:
    return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("utf-8", "replace")


async def run(ground: Ground, token: str, cases: Sequence[Case], findings: Findings) -> None:
    """Let one caller make the calls. What must be refused goes to the app that keeps what it does: it does nothing."""
    if not cases:
        return
    traces = Traces(ground, SCOPES[cases[0].scope])
    refused = [case for case in cases if case.expected not in {"served", "open"} and not case.is_itemwise]
    itemwise = [case for case in cases if case.is_itemwise]
    served = [case for case in cases if case.expected in {"served", "open"}]
    for some, may_change in ((refused, frozenset[str]()), *(([one], ITEMWISE[one.call.route]) for one in itemwise)):
        before = await ground.digest() if some else {}
        async with browser(ground.app, token) as client:
            for case in some:
                _judge(case, await case.call.send(client), traces, findings)
        if some and (changed := differing(before, await ground.digest()) - may_change):
            await _name_culprits(ground, token, some, changed, findings)
    for case in served:
        # A browser for each: some calls end the session of whoever makes them, or change its cookie.
        async with browser(ground.dry, token) as client:
            answer = await case.call.send(client)
        _judge(case, answer, traces, findings)
        if (
            case.expected == "served"
            and answer.status_code != await usual_status(ground, case.call)
            and not _needs_more_than_the_route_says(case.call.route, answer)
        ):
            findings.note(case, f"is served otherwise than to who sees all: {answer.status_code} {answer.text[:300]}")


async def _name_culprits(
    ground: Ground, token: str, cases: Iterable[Case], changed: set[str], findings: Findings
) -> None:
    culprits = 0
    for case in cases:
        before = await ground.digest(changed)
        async with browser(ground.app, token) as client:
            await case.call.send(client)
        if tables := differing(before, await ground.digest(changed)):
            culprits += 1
            findings.note(case, f"was refused, or should have been, and changed {', '.join(sorted(tables))}")
    if not culprits:
        findings.wrong.append(f"{next(iter(cases))} and the calls after it changed {', '.join(sorted(changed))}")


def differing(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    """The tables that are not as they were."""
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def _judge(case: Case, answer: httpx.Response, traces: Traces, findings: Findings) -> None:
    findings.counts[case.expected] += 1
    status, code = answer.status_code, _code(answer)
    if status >= 500:
        findings.note(case, f"broke: {status} {answer.text[:300]}")
    if case.expected == "no permission" and (status, code) != (403, "request.not_allowed"):
        findings.note(case, f"wants the permission {access(case.call.route).label}; got {status} {answer.text[:200]}")
    if case.expected == "out of sight" and (status, code) != (403, "request.out_of_sight"):
        findings.note(case, f"is about the whole shop; got {status} {answer.text[:200]}")
    if case.expected == "open" and status >= 300:
        findings.note(case, f"is of the caller's own store; got {status} {answer.text[:200]}")
    if case.expected == "not found" and not _is_as_if_nobody(case, answer):
        findings.note(
            case, f"is about {sorted(case.call.people)}, who are out of sight; got {status} {answer.text[:200]}"
        )
    leaked = [] if case.expected == "open" else traces.in_answer(case.call, answer)
    if leaked:
        findings.note(case, f"shows {', '.join(leaked[:5])}: {status} {answer.text[:200]}")


async def usual_status(ground: Ground, call: Call) -> int:
    """What the call comes to for an administrator."""
    known = ground.usual.get((call.route, call.url))
    if known is None:
        async with browser(ground.dry, ground.second) as client:
            answer = await call.send(client)
        known = ground.usual[call.route, call.url] = answer.status_code, answer.text
    return known[0]


async def unserved(ground: Ground, calls: Iterable[Call]) -> list[str]:
    """The calls that do not get an administrator where they should, and that the registry does not excuse.

    What is about members must succeed: else a refusal of somebody else would say nothing. Elsewhere it is enough to be
    let in: what is asked for need not be there.
    """
    found = []
    for call in calls:
        status = await usual_status(ground, call)
        wanted, _ = OTHERWISE.get(call.route, (None, ""))
        is_let_in = status < 500 and status not in {401, 403}
        if not (status == wanted or status < 300 or (is_let_in and not call.people)):
            found.append(
                f"{call.route} about {call.person} should be served to an administrator; got {status} "
                f"{ground.usual[call.route, call.url][1][:400]}. Mend its values in tests/authorization/names.py, or "
                "say in OTHERWISE there why it cannot be served."
            )
    return found


def _is_as_if_nobody(case: Case, answer: httpx.Response) -> bool:
    if answer.status_code == 404:
        return True
    if case.call.method == "GET" and "?" in case.call.url and answer.status_code == 200:
        # A filter that nobody passes whom the caller sees.
        return answer.json().get("items") == []
    if case.call.route in ITEMWISE:
        return answer.status_code == 200 and _is_every_item_refused(answer.json())
    return False


def _is_every_item_refused(body: dict[str, Any]) -> bool:
    """Whether each item was refused, as routes say it: a state, a reason, or a list of references that name nobody."""
    items = body.get("results") or body.get("items")
    if items is None:
        return body["entered"] == 0 and body["unknown"] != []
    return all("refused" in (one.get("status"), one.get("state")) or one.get("why") is not None for one in items)


def _code(answer: httpx.Response) -> str | None:
    if not answer.headers.get("content-type", "").startswith("application/problem+json"):
        return None
    found: str | None = answer.json().get("code")
    return found
