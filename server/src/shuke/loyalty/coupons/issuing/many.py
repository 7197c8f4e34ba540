"""Giving to many: who is meant, asking for it, a second person's agreement above a number, and calling it off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from shuke.foundation import organization, staff
from shuke.people import members
from shuke.platform import clock, conditions, jobs
from shuke.platform.actor import Actor
from shuke.platform.conditions import Condition, Moment
from shuke.platform.db import Session, dump_json, raw
from shuke.platform.i18n import Language, LocalName

from ..permissions import COUPONS_WRITE
from ..promises import Template, find_templates
from ..templates.errors import TemplateNotFound
from . import errors, stock
from .many_queries import Gift, lock_gift

GIFT_JOB = "coupons.give_to_many"
# More members than these are given coupons only when a second person agrees.
APPROVAL_MEMBERS = 10_000
_UNKNOWN_SHOWN = 20
_ADD = """
    insert into coupon_batch (template_id, terms_version, kind, name, wanted, state, details, asked_by, added_at)
    values ($1, $2, 'members', $3, $4, 'waiting', $5::jsonb, $6, $7) returning batch_id
"""


@dataclass(frozen=True, kw_only=True)
class Meant:
    """Who is meant: a condition, or the members of a list; of the list, the references that name nobody."""

    condition: Condition | None = None
    member_ids: Sequence[int] | None = None
    unknown: Sequence[str] = ()

    async def count(self, session: Session) -> int:
        """How many members that is now."""
        if self.condition is None:
            return len(self.member_ids or ())
        return await count_meeting(session, self.condition)


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What giving to those who are meant would come to."""

    members: int
    not_active: int
    unknown: Sequence[str]
    unknown_count: int
    stock_left: int | None
    needs_approval: bool
    sentence: str | None


async def read_meant(
    session: Session,
    actor: Actor,
    *,
    condition: Mapping[str, Any] | None,
    references: Sequence[str] | None,
    language: Language,
) -> Meant:
    """Who a request means. Raises ConditionInvalid, FactNotForSets."""
    if condition is not None:
        known = await conditions.catalogue(session)
        read = conditions.read(condition, known, scope="members", pointer="/condition", language=language)
        return Meant(condition=read)
    wanted = list(dict.fromkeys(references or ()))
    found = await members.get_ids(session, wanted, actor.sight)
    unknown = [reference for reference in wanted if reference not in found]
    return Meant(member_ids=sorted(set(found.values())), unknown=unknown)


async def preview(session: Session, template: str, meant: Meant, language: Language) -> Preview:
    """What would happen, without doing it. Raises TemplateNotFound."""
    known = await _published(session, template)
    ids = meant.member_ids if meant.condition is None else await list_meeting(session, meant.condition)
    left = None if known.issuing.stock is None else (await stock.count_units(session, known.template_id))["free"]
    shop = await organization.get_shop(session)
    return Preview(
        members=len(ids or ()),
        not_active=len(await members.inactive_among(session, list(ids or ()))),
        unknown=meant.unknown[:_UNKNOWN_SHOWN],
        unknown_count=len(meant.unknown),
        stock_left=left,
        needs_approval=len(ids or ()) > APPROVAL_MEMBERS,
        sentence=conditions.in_words(meant.condition, language, money=shop.currency) if meant.condition else None,
    )


