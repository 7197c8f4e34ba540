"""Brings the chain in: stores, goods, members and documents, through the functions that imports and tills use.

Points, levels, refunds and balances are worked out by the program; nothing is written past it. Whatever was cut off is
done again from the start, and what is there already stays as it is.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from shuke.commerce import catalog, orders
from shuke.foundation import organization
from shuke.foundation.organization.actions import changes
from shuke.loyalty import checkout
from shuke.loyalty.checkout.rules import NO_PAYMENTS, Ask, Asked, paying
from shuke.loyalty.coupons import NO_COUPONS
from shuke.loyalty.coupons.rules import Held, Promise
from shuke.people import members
from shuke.people.members.rules.values import MemberSource, NewIdentity, NewMember
from shuke.platform import clock
from shuke.platform.db import Database, Session

from .. import truth
from . import order_coupons
from .days import day_of
from .goods import articles
from .people import Person
from .sales import Document, generate

SOURCE = "pos"
_ACTOR = "system:0"
# Lines of one transaction: about half a second, so that readers of the event log never wait long.
_CHUNK = 3_000
_ZONE = ZoneInfo(truth.TIME_ZONE)
_TITLES = ("店长", "导购", "导购", "导购")


@dataclass(frozen=True)
class Progress:
    """How far it is, in lines."""

    state: str
    done: int
    total: int | None


@dataclass(frozen=True)
class Places:
    """Ids of stores, and of the employees of each store, by their places in the truth."""

    stores: tuple[int, ...]
    employees: tuple[tuple[int, ...], ...]


async def set_up_places(session: Session) -> None:
    """Regions, cities, stores and employees, and the goods."""
    regions = {
        code: (await changes.add_region(session, code=code, name=name, parent_id=None)).id
        for code, name in truth.REGIONS.items()
    }
    cities = {
        code: (await changes.add_region(session, code=code, name=name, parent_id=regions[region])).id
        for code, (name, region) in truth.CITIES.items()
    }
    for place, store in enumerate(truth.STORES):
        values = {"region_id": cities[store.city], "address": store.address, "opening_hours": "09:00–22:00"}
        added = await changes.add_store(session, {"code": store.code, "name": store.name, "country": "中国", **values})
        for number in range(truth.EMPLOYEES_A_STORE):
            person = members.generated_member(
                f"{store.code}-{number}", NewIdentity(kind="external", source=SOURCE, value="0")
            )
            employee = {"code": _employee_code(place, number), "name": person.profile.name if person.profile else ""}
            await changes.add_employee(session, {**employee, "store_id": added.id, "title": _TITLES[number]})
    await catalog.save_products(
        session,
        [
            catalog.ProductChange(
                code=one.code,
                name=one.name,
                is_goods=True,
                category=one.category,
                brand=one.brand,
                price_minor=one.price_minor,
                barcodes=(one.barcode,),
            )
            for one in articles()
        ],
    )


async def load(database: Database, on_progress: Callable[[Progress], None], count: int = truth.MEMBERS) -> None:
    """Draw the members and their documents, and record them all, some members at a time."""
    on_progress(Progress("drawing", 0, None))
    people, documents = await asyncio.to_thread(generate, count)
    total = sum(_size(one) for one in documents)
    async with database.transaction() as session:
        places = await _find_places(session)
        known = await catalog.get_by_code(session, [one.code for one in articles()])
        promises = await order_coupons.find_promises(session)
    products = tuple(known[one.code].product_id for one in articles())
    work = _Work(await _programme(database), places, products, promises)
    done = 0
    for batch in _batches(people, documents):
        async with database.transaction() as session:
            await _record(session, work, *batch)
        done += sum(_size(one) for one in batch[1])
        on_progress(Progress("recording", done, total))


@dataclass(frozen=True)
class _Work:
    programme: checkout.Programme
    places: Places
    products: tuple[int, ...]
    promises: Mapping[str, Promise]


async def _programme(database: Database) -> checkout.Programme:
    async with database.transaction() as session:
        return await checkout.load_programme(session)


async def _find_places(session: Session) -> Places:
    stores = {store.code: store.id for store in await organization.list_stores(session)}
    codes = [_employee_code(place, number) for place in range(len(truth.STORES)) for number in _numbers()]
    employees = await organization.find_employee_ids(session, codes)
    return Places(
        stores=tuple(stores[store.code] for store in truth.STORES),
        employees=tuple(
            tuple(employees[_employee_code(place, number)] for number in _numbers())
            for place in range(len(truth.STORES))
        ),
    )


def _numbers() -> range:
    return range(truth.EMPLOYEES_A_STORE)


def _employee_code(store: int, number: int) -> str:
    return f"{truth.STORES[store].code}-{number + 1:02d}"


def _size(document: Document) -> int:
    return max(1, len(document.lines))


def _batches(people: Sequence[Person], documents: Sequence[Document]) -> Iterator[tuple[list[Person], list[Document]]]:
    """Members with all their documents; then what guests bought, and last what guests gave back."""
    by_customer: dict[int, list[Document]] = {person.customer: [] for person in people}
    guests: list[Document] = []
    for document in documents:
        (by_customer[document.customer] if document.customer else guests).append(document)
    batch: list[Person] = []
    of_batch: list[Document] = []
    for person in people:
        batch.append(person)
        of_batch += by_customer[person.customer]
        if sum(_size(one) for one in of_batch[-_CHUNK:]) >= _CHUNK or len(of_batch) >= _CHUNK:
            yield batch, of_batch
            batch, of_batch = [], []
    yield batch, of_batch
    for part in ([one for one in guests if one.of is None], [one for one in guests if one.of is not None]):
        yield from (([], part[start : start + _CHUNK]) for start in range(0, len(part), _CHUNK))


async def _record(session: Session, work: _Work, people: list[Person], documents: list[Document]) -> None:
    first: dict[int, datetime] = {}
    for document in documents:
        first.setdefault(document.customer, document.at)
    ids = await members.resolve_or_create(session, [_member(one, work.places, first) for one in people])
    known = {person.customer: member_id for person, member_id in zip(people, ids, strict=True)} | {0: 0}
    paid = [
        order_coupons.Paying(one, known[one.customer], first[one.customer]) for one in documents if one.coupon_minor
    ]
    held = await order_coupons.make_coupons(session, work.promises, paid, _ZONE)
    incoming = [
        _incoming(one, known[one.customer], work, held.get(one.number))
        for one in documents
        if not one.coupon_minor or one.number in held
    ]
    await checkout.record(session, work.programme, source=SOURCE, incoming=incoming, actor=_ACTOR, through=clock.now())


def _member(person: Person, places: Places, first: dict[int, datetime]) -> NewMember:
    """A made-up person, marked as one. Whoever joined within the history did so just before buying."""
    joined = datetime.combine(day_of(person.joined), time(11), tzinfo=_ZONE).astimezone(UTC)
    if person.joined >= 0:
        joined = first[person.customer] - timedelta(minutes=3)
    number = str(person.customer)
    made = members.generated_member(
        number,
        NewIdentity(kind="external", source=SOURCE, value=number),
        joined_at=joined,
        source=MemberSource(
            channel="store",
            store_id=places.stores[person.store],
            employee_id=places.employees[person.store][person.employee],
        ),
    )
    return replace(made, identities=(*made.identities, NewIdentity(kind="card", value=f"88{number}")))


def _incoming(document: Document, member_id: int, work: _Work, held: Held | None) -> checkout.Incoming:
    usual = checkout.Incoming(
        kind="sale",
        number=document.number,
        member_id=member_id,
        placed_at=document.at,
        store_id=work.places.stores[document.store],
        store=truth.STORES[document.store].code,
        employee_id=work.places.employees[document.store][document.employee],
        lines=(),
    )
    if document.of is not None:
        return replace(usual, kind="refund", refund_of=document.of.number, ask=_ask(document))
    lines = tuple(
        checkout.Line(
            line_no=line_no,
            product_id=work.products[place],
            is_goods=True,
            quantity=Decimal(quantity),
            unit_price=Decimal(unit_minor) / 100,
            amount_minor=quantity * unit_minor,
        )
        for line_no, (place, quantity, unit_minor) in enumerate(document.lines, start=1)
    )
    rest = sum(line.amount_minor for line in lines) - document.points - document.coupon_minor
    lines = paying.spread(lines, document.points, document.coupon_minor)
    payments = replace(
        NO_PAYMENTS,
        points=document.points,
        points_minor=document.points,
        coupon_minor=document.coupon_minor,
        money=(orders.Payment(document.method, rest),),
        coupons=order_coupons.plan(held, lines) if held else NO_COUPONS,
    )
    return replace(usual, lines=lines, payments=payments)


def _ask(document: Document) -> Ask:
    if document.line_no is None:
        return Ask(is_whole=True)
    return Ask(lines=(Asked(document.line_no, None, Decimal(document.quantity)),))
