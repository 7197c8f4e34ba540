"""Single operations on real PostgreSQL: exact effects, repetition by key, and refusals that change nothing."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from shuke.loyalty import ledger
from shuke.loyalty.ledger.due import bring_members_forward
from shuke.loyalty.ledger.errors import (
    AlreadyReversed,
    BalanceCapReached,
    HoldClosed,
    HoldTooSmall,
    LotNotPending,
    NotEnough,
    ReversalOfReversal,
    VersionConflict,
)
from shuke.loyalty.ledger.loading import lock_accounts
from shuke.loyalty.ledger.queries import load_posted
from shuke.loyalty.ledger.testing import ZONE, balances, instruct, two_currencies
from shuke.people.members.testing import enrolled, person
from shuke.platform import clock
from shuke.platform.db import Session
from shuke.platform.errors import AppError
from shuke.platform.idempotency import KeyReused


@pytest.fixture
async def member(session: Session) -> int:
    await two_currencies(session)
    (member_id,) = await enrolled(session, [person()])
    return member_id


async def rows(session: Session) -> list[int]:
    tables = ("ledger_operation", "ledger_entry", "ledger_lot", "ledger_allocation", "ledger_hold", "event")
    return [(await session.execute(text(f"select count(*) from {table}"))).scalar_one() for table in tables]


async def test_a_credit_opens_a_lot_and_a_debit_takes_what_ends_first(session: Session, member: int) -> None:
    late = clock.business_day(clock.now(), ZONE) + timedelta(days=300)
    await instruct(session, member, ledger.Credit(amount=50, terms=ledger.Terms(expires_on=late)))
    await instruct(session, member, ledger.Credit(amount=30, terms=ledger.Terms(expires_on=late - timedelta(days=1))))

    done = await instruct(session, member, ledger.Spend(amount=40))

    (entry,) = done.entries
    assert (entry.version, entry.kind, entry.amount, entry.available_after) == (3, "spend", -40, 40)
    lots = await session.execute(text("select lot_no, remaining, state from ledger_lot order by lot_no"))
    assert [tuple(lot) for lot in lots] == [(1, 40, "open"), (2, 0, "spent")]


async def test_the_same_key_answers_the_same_and_another_body_is_refused(session: Session, member: int) -> None:
    first = await instruct(session, member, ledger.Credit(amount=5), key="k")
    before = await rows(session)

    again = await instruct(session, member, ledger.Credit(amount=5), key="k")
    with pytest.raises(KeyReused):
        await instruct(session, member, ledger.Credit(amount=6), key="k")

    assert (again.entries, again.is_replay, first.is_replay) == (first.entries, True, False)
    assert await rows(session) == before


async def test_a_hold_is_captured_in_parts_and_released(session: Session, member: int) -> None:
    await instruct(session, member, ledger.Credit(amount=100))
    hold = (await instruct(session, member, ledger.SetAside(amount=60, minutes=10))).entries[0].hold_no
    assert hold == 1
    assert await balances(session, member) == (40, 0, 60, 0)

    await instruct(session, member, ledger.Capture(hold_no=1, amount=25))
    assert await balances(session, member) == (40, 0, 35, 0)
    await instruct(session, member, ledger.Release(hold_no=1, amount=5))
    assert await balances(session, member) == (45, 0, 30, 0)
    await instruct(session, member, ledger.Capture(hold_no=1, amount=10, release_rest=True))

    assert await balances(session, member) == (65, 0, 0, 0)
    state = (await session.execute(text("select state, remaining, parts from ledger_hold"))).one()
    assert tuple(state) == ("released", 0, {})


async def test_a_hold_times_out_and_what_ended_meanwhile_expires_at_once(session: Session, member: int) -> None:
    today = clock.business_day(clock.now(), ZONE)
    await instruct(session, member, ledger.Credit(amount=10, terms=ledger.Terms(expires_on=today)))
    await instruct(session, member, ledger.SetAside(amount=10, minutes=3 * 24 * 60))

    clock.set_offset(timedelta(days=2))
    await instruct(session, member, ledger.Credit(amount=1))
    assert await balances(session, member) == (1, 0, 10, 0)
    clock.set_offset(timedelta(days=4))
    await instruct(session, member, ledger.Credit(amount=1))

    assert await balances(session, member) == (2, 0, 0, 0)
    kinds = await session.execute(text("select kind from ledger_entry order by version"))
    assert list(kinds.scalars()) == ["earn", "hold", "earn", "release", "expire", "earn"]


async def test_pending_value_matures_on_its_day_or_its_event_or_is_cancelled(session: Session, member: int) -> None:
    today = clock.business_day(clock.now(), ZONE)
    await instruct(
        session, member, ledger.Credit(amount=10, terms=ledger.Terms(available_on=today + timedelta(days=3)))
    )
    await instruct(session, member, ledger.Credit(amount=20, terms=ledger.Terms(matures_on="parcel received")))
    lot = (await instruct(session, member, ledger.Credit(amount=7, terms=ledger.Terms(matures_on="x")))).entries[0]
    assert await balances(session, member) == (0, 37, 0, 0)

    await instruct(session, member, ledger.Mature(event="parcel received"))
    await instruct(session, member, ledger.Cancel(lot_no=lot.lot_no or 0, amount=3))
    assert await balances(session, member) == (20, 14, 0, 0)
    clock.set_offset(timedelta(days=3, hours=1))
    await instruct(session, member, ledger.Cancel(lot_no=lot.lot_no or 0))

    assert await balances(session, member) == (30, 0, 0, 0)
    with pytest.raises(LotNotPending):
        await instruct(session, member, ledger.Cancel(lot_no=1))


async def test_what_was_used_goes_back_into_its_lots_and_never_more(session: Session, member: int) -> None:
    late = clock.business_day(clock.now(), ZONE) + timedelta(days=300)
    await instruct(session, member, ledger.Credit(amount=50, terms=ledger.Terms(expires_on=late)))
    await instruct(session, member, ledger.Credit(amount=30, terms=ledger.Terms(expires_on=late - timedelta(days=1))))
    await instruct(session, member, ledger.Spend(amount=70), key="spent")

    await reverse(session, member, "spent", 45)

    lots = await session.execute(text("select remaining, state from ledger_lot order by lot_no"))
    assert [tuple(lot) for lot in lots] == [(50, "open"), (5, "open")]
    with pytest.raises(AlreadyReversed):
        await reverse(session, member, "spent", 26)
    done = await reverse(session, member, "spent", None)
    assert done.entries[0].amount == 25
    assert await balances(session, member) == (80, 0, 0, 0)
    with pytest.raises(ReversalOfReversal):
        await reverse(session, member, done.operation, None)


async def test_reversing_a_credit_takes_its_own_lot_then_others_then_makes_debt(session: Session, member: int) -> None:
    await instruct(session, member, ledger.Credit(amount=50), key="given")
    await instruct(session, member, ledger.Credit(amount=20))
    await instruct(session, member, ledger.Spend(amount=40))

    await reverse(session, member, "given", None)

    assert await balances(session, member) == (0, 0, 0, 20)


async def reverse(session: Session, member: int, key: str, amount: int | None) -> ledger.Done:
    account = (await lock_accounts(session, [member], ZONE, codes=["points"]))[member]["points"]
    posted = await load_posted(session, account, key)
    return await instruct(
        session, member, ledger.Reverse(posted=posted, operation_key=key, amount=amount, reason="wrong till")
    )


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        (ledger.Spend(amount=101), NotEnough),
        (ledger.Spend(amount=100, keep_at_least=1), NotEnough),
        (ledger.SetAside(amount=101), NotEnough),
        (ledger.Capture(hold_no=9), HoldClosed),
        (ledger.Release(hold_no=9), HoldClosed),
        (ledger.Capture(hold_no=1, amount=6), HoldTooSmall),
        (ledger.Cancel(lot_no=1), LotNotPending),
    ],
)
async def test_a_refusal_says_why_and_changes_nothing(
    session: Session, member: int, act: ledger.Act, refusal: type[AppError]
) -> None:
    await instruct(session, member, ledger.Credit(amount=105))
    await instruct(session, member, ledger.SetAside(amount=5))
    before = await rows(session), await balances(session, member)

    with pytest.raises(refusal):
        await instruct(session, member, act)

    assert (await rows(session), await balances(session, member)) == before


async def test_an_account_that_moved_is_refused_when_the_caller_named_a_version(session: Session, member: int) -> None:
    await instruct(session, member, ledger.Credit(amount=1))

    with pytest.raises(VersionConflict):
        await instruct(session, member, ledger.Credit(amount=1), if_version=0)
    await instruct(session, member, ledger.Credit(amount=1), if_version=1)

    assert await balances(session, member) == (2, 0, 0, 0)


async def test_a_cap_cuts_a_credit_or_refuses_it(session: Session, member: int) -> None:
    await session.execute(text("update ledger_currency set balance_cap = 10 where code = 'points'"))

    done = await instruct(session, member, ledger.Credit(amount=15))
    assert done.entries[0].amount == 10
    nothing = await instruct(session, member, ledger.Credit(amount=1), key="full")
    assert nothing.entries == ()
    assert (await instruct(session, member, ledger.Credit(amount=1), key="full")).is_replay
    await session.execute(text("update ledger_currency set cap_mode = 'reject' where code = 'points'"))
    with pytest.raises(BalanceCapReached):
        await instruct(session, member, ledger.Credit(amount=1))

    assert await balances(session, member) == (10, 0, 0, 0)


async def test_a_shop_that_moves_ends_its_days_where_it_is_now(session: Session, member: int) -> None:
    today = clock.business_day(clock.now(), ZONE)
    await instruct(session, member, ledger.Credit(amount=9, terms=ledger.Terms(expires_on=today)))
    end_here = clock.start_of_day(today + timedelta(days=1), ZONE)
    west = ZoneInfo("America/New_York")

    await bring_members_forward(session, [member], end_here, west)
    assert await balances(session, member) == (9, 0, 0, 0)
    looked_at = (await session.execute(text("select due_at from ledger_account where currency_id = 1"))).scalar_one()
    assert looked_at == clock.start_of_day(today + timedelta(days=1), west)
    await bring_members_forward(session, [member], looked_at, west)

    assert await balances(session, member) == (0, 0, 0, 0)
