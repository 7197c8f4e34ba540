"""What clients ask for: few members often, many seldom; every kind of write; reads; and keys that come again."""

import random
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate, count
from typing import Any

from verification.history import Call, Repeat
from verification.requests import READ

CURRENCY = "points"
# How often each is asked for, in a hundred.
MIX = {
    "credit": 22, "debit": 15, "hold": 9, "capture": 6, "release": 3, "transfer": 9, "reversal": 4, "adjust": 3,
    "cancel": 2, READ: 21, "repeat": 6,
}  # fmt: skip
PATHS = {
    "credit": "credits", "debit": "debits", "hold": "holds", "capture": "captures", "release": "releases",
    "transfer": "transfers", "reversal": "reversals", "adjust": "adjustments", "cancel": "cancellations",
}  # fmt: skip
_REMEMBERED = 400
_REASON = "history"


@dataclass(frozen=True)
class Ask:
    """What one client will do next."""

    kind: str
    request: dict[str, Any]
    key: str = ""
    repeats: Repeat = ""


class Workload:
    """Draws what comes next from one seed, and remembers what can be built upon: holds, writes that were answered."""

    def __init__(self, seed: int, members: Sequence[int]) -> None:
        self._chance = random.Random(seed)
        self._members = list(members)
        self._chance.shuffle(self._members)
        # The second member is asked for half as often as the first, the third a third as often, and so on.
        self._weights = list(accumulate(1 / rank for rank in range(1, len(self._members) + 1)))
        self._numbers = count(1)
        self._holds: list[dict[str, Any]] = []
        self._answered: deque[Ask] = deque(maxlen=_REMEMBERED)
        self._pending: list[dict[str, Any]] = []
        self._written: deque[tuple[int, str]] = deque(maxlen=_REMEMBERED)

    def next(self, client: int, day: date) -> Ask:
        """What a client asks for on a day of the shop."""
        (kind,) = self._chance.choices(list(MIX), list(MIX.values()))
        if kind == "repeat" and self._answered:
            return self._again(self._chance.choice(self._answered))
        if kind in {"capture", "release"} and self._holds:
            return self._write(client, kind, self._part_of_hold(kind))
        if kind == "reversal" and self._written:
            member, operation = self._chance.choice(self._written)
            return self._write(
                client, kind, self._at(member) | {"operation": operation, "reason": _REASON} | self._part()
            )
        if kind == "cancel" and self._pending:
            lot = self._pending.pop(self._chance.randrange(len(self._pending)))
            return self._write(client, kind, lot | self._part())
        if kind == "transfer" and len(self._members) > 1:
            return self._write(client, kind, self._transfer())
        if kind in {"credit", "debit", "hold", "adjust"}:
            return self._write(client, kind, self._at(self._member()) | self._amounts(kind, day))
        return Ask(READ, self._at(self._member()))

    def learn(self, ask: Ask, call: Call) -> None:
        """Remember what a client was told."""
        if call.outcome != "ok" or ask.kind == READ or ask.repeats:
            return
        self._answered.append(ask)
        for entry in call.answer["entries"]:
            if "available_on" in ask.request:
                self._pending.append(self._at(entry["member_id"]) | {"lot_no": entry["lot_no"]})
            if ask.kind == "hold" and entry["kind"] == "hold":
                self._holds.append(
                    self._at(entry["member_id"]) | {"hold_no": entry["hold_no"], "amount": ask.request["amount"]}
                )
        if ask.kind in {"credit", "debit", "capture", "adjust", "transfer"}:
            member = ask.request.get("member") or ask.request["from_member"]
            self._written.append((int(member), call.answer["operation"]))

    def is_patient(self) -> bool:
        """Whether a client asks again after silence; some go away and never hear what became of it."""
        return self._chance.random() < 0.8

    def pause_s(self) -> float:
        """How long a client waits before asking again."""
        return self._chance.uniform(0.05, 0.4)

    def _member(self) -> int:
        (member,) = self._chance.choices(self._members, cum_weights=self._weights)
        return member

    def _at(self, member: int) -> dict[str, Any]:
        return {"member": str(member), "currency": CURRENCY}

    def _write(self, client: int, kind: str, request: dict[str, Any]) -> Ask:
        return Ask(kind, request, f"c{client}-{next(self._numbers)}")

    def _amounts(self, kind: str, day: date) -> dict[str, Any]:
        amount = self._chance.randint(1, 60)
        if kind == "credit":
            # Some of it begins or ends soon, so that something comes due while the clients are at work.
            if self._chance.random() < 0.15:
                return {"amount": amount * 2, "available_on": (day + timedelta(days=1)).isoformat()}
            ends = self._chance.choice((0, 1, 2, 30))
            return {"amount": amount * 2, "expires_on": (day + timedelta(days=ends)).isoformat()}
        if kind == "adjust":
            return {"amount": amount if self._chance.random() < 0.5 else -amount, "reason": _REASON}
        conditions: dict[str, Any] = {}
        if self._chance.random() < 0.1:
            conditions["keep_at_least"] = self._chance.randint(0, 40)
        if kind == "hold":
            conditions["minutes"] = self._chance.choice((1, 1, 30))
        return {"amount": amount, **conditions}

    def _transfer(self) -> dict[str, Any]:
        one = other = self._member()
        while other == one:
            other = self._member()
        return {
            "from_member": str(one), "to_member": str(other), "currency": CURRENCY,
            "amount": self._chance.randint(1, 40), "reason": _REASON,
        }  # fmt: skip

    def _part_of_hold(self, kind: str) -> dict[str, Any]:
        """The whole of a hold, or a part; a part may be followed by another."""
        place = self._chance.randrange(len(self._holds))
        hold = self._holds[place]
        request = {name: hold[name] for name in ("member", "currency", "hold_no")}
        if hold["amount"] > 1 and self._chance.random() < 0.4:
            part = self._chance.randint(1, hold["amount"] - 1)
            self._holds[place] = hold | {"amount": hold["amount"] - part}
            return request | {"amount": part}
        self._holds.pop(place)
        if kind == "capture" and hold["amount"] > 1 and self._chance.random() < 0.2:
            return request | {"amount": hold["amount"] - 1, "release_rest": True}
        return request

    def _part(self) -> dict[str, Any]:
        return {"amount": self._chance.randint(1, 20)} if self._chance.random() < 0.5 else {}

    def _again(self, ask: Ask) -> Ask:
        if "amount" not in ask.request or self._chance.random() < 0.5:
            return replace(ask, repeats="same")
        return replace(ask, repeats="other", request=ask.request | {"amount": ask.request["amount"] + 1})
