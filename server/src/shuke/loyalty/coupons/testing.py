"""Builders of coupons for tests."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from shuke.foundation import organization
from shuke.platform import clock
from shuke.platform.db import Session, dump_json, raw

from . import codes
from .changing import Kind, Step, change
from .making import NewCoupon, make

OFF_TEN = {"discount": {"kind": "amount_off", "off_minor": 1_000}}


async def a_template(
    session: Session,
    code: str = "ten-off",
    terms: Mapping[str, Any] = OFF_TEN,
    issuing: Mapping[str, Any] | None = None,
    *,
    state: str = "published",
) -> int:
    """A template with its first terms published, and the units of its stock; its id."""
    driver = await raw(session)
    now = clock.now()
    issuing = dict(issuing or {})
    template_id: int = await driver.fetchval(
        """
        insert into coupon_template (code, name_zh, name_en, state, terms_version, issuing, added_at, changed_at)
        values ($1, '券 ' || $1, 'Coupon ' || $1, $2, 1, $3::jsonb, $4, $4) returning template_id
        """,
        code,
        state,
        dump_json(issuing),
        now,
    )
    await driver.execute(
        "insert into coupon_terms (template_id, version, terms, published_at, published_by) "
        "values ($1, 1, $2::jsonb, $3, 'system:0')",
        template_id,
        dump_json(dict(terms)),
        now,
    )
    await driver.execute(
        "insert into coupon_unit (template_id, unit_no, state) select $1, n, 'free' from generate_series(1, $2::int) n",
        template_id,
        issuing.get("stock") or 0,
    )
    return template_id


async def states(session: Session, member_id: int) -> list[tuple[str, str, int]]:
    """What a record has: code, state, version, the oldest first."""
    rows = await (await raw(session)).fetch(
        "select code, state, version from coupon where member_id = $1 order by coupon_id", member_id
    )
    return [tuple(row) for row in rows]


def set_clock(at: datetime) -> None:
    """Set the shop's clock."""
    clock.set_offset(at - clock.wall())


async def a_coupon(session: Session, member_id: int, template_id: int, *, days: int | None = 30, **more: Any) -> str:
    """A coupon that begins now and ends after some days (None: never); its code."""
    now = clock.now()
    wanted: dict[str, Any] = {
        "how": "staff",
        "at": now,
        "valid_from": now,
        "expires_at": now + timedelta(days=days) if days is not None else None,
        "actor": "system:0",
        "code": codes.new_code(),
    }
    new = NewCoupon(member_id=member_id, template_id=template_id, terms_version=1, **(wanted | more))
    zone = (await organization.get_shop(session)).zone
    await make(session, [new], zone)
    return new.code


async def moves_of(session: Session, code: str) -> list[tuple[int, str]]:
    """Every move of a coupon: number and kind."""
    rows = await (await raw(session)).fetch(
        "select move_no, kind from coupon_move join coupon_code using (member_id, coupon_id) "
        "where code = $1 order by move_no",
        code,
    )
    return [tuple(row) for row in rows]


async def state_of(session: Session, code: str) -> str:
    """The stored state of a coupon."""
    state: str = await (await raw(session)).fetchval(
        "select state from coupon join coupon_code k using (member_id, coupon_id) where k.code = $1", code
    )
    return state


async def take(session: Session, kind: Kind, code: str, **more: Any) -> bool:
    """Take a step of a coupon now; whether it was done."""
    row = await (await raw(session)).fetchrow(
        "select member_id, coupon_id, template_id, version from coupon join coupon_code k using (member_id, coupon_id) "
        "where k.code = $1",
        code,
    )
    step = Step(**(dict(row or {}) | {"at": clock.now(), "actor": "system:0"} | more))
    return bool(await change(session, kind, [step], (await organization.get_shop(session)).zone))
