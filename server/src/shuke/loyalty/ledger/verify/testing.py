"""A small ledger in which everything has happened that can happen to one, for tests."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from shuke.foundation.organization.testing import a_shop
from shuke.people.members.testing import enrolled, external, person
from shuke.platform import clock
from shuke.platform.db import Database, Session

from .. import actions, pairs
from ..acts import Act, Adjust, Cancel, Capture, Credit, Mature, Refresh, Release, Reverse, SetAside, Spend
from ..due import do_due
from ..loading import load_account
from ..perform import Instruction, perform
from ..queries import load_posted
from ..rules import Posted, Terms
from ..testing import ZONE

START = datetime(2026, 3, 2, 4, tzinfo=UTC)
# Code, expiry, pending, restore.
_CURRENCIES: tuple[tuple[str, dict[str, Any], dict[str, Any], str], ...] = (
    ("points", {"kind": "after", "months": 6, "days": 0, "round_to": "month"}, {"kind": "none"}, "original"),
    (
        "stamps",
        {"kind": "inactivity", "months": 3, "round_to": "half_year", "resets": ["visit"]},
        {"kind": "days", "days": 3},
        "new",
    ),
    ("growth", {"kind": "none"}, {"kind": "event", "event": "received"}, "original"),
)


@dataclass
class BusyLedger:
    """The members, and a place for the number of the next operation."""

    database: Database
    members: list[int]
    number: int = 0

    async def do(self, place: int, act: Act, currency: str = "points", reverses_key: str | None = None) -> str:
        """Do one thing; its key."""
        self.number += 1
        key = f'user:1:"\\{self.number}\t😀\u2028\x01\x7f'
        async with self.database.transaction() as session:
            instruction = Instruction(
                member_id=self.members[place],
                currency=currency,
                act=act,
                key=key,
                actor="staff:1",
                request_hash=sha256(key.encode()).digest(),
                origin=("order", self.number),
                reverses_key=reverses_key,
            )
            await perform(session, instruction, ZONE)
        return key

    async def reverse(self, place: int, key: str, amount: int | None = None, currency: str = "points") -> None:
        """Reverse what an operation did."""
        async with self.database.transaction() as session:
            posted = await self._posted(session, place, key, currency)
        act = Reverse(posted=posted, operation_key=key, amount=amount, reason="退货")
        await self.do(place, act, currency, reverses_key=key)

    async def _posted(self, session: Session, place: int, key: str, currency: str) -> Posted:
        loaded = await load_account(session, self.members[place], currency, "", ZONE, with_lots=True, wait=False)
        return await load_posted(session, loaded.account, key)

    async def pass_days(self, days: int) -> None:
        """Let days pass, and do what comes due."""
        clock.set_offset(clock.offset() + timedelta(days=days))
        await do_due(self.database)

    async def give(self, giver: int, receiver: int, amount: int, key: str) -> None:
        """A transfer of points."""
        async with self.database.transaction() as session:
            await pairs.transfer(
                session, ZONE, _by(key), from_member=self.members[giver], to_member=self.members[receiver],
                currency="points", amount=amount,
            )  # fmt: skip


async def a_busy_ledger(database: Database) -> BusyLedger:
    """Ten members, every kind of entry, every state of lots and holds, odd texts, debt, two merges and one undone."""
    async with database.transaction() as session:
        await a_shop(session)
        for number, (code, expiry, pending, restore) in enumerate(_CURRENCIES, 1):
            names = {"name_zh": code, "name_en": code, "kind": code}
            row = {"currency_id": number, "code": code, **names, "expiry": expiry, "pending": pending}
            common = {"negative": {"kind": "unlimited"}, "rounding": "down", "balance_cap": None, "unit_cost_micro": 7}
            await actions.define_currency(
                session, row={**common, **row, "restore": {"kind": restore}, "unit_cost_micro": 7}
            )
        people = [person(None, external(str(number))) for number in range(10)]
        ids = sorted(await enrolled(session, people))
    clock.set_offset(START - clock.wall())
    ledger = BusyLedger(database, ids)
    await _lots_and_holds(ledger)
    await _waiting(ledger)
    await _pairs(ledger)
    return ledger


async def _lots_and_holds(ledger: BusyLedger) -> None:
    for place in range(6):
        await ledger.do(place, Credit(amount=100, reason='他说 "好\\的"\n\x02'))
        await ledger.do(
            place, Credit(amount=50, terms=Terms(expires_on=START.date() + timedelta(days=40), funding="brand"))
        )
    spent = await ledger.do(0, Spend(amount=120))
    await ledger.reverse(0, spent, 30)
    await ledger.reverse(0, spent, 20)
    await ledger.do(0, SetAside(amount=5))
    await ledger.do(0, Capture(hold_no=1))
    earned = await ledger.do(1, Credit(amount=60, terms=Terms(funding="bonus")))
    await ledger.do(1, Spend(amount=200))
    await ledger.reverse(1, earned)
    await ledger.do(1, Adjust(amount=-15, reason="更正"))
    await ledger.do(1, Credit(amount=80))
    await ledger.do(2, SetAside(amount=70, minutes=60))
    await ledger.do(2, Capture(hold_no=1, amount=20))
    await ledger.do(2, Capture(hold_no=1, amount=10, release_rest=True))
    await ledger.do(2, SetAside(amount=110))
    await ledger.do(2, Release(hold_no=2, amount=30))
    await ledger.do(3, SetAside(amount=60))
    await ledger.do(3, Release(hold_no=1))
    await ledger.do(3, SetAside(amount=90, minutes=5))
    await ledger.do(3, Adjust(amount=5, reason="补偿"))
    await ledger.pass_days(1)


async def _waiting(ledger: BusyLedger) -> None:
    await ledger.do(4, Credit(amount=40), "stamps")
    await ledger.do(4, Credit(amount=25), "stamps")
    await ledger.do(4, Cancel(lot_no=2, amount=5), "stamps")
    await ledger.do(4, Refresh(kind="visit"), "stamps")
    await ledger.do(5, Credit(amount=33), "growth")
    await ledger.do(5, Credit(amount=44), "growth")
    await ledger.do(5, Mature(event="received"), "growth")
    await ledger.do(5, Credit(amount=55), "growth")
    await ledger.do(5, Credit(amount=11), "growth")
    await ledger.do(5, Cancel(lot_no=4), "growth")
    await ledger.pass_days(4)
    spent = await ledger.do(4, Spend(amount=10), "stamps")
    await ledger.reverse(4, spent, currency="stamps")
    await ledger.pass_days(40)


async def _pairs(ledger: BusyLedger) -> None:
    for place in (6, 7, 8, 9):
        await ledger.do(place, Credit(amount=90))
    await ledger.do(8, Spend(amount=90))
    await ledger.do(8, Adjust(amount=-12, reason="欠"))
    await ledger.do(9, Credit(amount=21), "stamps")
    await ledger.give(6, 7, 40, "give:1")
    async with ledger.database.transaction() as session:
        await pairs.reverse_transfer(
            session, ZONE, _by("back:1"), member=ledger.members[7], transfer="give:1", currency="points", amount=15
        )
    for source, target, key in ((8, 6, "merge:1"), (9, 0, "merge:2")):
        async with ledger.database.transaction() as session:
            await pairs.merge(
                session, ZONE, _by(key), from_member=ledger.members[source], into_member=ledger.members[target]
            )
    async with ledger.database.transaction() as session:
        await pairs.undo_merge(session, ZONE, _by("undo:2"), member=ledger.members[9], merge="merge:2")


def _by(key: str) -> pairs.Asked:
    return pairs.Asked(key=key, actor="staff:1", request_hash=sha256(key.encode()).digest(), reason="合并")
