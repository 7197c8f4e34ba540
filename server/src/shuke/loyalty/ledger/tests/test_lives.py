"""How long value lives, in the pure core: inactivity, waiting value, caps, merges that come after use."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from shuke.loyalty.ledger.rules import (
    Account,
    BalanceCap,
    Currency,
    ExpiryPolicy,
    NegativePolicy,
    Operation,
    PendingPolicy,
    Posted,
    Terms,
    bring_forward,
    capture,
    credit,
    hold,
    mature,
    merge,
    reverse,
    spend,
    take_back,
    transfer,
    undo_merge,
)

LONDON = ZoneInfo("Europe/London")
START = datetime(2026, 1, 10, 12, tzinfo=UTC)
IDLE = ExpiryPolicy("inactivity", months=6, resets=("spend", "mature"))


def currency(expiry: ExpiryPolicy, **more: object) -> Currency:
    return Currency(1, "points", expiry, NegativePolicy("unlimited"), 0, **more)  # type: ignore[arg-type]  # of the test


def account(kind: Currency, member: int = 1) -> Account:
    return Account(member, kind, LONDON)


def act(key: str, at: datetime = START, kind: str = "credit") -> Operation:
    return Operation(key, kind, at, at.astimezone(LONDON).date(), at, "staff:1", b"")


def posted(one: Account, version: int) -> Posted:
    """An entry of the past, as it would be read."""
    entry = one.entries[version - 1]
    parts = {part.lot_no: part.amount for part in one.allocations if part.version == version}
    touched = {lot.lot_no: lot for lot in [*one.opened_lots] if lot.lot_no in parts or lot.opened_version == version}
    return Posted(
        version=version,
        kind=entry.kind,
        contra=entry.contra,
        amount=entry.amount,
        reverses_version=None,
        reversed_amount=0,
        reversal_count=0,
        parts=parts,
        lots=touched,
    )


def test_what_an_idle_account_is_given_begins_a_new_life() -> None:
    one = account(currency(IDLE))
    credit(one, act("a"), 10, explanation={})
    later = START + timedelta(days=800)
    bring_forward(one, later, later)
    assert one.available == 0

    credit(one, act("b", later), 7, explanation={})
    bring_forward(one, later, later, floor=later)
    assert one.available == 7
    bring_forward(one, later + timedelta(days=200), later)

    assert one.available == 0


def test_an_account_that_receives_everything_is_as_lively_as_the_livelier_one() -> None:
    idle, lively = account(currency(IDLE)), account(currency(IDLE), 2)
    credit(idle, act("a"), 10, explanation={})
    later = START + timedelta(days=150)
    credit(lively, act("b", later), 5, explanation={})

    merge(lively, idle, act("m", later, "merge"), act("m", later, "merge"), explanation={})
    bring_forward(idle, START + timedelta(days=200), later)

    assert idle.available == 15


def test_what_a_maturity_keeps_alive_does_not_end_whenever_the_work_is_done() -> None:
    def done(step: timedelta) -> int:
        one = account(currency(IDLE))
        credit(one, act("a"), 100, explanation={})
        credit(one, act("b"), 10, terms=Terms(available_on=date(2026, 7, 1)), explanation={})
        at = START
        while at < datetime(2026, 9, 1, tzinfo=UTC):
            at += step
            bring_forward(one, at, at)
        return one.available

    assert done(timedelta(days=1)) == done(timedelta(days=240)) == 110


def test_pending_value_ends_with_its_day_when_its_event_never_comes() -> None:
    one = account(currency(ExpiryPolicy("none"), pending=PendingPolicy("event", event="parcel")))
    credit(one, act("a"), 10, terms=Terms(expires_on=date(2026, 2, 1), matures_on="parcel"), explanation={})

    bring_forward(one, datetime(2026, 2, 2, tzinfo=UTC), START)

    assert (one.pending, one.available, one.balance) == (0, 0, 0)
    assert one.entries[-1].kind == "expire"


def test_an_order_is_cut_by_a_cap_that_refuses_people() -> None:
    one = account(currency(ExpiryPolicy("none"), cap=BalanceCap(30, "reject")))

    entry = credit(one, act("order", kind="order"), 50, may_refuse=False, explanation={})

    assert entry is not None
    assert (entry.amount, one.balance) == (30, 30)


def test_a_capture_goes_back_into_the_lots_it_came_from_though_its_rest_repaid_debt() -> None:
    one = account(currency(ExpiryPolicy("none")))
    soon, late = Terms(expires_on=date(2026, 2, 1)), Terms(expires_on=date(2026, 12, 1))
    credit(one, act("a"), 20, terms=soon, explanation={})
    credit(one, act("b"), 40, terms=late, explanation={})
    hold(one, act("h"), 60, until=None, explanation={})
    take_back(one, act("r"), 30, explanation={})
    capture(one, act("c"), 1, 20, release_rest=True, explanation={})
    assert (one.available, one.held, one.debt) == (10, 0, 0)
    captured = next(entry.version for entry in one.entries if entry.kind == "capture")

    reverse(one, act("back"), posted(one, captured), None, explanation={})

    assert [lot.remaining for lot in one.opened_lots] == [20, 10]


def test_undoing_a_merge_does_not_give_back_debt_that_the_merged_value_has_repaid() -> None:
    kind = currency(ExpiryPolicy("none"))
    source, target = account(kind), account(kind, 2)
    credit(source, act("a"), 100, terms=Terms(matures_on="parcel"), explanation={})
    take_back(source, act("r"), 60, explanation={}, origin_ids=())
    assert (source.pending, source.debt) == (100, 60)
    merge(source, target, act("m", kind="merge"), act("m", kind="merge"), explanation={})
    mature(target, act("p"), {1})
    assert (target.available, target.debt) == (40, 0)

    out, into = posted(source, source.version), posted(target, 1)
    undo_merge(source, target, act("u"), act("u"), out.bound_to(source), into.bound_to(target), debt=60, explanation={})

    assert (source.balance, target.balance) == (40, 0)
    assert (source.debt, target.debt) == (0, 0)


def test_a_transfer_keeps_its_end_and_both_sides_sum_to_zero() -> None:
    kind = currency(ExpiryPolicy("after", days=30))
    source, target = account(kind), account(kind, 2)
    credit(source, act("a"), 10, explanation={})
    later = START + timedelta(days=20)

    out, into = transfer(source, target, act("t", later), act("t", later), 4, explanation={})
    spend(source, act("s", later), 6, explanation={})

    assert out.amount + into.amount == 0
    assert [lot.expires_on for lot in target.lots] == [date(2026, 2, 9)]
