"""Questions about coupons as they stand: by code, in lists, with their moves, uses and offers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true

from shuke.people import members
from shuke.platform import clock
from shuke.platform.actor import Sight
from shuke.platform.db import Session, raw
from shuke.platform.i18n import LocalName
from shuke.platform.pages import BadCursor, Page, decode_cursor, encode_cursor

from ..codes import is_mistyped, normal
from ..errors import CodeMistyped, CouponUnknown
from ..standing import Standing
from ..tables import coupon, coupon_batch, coupon_code, coupon_move, coupon_template
from .rules import State, TransferState, state_at

_SORT = "newest"
_coupon = coupon.c
# What begins with a text lies between it and the text with these, in whatever order the database sorts letters.
_LAST_CHARACTERS = "z" * 64


@dataclass(frozen=True, kw_only=True)
class CouponView:
    """A coupon as it stands now. Member 0: nobody's, whoever has the code may use it."""

    member_id: int
    coupon_id: int
    template_id: int
    terms_version: int
    template: str
    name: LocalName
    code: str
    state: State
    # As it is stored: what a step is decided on.
    version: int
    how: str
    batch_id: int | None
    batch: str | None
    issued_at: datetime
    valid_from: datetime
    expires_at: datetime | None
    locked_until: datetime | None
    cart_number: str | None
    redeemed_at: datetime | None
    returned: int

    @property
    def standing(self) -> Standing:
        """Its state and the instants that belong to it."""
        names = ("code", "state", "redeemed_at", "expires_at", "locked_until")
        return Standing(**{name: getattr(self, name) for name in names})


@dataclass(frozen=True, kw_only=True)
class CouponFilter:
    """Which coupons a list shows; None leaves a point open. `store_id`: where it was used; `code`: its beginning."""

    # The member and whoever was merged into them.
    member_ids: tuple[int, ...] | None = None
    template: str | None = None
    # Any of them.
    states: tuple[State, ...] = ()
    batch_id: int | None = None
    code: str | None = None
    store_id: int | None = None
    from_at: datetime | None = None
    until_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Move:
    """One thing that happened to a coupon."""

    coupon_id: int
    move_no: int
    kind: str
    at: datetime
    actor: str
    store_id: int | None
    channel: str | None
    order_id: int | None
    discount_minor: int
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class Used:
    """What a coupon took off an order, and what refunds have taken back of it."""

    coupon_id: int
    member_id: int
    order_id: int
    store_id: int | None
    discount_minor: int
    returned_minor: int
    used_at: datetime


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A coupon that was offered to somebody else."""

    transfer_id: int
    member_id: int
    coupon_id: int
    state: TransferState
    offered_at: datetime
    until: datetime
    to_member_id: int | None
    new_coupon_id: int | None
    ended_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One thing that happened to a member's coupons; `number` orders those of one moment."""

    number: int
    at: datetime
    kind: str
    how: str
    name: LocalName
    discount_minor: int
    reason: str | None


async def get_coupon(session: Session, code: str) -> CouponView:
    """A coupon by its code as it was typed or scanned. Raises CouponUnknown, CodeMistyped."""
    typed = normal(code)
    wanted = _views().join(coupon_code, _of_code()).where(coupon_code.c.code.in_({code, typed}))
    # A code of another system, as it came, goes before ours.
    row = (await session.execute(wanted.order_by(coupon_code.c.code != code).limit(1))).one_or_none()
    if row is None:
        raise CodeMistyped(coupon=typed) if is_mistyped(typed) else CouponUnknown(coupon=code)
    return _view(row, clock.now())


async def get_coupon_for(session: Session, code: str, sight: Sight) -> CouponView:
    """The same for somebody who looks: what they do not see is unknown. Raises CouponUnknown, CodeMistyped."""
    found = await get_coupon(session, code)
    if found.member_id == 0:
        is_seen = sight.is_whole
    else:
        is_seen = bool(await members.get_ids(session, [str(found.member_id)], sight))
    if not is_seen:
        raise CouponUnknown(coupon=code)
    return found


async def find_coupons(session: Session, coupon_ids: Sequence[int]) -> dict[int, CouponView]:
    """Coupons by id; unknown ones are left out."""
    if not coupon_ids:
        return {}
    now = clock.now()
    rows = await session.execute(_views().where(_coupon.coupon_id.in_(sorted(set(coupon_ids)))))
    return {row.coupon_id: _view(row, now) for row in rows}


