"""The ledger on real PostgreSQL against a small model: every operation, a clock that jumps, zones that change.

Each example is one transaction that is rolled back; `verify` runs over the accounts at the end of each.
"""

import asyncio
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from shuke.loyalty import ledger
from shuke.loyalty.ledger import pairs
from shuke.loyalty.ledger.due import bring_members_forward
from shuke.loyalty.ledger.loading import lock_accounts
from shuke.loyalty.ledger.perform import Instruction, perform
from shuke.loyalty.ledger.queries import load_posted
from shuke.loyalty.ledger.testing import two_currencies
from shuke.people.members.testing import enrolled, external, person
from shuke.platform import clock
from shuke.platform.db import dump_json, sqlalchemy_url
from shuke.platform.embedded import Urls
from shuke.platform.errors import AppError
from shuke.platform.idempotency import KeyReused

from .model import ModelAccount, Refused

# Summer time, none, a zone that skipped a day, half hours, and midnight that does not exist on some days.
ZONES = ["Asia/Shanghai", "Europe/London", "America/New_York", "Asia/Kolkata", "America/Santiago", "Pacific/Apia"]
# Before 29 February, a month's end, both changes of summer time, a year's end.
STARTS = [
    datetime(2024, 2, 28, 10, tzinfo=UTC),
    datetime(2025, 1, 31, 23, tzinfo=UTC),
    datetime(2025, 3, 29, 12, tzinfo=UTC),
    datetime(2025, 10, 25, 12, tzinfo=UTC),
    datetime(2025, 12, 31, 12, tzinfo=UTC),
]
POLICIES: dict[str, Any] = {
    "refuse": {"kind": "refuse"},
    "debt": {"kind": "debt", "limit": 50},
    "unlimited": {"kind": "unlimited"},
}
ALLOWED = {"refuse": 0, "debt": 50, "unlimited": None}
LIFE = timedelta(days=60)
amounts = st.integers(1, 120)
accounts = st.integers(0, 1)


