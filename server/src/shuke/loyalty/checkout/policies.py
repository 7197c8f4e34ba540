"""The shop's policies of checkout, as they are kept. A shop that has changed nothing has the defaults."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from shuke.platform import audit, clock
from shuke.platform.actor import Actor
from shuke.platform.db import Session

from .errors import PoliciesChanged
from .rules import DEFAULT_POLICIES, Policies
from .tables import checkout_policy


@dataclass(frozen=True)
class Kept:
    """The policies, and the version that a change must name. Version 0: nobody has changed anything."""

    version: int
    policies: Policies


async def find_policies(session: Session) -> Kept:
    """The policies in force."""
    row = (await session.execute(select(checkout_policy.c.version, checkout_policy.c.content))).first()
    return Kept(0, DEFAULT_POLICIES) if row is None else Kept(row.version, Policies.model_validate(row.content))


async def change_policies(session: Session, wanted: Policies, seen: int, actor: Actor) -> Kept:
    """Put other policies in force, from now on. `seen`: the version that was read. Raises PoliciesChanged."""
    before = await find_policies(session)
    written = await session.execute(
        insert(checkout_policy)
        .values(version=seen + 1, content=wanted.model_dump(mode="json"), changed_at=clock.now())
        .on_conflict_do_update(
            index_elements=["one"],
            set_={"version": seen + 1, "content": wanted.model_dump(mode="json"), "changed_at": clock.now()},
            where=checkout_policy.c.version == seen,
        )
    )
    if written.rowcount != 1 or before.version != seen:
        raise PoliciesChanged(version=before.version, seen=seen)
    changes = {
        name: [old, getattr(wanted, name).model_dump(mode="json")]
        for name in Policies.model_fields
        if (old := getattr(before.policies, name).model_dump(mode="json"))
        != getattr(wanted, name).model_dump(mode="json")
    }
    await audit.record(session, actor, "checkout.policies_changed", "checkout_policies", 1, {"changes": changes})
    return Kept(seen + 1, wanted)
