"""What lists show of members follows the ledger, whoever moved it and in whatever order it is heard of."""

from datetime import date

import pytest
from sqlalchemy import text

from shuke.foundation.organization.testing import a_shop
from shuke.loyalty import ledger
from shuke.loyalty.ledger.handlers import write_member_facts
from shuke.loyalty.ledger.module import MODULE
from shuke.loyalty.ledger.testing import AT, credited, instruct, operation, taken_back, two_currencies
from shuke.people import members
from shuke.people.members.testing import enrolled, external, person
from shuke.platform import consumers
from shuke.platform.events import StoredEvent

FIRST, SECOND = date(2099, 5, 31), date(2099, 6, 30)


@pytest.fixture
async def two(session):
    await a_shop(session)
    await two_currencies(session)
    return await enrolled(session, [person("A", external("1")), person("B", external("2"))])


def heard(*member_ids):
    """Events as the consumer reads them: whose they are is all that it takes from them."""
    return [
        StoredEvent(id=number, transaction_id=1, name="balance.used", member_id=one, occurred_at=AT, body={})
        for number, one in enumerate(member_ids)
    ]


async def facts(session, member_id):
    row = await session.execute(
        text(
            "select points_available, points_debt, growth, points_expiring_on, xmin::text as written_by "
            "from member_summary where member_id = :member"
        ),
        {"member": member_id},
    )
    return row.one()


async def test_adjustments_and_use_outside_the_till_reach_the_list(database):
    async with database.transaction() as session:
        await a_shop(session)
        await two_currencies(session)
        (member_id,) = await enrolled(session, [person()])
        await instruct(session, member_id, ledger.Credit(amount=50, terms=ledger.Terms(expires_on=SECOND)))
        await instruct(session, member_id, ledger.Credit(amount=20, terms=ledger.Terms(expires_on=FIRST)))
        await instruct(session, member_id, ledger.Adjust(amount=9, reason="opened late"), currency="growth")
        await instruct(session, member_id, ledger.SetAside(amount=25))

    await consumers.run_until_idle(database, MODULE.consumers)
    async with database.transaction() as session:
        before = await facts(session, member_id)
        await instruct(session, member_id, ledger.Adjust(amount=-60, reason="counted twice"))
    await consumers.run_until_idle(database, MODULE.consumers)
    async with database.transaction() as session:
        after = await facts(session, member_id)

    # All that ends first is set aside: what can be used ends with the second day.
    assert tuple(before)[:4] == (45, 0, 9, SECOND)
    assert tuple(after)[:4] == (0, 15, 9, None)


async def test_heard_twice_and_in_another_order_comes_to_the_same_and_writes_once(session, two):
    first, second = two
    await credited(session, first, 30, operation("a"))
    await credited(session, second, 5, operation("b"))
    await taken_back(session, second, 8, operation("c"))

    await write_member_facts(session, heard(second, first, second))
    once = [await facts(session, member_id) for member_id in two]
    await session.execute(text("savepoint again"))
    await write_member_facts(session, heard(first, second))
    twice = [await facts(session, member_id) for member_id in two]

    assert [tuple(row)[:4] for row in once] == [(30, 0, 0, date(2026, 9, 30)), (0, 3, 0, None)]
    # A second write would have come from the later subtransaction.
    assert twice == once


async def test_what_else_is_known_of_a_member_stays(session, two):
    await members.write_facts(session, [members.FactsRow(member_id=two[0], order_count=3, tier_code="gold")])
    await credited(session, two[0], 30, operation("a"))

    await write_member_facts(session, heard(two[0]))

    row = await session.execute(
        text("select order_count, tier_code, points_available from member_summary where member_id = :member"),
        {"member": two[0]},
    )
    assert tuple(row.one()) == (3, "gold", 30)
    assert tuple(await facts(session, two[1]))[:4] == (0, 0, 0, None)


async def test_members_without_accounts_and_unknown_ones_are_passed_over(session, two):
    await write_member_facts(session, heard(two[0], 987_654))

    assert tuple(await facts(session, two[0]))[:4] == (0, 0, 0, None)


async def test_points_that_end_by_inactivity_end_all_on_one_day(session, two):
    await session.execute(
        text("update ledger_currency set expiry = cast(:policy as jsonb) where code = 'points'"),
        {"policy": '{"kind": "inactivity", "months": 12, "resets": ["spend"]}'},
    )
    await credited(session, two[0], 30, operation("a"))

    await write_member_facts(session, heard(two[0]))

    assert tuple(await facts(session, two[0]))[:4] == (30, 0, 0, date(2027, 3, 1))
