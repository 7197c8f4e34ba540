"""A small model of an account, written apart from the ledger and as plainly as possible: loops that start over.

It knows nothing of versions, hashes, statements or due dates kept in advance; it only knows what should be left.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


class Refused(Exception):
    """The model would not do this."""


@dataclass
class ModelLot:
    """What is left of one lot, and how much of it each hold has."""

    left: int
    end: date | None
    waits_for_day: date | None = None
    waits_for_event: str | None = None
    is_pending: bool = False
    held: dict[int, int] = field(default_factory=dict)

    @property
    def free(self) -> int:
        return self.left - sum(self.held.values())


@dataclass
class ModelAccount:
    """`lots` and `holds` by number; `allowed_debt` None: without limit. `after_return`: the policy for value used."""

    zone: ZoneInfo
    allowed_debt: int | None
    after_return: str
    life: timedelta
    lots: dict[int, ModelLot] = field(default_factory=dict)
    holds: dict[int, datetime | None] = field(default_factory=dict)
    debt: int = 0
    hold_count: int = 0

    def buckets(self) -> tuple[int, int, int, int]:
        lots = self.lots.values()
        available = sum(lot.free for lot in lots if not lot.is_pending)
        pending = sum(lot.left for lot in lots if lot.is_pending)
        return available, pending, sum(sum(lot.held.values()) for lot in lots), self.debt

    def order(self) -> list[int]:
        usable = [n for n, lot in self.lots.items() if not lot.is_pending and lot.free > 0]
        return sorted(usable, key=lambda n: (self.lots[n].end or date.max, n))

    def take(self, amount: int, order: list[int]) -> list[tuple[int, int]]:
        taken = []
        for number in order:
            part = min(self.lots[number].free, amount)
            if part:
                self.lots[number].left -= part
                taken.append((number, part))
                amount -= part
        return taken

    def repay(self) -> None:
        paid = sum(part for _, part in self.take(self.debt, self.order()))
        self.debt -= paid

    def open(self, amount: int, end: date | None, day: date | None = None, event: str | None = None) -> int:
        number = len(self.lots) + 1
        is_pending = day is not None or event is not None
        self.lots[number] = ModelLot(amount, end, day, event, is_pending)
        return number

    def earn(self, amount: int, today: date, end: date | None, day: date | None, event: str | None) -> int:
        number = self.open(amount, end or today + self.life, day, event)
        self.repay()
        return number

    def spend(self, amount: int, keep: int = 0) -> list[tuple[int, int]]:
        if self.buckets()[0] < amount + keep:
            raise Refused
        return self.take(amount, self.order())

    def hold(self, amount: int, until: datetime | None) -> int:
        if self.buckets()[0] < amount:
            raise Refused
        self.hold_count += 1
        self.holds[self.hold_count] = until
        for number in self.order():
            part = min(self.lots[number].free, amount)
            if part:
                self.lots[number].held[self.hold_count] = part
                amount -= part
        return self.hold_count

    def held_by(self, hold: int) -> int:
        return sum(lot.held.get(hold, 0) for lot in self.lots.values())

    def let_go(self, hold: int, amount: int) -> list[tuple[int, int]]:
        """Take an amount off a hold, from the lots that end first; the hold closes when nothing is left of it."""
        if hold not in self.holds or amount > self.held_by(hold) or amount == 0:
            raise Refused
        gone = []
        for number in sorted(self.lots, key=lambda n: (self.lots[n].end or date.max, n)):
            part = min(self.lots[number].held.get(hold, 0), amount)
            if part:
                self.lots[number].held[hold] -= part
                gone.append((number, part))
                amount -= part
        if self.held_by(hold) == 0:
            del self.holds[hold]
        return gone

    def capture(self, hold: int, amount: int, *, release_rest: bool) -> list[tuple[int, int]]:
        used = self.let_go(hold, amount)
        for number, part in used:
            self.lots[number].left -= part
        if release_rest and hold in self.holds:
            self.release(hold, self.held_by(hold))
        return used

    def release(self, hold: int, amount: int) -> None:
        self.let_go(hold, amount)
        self.repay()

    def mature(self, numbers: list[int]) -> None:
        for number in numbers:
            self.lots[number].is_pending = False
        self.repay()

    def cancel(self, number: int, amount: int) -> None:
        lot = self.lots.get(number)
        if lot is None or not lot.is_pending or lot.left == 0 or amount > lot.left:
            raise Refused
        lot.left -= amount

    def adjust_down(self, amount: int) -> None:
        beyond = max(0, amount - self.buckets()[0])
        if self.allowed_debt is not None and self.debt + beyond > self.allowed_debt and beyond:
            raise Refused
        self.take(amount - beyond, self.order())
        self.debt += beyond

    def take_back(self, amount: int, own: int) -> None:
        lot = self.lots[own]
        part = min(lot.free, amount)
        lot.left -= part
        left = amount - part
        left -= sum(gone for _, gone in self.take(left, self.order()))
        if self.allowed_debt is not None:
            left = max(0, min(left, self.allowed_debt - self.debt))
        self.debt += left

    def give_back(self, taken: list[tuple[int, int]], before: int, amount: int, today: date) -> None:
        """Undo a use: the last lots first, behind what was given back before."""
        for number, part in reversed(taken):
            skipped = min(before, part)
            before -= skipped
            given = min(part - skipped, amount)
            amount -= given
            lot = self.lots[number]
            if not given:
                continue
            if self.after_return == "new":
                self.open(given, today + self.life)
            elif self.after_return == "grace" and lot.end is not None and lot.end < today + timedelta(days=30):
                self.open(given, today + timedelta(days=30))
            else:
                lot.left += given
        self.repay()

    def forward(self, now: datetime) -> None:
        """What is due, one thing after the other, always the earliest that is left."""
        while True:
            due = [one for one in self._due() if one[0] <= now]
            if not due:
                return
            at, what, number = min(due)
            if what == 0:
                same = [n for t, w, n in due if (t, w) == (at, 0)]
                self.mature(same)
            elif what == 1:
                self.release(number, self.held_by(number))
            for lot in self.lots.values():
                if lot.end is not None and self._start(lot.end + timedelta(days=1)) <= at:
                    lot.left -= lot.free

    def _due(self) -> list[tuple[datetime, int, int]]:
        due = []
        for number, lot in self.lots.items():
            if lot.is_pending and lot.waits_for_day is not None and lot.left:
                due.append((self._start(lot.waits_for_day), 0, number))
            if lot.end is not None and lot.free > 0:
                due.append((self._start(lot.end + timedelta(days=1)), 2, number))
        due += [(until, 1, number) for number, until in self.holds.items() if until is not None]
        return due

    def _start(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=self.zone)
