"""Giving a coupon to many members who were picked in a list: once for each, within stock and limits."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from shuke.people import bulk, members
from shuke.platform import clock
from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from ..permissions import COUPONS_ISSUE, COUPONS_WRITE
from ..promises import Template, find_templates
from ..templates.errors import TemplateNotFound
from . import errors, stock
from .giving import Wanted, give
from .many import APPROVAL_MEMBERS


class CouponParameters(BaseModel):
    """The template of the coupon that each member is given."""

    model_config = ConfigDict(extra="forbid")

    template: Annotated[str, Field(min_length=1, max_length=60)]


async def _published(session: Session, parameters: CouponParameters) -> Template:
    found = (await find_templates(session, [parameters.template])).get(parameters.template)
    if found is None:
        raise TemplateNotFound(template=parameters.template)
    if found.state != "published" or found.promise is None:
        raise errors.IssuingClosed(template=found.name)
    return found


async def check(session: Session, actor: Actor, parameters: CouponParameters) -> None:
    """Raises TemplateNotFound and IssuingClosed."""
    del actor
    await _published(session, parameters)


async def plan(session: Session, actor: Actor, parameters: CouponParameters, member_ids: Sequence[int]) -> bulk.Plan:
    """Who is frozen or has left is skipped; limits and stock are met when each one's turn comes."""
    del actor
    template = await _published(session, parameters)
    skipped = dict.fromkeys(await members.inactive_among(session, member_ids), "member_not_active")
    count = len(member_ids) - len(skipped)
    totals = [bulk.Total(label=LocalName("发放张数", "Coupons"), value=count)]
    if template.issuing.stock is not None:
        left = (await stock.count_units(session, template.template_id))["free"]
        totals.append(bulk.Total(label=LocalName("库存剩余", "Left in stock"), value=left))
    return bulk.Plan(skipped=skipped, totals=totals)


async def perform(
    session: Session, run: bulk.BulkRun, parameters: CouponParameters, member_ids: Sequence[int]
) -> list[bulk.Outcome]:
    """One coupon for each member, under the act's own key: nobody is given two."""
    now = clock.now()
    wanted = [
        Wanted(
            member_id=member_id,
            template=parameters.template,
            key=run.key,
            how="staff",
            actor=run.actor.name,
            at=now,
            reason=run.reason,
        )
        for member_id in member_ids
    ]
    given = await give(session, wanted)
    return [
        bulk.Outcome(member_id=one.member_id, why=one.why or (None if one.state == "given" else one.state))
        for one in given
    ]


APPROVAL = bulk.approval_kind(
    code="coupons.give_by_list",
    name=LocalName("按名单大量发券", "Give coupons to many of a list"),
    permission=COUPONS_WRITE.code,
)
COUPON = bulk.BulkAction(
    key="coupon",
    label=LocalName("发优惠券", "Give a coupon"),
    permission=COUPONS_ISSUE.code,
    parameters=CouponParameters,
    reasons={
        "member_not_active": LocalName("已冻结或已注销", "frozen, or has left"),
        "limit_reached": LocalName("已达每人限领数量", "has as many as one member may have"),
        "sold_out": LocalName("券已发完", "none is left in stock"),
        "already": LocalName("这次操作已经发过", "has been given it by this act already"),
        "over": LocalName("券已过期", "the coupon's time is over"),
        "paused": LocalName("券已暂停发放", "giving it out is paused"),
        "closed": LocalName("券已结束发放", "giving it out has ended"),
    },
    check=check,
    plan=plan,
    perform=perform,
    approval=APPROVAL,
    approval_members=APPROVAL_MEMBERS,
)
