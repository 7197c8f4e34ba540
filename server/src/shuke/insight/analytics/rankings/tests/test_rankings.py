"""Rankings: sums that do not depend on the order in which orders become known, and what is shown of them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st

from shuke.commerce.orders.testing import stored
from shuke.foundation.organization.testing import an_employee, narrowed
from shuke.insight.analytics.module import MODULE
from shuke.insight.analytics.rankings.sums import First, Place, RankBatch, RankSums, add_ranks, correct_firsts
from shuke.main.testing import signed_in
from shuke.people.members import MemberSource, NewIdentity, NewMember
from shuke.people.members.testing import enrolled
from shuke.platform import clock
from shuke.platform.consumers import run_until_idle
from shuke.platform.db import Database
from shuke.platform.events import StoredEvent

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 3, 1, 4, tzinfo=UTC)


def order(number: int, member_id: int, hours: int, store_id: int, employee_id: int, gross: int = 100) -> StoredEvent:
    at = START + timedelta(hours=hours)
    body = {
        "order_id": number,
        "store_id": store_id,
        "employee_id": employee_id or None,
        "business_day": clock.business_day(at, ZONE).isoformat(),
        "currency": "CNY",
        "gross_minor": gross,
    }
    name = "order.paid" if gross >= 0 else "order.refunded"
    return StoredEvent(id=number, transaction_id=1, name=name, member_id=member_id, occurred_at=at, body=body)


events = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 40), st.integers(0, 2), st.integers(0, 2), st.integers(-5, 9)),
    max_size=25,
).map(lambda rows: [order(place, *row) for place, row in enumerate(rows, 1)])


def taken(batches: Sequence[Sequence[StoredEvent]]) -> dict[Place, RankSums]:
    """The sums after several batches, as the tables would hold them."""
    known: dict[int, First] = {}
    total = RankBatch()
    for batch in batches:
        found = add_ranks(batch, ZONE)
        known |= correct_firsts(found, known)
        for place, sums in found.days.items():
            here = total.at(place)
            for name in RankSums.__slots__:
                setattr(here, name, getattr(here, name) + getattr(sums, name))
    return dict(total.days)


@given(events, st.randoms(use_true_random=False), st.integers(1, 6))
def test_late_orders_end_in_the_same_sums(found: list[StoredEvent], chance: Random, size: int) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)
    parts = [shuffled[at : at + size] for at in range(0, len(shuffled), size)]

    whole, pieces = taken([found]), taken(parts)

    assert {place: one for place, one in pieces.items() if one != RankSums()} == whole
    members = {event.member_id for event in found if event.member_id and event.name == "order.paid"}
    assert sum(one.first_orders for one in whole.values()) == len(members)


async def test_a_ranking_says_who_was_best_and_how_it_was_before(app: FastAPI, database: Database) -> None:
    async with database.transaction() as session:
        li = await an_employee(session, "LI", store="A")
        wang = await an_employee(session, "WANG", store="B")
        (member_id, _) = await enrolled(
            session,
            [
                NewMember(
                    identities=(NewIdentity(kind="external", source="till", value=f"{number}"),),
                    joined_at=START,
                    source=MemberSource(store_id=li.store_id, employee_id=li.id),
                )
                for number in range(2)
            ],
        )
        for number, (person, day, price) in enumerate(
            [(li, 1, "100"), (wang, 2, "30"), (li, 8, "10"), (wang, 9, "50"), (wang, 9, "20")]
        ):
            await stored(
                session,
                str(number),
                [("A1", "1", price)],
                member_id=member_id if price != "20" else 0,
                placed_at=datetime(2026, 3, day, 4, tzinfo=UTC),
                store_id=person.store_id,
                employee_id=person.id,
            )
    await run_until_idle(database, [one for one in MODULE.consumers if one.name == "analytics.rankings"])

    async with signed_in(app, database, role="viewer") as browser:
        query = {"from": "2026-03-08", "to": "2026-03-14"}
        employees = (await browser.get("/v1/rankings/employees", params=query)).json()
        stores = (await browser.get("/v1/rankings/stores", params={"from": "2026-03-01", "to": "2026-03-07"})).json()
        async with database.transaction() as session:
            await narrowed(session, role="viewer", stores=[li.store_id or 0])
        seen = (await browser.get("/v1/rankings/stores", params=query)).json()
        async with database.transaction() as session:
            await narrowed(session, role="viewer", employee_id=wang.id)
        own = (await browser.get("/v1/rankings/employees", params=query)).json()

    first, second = employees["items"]
    assert (first["name"], first["rank"], first["previous_rank"], first["note"]) == ("WANG", 1, 2, "B")
    assert first["now"] == {
        "members_gained": 0,
        "net_sales_minor": 7000,
        "orders": 2,
        "average_order_minor": 3500,
        "returning_share": 10_000,
    }
    assert (second["name"], second["now"]["net_sales_minor"], second["previous"]["net_sales_minor"]) == (
        "LI",
        1000,
        10000,
    )
    assert {one["name"]: (one["now"]["members_gained"], one["now"]["returning_share"]) for one in stores["items"]} == {
        "A": (2, 0),
        "B": (0, 10_000),
    }
    assert [one["name"] for one in seen["items"]] == ["A"]
    assert [one["name"] for one in own["items"]] == ["WANG"]
    assert date.fromisoformat(employees["previous"]["from"]) == date(2026, 3, 1)
