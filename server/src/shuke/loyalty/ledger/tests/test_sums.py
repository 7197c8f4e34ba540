"""What accounts gained: given and taken back count, spending and expiry do not."""

from datetime import UTC, date, datetime, timedelta

import pytest

from shuke.foundation.organization.testing import a_shop
from shuke.loyalty import ledger
from shuke.loyalty.ledger.testing import AT, credited, expired, instruct, operation, taken_back, two_currencies
from shuke.people.members.testing import enrolled, external, person
from shuke.platform import clock

ON = date(2026, 3, 1)


@pytest.fixture
async def members_of(session):
    await a_shop(session)
    await two_currencies(session)
    clock.set_offset(datetime(2026, 3, 10, 4, tzinfo=UTC) - clock.wall())
    return [(await enrolled(session, [person("王小明", external(key))]))[0] for key in ("1", "2")]


async def test_gains_are_summed_by_member_and_day_without_what_was_spent_or_expired(session, members_of):
    one, other = members_of
    await credited(session, one, 100, operation("a"))
    await credited(session, one, 30, operation("b", AT + timedelta(hours=1)))
    await credited(session, one, 7, operation("c", AT + timedelta(days=5)))
    await credited(session, one, 500, operation("d"), currency="growth")
    await credited(session, other, 11, operation("e"))
    await taken_back(session, one, 20, operation("f", AT + timedelta(days=1), kind="refund"))
    await instruct(session, one, ledger.Spend(amount=10))
    await instruct(session, one, ledger.Adjust(amount=-4, reason="错记"))
    await expired(session, one, datetime(2027, 1, 1, tzinfo=UTC))

    found = await ledger.daily_sums(session, [one, other], "points", ON)
    later = await ledger.daily_sums(session, [one], "points", date(2026, 3, 2))
    totals = await ledger.total_sums(session, [one, other], "points")

    days = {(row.member_id, row.business_day): row.amount for row in found}
    assert days == {
        (one, ON): 130,
        (one, date(2026, 3, 2)): -20,
        (one, date(2026, 3, 6)): 7,
        (one, date(2026, 3, 10)): -4,
        (other, ON): 11,
    }
    assert {row.business_day for row in later} == {date(2026, 3, 2), date(2026, 3, 6), date(2026, 3, 10)}
    assert totals == {one: 113, other: 11}
    assert await ledger.total_sums(session, [one], "growth") == {one: 500}
