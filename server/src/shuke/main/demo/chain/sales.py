"""Every sale and every return of the chain, drawn from the truth. Pure: the same seed gives the same documents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .. import truth
from ..truth import MemberType
from .baskets import Line, basket, goods_minor
from .days import DAYS, MONTH, day_of, demand_of, is_open
from .dice import Dice, running
from .people import Person, any_store, people

_ZONE = ZoneInfo(truth.TIME_ZONE)
_HOURS = list(truth.HOURS)
_BY_HOUR = running(list(truth.HOURS.values()))
_METHODS = list(truth.PAYMENTS)
_BY_METHOD = running(list(truth.PAYMENTS.values()))
# Points of orders within so many days have surely not ended: the programme lets them hold for six months.
_SURE_DAYS = 150
_GUESTS_STREAM = 7
_SALES_STREAMS = 1_000_000
_OWN_EMPLOYEE = 0.6


@dataclass(slots=True, eq=False)
class Document:
    """A sale, or with `of` a return of one: of one line in some quantity, or of all of it.

    `customer` 0: a guest. `store` and `employee` are places; `points` and `coupon_minor` are what paid a part.
    """

    at: datetime
    customer: int
    store: int
    employee: int
    lines: tuple[Line, ...] = ()
    points: int = 0
    coupon_minor: int = 0
    method: str = ""
    of: "Document | None" = None
    line_no: int | None = None
    quantity: int = 0
    number: str = ""


@dataclass(slots=True)
class _Purse:
    """What a member surely has in points, so that what they use is always there: (day, points) up and down."""

    moves: list[tuple[int, int]] = field(default_factory=list)

    def on(self, day: int) -> int:
        # What comes in on the day itself may come after what is paid.
        return sum(points for at, points in self.moves if day - _SURE_DAYS < at < day + (points < 0))


def documents(members: Sequence[Person], seed: int = truth.SEED) -> list[Document]:
    """All documents of these members, and of guests beside them, numbered, in the order in which they happened."""
    made = [
        document for person in members for document in _of_member(Dice(seed, _SALES_STREAMS + person.customer), person)
    ]
    sales = sum(document.of is None for document in made)
    made += _of_guests(Dice(seed, _GUESTS_STREAM), round(sales * truth.GUESTS / (1 - truth.GUESTS)))
    made.sort(key=lambda one: (one.at, one.customer, one.store))
    counts: dict[tuple[int, str], int] = {}
    for one in made:
        day = f"{one.at.astimezone(_ZONE):%y%m%d}"
        counts[one.store, day] = place = counts.get((one.store, day), 0) + 1
        one.number = f"{truth.STORES[one.store].code}-{day}-{place:04d}"
    return made


def generate(count: int = truth.MEMBERS, seed: int = truth.SEED) -> tuple[list[Person], list[Document]]:
    """The members and their documents."""
    members = list(people(count, seed))
    return members, documents(members, seed)


def _purchase_days(dice: Dice, person: Person) -> Iterator[int]:
    """The days on which a member buys, a month at a time until they lapse; who joins buys on that day."""
    kind = person.kind
    if person.joined >= 0:
        yield person.joined
    demand = demand_of(kind)
    first = max(person.joined + 1, 0)
    while first < DAYS and not dice.chance(kind.lapse):
        end = min(first + MONTH, DAYS)
        weights = demand.weights[first:end]
        up_to = running(weights)
        found = [first + dice.pick(up_to) for _ in range(dice.poisson(kind.orders / MONTH * up_to[-1]))]
        yield from sorted(found)
        first = end


def _of_member(dice: Dice, person: Person) -> Iterator[Document]:
    kind = person.kind
    purse = _Purse()
    for day in _purchase_days(dice, person):
        sale = _sale(dice, kind, day, _store(dice, person))
        sale.customer = person.customer
        if sale.store == person.store and dice.chance(_OWN_EMPLOYEE):
            sale.employee = person.employee
        _pay(dice, kind, sale, day, purse)
        yield sale
        earned = (goods_minor(sale.lines) - sale.coupon_minor - sale.points) // 100
        returned = _returned(dice, kind.returns, sale, day)
        if returned is None:
            purse.moves += [(day, earned), (day, -sale.points)]
        else:
            # Nothing that it earned is counted on, and all of it may be taken back.
            purse.moves += [(day, -sale.points), (day, -earned)]
            yield returned


def _of_guests(dice: Dice, count: int) -> Iterator[Document]:
    demand = demand_of(None)
    for _ in range(count):
        day = dice.pick(demand.up_to)
        sale = _sale(dice, None, day, any_store(dice))
        yield sale
        returned = _returned(dice, truth.GUEST_RETURNS, sale, day)
        if returned is not None:
            yield returned


def _store(dice: Dice, person: Person) -> int:
    return any_store(dice) if dice.chance(truth.ELSEWHERE) else person.store


def _sale(dice: Dice, kind: MemberType | None, day: int, store: int) -> Document:
    mean = kind.lines if kind else truth.GUEST_LINES
    return Document(
        at=_moment(dice, day),
        customer=0,
        store=store,
        employee=dice.below(truth.EMPLOYEES_A_STORE),
        lines=basket(dice, kind, day, mean),
        method=_METHODS[dice.pick(_BY_METHOD)],
    )


def _pay(dice: Dice, kind: MemberType, sale: Document, day: int, purse: _Purse) -> None:
    """Let coupons and points pay a part, as the kind of member does."""
    goods = goods_minor(sale.lines)
    if dice.chance(kind.coupon):
        sale.coupon_minor = next((off for least, off in truth.COUPONS if goods >= least), 0)
    if dice.chance(kind.redeem):
        most = min(purse.on(day), int((goods - sale.coupon_minor) * truth.POINTS_MOST_SHARE))
        points = most - most % truth.POINTS_STEP
        sale.points = points if points >= truth.POINTS_LEAST else 0


def _returned(dice: Dice, chance: float, sale: Document, day: int) -> Document | None:
    """What comes back of a sale: all of it, or some of one line."""
    if not dice.chance(chance):
        return None
    back = day + 1 + dice.below(truth.RETURNED_WITHIN_DAYS)
    if not is_open(back):
        return None
    returned = Document(
        at=_moment(dice, back), customer=sale.customer, store=sale.store, employee=sale.employee, of=sale
    )
    if not dice.chance(truth.WHOLE_RETURNS):
        place = dice.below(len(sale.lines))
        returned.line_no = place + 1
        returned.quantity = 1 + dice.below(sale.lines[place][1])
    return returned


def _moment(dice: Dice, day: int) -> datetime:
    hour = _HOURS[dice.pick(_BY_HOUR)]
    second = dice.below(3600)
    local = datetime.combine(day_of(day), time(hour), tzinfo=_ZONE) + timedelta(seconds=second)
    return local.astimezone(UTC)
