"""Adjustments by hand: small ones at once, large ones when a second person has agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, select

from shuke.foundation import api_keys, notices, organization, staff
from shuke.people import members
from shuke.platform import clock
from shuke.platform.actor import Actor, Sight
from shuke.platform.db import Session, raw
from shuke.platform.i18n import LocalName
from shuke.platform.idempotency import KeyReused
from shuke.platform.pages import BadCursor, Page, decode_cursor, encode_cursor

from ..acts import Adjust
from ..currencies import currencies
from ..errors import (
    AdjustmentDecided,
    AdjustmentNotFound,
    ConfirmationWrong,
    CurrencyNotFound,
    SecondPersonNeeded,
    VersionConflict,
)
from ..perform import Instruction, perform
from ..permissions import POINTS_APPROVE
from ..queries import Done, find_balance, is_done
from ..rules import Currency
from ..tables import ledger_adjustment, ledger_currency
from .by_hand import adjusted_alone

State = Literal["waiting", "done", "rejected", "withdrawn"]
_SORT = "-adjustment"
_PAGE = "/finance/adjustments"


@dataclass(frozen=True, kw_only=True)
class Adjustment:
    """An adjustment that was asked for, and what became of it."""

    adjustment_id: int
    member_id: int
    currency: str
    amount: int
    reason: str
    state: State
    requested_by: str
    requested_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    note: str | None
    operation_key: str
    request_hash: bytes


async def adjust(
    session: Session,
    actor: Actor,
    *,
    member_id: int,
    currency: str,
    amount: int,
    reason: str,
    key: str,
    request_hash: bytes,
    if_version: int | None,
) -> Done | Adjustment:
    """Adjust at once, or keep the wish for a second person where it is above the currency's limit.

    Raises CurrencyNotFound, KeyReused, VersionConflict, and what an adjustment refuses.
    """
    known = await _currency(session, currency)
    asked = await _find(session, ledger_adjustment.c.operation_key == key)
    if asked is not None and asked.state != "done":
        # What was asked for under this key stays what it is, whatever the limit has become since.
        if asked.request_hash != request_hash:
            raise KeyReused
        return asked
    if await is_done(session, member_id, key) or not await _is_above_limit(
        session, known, actor, member_id, abs(amount)
    ):
        wanted = _instruction(
            member_id, currency, amount, reason, key, actor.name, request_hash, None, if_version=if_version
        )
        return await perform(session, wanted, (await organization.get_shop(session)).zone)
    await _require_version(session, member_id, currency, if_version)
    driver = await raw(session)
    await driver.execute(
        """
        insert into ledger_adjustment (member_id, currency_id, amount, reason, state, requested_by, requested_at,
            operation_key, request_hash)
        values ($1, $2, $3, $4, 'waiting', $5, $6, $7, $8) on conflict (operation_key) do nothing
        """,
        *(member_id, known.currency_id, amount, reason, actor.name, clock.now(), key, request_hash),
    )
    found = await _find(session, ledger_adjustment.c.operation_key == key)
    if found is None or found.request_hash != request_hash:
        raise KeyReused
    await _tell_waiting(session, found, actor)
    return found


async def _tell_waiting(session: Session, asked: Adjustment, actor: Actor) -> None:
    others = await staff.list_allowed(session, POINTS_APPROVE.code)
    if actor.kind == "staff":
        others = others - {actor.id} or others
    told = notices.Notice(
        kind="adjustments.waiting",
        key=f"adjustment:{asked.adjustment_id}",
        title=LocalName("有一笔积分调整等待审批", "An adjustment waits for your decision"),
        detail=LocalName(f"{asked.amount:+,}", f"{asked.amount:+,}"),
        link=_PAGE,
        tone="warn",
        users=others,
    )
    await notices.tell(session, told)


async def _currency(session: Session, code: str) -> Currency:
    known = (await currencies(session)).get(code)
    if known is None:
        raise CurrencyNotFound(currency=code)
    return known


async def _is_above_limit(session: Session, currency: Currency, actor: Actor, member_id: int, amount: int) -> bool:
    """Whether this and what the same person adjusted for the same member within a day is together above the limit."""
    if currency.approval_above is None:
        return False
    lately = await adjusted_alone(session, actor.name, currency.currency_id, [member_id])
    return amount + lately.get(member_id, 0) > currency.approval_above


async def _require_version(session: Session, member_id: int, currency: str, if_version: int | None) -> None:
    if if_version is None:
        return
    version = (await find_balance(session, member_id, currency))["version"]
    if version != if_version:
        raise VersionConflict(version=version, expected=if_version)


async def approve(session: Session, actor: Actor, adjustment_id: int, *, confirmation: str | None) -> Done:
    """Agree to an adjustment and do it. The one who asked may not, unless nobody else could: then they type the amount.

    Raises AdjustmentNotFound, AdjustmentDecided, SecondPersonNeeded, ConfirmationWrong, and what an adjustment
    refuses.
    """
    wanted = await _lock_waiting(session, adjustment_id, actor.sight)
    # What somebody asks for by way of a key that they have made is their own wish as well.
    if actor.name in {wanted.requested_by, await api_keys.person_behind(session, wanted.requested_by)}:
        if await staff.count_allowed(session, POINTS_APPROVE.code) > 1:
            raise SecondPersonNeeded
        if confirmation is None or confirmation.strip() != str(wanted.amount):
            raise ConfirmationWrong(amount=wanted.amount)
    instruction = _instruction(
        wanted.member_id,
        wanted.currency,
        wanted.amount,
        wanted.reason,
        wanted.operation_key,
        wanted.requested_by,
        wanted.request_hash,
        actor.name,
    )
    done = await perform(session, instruction, (await organization.get_shop(session)).zone)
    await _decide(session, adjustment_id, "done", actor, None)
    return done


async def reject(session: Session, actor: Actor, adjustment_id: int, *, note: str) -> Adjustment:
    """Refuse an adjustment, or withdraw one's own.

    Raises AdjustmentNotFound, AdjustmentDecided, and SecondPersonNeeded for who may neither approve nor asked for it.
    """
    wanted = await _lock_waiting(session, adjustment_id, actor.sight)
    if wanted.requested_by != actor.name and POINTS_APPROVE.code not in actor.permissions:
        raise SecondPersonNeeded
    state: State = "withdrawn" if wanted.requested_by == actor.name else "rejected"
    await _decide(session, adjustment_id, state, actor, note)
    return await get_adjustment(session, adjustment_id)


async def get_adjustment(session: Session, adjustment_id: int) -> Adjustment:
    """An adjustment. Raises AdjustmentNotFound."""
    found = await _find(session, ledger_adjustment.c.adjustment_id == adjustment_id)
    if found is None:
        raise AdjustmentNotFound
    return found


async def list_adjustments(
    session: Session,
    sight: Sight,
    *,
    state: State | None,
    member_id: int | None = None,
    limit: int,
    cursor: str | None,
) -> Page[Adjustment]:
    """Adjustments of members whom the caller sees that needed a second person, newest first. Raises BadCursor."""
    column = ledger_adjustment.c
    wanted = _select().where(members.only_visible(column.member_id, sight))
    wanted = wanted.order_by(column.adjustment_id.desc()).limit(limit + 1)
    if state is not None:
        wanted = wanted.where(column.state == state)
    if member_id is not None:
        wanted = wanted.where(column.member_id.in_(await members.aliases(session, member_id)))
    if cursor is not None:
        (before,) = decode_cursor(cursor, _SORT, 1)
        if not isinstance(before, int):
            raise BadCursor
        wanted = wanted.where(column.adjustment_id < before)
    found = [Adjustment(**row._mapping) for row in await session.execute(wanted)]
    more = encode_cursor(_SORT, [found[limit - 1].adjustment_id]) if len(found) > limit else None
    return Page(found[:limit], more)


async def member_names(session: Session, found: Sequence[Adjustment], sight: Sight) -> dict[int, members.MemberName]:
    """The names of the members whom adjustments concern."""
    return await members.names(session, sorted({one.member_id for one in found}), sight)


def _instruction(
    member_id: int,
    currency: str,
    amount: int,
    reason: str,
    key: str,
    requested_by: str,
    request_hash: bytes,
    approved_by: str | None,
    *,
    if_version: int | None = None,
) -> Instruction:
    return Instruction(
        member_id=member_id,
        currency=currency,
        act=Adjust(amount=amount, reason=reason),
        key=key,
        actor=requested_by,
        request_hash=request_hash,
        if_version=if_version,
        reason=reason,
        approved_by=approved_by,
    )


async def _lock_waiting(session: Session, adjustment_id: int, sight: Sight) -> Adjustment:
    driver = await raw(session)
    await driver.execute("select from ledger_adjustment where adjustment_id = $1 for update", adjustment_id)
    found = await get_adjustment(session, adjustment_id)
    if found.member_id not in await members.seen_among(session, [found.member_id], sight):
        raise AdjustmentNotFound
    if found.state != "waiting":
        raise AdjustmentDecided(adjustment=adjustment_id)
    return found


async def _decide(session: Session, adjustment_id: int, state: State, actor: Actor, note: str | None) -> None:
    driver = await raw(session)
    await driver.execute(
        """
        update ledger_adjustment set state = $2, decided_by = $3, decided_at = $4, note = $5
        where adjustment_id = $1
        """,
        *(adjustment_id, state, actor.name, clock.now(), note),
    )
    key = f"adjustment:{adjustment_id}"
    await notices.withdraw(session, "adjustments.waiting", [key])
    asked = await get_adjustment(session, adjustment_id)
    kind, _, number = asked.requested_by.partition(":")
    if kind != "staff" or asked.requested_by == actor.name:
        return
    is_done = state == "done"
    ended = LocalName("已批准", "was approved") if is_done else LocalName("被拒绝", "was refused")
    told = notices.Notice(
        kind="adjustments.decided",
        key=key,
        title=LocalName(f"您的积分调整{ended.zh}", f"Your adjustment {ended.en}"),
        detail=LocalName(f"{asked.amount:+,}", f"{asked.amount:+,}"),
        link=_PAGE,
        tone="good" if is_done else "warn",
        users=[int(number)],
    )
    await notices.tell(session, told)


def _select() -> Select[Any]:
    column = ledger_adjustment.c
    return select(
        column.adjustment_id,
        column.member_id,
        ledger_currency.c.code.label("currency"),
        column.amount,
        column.reason,
        column.state,
        column.requested_by,
        column.requested_at,
        column.decided_by,
        column.decided_at,
        column.note,
        column.operation_key,
        column.request_hash,
    ).join(ledger_currency, ledger_currency.c.currency_id == column.currency_id)


async def _find(session: Session, which: ColumnElement[bool]) -> Adjustment | None:
    row = (await session.execute(_select().where(which))).first()
    return Adjustment(**row._mapping) if row else None
