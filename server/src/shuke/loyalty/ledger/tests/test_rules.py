"""The pure core of the ledger against a small model: a dict of what each lot should hold."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from shuke.loyalty.ledger.rules import (
    FIRST_HASH,
    Account,
    Currency,
    ExpiryPolicy,
    NegativePolicy,
    Operation,
    bring_forward,
    credit,
    end_of,
    expires_on,
    take_back,
)
from shuke.platform import clock

LONDON = ZoneInfo("Europe/London")
SIX_MONTHS = ExpiryPolicy("after", months=6, round_to="month")


def points(negative: NegativePolicy | None = None) -> Currency:
    return Currency(1, "points", SIX_MONTHS, negative or NegativePolicy("unlimited"), 1_000_000)


def act(key: str, at: datetime, *, order: int | None = None) -> Operation:
    kind = "order" if order is not None else None
    return Operation(key, "order", at, clock.business_day(at, LONDON), at, "system:0", b"", kind, order)


@pytest.mark.parametrize(
    ("earned_on", "last_day"),
    [
        (date(2011, 1, 15), date(2011, 7, 31)),
        (date(2011, 8, 31), date(2012, 2, 29)),
        (date(2010, 8, 31), date(2011, 2, 28)),
        (date(2011, 6, 30), date(2011, 12, 31)),
    ],
)
def test_points_last_to_the_end_of_the_sixth_month(earned_on: date, last_day: date) -> None:
    assert expires_on(SIX_MONTHS, earned_on) == last_day
    assert end_of(last_day, LONDON).astimezone(LONDON).time().isoformat() == "00:00:00"


@pytest.mark.parametrize(
    ("round_to", "last_day"),
    [
        ("day", date(2024, 3, 29)),
        ("month", date(2024, 3, 31)),
        ("quarter", date(2024, 3, 31)),
        ("half_year", date(2024, 6, 30)),
        ("year", date(2024, 12, 31)),
    ],
)
def test_an_end_is_rounded_up_to_the_end_of_its_period(round_to: str, last_day: date) -> None:
    policy = ExpiryPolicy("after", months=1, round_to=round_to)  # type: ignore[arg-type]  # parametrised text

    assert expires_on(policy, date(2024, 2, 29)) == last_day


def test_a_lot_lives_to_the_last_instant_of_its_local_day_across_summer_time() -> None:
    account = Account(1, points(), LONDON)
    credit(account, act("a", datetime(2011, 3, 26, 12, tzinfo=UTC)), 10, explanation={})
    # 30 September 2011 ends at 23:00 UTC: London keeps summer time.
    last = datetime(2011, 9, 30, 22, 59, 59, 999999, tzinfo=UTC)

    assert bring_forward(account, last, last) == []
    done = bring_forward(account, last + timedelta(microseconds=1), last)

    assert [operation.business_day for operation in done] == [date(2011, 9, 30)]
    assert account.available == 0


def test_a_take_back_draws_on_its_own_order_then_on_the_lot_that_expires_first_then_makes_debt() -> None:
    account = Account(1, points(), LONDON)
    for month, order in ((1, 11), (2, 12), (3, 13)):
        at = datetime(2011, month, 10, tzinfo=UTC)
        credit(account, act(f"o{order}", at, order=order), 100, explanation={})

    at = datetime(2011, 4, 1, tzinfo=UTC)
    entry = take_back(account, act("r", at), 350, origin_ids=[13], explanation={})

    assert entry is not None
    assert [(part.lot_no, part.amount) for part in account.allocations] == [(3, -100), (1, -100), (2, -100)]
    assert (account.available, account.debt, entry.amount) == (0, 50, -350)
    assert entry.explanation == {"to_debt": 50, "forgiven": 0}


@pytest.mark.parametrize(
    ("policy", "debt", "amount"),
    [
        (NegativePolicy("refuse"), 0, -100),
        (NegativePolicy("debt", limit=30), 30, -130),
        (NegativePolicy("unlimited"), 200, -300),
    ],
)
def test_the_negative_policy_decides_what_becomes_debt(policy: NegativePolicy, debt: int, amount: int) -> None:
    account = Account(1, points(policy), LONDON)
    at = datetime(2011, 1, 1, tzinfo=UTC)
    credit(account, act("a", at, order=1), 100, explanation={})

    entry = take_back(account, act("b", at), 300, origin_ids=[1], explanation={})

    assert entry is not None
    assert (account.debt, entry.amount, account.available) == (debt, amount, 0)


def test_debt_is_repaid_by_the_next_credit_before_anything_is_available() -> None:
    account = Account(1, points(), LONDON)
    at = datetime(2011, 1, 1, tzinfo=UTC)
    take_back(account, act("r", at), 40, origin_ids=[], explanation={})

    credit(account, act("a", at, order=1), 100, explanation={})

    assert (account.available, account.debt, account.balance) == (60, 0, 60)
    assert account.opened_lots[0].remaining == 60


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=20))
def test_hashes_chain_from_the_first_entry_to_the_head(amounts: list[int]) -> None:
    account = Account(1, points(), LONDON)
    at = datetime(2011, 1, 1, tzinfo=UTC)
    for number, amount in enumerate(amounts):
        credit(account, act(f"a{number}", at), amount, explanation={})

    previous = FIRST_HASH
    for entry in account.entries:
        assert entry.previous_hash == previous
        previous = entry.hash
    assert account.head_hash == previous
    assert len({entry.hash for entry in account.entries}) == len(amounts)


class AccountAgainstModel(RuleBasedStateMachine):
    """Credits, take-backs and a clock that only goes forward, beside a model that knows nothing of lots."""

    def __init__(self) -> None:
        super().__init__()
        self.account = Account(1, points(), LONDON)
        self.at = datetime(2011, 1, 1, tzinfo=UTC)
        self.number = 0
        self.balance = 0
        # The model: what each expiry day still holds, or what is owed.
        self.by_end: dict[datetime, int] = {}
        self.debt = 0

    @rule(amount=st.integers(1, 500), order=st.integers(1, 5))
    def earn(self, amount: int, order: int) -> None:
        self.number += 1
        credit(
            self.account,
            act(f"e{self.number}", self.at, order=order),
            amount,
            explanation={},
        )
        repaid = min(self.debt, amount)
        self.debt -= repaid
        day = expires_on(SIX_MONTHS, clock.business_day(self.at, LONDON))
        assert day is not None
        end = end_of(day, LONDON)
        self.by_end[end] = self.by_end.get(end, 0) + amount - repaid

    @rule(amount=st.integers(1, 800))
    def take(self, amount: int) -> None:
        self.number += 1
        take_back(self.account, act(f"t{self.number}", self.at), amount, origin_ids=[], explanation={})
        for end in sorted(self.by_end):
            part = min(self.by_end[end], amount)
            self.by_end[end] -= part
            amount -= part
        self.debt += amount

    @rule(days=st.integers(1, 120))
    def wait(self, days: int) -> None:
        self.at += timedelta(days=days)
        bring_forward(self.account, self.at, self.at)
        self.by_end = {end: amount for end, amount in self.by_end.items() if end > self.at}

    @invariant()
    def the_account_agrees_with_the_model(self) -> None:
        assert self.account.available == sum(self.by_end.values())
        assert self.account.debt == self.debt

    @invariant()
    def the_balance_is_what_the_lots_hold_less_the_debt(self) -> None:
        assert self.account.balance == sum(lot.remaining for lot in self.account.lots) - self.account.debt
        assert all(lot.remaining > 0 for lot in self.account.lots)
        assert self.account.available == 0 or self.account.debt == 0

    @invariant()
    def versions_have_no_gap_and_amounts_add_up(self) -> None:
        assert [entry.version for entry in self.account.entries] == list(range(1, self.account.version + 1))
        assert sum(entry.amount for entry in self.account.entries) == self.account.balance


TestAccountAgainstModel = AccountAgainstModel.TestCase
