"""The chain is what its truth says, and the same for everybody."""

from collections import Counter
from datetime import date
from hashlib import sha256
from math import sqrt
from zoneinfo import ZoneInfo

import orjson
import pytest

from shuke.main.demo import truth
from shuke.main.demo.chain.baskets import goods_minor
from shuke.main.demo.chain.days import DAYS, MONTH, day_of, demand_of, discount_on
from shuke.main.demo.chain.goods import CATEGORIES, articles
from shuke.main.demo.chain.people import Person, people
from shuke.main.demo.chain.sales import Document, generate

COUNT = 4_000
# The chain of sixty members. Changes with the truth alone, and then on purpose.
SIXTY = "3483b5335369e3aa9319c03960ab66e46061366a3cdd05abeb4c2ad78d141c22"
ZONE = ZoneInfo(truth.TIME_ZONE)

Drawn = tuple[list[Person], list[Document]]


@pytest.fixture(scope="module")
def drawn() -> Drawn:
    return generate(COUNT)


def digest(drawn: Drawn) -> str:
    persons, documents = drawn
    told = [[one.customer, one.kind.code, one.joined, one.store, one.employee] for one in persons]
    happened = [
        [
            one.number, one.at.isoformat(), one.customer, one.store, one.employee, one.lines, one.points,
            one.coupon_minor, one.method, one.of.number if one.of else None, one.line_no, one.quantity,
        ]
        for one in documents
    ]  # fmt: skip
    goods = [[one.code, one.name, one.price_minor, one.barcode] for one in articles()]
    return sha256(orjson.dumps([told, happened, goods])).hexdigest()


def sales_of(drawn: Drawn) -> list[Document]:
    return [one for one in drawn[1] if one.of is None]


def expected_orders(person: Person) -> float:
    """What the truth says of one member: the purchase of joining, and then each month for as long as they stay."""
    expected = 1.0 if person.joined >= 0 else 0.0
    stays, first = 1.0, max(person.joined + 1, 0)
    while first < DAYS:
        end = min(first + MONTH, DAYS)
        stays *= 1 - person.kind.lapse
        expected += stays * person.kind.orders / MONTH * demand_of(person.kind).between(first, end)
        first = end
    return expected


def test_one_seed_is_one_chain(drawn: Drawn):
    small = generate(60)

    assert digest(small) == digest(generate(60)) == SIXTY
    assert digest(generate(60, seed=truth.SEED + 1)) != SIXTY
    # Who is there does not depend on how many are.
    assert small[0] == drawn[0][:60]


def test_every_kind_buys_as_often_as_the_truth_says(drawn: Drawn):
    kinds = {person.customer: person.kind.code for person in drawn[0]}
    bought = Counter(kinds[one.customer] for one in sales_of(drawn) if one.customer)
    for kind in truth.TYPES:
        expected = sum(expected_orders(person) for person in drawn[0] if person.kind is kind)
        # People lapse, so a kind's orders vary more than chance alone would have it.
        assert bought[kind.code] == pytest.approx(expected, rel=0.06, abs=4 * sqrt(expected)), kind.code
    shares = Counter(kinds.values())
    for kind in truth.TYPES:
        assert shares[kind.code] / COUNT == pytest.approx(kind.share, abs=4 * sqrt(kind.share / COUNT)), kind.code


def test_returns_and_guests_are_as_many_as_the_truth_says(drawn: Drawn):
    kinds = {person.customer: person.kind for person in drawn[0]}
    sales = sales_of(drawn)
    refunds = [one for one in drawn[1] if one.of is not None]
    due = sum(kinds[one.customer].returns if one.customer else truth.GUEST_RETURNS for one in sales)

    # A few would come back on a day on which nobody is there.
    assert due * 0.85 < len(refunds) < due * 1.1
    assert sum(one.customer == 0 for one in sales) / len(sales) == pytest.approx(truth.GUESTS, abs=0.001)
    assert sum(one.line_no is None for one in refunds) / len(refunds) == pytest.approx(truth.WHOLE_RETURNS, abs=0.06)
    assert all(one.of is None or one.at.date() > one.of.at.date() for one in refunds)


def test_seasons_move_those_whom_they_move(drawn: Drawn):
    kinds = {person.customer: person.kind.code for person in drawn[0]}

    def a_day(code: str | None, first: date, last: date) -> float:
        days = (last - first).days + 1
        found = (one for one in sales_of(drawn) if code is None or kinds.get(one.customer) == code)
        return sum(first <= one.at.astimezone(ZONE).date() <= last for one in found) / days

    october = date(2025, 10, 13), date(2025, 11, 2)
    eleven = date(2025, 11, 6), date(2025, 11, 12)
    assert a_day("deals", *eleven) > 2.5 * a_day("deals", *october)
    assert 1.3 * a_day("loyal", *october) < a_day("loyal", *eleven) < 2.5 * a_day("loyal", *october)
    festival = date(2026, 1, 24), date(2026, 2, 14)
    assert a_day("gifts", *festival) > 5 * a_day("gifts", *october)
    assert a_day(None, date(2026, 2, 16), date(2026, 2, 19)) == 0
    assert discount_on((date(2025, 11, 11) - truth.FIRST_DAY).days) == 0.18


def test_money_adds_up(drawn: Drawn):
    for one in sales_of(drawn):
        goods = goods_minor(one.lines)
        assert goods > 0
        assert 0 <= one.coupon_minor + one.points <= goods
        assert one.points % truth.POINTS_STEP == 0
        assert one.points == 0 or one.points >= truth.POINTS_LEAST
        assert len({place for place, _, _ in one.lines}) == len(one.lines)
    assert sum(one.points > 0 for one in sales_of(drawn)) > 0
    assert sum(one.coupon_minor > 0 for one in sales_of(drawn)) > 0


def test_goods_have_names_and_barcodes_of_their_own():
    assert len(articles()) == 300
    assert len(CATEGORIES) == 10
    assert len({one.name for one in articles()}) == 300
    assert len({one.code for one in articles()}) == 300
    for one in articles():
        digits = [int(digit) for digit in one.barcode]
        assert len(digits) == 13
        assert sum(digits[0::2]) % 10 == (10 - 3 * sum(digits[1::2]) % 10) % 10


def test_stores_are_as_large_as_the_truth_says():
    counts = Counter(person.store for person in people(COUNT))
    total = sum(store.size for store in truth.STORES)

    assert len(truth.STORES) == 12
    for place, store in enumerate(truth.STORES):
        assert counts[place] / COUNT == pytest.approx(store.size / total, abs=0.02)
    assert day_of(DAYS - 1) == truth.LAST_DAY