class LedgerAgainstModel(RuleBasedStateMachine):
    """Two members with points, beside two models of them."""

    url: ClassVar[str]

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.real_wall = clock.wall
        self.at = STARTS[0]
        clock.wall = lambda: self.at
        self.numbers = 0
        # What was used, and given: (account, operation key, parts or lot, reversed so far).
        self.used: list[dict[str, Any]] = []
        self.given: list[dict[str, Any]] = []
        self.last: tuple[Instruction, Any] | None = None

    def run(self, work: Any) -> Any:
        return self.loop.run_until_complete(work)

    @initialize(
        zone=st.sampled_from(ZONES),
        start=st.sampled_from(STARTS),
        negative=st.sampled_from(list(POLICIES)),
        restore=st.sampled_from(["original", "grace", "new"]),
    )
    def begin(self, zone: str, start: datetime, negative: str, restore: str) -> None:
        self.zone = ZoneInfo(zone)
        self.at = start
        self.models = [ModelAccount(self.zone, ALLOWED[negative], restore, LIFE) for _ in range(2)]
        self.run(self._begin(POLICIES[negative], {"kind": restore, "days": 30}))

    async def _begin(self, negative: Any, restore: Any) -> None:
        self.engine = create_async_engine(sqlalchemy_url(self.url), poolclass=NullPool, json_serializer=dump_json)
        self.session = await self.engine.connect()
        await self.session.begin()
        await two_currencies(self.session)
        await self.session.execute(
            text(
                "update ledger_currency set expiry = cast(:e as jsonb), negative = cast(:n as jsonb),"
                " restore = cast(:r as jsonb)"
            ),
            {"e": dump_json({"kind": "after", "days": LIFE.days}), "n": dump_json(negative), "r": dump_json(restore)},
        )
        people = [person(None, external("1")), person(None, external("2"))]
        self.members = await enrolled(self.session, people)

    def teardown(self) -> None:
        clock.wall = self.real_wall
        if hasattr(self, "session"):
            self.run(self._end())
        self.loop.close()

    async def _end(self) -> None:
        await self.session.rollback()
        await self.session.close()
        await self.engine.dispose()

    @property
    def today(self) -> Any:
        return self.at.astimezone(self.zone).date()

    def both(self, account: int, act: ledger.Act, model: Callable[[ModelAccount], Any]) -> tuple[str, Any] | None:
        """Ask the ledger and the model for the same; both do it, or both refuse."""
        self.numbers += 1
        instruction = Instruction(
            member_id=self.members[account],
            currency="points",
            act=act,
            key=f"k{self.numbers}",
            actor="staff:1",
            request_hash=self.numbers.to_bytes(8, "big"),
        )
        self.models[account].forward(self.at)
        try:
            expected = model(self.models[account])
        except Refused:
            with pytest.raises(AppError):
                self.run(perform(self.session, instruction, self.zone))
            return None
        done = self.run(perform(self.session, instruction, self.zone))
        self.models[account].forward(self.at)
        self.last = (instruction, done)
        return instruction.key, expected

    @rule(account=accounts, amount=amounts, days=st.none() | st.integers(0, 90))
    def earn(self, account: int, amount: int, days: int | None) -> None:
        end = None if days is None else self.today + timedelta(days=days)
        act = ledger.Credit(amount=amount, terms=ledger.Terms(expires_on=end))
        done = self.both(account, act, lambda model: model.earn(amount, self.today, end, None, None))
        if done:
            self.given.append({"account": account, "key": done[0], "lot": done[1], "amount": amount, "reversed": 0})

    @rule(account=accounts, amount=amounts, wait=st.sampled_from([1, 7, 30, "parcel", "review"]))
    def earn_later(self, account: int, amount: int, wait: int | str) -> None:
        day = self.today + timedelta(days=wait) if isinstance(wait, int) else None
        event = wait if isinstance(wait, str) else None
        act = ledger.Credit(amount=amount, terms=ledger.Terms(available_on=day, matures_on=event))
        done = self.both(account, act, lambda model: model.earn(amount, self.today, None, day, event))
        if done:
            self.given.append({"account": account, "key": done[0], "lot": done[1], "amount": amount, "reversed": 0})

    @rule(account=accounts, amount=amounts, keep=st.sampled_from([0, 0, 10]))
    def spend(self, account: int, amount: int, keep: int) -> None:
        act = ledger.Spend(amount=amount, keep_at_least=keep)
        done = self.both(account, act, lambda model: model.spend(amount, keep))
        if done:
            self.used.append({"account": account, "key": done[0], "parts": done[1], "amount": amount, "reversed": 0})

    @rule(account=accounts, amount=amounts, minutes=st.sampled_from([None, 1, 60, 3 * 24 * 60, 70 * 24 * 60]))
    def hold(self, account: int, amount: int, minutes: int | None) -> None:
        until = None if minutes is None else self.at + timedelta(minutes=minutes)
        act = ledger.SetAside(amount=amount, minutes=minutes)
        self.both(account, act, lambda model: model.hold(amount, until))

    @rule(account=accounts, hold=st.integers(1, 4), amount=st.none() | amounts, rest=st.booleans())
    def capture(self, account: int, hold: int, amount: int | None, rest: bool) -> None:
        act = ledger.Capture(hold_no=hold, amount=amount, release_rest=rest)
        wanted = 0

        def model(one: ModelAccount) -> Any:
            nonlocal wanted
            wanted = amount or one.held_by(hold)
            return one.capture(hold, wanted, release_rest=rest)

        done = self.both(account, act, model)
        if done:
            self.used.append({"account": account, "key": done[0], "parts": done[1], "amount": wanted, "reversed": 0})

    @rule(account=accounts, hold=st.integers(1, 4), amount=st.none() | amounts)
    def release(self, account: int, hold: int, amount: int | None) -> None:
        act = ledger.Release(hold_no=hold, amount=amount)
        self.both(account, act, lambda model: model.release(hold, amount or model.held_by(hold)))

    @rule(account=accounts, event=st.sampled_from(["parcel", "review"]))
    def mature(self, account: int, event: str) -> None:
        self.both(
            account,
            ledger.Mature(event=event),
            lambda model: model.mature(
                [n for n, lot in model.lots.items() if lot.is_pending and lot.left and lot.waits_for_event == event]
            ),
        )

    @rule(account=accounts, lot=st.integers(1, 6), amount=st.none() | amounts)
    def cancel(self, account: int, lot: int, amount: int | None) -> None:
        def model(one: ModelAccount) -> None:
            one.cancel(lot, amount or (one.lots[lot].left if lot in one.lots else 1))

        self.both(account, ledger.Cancel(lot_no=lot, amount=amount), model)

    @rule(account=accounts, amount=st.integers(-150, 100).filter(bool))
    def adjust(self, account: int, amount: int) -> None:
        def model(one: ModelAccount) -> None:
            if amount > 0:
                one.earn(amount, self.today, None, None, None)
            else:
                one.adjust_down(-amount)

        self.both(account, ledger.Adjust(amount=amount, reason="counted again"), model)

    @precondition(lambda self: self.used)
    @rule(data=st.data(), amount=st.none() | amounts)
    def give_back(self, data: Any, amount: int | None) -> None:
        use = data.draw(st.sampled_from(self.used))
        wanted = amount or use["amount"] - use["reversed"]
        self.reverse(
            use, amount, wanted, lambda model: model.give_back(use["parts"], use["reversed"], wanted, self.today)
        )

    @precondition(lambda self: self.given)
    @rule(data=st.data(), amount=st.none() | amounts)
    def take_back(self, data: Any, amount: int | None) -> None:
        gift = data.draw(st.sampled_from(self.given))
        wanted = amount or gift["amount"] - gift["reversed"]
        self.reverse(gift, amount, wanted, lambda model: model.take_back(wanted, gift["lot"]))

    def reverse(
        self, what: dict[str, Any], amount: int | None, wanted: int, change: Callable[[ModelAccount], Any]
    ) -> None:
        def model(one: ModelAccount) -> None:
            if wanted == 0 or wanted > what["amount"] - what["reversed"]:
                raise Refused
            change(one)

        posted = self.run(self._posted(what))
        act = ledger.Reverse(posted=posted, operation_key=what["key"], amount=amount, reason="returned")
        if self.both(what["account"], act, model) and self.last:
            # A take-back that found too little leaves the rest to be reversed.
            what["reversed"] += sum(abs(entry.amount) for entry in self.last[1].entries)

    async def _posted(self, what: dict[str, Any]) -> Any:
        member = self.members[what["account"]]
        account = (await lock_accounts(self.session, [member], self.zone, codes=["points"]))[member]["points"]
        return await load_posted(self.session, account, what["key"])

    @rule(giver=accounts, amount=amounts)
    def transfer(self, giver: int, amount: int) -> None:
        self.numbers += 1
        wanted: dict[str, Any] = {
            "from_member": self.members[giver],
            "to_member": self.members[1 - giver],
            "currency": "points",
            "amount": amount,
        }
        asked = pairs.Asked(key=f"k{self.numbers}", actor="staff:1", request_hash=b"t", reason="gift")
        source, target = self.models[giver], self.models[1 - giver]
        for model in (source, target):
            model.forward(self.at)
        try:
            parts = source.spend(amount)
        except Refused:
            with pytest.raises(AppError):
                self.run(pairs.transfer(self.session, self.zone, asked, **wanted))
            return
        for number, part in parts:
            target.open(part, source.lots[number].end)
        target.repay()
        self.run(pairs.transfer(self.session, self.zone, asked, **wanted))

    @rule(giver=accounts)
    def merge_and_undo(self, giver: int) -> None:
        """Undone at once, a merge has changed nothing that anybody owns or owes."""
        for model in self.models:
            model.forward(self.at)
        self.run(bring_members_forward(self.session, list(self.members), self.at, self.zone))
        if self.models[giver].holds:
            return
        self.numbers += 1
        key = f"k{self.numbers}"
        asked = pairs.Asked(key=key, actor="staff:1", request_hash=b"m", reason="same person")
        merged = self.run(
            pairs.merge(
                self.session,
                self.zone,
                asked,
                from_member=self.members[giver],
                into_member=self.members[1 - giver],
            )
        )
        source, target = self.models[giver].buckets(), self.models[1 - giver].buckets()
        assert sum(entry.amount for entry in merged.entries) == 0
        if not merged.entries:
            assert source == (0, 0, 0, 0)
            return
        self.run(
            pairs.undo_merge(
                self.session,
                self.zone,
                replace(asked, key=f"u{self.numbers}"),
                member=self.members[giver],
                merge=key,
            )
        )
        # The lots that held it meanwhile are spent; the models' numbering follows the ledger's.
        opened = sum(1 for lot in self.models[giver].lots.values() if lot.left)
        for _ in range(opened):
            self.models[1 - giver].open(0, None)
        assert self.models[giver].buckets() == source
        assert self.models[1 - giver].buckets() == target

    @rule(
        step=st.sampled_from(
            [
                timedelta(minutes=1),
                timedelta(hours=1),
                timedelta(hours=13),
                timedelta(days=1),
                timedelta(days=9),
                timedelta(days=31),
                timedelta(days=61),
            ]
        )
    )
    def wait(self, step: timedelta) -> None:
        self.at += step

    @rule(zone=st.sampled_from(ZONES))
    def move_to_another_zone(self, zone: str) -> None:
        """The shop moves: days that were counted here are counted there from now on."""
        self.zone = ZoneInfo(zone)
        for model in self.models:
            model.zone = self.zone

    @precondition(lambda self: self.last)
    @rule()
    def send_again(self) -> None:
        """The same key and request: the same answer; the same key and another request: refused."""
        assert self.last is not None
        instruction, done = self.last
        again = self.run(perform(self.session, instruction, self.zone))
        assert (again.entries, again.is_replay) == (done.entries, True)
        other = Instruction(**{**vars(instruction), "request_hash": b"other"})
        with pytest.raises(KeyReused):
            self.run(perform(self.session, other, self.zone))

    @invariant()
    def the_ledger_agrees_with_the_model(self) -> None:
        if not hasattr(self, "session"):
            return
        for model in self.models:
            model.forward(self.at)
        self.run(bring_members_forward(self.session, list(self.members), self.at, self.zone))
        for member, model in zip(self.members, self.models, strict=True):
            account, lots = self.run(self._read(member))
            assert account == model.buckets()
            assert lots == {
                number: (lot.left, sum(lot.held.values()), lot.is_pending if lot.left else False)
                for number, lot in model.lots.items()
            }

    async def _read(self, member: int) -> tuple[tuple[int, ...], dict[int, tuple[int, int, bool]]]:
        account = (
            await self.session.execute(
                text(
                    "select available, pending, held, debt from ledger_account where member_id = :m and currency_id = 1"
                ),
                {"m": member},
            )
        ).one()
        lots = await self.session.execute(
            text(
                "select lot_no, remaining, held, state = 'pending' from ledger_lot"
                " where member_id = :m and currency_id = 1"
            ),
            {"m": member},
        )
        return tuple(account), {number: (left, held, pending) for number, left, held, pending in lots}


@pytest.mark.timeout(600)
def test_the_ledger_agrees_with_the_model(worker_database: Urls) -> None:
    """`SHUKE_MODEL_EXAMPLES` makes it a long run."""
    LedgerAgainstModel.url = worker_database.app
    examples = int(os.environ.get("SHUKE_MODEL_EXAMPLES", "40"))
    run_state_machine_as_test(
        LedgerAgainstModel,
        settings=settings(
            max_examples=examples, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
