"""Judging everybody again by a scheme that has changed: asked for once, done page by page, with its progress."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, func, select

from shuke.foundation import organization
from shuke.platform import clock, jobs
from shuke.platform.db import Session, raw

from .due import judge_members
from .errors import NoScheme
from .rules import judge_again
from .schemes import find_scheme
from .tables import member_tier, tier_run

REJUDGE = "tiers.rejudge"
_MEMBERS_AT_A_TIME = 2_000


@dataclass(frozen=True, kw_only=True)
class Rejudging:
    """One time of judging everybody again, and how far it is."""

    run_id: int
    scheme_version: int
    state: Literal["running", "done"]
    total: int
    done: int
    promoted: int
    demoted: int
    started_by: str
    started_at: datetime
    finished_at: datetime | None


async def rejudge_all(session: Session, actor: str) -> Rejudging:
    """Ask for everybody to be judged again by the scheme as it is; one that runs goes on from its beginning.

    Raises NoScheme.
    """
    scheme = await find_scheme(session, is_locked=True)
    if scheme is None:
        raise NoScheme
    total = await session.scalar(
        select(func.count()).select_from(member_tier).where(member_tier.c.scheme_id == scheme.scheme_id)
    )
    began = {
        "scheme_version": scheme.version,
        "behind": 0,
        "total": total,
        "done": 0,
        "started_by": actor,
        "started_at": clock.now(),
    }
    of_scheme = tier_run.c.scheme_id == scheme.scheme_id
    again = tier_run.update().where(of_scheme, tier_run.c.state == "running").values(began).returning(tier_run)
    row = (await session.execute(again)).one_or_none()
    if row is None:
        new = tier_run.insert().values(**began, scheme_id=scheme.scheme_id, state="running").returning(tier_run)
        row = (await session.execute(new)).one()
    await jobs.enqueue(session, REJUDGE, {"run_id": row.run_id}, dedupe_key=f"{REJUDGE}:{row.run_id}")
    return _view(row)


async def find_rejudging(session: Session) -> Rejudging | None:
    """The newest time of judging everybody again; None: never."""
    row = (await session.execute(select(tier_run).order_by(tier_run.c.run_id.desc()).limit(1))).one_or_none()
    return _view(row) if row else None


async def rejudge_page(session: Session, run_id: int) -> bool:
    """Judge the next page of a run; False when there is nothing left to do."""
    run = (await session.execute(select(tier_run).where(tier_run.c.run_id == run_id).with_for_update())).one_or_none()
    scheme = await find_scheme(session)
    if run is None or run.state == "done" or scheme is None:
        return False
    ids = await _members_behind(session, scheme.scheme_id, run.behind)
    zone = (await organization.get_shop(session)).zone
    page = await judge_members(session, scheme, zone, ids, clock.now(), judge_again)
    told: dict[str, Any] = {"state": "done", "finished_at": clock.now()}
    if page.last is not None:
        told = {
            "behind": page.last,
            "done": run.done + page.members,
            "promoted": run.promoted + page.promoted,
            "demoted": run.demoted + page.demoted,
        }
    await session.execute(tier_run.update().where(tier_run.c.run_id == run_id).values(told))
    return page.last is not None


async def _members_behind(session: Session, scheme_id: int, behind: int) -> list[int]:
    driver = await raw(session)
    rows = await driver.fetch(
        "select member_id from member_tier where scheme_id = $1 and member_id > $2 order by member_id limit $3",
        scheme_id,
        behind,
        _MEMBERS_AT_A_TIME,
    )
    return [row["member_id"] for row in rows]


def _view(row: Row[Any]) -> Rejudging:
    fields = {name: value for name, value in row._mapping.items() if name not in {"scheme_id", "behind"}}
    return Rejudging(**fields)