async def ask(
    session: Session, actor: Actor, template: str, meant: Meant, *, reason: str, members_seen: int | None
) -> int:
    """Ask for a coupon to be given to many, in the background; the gift's number.

    Raises TemplateNotFound, IssuingClosed, NobodyToGive, CountChanged and ApprovalByPerson.
    """
    known = await _published(session, template)
    if known.state != "published" or known.promise is None:
        raise errors.IssuingClosed(template=known.name)
    count = await meant.count(session)
    if count == 0:
        raise errors.NobodyToGive
    if members_seen is not None and count > members_seen:
        raise errors.CountChanged(seen=members_seen, found=count)
    needs_approval = count > APPROVAL_MEMBERS
    if needs_approval and actor.kind != "staff":
        raise errors.ApprovalByPerson(most=f"{APPROVAL_MEMBERS:,}")
    details = {
        "condition": meant.condition.tree if meant.condition else None,
        "member_ids": None if meant.member_ids is None else list(meant.member_ids),
        "how": "staff" if actor.kind == "staff" else "api",
        "needs_approval": needs_approval,
        "after": 0,
        "refused": {},
    }
    gift_id: int = await (await raw(session)).fetchval(
        _ADD,
        known.template_id,
        known.promise.version,
        reason,
        count,
        dump_json(details),
        actor.name,
        clock.now(),
    )
    if not needs_approval:
        await jobs.enqueue(session, GIFT_JOB, {"gift_id": gift_id})
        return gift_id
    summary = LocalName(
        f"给 {count:,} 位会员发放优惠券“{known.name.zh}”。原因：{reason}",
        f"Give the coupon “{known.name.en}” to {count:,} members. Reason: {reason}",
    )
    await staff.ask_approval(session, actor, kind=APPROVAL, summary=summary, payload={"gift_id": gift_id})
    return gift_id


async def cancel(session: Session, actor: Actor, gift_id: int) -> Gift:
    """Call a gift off. Who was given a coupon keeps it. Raises GiftNotFound, GiftEnded."""
    # Nobody is to decide any more; whoever does at this moment is waited for.
    is_over = await staff.withdraw_approval(session, actor, kind=APPROVAL.code, payload={"gift_id": gift_id})
    found = await lock_gift(session, gift_id)
    if not is_over:
        if found.state not in {"approval", "waiting", "running"}:
            raise errors.GiftEnded(gift=gift_id)
        await _call_off(session, gift_id)
    return await lock_gift(session, gift_id)


async def _call_off(session: Session, gift_id: int) -> None:
    await (await raw(session)).execute(
        "update coupon_batch set state = 'voided', ended_at = $2, version = version + 1 where batch_id = $1",
        gift_id,
        clock.now(),
    )


async def list_meeting(session: Session, condition: Condition, *, after: int = 0) -> list[int]:
    """The members who meet a condition now, by id, after one of them. Raises FactNotForSets."""
    known = await conditions.catalogue(session)
    population = known.population
    clause = conditions.where(condition, population, known, await _now(session))
    query = select(population).where(clause, population > after).order_by(population)
    return list((await session.execute(query)).scalars())


async def count_meeting(session: Session, condition: Condition) -> int:
    """How many members meet a condition now. Raises FactNotForSets."""
    known = await conditions.catalogue(session)
    clause = conditions.where(condition, known.population, known, await _now(session))
    query = select(func.count()).select_from(known.population.table).where(clause)
    return int((await session.execute(query)).scalar_one())


async def _now(session: Session) -> Moment:
    return Moment(clock.now(), (await organization.get_shop(session)).zone)


async def _published(session: Session, template: str) -> Template:
    found = (await find_templates(session, [template])).get(template)
    if found is None:
        raise TemplateNotFound(template=template)
    return found


async def _approved(session: Session, actor: Actor, payload: Mapping[str, Any]) -> None:
    found = await lock_gift(session, payload["gift_id"])
    if found.state != "approval":
        raise errors.GiftEnded(gift=found.gift_id)
    await (await raw(session)).execute(
        """
        update coupon_batch set version = version + 1,
            details = details || jsonb_build_object('needs_approval', false, 'approved_by', $2::text)
        where batch_id = $1
        """,
        found.gift_id,
        actor.name,
    )
    await jobs.enqueue(session, GIFT_JOB, {"gift_id": found.gift_id})


async def _refused(session: Session, payload: Mapping[str, Any], refused: staff.ApprovalRefused) -> None:
    del refused
    found = await lock_gift(session, payload["gift_id"])
    if found.state == "approval":
        await _call_off(session, found.gift_id)


APPROVAL = staff.ApprovalKind(
    code="coupons.give_to_many",
    name=LocalName("给大量会员发券", "Give coupons to many"),
    permission=COUPONS_WRITE.code,
    perform=_approved,
    drop=_refused,
)
