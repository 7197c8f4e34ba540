"""One search over everything: each group only for who may see it, and only what they see of it."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal, TypeVar

from fastapi import Query
from pydantic import BaseModel, Field

from shuke.commerce import catalog
from shuke.commerce.orders.queries import Order, OrderFilter, list_orders
from shuke.commerce.orders.rules import OrderKind
from shuke.foundation import organization
from shuke.foundation.organization.queries import EmployeeState, StoreStatus
from shuke.loyalty.coupons.holding.queries import CouponFilter, list_coupons
from shuke.loyalty.coupons.holding.rules import State as CouponState
from shuke.loyalty.coupons.templates.queries import State as TemplateState
from shuke.loyalty.coupons.templates.queries import list_templates
from shuke.people import members
from shuke.platform.actor import Actor, Sight
from shuke.platform.db import Session
from shuke.platform.http import CurrentActor, CurrentSight, RequestSession, Router, signed_in
from shuke.platform.i18n import LocalName
from shuke.platform.module import Module

router = Router(tags=["search"])

# So many of each group: who wants more opens the list.
MOST = 5
# Shorter beginnings of codes and numbers say nothing.
_SHORTEST_CODE = 4
_SHORTEST_NUMBER = 2
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z _.:/#-]*")

Item = TypeVar("Item")
Group = Literal["members", "orders", "coupons", "templates", "products", "employees", "stores"]


class FoundOrderOut(BaseModel):
    """An order or refund."""

    id: int
    number: str
    kind: OrderKind
    placed_at: datetime
    member: str | None = Field(description="The member's name as the caller may see it; None: a guest.")
    currency: str
    net_minor: int


class FoundCouponOut(BaseModel):
    """A coupon that somebody has, or a code."""

    code: str
    name: LocalName
    state: CouponState
    member: str | None = Field(description="The holder's name as the caller may see it; None: nobody's.")


class FoundTemplateOut(BaseModel):
    """What coupons are made of."""

    code: str
    name: LocalName
    state: TemplateState


class FoundProductOut(BaseModel):
    """Something that is sold."""

    code: str
    name: str
    category: str | None


class FoundEmployeeOut(BaseModel):
    """Somebody who works in a store."""

    id: int
    code: str
    name: str
    store: str | None
    state: EmployeeState


class FoundStoreOut(BaseModel):
    """A store."""

    id: int
    code: str
    name: str
    status: StoreStatus


class FoundOut(BaseModel):
    """What was found, by group."""

    members: list[members.MemberRow]
    orders: list[FoundOrderOut]
    coupons: list[FoundCouponOut]
    templates: list[FoundTemplateOut]
    products: list[FoundProductOut]
    employees: list[FoundEmployeeOut]
    stores: list[FoundStoreOut]
    more: list[Group] = Field(description="Groups that have more than is shown.")


@router.get("/v1/search", dependencies=[signed_in()])
async def search(
    session: RequestSession,
    actor: CurrentActor,
    sight: CurrentSight,
    q: Annotated[
        str,
        Query(max_length=100, description="A name, pinyin, phone, card, number, code or barcode, or its beginning."),
    ],
) -> FoundOut:
    """Whatever a text may mean, a few of each kind."""
    text = q.strip()
    found = FoundOut(members=[], orders=[], coupons=[], templates=[], products=[], employees=[], stores=[], more=[])
    if not text:
        return found
    may = actor.permissions
    if "members.read" in may:
        people = await members.list_members(session, members.MemberFilters(q=text), sight, limit=MOST)
        found.members = _most(people.items, "members", found, has_more=people.next is not None)
    if "orders.read" in may and _is_number(text):
        await _find_orders(session, text, sight, found)
    if "coupons.read" in may:
        await _find_coupons(session, text, sight, found)
    if "products.read" in may:
        page = await catalog.list_products(session, q=text, limit=MOST)
        shown = _most(page.items, "products", found, has_more=page.next is not None)
        found.products = [FoundProductOut(code=one.code, name=one.name, category=one.category) for one in shown]
    await _find_places(session, text, actor, found)
    return found


async def _find_orders(session: Session, text: str, sight: Sight, found: FoundOut) -> None:
    """Orders by the beginning of their number: as it was typed and, as tills print them, in capitals."""
    orders: dict[int, Order] = {}
    has_more = False
    for number in dict.fromkeys((text, text.upper())):
        page = await list_orders(
            session, sight, where=OrderFilter(number=number), sort="-placed_at", limit=MOST, cursor=None
        )
        orders |= {one.order_id: one for one in page.items}
        has_more = has_more or page.next is not None
    shown = _most(list(orders.values()), "orders", found, has_more=has_more)
    names = await members.names(session, sorted({one.member_id for one in shown if one.member_id}), sight)
    found.orders = [
        FoundOrderOut(
            id=one.order_id,
            number=one.number,
            kind=one.kind,
            placed_at=one.placed_at,
            member=names[one.member_id].name if one.member_id in names else None,
            currency=one.currency,
            net_minor=one.net_minor,
        )
        for one in shown
    ]


async def _find_coupons(session: Session, text: str, sight: Sight, found: FoundOut) -> None:
    """Coupons by the beginning of their code, and what they are made of by its name."""
    templates = await list_templates(session, search=text, state=None, limit=MOST, cursor=None)
    shown = _most(templates.items, "templates", found, has_more=templates.next is not None)
    found.templates = [FoundTemplateOut(code=one.code, name=one.name, state=one.state) for one in shown]
    if len(text) < _SHORTEST_CODE or not _CODE.fullmatch(text):
        return
    page = await list_coupons(session, sight, where=CouponFilter(code=text), limit=MOST, cursor=None)
    coupons = _most(page.items, "coupons", found, has_more=page.next is not None)
    names = await members.names(session, sorted({one.member_id for one in coupons if one.member_id}), sight)
    found.coupons = [
        FoundCouponOut(
            code=one.code,
            name=one.name,
            state=one.state,
            member=names[one.member_id].name if one.member_id in names else None,
        )
        for one in coupons
    ]


async def _find_places(session: Session, text: str, actor: Actor, found: FoundOut) -> None:
    """Stores and employees by a part of their name or code; who has left comes last."""
    if not actor.permissions & {"stores.read", "employees.read"}:
        return
    stores = await organization.list_stores(session)
    part = text.casefold()
    if "stores.read" in actor.permissions:
        meant = [one for one in stores if part in one.name.casefold() or part in one.code.casefold()]
        found.stores = [
            FoundStoreOut(id=one.id, code=one.code, name=one.name, status=one.status)
            for one in _most(meant, "stores", found)
        ]
    if "employees.read" in actor.permissions:
        people = await organization.list_employees(session, actor.sight, q=text)
        people.sort(key=lambda one: one.state == "left")
        where = {one.id: one.name for one in stores}
        found.employees = [
            FoundEmployeeOut(
                id=one.id,
                code=one.code,
                name=one.name,
                store=where.get(one.store_id) if one.store_id else None,
                state=one.state,
            )
            for one in _most(people, "employees", found)
        ]


def _most(items: Sequence[Item], group: Group, found: FoundOut, *, has_more: bool = False) -> list[Item]:
    """As many as are shown; the answer says where there are more."""
    if has_more or len(items) > MOST:
        found.more.append(group)
    return list(items[:MOST])


def _is_number(text: str) -> bool:
    return len(text) >= _SHORTEST_NUMBER and any(sign.isdigit() for sign in text) and bool(_CODE.fullmatch(text))


MODULE = Module(name="search", router=router)
