"""Tickets: what this shop has signed, and nothing else, in its time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuke.loyalty.coupons.rush.errors import TicketInvalid, TicketOver, TicketTooEarly
from shuke.loyalty.coupons.rush.tickets import LONGEST, Ticket, new_ticket, read_ticket, require_its_time
from shuke.loyalty.coupons.testing import set_clock
from shuke.platform import keys
from shuke.platform.keys import KeyRing

NOW = datetime(2026, 11, 11, tzinfo=UTC)
LATER = NOW + timedelta(minutes=10)


def a_ticket(template_id: int = 7, member_id: int = 42) -> str:
    return new_ticket(template_id, member_id, opens_at=NOW, closes_at=LATER)


def test_a_ticket_says_what_it_was_made_for():
    found = read_ticket(a_ticket())

    assert found == Ticket(7, 42, int(NOW.timestamp()), int(LATER.timestamp()), found.nonce)
    assert len(found.nonce) == 16
    assert found.grant_key == f"ticket:7:{found.nonce}"


def test_two_tickets_of_a_member_are_two_keys():
    assert read_ticket(a_ticket()).grant_key != read_ticket(a_ticket()).grant_key


@given(st.data())
def test_no_changed_ticket_is_taken(data: st.DataObject):
    text = a_ticket()
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda one: one != text[place]))

    with pytest.raises(TicketInvalid):
        read_ticket(text[:place] + other + text[place + 1 :])


@given(st.text(max_size=LONGEST))
def test_nothing_else_is_a_ticket(text: str):
    with pytest.raises(TicketInvalid):
        read_ticket(text)


def test_another_shop_has_other_keys():
    text = a_ticket()
    keys.use(KeyRing.throwaway())

    with pytest.raises(TicketInvalid):
        read_ticket(text)


def test_the_longest_ticket_fits():
    last = datetime(9999, 12, 31, tzinfo=UTC)

    assert len(new_ticket(10**18 - 1, 10**18 - 1, opens_at=last, closes_at=last)) <= LONGEST


@pytest.mark.parametrize(
    ("at", "refusal"),
    [
        (NOW - timedelta(seconds=1), TicketTooEarly),
        (NOW, None),
        (LATER - timedelta(seconds=1), None),
        (LATER, TicketOver),
    ],
)
def test_a_ticket_has_its_time(at: datetime, refusal: type[Exception] | None):
    set_clock(at)
    ticket = read_ticket(a_ticket())

    if refusal is None:
        require_its_time(ticket)
    else:
        with pytest.raises(refusal):
            require_its_time(ticket)
