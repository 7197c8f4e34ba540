"""Carts that are set aside: their points are held until the order is paid, cancelled, or too late."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import orjson

from shuke.commerce import orders
from shuke.foundation import organization
from shuke.loyalty import coupons, ledger
from shuke.people import members
from shuke.platform import clock
from shuke.platform.actor import EVERYTHING, Actor
from shuke.platform.db import Session, raw

from .. import arriving, books
from ..errors import AlreadyPaid, CartCancelled, CartUnknown, NumberTaken
from ..programme import load_programme
from ..rules import Programme, bring_forward
from ..rules.operations import hold_key
from . import carts
from .schemas import CancelIn, CartHoldIn, CartHoldOut


async def hold(session: Session, wanted: CartHoldIn, actor: Actor) -> CartHoldOut:
    """Set the points of a cart aside. The same again gives the same answer and holds nothing more.

    Raises AlreadyPaid, CartCancelled, NumberTaken, MemberNeeded, NotEnough points and what `carts.read` raises.
    """
    programme = await load_programme(session)
    source_id = await orders.ensure_source(session, wanted.cart.source)
    cart = await carts.read(session, programme, wanted.cart, number=wanted.number, source_id=source_id)
    member_id = cart.member_id
    if member_id:
        member_id = await members.get_id(session, str(member_id), EVERYTHING, hold=True)
    if wanted.number in await orders.find_orders(session, source_id, [wanted.number]):
        raise AlreadyPaid(source=wanted.cart.source, number=wanted.number)
    now = clock.now()
    paid = cart.document.payments
    driver = await raw(session)
    digest = sha256(orjson.dumps(wanted.model_dump(mode="json"), option=orjson.OPT_SORT_KEYS)).digest()
    until = now + timedelta(minutes=wanted.minutes)
    row = await driver.fetchrow(
        _ADD,
        source_id,
        wanted.number,
        member_id,
        paid.points,
        paid.points_minor,
        digest,
        now,
        until,
        wanted.cart.store,
        paid.coupon_minor,
        [use.held.code for use in paid.coupons.uses],
    )
    if row is None:
        return _again(wanted, cart, digest, await driver.fetchrow(_FIND, source_id, wanted.number))
    if paid.points:
        hold_no = await _set_aside(session, programme, cart, member_id, until, actor, digest)
        await driver.execute(_HELD, source_id, wanted.number, hold_no)
    await _lock_coupons(session, programme, wanted, cart, source_id, until, actor)
    return _answer(wanted.cart.source, row, cart)


async def cancel(session: Session, wanted: CancelIn, actor: Actor) -> CartHoldOut:
    """Give up a cart that was set aside; its points are free again. Once more changes nothing.

    Raises CartUnknown, also about carts of stores that the caller does not see, and AlreadyPaid.
    """
    programme = await load_programme(session)
    source_id = await orders.ensure_source(session, wanted.source)
    driver = await raw(session)
    row = await driver.fetchrow(_FIND, source_id, wanted.number)
    if row is None or not await organization.are_own_stores(session, actor.sight, [row["store"]]):
        raise CartUnknown(source=wanted.source, number=wanted.number)
    if row["state"] == "open":
        row = await _end(session, programme, wanted, row, actor)
    if row["state"] == "committed":
        raise AlreadyPaid(source=wanted.source, number=wanted.number)
    return _answer(wanted.source, row, None)


async def _lock_coupons(
    session: Session,
    programme: Programme,
    wanted: CartHoldIn,
    cart: carts.Cart,
    source_id: int,
    until: datetime,
    actor: Actor,
) -> None:
    if not cart.coupons.plan.uses:
        return
    stores = await arriving.stores_by_code(session, [wanted.cart.store])
    await coupons.lock(
        session,
        cart.coupons.plan,
        coupons.CartLock(
            source_id=source_id,
            number=wanted.number,
            until=until,
            actor=actor.name,
            channel=wanted.cart.source,
            store_id=stores.get(wanted.cart.store or ""),
        ),
        programme.zone,
    )


async def _set_aside(
    session: Session,
    programme: Programme,
    cart: carts.Cart,
    member_id: int,
    until: datetime,
    actor: Actor,
    digest: bytes,
) -> int:
    now = clock.now()
    day = clock.business_day(now, programme.zone)
    book = (await books.load(session, programme, [member_id], since=day))[member_id]
    bring_forward(book, programme, now, now)
    operation = _operation("hold", cart.document.source, cart.document.number, programme, actor, digest)
    entry = ledger.hold(
        book.accounts["points"],
        operation,
        cart.document.payments.points,
        until=until,
        explanation={"cart": cart.document.number},
    )
    book.operations.append(operation)
    await books.save(session, programme, [book])
    assert entry.hold_no is not None
    return entry.hold_no


async def _end(session: Session, programme: Programme, wanted: CancelIn, row: Any, actor: Actor) -> Any:
    """Cancel an open cart. Its member is locked first, as by whoever pays it: only one of both comes through."""
    now = clock.now()
    driver = await raw(session)
    book = None
    if row["hold_no"] is not None:
        day = clock.business_day(now, programme.zone)
        book = (await books.load(session, programme, [row["member_id"]], since=day))[row["member_id"]]
    if wanted.number in await orders.find_orders(session, row["source_id"], [wanted.number]):
        # Paid without what was held: nothing had been, its time was over, or somebody else paid.
        raise AlreadyPaid(source=wanted.source, number=wanted.number)
    ended = await driver.fetchrow(_END, row["source_id"], wanted.number, now)
    if ended is None:
        return await driver.fetchrow(_FIND, row["source_id"], wanted.number)
    if book is not None:
        account = book.accounts["points"]
        bring_forward(book, programme, now, now)
        held = account.holds.get(row["hold_no"])
        # It may be over its time; or its member was merged, and what was held went along.
        if held is not None and held.state == "open":
            operation = _operation("unhold", wanted.source, wanted.number, programme, actor, row["content_hash"])
            ledger.release(account, operation, held.hold_no, explanation={"cart": wanted.number})
            book.operations.append(operation)
        await books.save(session, programme, [book])
    await coupons.release(session, [(row["source_id"], wanted.number)], actor=actor.name, zone=programme.zone)
    return ended


def _operation(
    name: str, source: str, number: str, programme: Programme, actor: Actor, digest: bytes
) -> ledger.Operation:
    now = clock.now()
    key = hold_key(source, number) if name == "hold" else f"{name}:{source}:{number}"
    return ledger.Operation(
        key=key,
        kind=name,
        occurred_at=now,
        business_day=clock.business_day(now, programme.zone),
        recorded_at=now,
        actor=actor.name,
        request_hash=digest,
        origin_kind="cart",
    )


def _again(wanted: CartHoldIn, cart: carts.Cart, digest: bytes, row: Any) -> CartHoldOut:
    if row["content_hash"] != digest:
        raise NumberTaken(source=wanted.cart.source, number=wanted.number)
    if row["state"] == "cancelled":
        raise CartCancelled(number=wanted.number)
    return _answer(wanted.cart.source, row, cart)


def _answer(source: str, row: Any, cart: carts.Cart | None) -> CartHoldOut:
    payable = None
    if cart is not None:
        payable = cart.gross_minor - row["coupon_minor"] - row["points_minor"]
    return CartHoldOut(
        source=source,
        number=row["number"],
        member_id=row["member_id"] or None,
        points=row["points"],
        points_minor=row["points_minor"],
        payable_minor=payable,
        coupon_minor=row["coupon_minor"],
        coupons=row["coupons"],
        expires_at=row["expires_at"],
        state=row["state"],
    )


_ADD = """
    insert into checkout_hold
        (source_id, number, member_id, points, points_minor, content_hash, state, made_at, expires_at, store,
            coupon_minor, coupons)
    values ($1, $2, $3, $4, $5, $6, 'open', $7, $8, $9, $10, $11)
    on conflict do nothing returning *
"""
_FIND = "select * from checkout_hold where source_id = $1 and number = $2"
_HELD = "update checkout_hold set hold_no = $3 where source_id = $1 and number = $2"
_END = """
    update checkout_hold set state = 'cancelled', ended_at = $3
    where source_id = $1 and number = $2 and state = 'open' returning *
"""
