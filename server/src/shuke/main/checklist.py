"""What a new shop does first, and which of it is done: asked of the modules, kept nowhere."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, Field

from shuke.commerce.orders.queries import source_codes
from shuke.foundation import organization
from shuke.foundation.api_keys.queries import list_keys
from shuke.foundation.staff.queries import list_people
from shuke.loyalty.checkout.importing.runs import list_imports as list_order_imports
from shuke.loyalty.earning.queries import list_rules
from shuke.loyalty.tiers import find_scheme
from shuke.people.consent.queries import list_notices
from shuke.people.imports.queries import list_imports as list_member_imports
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Session
from shuke.platform.http import CurrentActor, RequestSession, Router, signed_in
from shuke.platform.module import Module

router = Router(tags=["checklist"])

# The source that the console's till names in its orders.
_OWN_TILL = "till"

Step = Literal["import", "rule", "tiers", "team", "till", "notice"]


class ChecklistItemOut(BaseModel):
    """One step."""

    key: Step
    is_done: bool


class ChecklistOut(BaseModel):
    """The steps of a new shop."""

    is_demo: bool = Field(description="What is there is a demonstration, and not the shop's own.")
    items: list[ChecklistItemOut] = Field(description="What the caller may do, in the order to do it in.")


@dataclass(frozen=True)
class _Item:
    """A step: the permissions of which one is enough to take it, and how it is known to be done."""

    key: Step
    permissions: frozenset[str]
    is_done: Callable[[Session], Awaitable[bool]]


@router.get("/v1/checklist", dependencies=[signed_in()])
async def checklist(session: RequestSession, actor: CurrentActor) -> ChecklistOut:
    """What to do first in a new shop, and which of it is done."""
    shop = await organization.find_shop(session)
    mine = [item for item in _ITEMS if item.permissions & actor.permissions]
    return ChecklistOut(
        is_demo=shop is not None and shop.is_demo,
        items=[ChecklistItemOut(key=item.key, is_done=await item.is_done(session)) for item in mine],
    )


async def _has_imported(session: Session) -> bool:
    return bool(await list_order_imports(session, None, 1) or await list_member_imports(session, None, 1))


async def _has_own_rule(session: Session) -> bool:
    """The programme that every shop begins with was published by nobody."""
    rules = await list_rules(session)
    return any(version.published_by != SYSTEM.name for rule in rules for version in rule.versions)


async def _has_own_tiers(session: Session) -> bool:
    scheme = await find_scheme(session)
    return scheme is not None and scheme.version > 1


async def _has_team(session: Session) -> bool:
    return len((await list_people(session, limit=2)).items) > 1


async def _has_till(session: Session) -> bool:
    """A store that sells: at the program's own till already, or by a key with which its till sends what it sells."""
    if not any(store.status == "open" for store in await organization.list_stores(session)):
        return False
    sells_here = _OWN_TILL in await source_codes(session)
    return sells_here or any(key.disabled_at is None for key in await list_keys(session))


async def _has_notice(session: Session) -> bool:
    return any(notice.published_at is not None for notice in await list_notices(session))


_ITEMS = (
    _Item("import", frozenset({"imports.write", "member_imports.write"}), _has_imported),
    _Item("rule", frozenset({"earning-rules.publish"}), _has_own_rule),
    _Item("tiers", frozenset({"tiers.write"}), _has_own_tiers),
    _Item("team", frozenset({"staff.write"}), _has_team),
    _Item("till", frozenset({"stores.write", "api_keys.write"}), _has_till),
    _Item("notice", frozenset({"notices.publish"}), _has_notice),
)

MODULE = Module(name="checklist", router=router)