async def list_coupons(
    session: Session, sight: Sight, *, where: CouponFilter, limit: int, cursor: str | None
) -> Page[CouponView]:
    """A page of the coupons that the caller sees, the newest first. Raises BadCursor."""
    now = clock.now()
    wanted = _views().where(*_conditions(where, now), _visible(sight))
    if cursor is not None:
        (last,) = decode_cursor(cursor, _SORT, 1)
        if not isinstance(last, int):
            raise BadCursor
        wanted = wanted.where(_coupon.coupon_id < last)
    wanted = wanted.order_by(_coupon.coupon_id.desc()).limit(limit + 1)
    found = [_view(row, now) for row in await session.execute(wanted)]
    more = encode_cursor(_SORT, [found[limit - 1].coupon_id]) if len(found) > limit else None
    return Page(found[:limit], more)


async def list_moves(session: Session, one: CouponView) -> list[Move]:
    """Everything that happened to a coupon, the oldest first."""
    rows = await session.execute(
        select(*(coupon_move.c[name] for name in Move.__dataclass_fields__))
        .where(coupon_move.c.member_id == one.member_id, coupon_move.c.coupon_id == one.coupon_id)
        .order_by(coupon_move.c.move_no)
    )
    return [Move(**row._mapping) for row in rows]


async def uses_of(session: Session, coupon_ids: Sequence[int]) -> list[Used]:
    """What coupons took off orders, the oldest first."""
    rows = await (await raw(session)).fetch(_USES, sorted(set(coupon_ids)))
    return [Used(**dict(row)) for row in rows]


async def last_uses(session: Session, coupon_ids: Sequence[int]) -> dict[int, Move]:
    """Where coupons that are used were used: the newest of those moves, by coupon; of a till alone, too."""
    rows = await (await raw(session)).fetch(_REDEEMED, sorted(set(coupon_ids)))
    return {row["coupon_id"]: Move(**dict(row)) for row in rows}


async def offers_of(session: Session, coupons: Sequence[CouponView]) -> list[Offer]:
    """Offers of coupons and those that coupons came by, the oldest first, as they stand now."""
    driver = await raw(session)
    rows = await driver.fetch(
        _OFFERS, [one.member_id for one in coupons], [one.coupon_id for one in coupons], clock.now()
    )
    return [Offer(**dict(row)) for row in rows]


async def times_given(session: Session, member_id: int, coupon_id: int) -> int:
    """How often a coupon has changed hands, counted along those that it follows."""
    return int(await (await raw(session)).fetchval(_TIMES, member_id, coupon_id))


async def list_happened(
    session: Session, member_ids: Sequence[int], *, before: tuple[datetime, int] | None, limit: int
) -> list[Happened]:
    """What happened to somebody's coupons, newest first, before an (instant, number); locks left out."""
    at, number = before or (None, None)
    rows = await (await raw(session)).fetch(_HAPPENED, list(member_ids), at, number, limit)
    return [
        Happened(
            number=row["number"],
            at=row["at"],
            kind=row["kind"],
            how=row["how"],
            name=LocalName(row["name_zh"], row["name_en"]),
            discount_minor=row["discount_minor"],
            reason=row["reason"],
        )
        for row in rows
    ]


def _views() -> Select[Any]:
    return (
        select(
            _coupon.member_id,
            _coupon.coupon_id,
            _coupon.template_id,
            _coupon.terms_version,
            coupon_template.c.code.label("template"),
            coupon_template.c.name_zh,
            coupon_template.c.name_en,
            _coupon.code,
            _coupon.state,
            _coupon.version,
            _coupon.how,
            _coupon.batch_id,
            coupon_batch.c.name.label("batch"),
            _coupon.issued_at,
            _coupon.valid_from,
            _coupon.expires_at,
            _coupon.locked_until,
            _coupon.cart_number,
            _coupon.redeemed_at,
            _coupon.returned,
        )
        .select_from(coupon)
        .join(coupon_template, coupon_template.c.template_id == _coupon.template_id)
        .join(coupon_batch, coupon_batch.c.batch_id == _coupon.batch_id, isouter=True)
    )


def _view(row: Any, now: datetime) -> CouponView:
    values = dict(row._mapping)
    values["name"] = LocalName(values.pop("name_zh"), values.pop("name_en"))
    values["state"] = state_at(row.state, locked_until=row.locked_until, expires_at=row.expires_at, at=now)
    if values["state"] != "locked":
        values["locked_until"] = None
    return CouponView(**values)


def _of_code() -> ColumnElement[bool]:
    return and_(coupon_code.c.member_id == _coupon.member_id, coupon_code.c.coupon_id == _coupon.coupon_id)


def _visible(sight: Sight) -> ColumnElement[bool]:
    """Coupons of members whom the caller sees, by who they are now; codes that are nobody's for whoever sees all."""
    if sight.is_whole:
        return true()
    person = members.persons()
    seen = select(person.c.member_id).where(members.only_visible(person.c.person_id, sight))
    return _coupon.member_id.in_(seen) & (_coupon.member_id > 0)


