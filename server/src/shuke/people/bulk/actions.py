"""What people do with acts on many members: look at what one would do, ask for it, stop it, undo it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError
from sqlalchemy import insert

from shuke.foundation import staff
from shuke.people import members
from shuke.platform import audit, clock, jobs
from shuke.platform.actor import Actor
from shuke.platform.db import Session, copy_rows, raw
from shuke.platform.errors import FieldError
from shuke.platform.i18n import LocalName
from shuke.platform.problems import RequestInvalid
from shuke.platform.refusals import NotAllowed, StaffOnly

from .errors import BulkActEnded, CountMoved, NobodyMeant, NotUndoable, NumberNotTyped, TooManyMeant
from .extensions import BulkAction, Plan, Total
from .queries import BulkAct, count_alone, find_action, get_act, get_action
from .tables import bulk_act, bulk_member
from .working.keeping import write
from .working.places import RUN

MOST = 100_000
# Above these, whoever asks types how many members it is about.
TYPED_ABOVE = 500
_LATELY = LocalName("24 小时内已操作人次", "Members within 24 hours before")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody wants done, and to whom: the members named, or all that a list shows."""

    action: str
    parameters: Mapping[str, Any]
    references: Sequence[str] | None
    filters: members.MemberFilters | None
    # The filters as they are kept.
    kept_filters: Mapping[str, Any] | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a wish comes to at this moment."""

    action: BulkAction
    parameters: BaseModel
    member_ids: Sequence[int]
    plan: Plan

    # To how many the same person does the same without a second one, within a day.
    lately: int

    @property
    def approval(self) -> staff.ApprovalKind | None:
        """What a second person has to agree to: what each is given, or so many, in one act or in several."""
        most = self.action.approval_members
        is_many = most is not None and self.lately + self.doing > most
        return self.action.approval if self.plan.needs_approval or is_many else None

    @property
    def doing(self) -> int:
        """To how many members it would be done."""
        return len(self.member_ids) - len(self.plan.skipped)

    @property
    def skips(self) -> Counter[str]:
        """How many would be skipped, by why."""
        return Counter(self.plan.skipped.values())

    @property
    def totals(self) -> Sequence[Total]:
        """The numbers that whoever decides should see."""
        return (*self.plan.totals, Total(label=_LATELY, value=self.lately)) if self.lately else self.plan.totals

    @property
    def typed(self) -> str | None:
        """What has to be typed; None: nothing."""
        return str(self.doing) if self.doing > TYPED_ABOVE else None


async def preview(session: Session, actor: Actor, wish: Wish) -> Preview:
    """What would happen; writes nothing.

    Raises UnknownAction, NotAllowed, StaffOnly, RequestInvalid, MemberNotFound, TooManyMeant, and what the action's
    check and a condition raise.
    """
    if actor.kind != "staff":
        raise StaffOnly
    action = get_action(wish.action)
    if action.permission not in actor.permissions:
        raise NotAllowed(permission=action.permission)
    parameters = _read_parameters(action, wish.parameters)
    await action.check(session, actor, parameters)
    member_ids = await _meant(session, actor, wish)
    plan = await action.plan(session, actor, parameters, member_ids)
    lately = 0 if action.approval_members is None else await count_alone(session, actor.id, action.key)
    return Preview(action=action, parameters=parameters, member_ids=member_ids, plan=plan, lately=lately)


def _read_parameters(action: BulkAction, said: Mapping[str, Any]) -> BaseModel:
    try:
        return action.parameters.model_validate(dict(said))
    except ValidationError as error:
        wrong = error.errors(include_input=False, include_url=False)[:20]
        places = ("/".join(str(part)[:60] for part in one["loc"]) for one in wrong)
        fields = tuple(
            FieldError(f"/parameters/{place}", str(one["msg"])) for place, one in zip(places, wrong, strict=True)
        )
        raise RequestInvalid(fields=fields) from None


async def _meant(session: Session, actor: Actor, wish: Wish) -> list[int]:
    if wish.references is not None:
        found = await members.get_ids(session, wish.references, actor.sight)
        if len(found) < len(set(wish.references)):
            raise members.MemberNotFound
        return sorted(set(found.values()))
    if wish.filters is None:
        return []
    found_ids = await members.matching_ids(session, wish.filters, actor.sight, limit=MOST + 1)
    if len(found_ids) > MOST:
        raise TooManyMeant(most=f"{MOST:,}")
    return found_ids


async def ask(session: Session, actor: Actor, wish: Wish, *, members_seen: int, confirm: str | None) -> BulkAct:
    """Have it done in the background. The members are those of this moment; each is looked at again later.

    Raises what `preview` raises, NobodyMeant, CountMoved and NumberNotTyped.
    """
    await _wait_for_own(session, actor, wish.action)
    found = await preview(session, actor, wish)
    if found.doing == 0:
        raise NobodyMeant
    if found.doing > members_seen:
        raise CountMoved(seen=f"{members_seen:,}", found=f"{found.doing:,}")
    if found.doing > TYPED_ABOVE and (confirm or "").replace(",", "").strip() != str(members_seen):
        raise NumberNotTyped(members=members_seen)
    bulk_id = await _keep(session, actor, wish, found)
    details = {
        "action": found.action.key,
        "members": len(found.member_ids),
        "doing": found.doing,
        "reason": wish.reason,
    }
    audit.describe(object_id=bulk_id, details=details)
    if found.approval is None:
        await jobs.enqueue(session, RUN, {"bulk_id": bulk_id})
    else:
        summary = _summary(found, wish.reason)
        await staff.ask_approval(session, actor, kind=found.approval, summary=summary, payload={"bulk_id": bulk_id})
    return await get_act(session, bulk_id, asked_by=None)


async def _wait_for_own(session: Session, actor: Actor, action: str) -> None:
    """Let whatever else this person asks for end first: together it must stay within what one may decide."""
    driver = await raw(session)
    await driver.execute("select pg_advisory_xact_lock(hashtextextended('bulk.ask:' || $1, $2))", action, actor.id)


async def _keep(session: Session, actor: Actor, wish: Wish, found: Preview) -> int:
    values = {
        "action": found.action.key,
        "parameters": found.parameters.model_dump(mode="json", exclude_unset=True),
        "filters": wish.kept_filters,
        "reason": wish.reason,
        "state": "waiting" if found.approval is None else "approval",
        "asked_by": actor.id,
        "asked_at": clock.wall(),
        "members": len(found.member_ids),
    }
    bulk_id = int((await session.execute(insert(bulk_act).values(values).returning(bulk_act.c.bulk_id))).scalar_one())
    rows = [(member_id, bulk_id, "waiting") for member_id in found.member_ids]
    await copy_rows(session, bulk_member, ("member_id", "bulk_id", "state"), rows)
    return bulk_id


def _summary(found: Preview, reason: str) -> LocalName:
    label = found.action.label
    totals = {name: [total.label.pick(name) + f" {total.value:,}" for total in found.totals] for name in ("zh", "en")}
    return LocalName(
        f"{label.zh}：{found.doing:,} 位会员，{'，'.join(totals['zh'])}。原因：{reason}",
        f"{label.en}: {found.doing:,} members, {', '.join(totals['en'])}. Reason: {reason}",
    )


async def stop(session: Session, actor: Actor, bulk_id: int, *, asked_by: int | None) -> BulkAct:
    """Go no further. What was done stays. Raises BulkActNotFound and BulkActEnded."""
    seen = await get_act(session, bulk_id, asked_by=asked_by)
    action = find_action(seen.action)
    # Nobody is to decide any more; whoever does at this moment is waited for.
    is_over = (
        action is not None
        and action.approval is not None
        and await staff.withdraw_approval(session, actor, kind=action.approval.code, payload={"bulk_id": bulk_id})
    )
    act = await get_act(session, bulk_id, asked_by=asked_by, hold=True)
    audit.describe(object_id=bulk_id, details={"action": act.action, "done": act.done})
    if not is_over:
        if act.state not in ("approval", "waiting", "running"):
            raise BulkActEnded
        await write(session, bulk_id, state="stopped", ended_at=clock.wall())
    return await get_act(session, bulk_id, asked_by=None)


async def undo(session: Session, actor: Actor, bulk_id: int) -> BulkAct:
    """Put back what one's own act has changed, but for what somebody has changed since.

    Raises BulkActNotFound, NotAllowed and NotUndoable.
    """
    act = await get_act(session, bulk_id, asked_by=actor.id if actor.kind == "staff" else 0, hold=True)
    action = get_action(act.action)
    if action.permission not in actor.permissions:
        raise NotAllowed(permission=action.permission)
    if act.undo_until is None:
        raise NotUndoable
    audit.describe(object_id=bulk_id, details={"action": act.action, "done": act.done})
    await write(session, bulk_id, state="undoing", after_id=0, problem=None)
    await jobs.enqueue(session, RUN, {"bulk_id": bulk_id})
    return await get_act(session, bulk_id, asked_by=None)
