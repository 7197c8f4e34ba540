"""Claiming: a member takes a coupon by themselves, when claiming is open and it is for them."""

from collections.abc import Mapping
from datetime import datetime

from shuke.foundation import organization
from shuke.people import members
from shuke.platform import clock, conditions
from shuke.platform.db import Session
from shuke.platform.errors import AppError

from ..promises import Template, find_templates
from ..templates.errors import TemplateNotFound
from .errors import (
    REFUSALS,
    IssuingClosed,
    NotForYou,
    NotOpenYet,
    TicketNeeded,
    WordWrong,
)
from .giving import Given, Wanted, give


async def claim(
    session: Session,
    *,
    member_id: int,
    template: str,
    actor: str,
    word: str | None = None,
    key: str | None = None,
    how: str = "claim",
    store_id: int | None = None,
    has_ticket: bool = False,
) -> Given:
    """Have a member take one coupon. The member is held by the caller.

    `key`: asked again with it, the same coupon is the answer; without, each asking takes one. `has_ticket`: whoever
    asks has come through the gate of a rush. Raises TemplateNotFound, MemberNotActive and the refusals of `errors`.
    """
    found = (await find_templates(session, [template])).get(template)
    if found is None:
        raise TemplateNotFound(template=template)
    await require_open(session, found, member_id, clock.now(), word=word, has_ticket=has_ticket)
    wanted = Wanted(
        member_id=member_id,
        template=template,
        key=key,
        how=how,
        actor=actor,
        at=clock.now(),
        store_id=store_id,
    )
    (given,) = await give(session, [wanted], waits=False)
    refusal = refusal_of(given, template, {template: found})
    if refusal is not None:
        raise refusal
    return given


def refusal_of(given: Given, template: str, templates: Mapping[str, Template]) -> AppError | None:
    """What was told, as a refusal."""
    if given.why is None:
        return None
    if given.why == "member_not_active":
        return members.MemberNotActive()
    if given.why == "member_not_found":
        return members.MemberNotFound()
    if given.why == "template_not_found":
        return TemplateNotFound(template=template)
    return REFUSALS[given.why](template=templates[template].name)


async def require_open(
    session: Session, template: Template, member_id: int, at: datetime, *, word: str | None, has_ticket: bool
) -> None:
    """Refuse to let a member claim now. Raises IssuingClosed, NotOpenYet, TicketNeeded, WordWrong, NotForYou."""
    claiming, name = template.issuing.claiming, template.name
    if template.state != "published" or not claiming.is_open:
        raise IssuingClosed(template=name)
    zone = (await organization.get_shop(session)).zone
    if claiming.opens_at is not None and at < claiming.opens_at:
        raise NotOpenYet(template=name, at=claiming.opens_at.astimezone(zone).strftime("%Y-%m-%d %H:%M"))
    if claiming.closes_at is not None and at >= claiming.closes_at:
        raise IssuingClosed(template=name)
    if claiming.is_rush and not has_ticket:
        raise TicketNeeded(template=name)
    if claiming.word is not None and (word or "").strip().casefold() != claiming.word.strip().casefold():
        raise WordWrong(template=name)
    if not await is_for(session, template, member_id, conditions.Moment(at, zone)):
        raise NotForYou(template=name)


async def is_for(session: Session, template: Template, member_id: int, moment: conditions.Moment) -> bool:
    """Whether a member is among those who may claim it."""
    tree = template.issuing.claiming.members
    if tree is None:
        return True
    condition = conditions.read_stored(tree, conditions.declared(), scope="members")
    values = await conditions.load(session, condition.needs, [member_id], moment)
    return condition.holds(values[member_id])