def _conditions(where: CouponFilter, now: datetime) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if where.member_ids is not None:
        asked.append(_coupon.member_id.in_(where.member_ids))
    if where.template is not None:
        of_code = select(coupon_template.c.template_id).where(coupon_template.c.code == where.template)
        asked.append(_coupon.template_id == of_code.scalar_subquery())
    if where.states:
        asked.append(or_(*(_is(state, now) for state in where.states)))
    if where.batch_id is not None:
        asked.append(_coupon.batch_id == where.batch_id)
    if where.code is not None:
        asked.append(_begins_with(where.code))
    if where.store_id is not None:
        asked.append(_was_used_in(where.store_id))
    if where.from_at is not None:
        asked.append(_coupon.issued_at >= where.from_at)
    if where.until_at is not None:
        asked.append(_coupon.issued_at < where.until_at)
    return asked


def _is(state: State, now: datetime) -> ColumnElement[bool]:
    """`rules.state_at` for sets."""
    is_locked = and_(_coupon.state == "locked", _coupon.locked_until > now)
    is_free = or_(_coupon.state == "issued", and_(_coupon.state == "locked", _coupon.locked_until <= now))
    is_over = func.coalesce(_coupon.expires_at <= now, false())
    if state == "locked":
        return is_locked
    if state == "issued":
        return is_free & ~is_over
    if state == "expired":
        return or_(_coupon.state == "expired", is_free & is_over)
    return _coupon.state == state


def _begins_with(text: str) -> ColumnElement[bool]:
    column = coupon_code.c.code
    begins = [
        and_(column >= one, column <= one + _LAST_CHARACTERS, func.starts_with(column, one))
        for one in sorted({text, normal(text)})
    ]
    return _coupon.coupon_id.in_(select(coupon_code.c.coupon_id).where(or_(*begins)))


def _was_used_in(store_id: int) -> ColumnElement[bool]:
    return (
        select(coupon_move.c.move_no)
        .where(
            coupon_move.c.member_id == _coupon.member_id,
            coupon_move.c.coupon_id == _coupon.coupon_id,
            coupon_move.c.kind == "redeemed",
            coupon_move.c.store_id == store_id,
        )
        .exists()
    )


_USES = """
    select coupon_id, member_id, order_id, store_id, discount_minor, returned_minor, used_at
    from coupon_use where coupon_id = any($1::bigint[]) order by used_at, coupon_id
"""
# Nothing happens to a coupon a million times.
_HAPPENED = """
    select number, at, kind, how, name_zh, name_en, discount_minor, reason from (
        select c.coupon_id * 1000000 + m.move_no as number, m.at, m.kind, c.how, t.name_zh, t.name_en,
            m.discount_minor, m.reason
        from coupon_move m join coupon c using (member_id, coupon_id)
        join coupon_template t on t.template_id = c.template_id
        where m.member_id = any($1::bigint[])
            and m.kind in ('issued', 'redeemed', 'returned', 'expired', 'voided', 'given')
    ) as happened
    where $2::timestamptz is null or (at, number) < ($2, $3)
    order by at desc, number desc limit $4
"""
_REDEEMED = """
    select m.coupon_id, m.move_no, m.kind, m.at, m.actor, m.store_id, m.channel, m.order_id, m.discount_minor, m.reason
    from coupon c join coupon_move m on m.member_id = c.member_id and m.coupon_id = c.coupon_id
        and m.move_no = c.version and m.kind = 'redeemed'
    where c.coupon_id = any($1::bigint[]) and c.state = 'redeemed'
"""
_OFFERS = """
    with asked as (
        select * from unnest($1::bigint[], $2::bigint[]) as asked (member_id, coupon_id)
    ), found as (
        select t.* from asked join coupon_transfer t using (member_id, coupon_id)
        union
        select t.* from asked a join coupon_transfer t on t.to_member_id = a.member_id and t.new_coupon_id = a.coupon_id
    )
    select transfer_id, t.member_id, t.coupon_id, offered_at, until, to_member_id, new_coupon_id, ended_at,
        case when t.state <> 'offered' then t.state when until <= $3 then 'expired'
            when c.state <> 'locked' then 'withdrawn' else 'offered' end as state
    from found t join coupon c on c.member_id = t.member_id and c.coupon_id = t.coupon_id
    order by transfer_id
"""
_TIMES = """
    with recursive chain as (
        select t.member_id, t.coupon_id, 1 as times from coupon_transfer t
        where t.to_member_id = $1 and t.new_coupon_id = $2 and t.state = 'accepted'
        union all
        select t.member_id, t.coupon_id, chain.times + 1 from chain
        join coupon_transfer t on t.to_member_id = chain.member_id and t.new_coupon_id = chain.coupon_id
            and t.state = 'accepted'
    )
    select coalesce(max(times), 0) from chain
"""
