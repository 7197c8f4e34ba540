"""Questions that a statement asks of one account, by business day and version.

A fact that came late has a later version than its day: the running balances that entries carry are in the order of
versions, and a statement is in the order of days. So what came in time is taken from the entries as they stand, and
only what came late is put in its place. Entries are never changed, so an account at a version reads the same for ever.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, func, select, tuple_

from shuke.platform.db import Session, raw

from ..queries.entries import EntryView, select_entries
from ..rules import EntryKind
from ..tables import ledger_account, ledger_entry

_A_DAY = timedelta(days=1)
LAST_VERSION = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An account up to a version: what has been added since is not looked at."""

    member_id: int
    currency_id: int
    version: int


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the order of a statement: behind the entry of a version, of a business day."""

    day: date
    version: int

    @classmethod
    def before(cls, day: date) -> "Place":
        """The place in front of everything of a day."""
        return cls(day - _A_DAY, LAST_VERSION)

    @classmethod
    def after(cls, day: date) -> "Place":
        """The place behind everything of a day."""
        return cls(day, LAST_VERSION)


@dataclass(frozen=True, slots=True)
class Balances:
    """The four parts of a balance, or a change of them."""

    available: int = 0
    pending: int = 0
    held: int = 0
    debt: int = 0

    @property
    def total(self) -> int:
        """What the member owns, less what the member owes."""
        return self.available + self.pending + self.held - self.debt

    def __add__(self, change: "Balances") -> "Balances":
        return Balances(
            self.available + change.available,
            self.pending + change.pending,
            self.held + change.held,
            self.debt + change.debt,
        )


@dataclass(frozen=True, slots=True)
class KindTotal:
    """What the entries of one kind did in a period. `taken` counts upwards."""

    kind: EntryKind
    entries: int
    added: int
    taken: int


@dataclass(frozen=True, slots=True)
class Line:
    """An entry, and how it changed the parts of the balance."""

    entry: EntryView
    change: Balances


async def get_snapshot(session: Session, member_id: int, currency_id: int) -> Snapshot:
    """The account as it is now."""
    account = ledger_account.c
    version = await session.scalar(
        select(account.version).where(account.member_id == member_id, account.currency_id == currency_id)
    )
    return Snapshot(member_id, currency_id, version or 0)


async def get_balances(session: Session, snapshot: Snapshot, place: Place) -> Balances:
    """The balance at a place: what all entries up to there came to."""
    driver = await raw(session)
    (row,) = await driver.fetch(
        _BALANCES, snapshot.member_id, snapshot.currency_id, snapshot.version, place.day, place.version
    )
    return Balances(row["available"], row["pending"], row["held"], row["debt"])


# `first`: the first version whose place is behind. All before it came in time, and their sum stands in the entry
# before it; `late` are later versions whose place is in front. `+ 0` keeps the planner from looking for the first
# version by walking through all those before it.
_BALANCES = """
    with first as (
        select coalesce(min(version + 0), $3 + 1) as version from ledger_entry
        where member_id = $1 and currency_id = $2 and version <= $3 and (business_day, version) > ($4, $5)
    ), late as (
        select e.version from ledger_entry e, first
        where e.member_id = $1 and e.currency_id = $2 and e.version <= $3 and e.version > first.version
            and (e.business_day, e.version) <= ($4, $5)
    ), term as (
        select version - 1 as version, 1 as sign from first
        union all select version, 1 from late
        union all select version - 1, -1 from late
    )
    select coalesce(sum(sign * available_after), 0)::bigint as available,
        coalesce(sum(sign * pending_after), 0)::bigint as pending,
        coalesce(sum(sign * held_after), 0)::bigint as held, coalesce(sum(sign * debt_after), 0)::bigint as debt
    from term join ledger_entry e on e.member_id = $1 and e.currency_id = $2 and e.version = term.version
"""


async def list_totals(session: Session, snapshot: Snapshot, first: date, last: date) -> list[KindTotal]:
    """What each kind of entry did in a period, by kind."""
    driver = await raw(session)
    rows = await driver.fetch(_TOTALS, snapshot.member_id, snapshot.currency_id, snapshot.version, first, last)
    return [KindTotal(row["kind"], row["entries"], row["added"], row["taken"]) for row in rows]


_TOTALS = """
    select kind, count(*) as entries, coalesce(sum(amount) filter (where amount > 0), 0)::bigint as added,
        coalesce(-sum(amount) filter (where amount < 0), 0)::bigint as taken
    from ledger_entry
    where member_id = $1 and currency_id = $2 and version <= $3 and business_day between $4 and $5
    group by kind order by kind
"""


async def list_lines(session: Session, snapshot: Snapshot, behind: Place, last: date, *, limit: int) -> list[Line]:
    """The entries behind a place, up to a day, in the order of a statement."""
    entry = ledger_entry.c
    before = ledger_entry.alias("before")
    wanted = (
        select_entries(snapshot.member_id)
        .add_columns(*(func.coalesce(before.c[name], 0).label(f"before_{name}") for name in _PARTS))
        .join(
            before,
            and_(
                before.c.member_id == entry.member_id,
                before.c.currency_id == entry.currency_id,
                before.c.version == entry.version - 1,
            ),
            isouter=True,
        )
        .where(
            entry.currency_id == snapshot.currency_id,
            entry.version <= snapshot.version,
            tuple_(entry.business_day, entry.version) > tuple_(behind.day, behind.version),
            entry.business_day <= last,
        )
        .order_by(entry.business_day, entry.version)
        .limit(limit)
    )
    return [_line(dict(row._mapping)) for row in await session.execute(wanted)]


_PARTS = ("available_after", "pending_after", "held_after", "debt_after")


def _line(row: dict[str, Any]) -> Line:
    before = [row.pop(f"before_{name}") for name in _PARTS]
    change = Balances(*(row[name] - earlier for name, earlier in zip(_PARTS, before, strict=True)))
    return Line(EntryView(**row), change)
