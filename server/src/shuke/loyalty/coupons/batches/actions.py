"""What is done to batches of codes in one transaction: asked for, stopped, gone on with, taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from shuke.foundation import organization
from shuke.platform import clock, jobs
from shuke.platform.db import Session, copy_rows, dump_json, raw

from ..issuing.errors import IssuingOver
from ..promises import Template, find_templates
from ..tables import coupon_batch_reject
from ..templates.errors import TemplateNotFound
from . import dates
from .errors import BatchState, CodeFileGone, TemplateIssuesNone, TooFewUnits
from .queries import Batch, Kind, Reject, State, find_free_units, get_batch

WORK = "coupons.work_on_batch"
# From where each wish leads where.
_STOPPABLE: tuple[State, ...] = ("waiting", "running")
_RESUMABLE: tuple[State, ...] = ("stopped", "failed", "waiting", "running", "voiding")
_VOIDABLE: tuple[State, ...] = ("stopped", "failed", "done")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A batch that is asked for. `use_by`: the last day on which its codes can be used or exchanged."""

    template: str
    name: str
    kind: Kind
    count: int
    use_by: date | None
    asked_by: str
    details: Mapping[str, Any]


async def find_template(session: Session, code: str) -> Template:
    """The template of an address. Raises TemplateNotFound."""
    found = (await find_templates(session, [code])).get(code)
    if found is None:
        raise TemplateNotFound(template=code)
    return found


async def add_batch(session: Session, wanted: Wanted) -> Batch:
    """Ask for a batch; the work on it begins when this transaction is there.

    Raises TemplateNotFound, TemplateIssuesNone, TooFewUnits and IssuingOver.
    """
    template = await find_template(session, wanted.template)
    if template.promise is None or template.state != "published":
        raise TemplateIssuesNone(name=template.name)
    if template.issuing.stock is not None:
        free = await find_free_units(session, template.template_id)
        if free < wanted.count:
            raise TooFewUnits(free=free, wanted=wanted.count)
    at = clock.now()
    zone = (await organization.get_shop(session)).zone
    use_by = dates.end_of(wanted.use_by, zone)
    valid_from, expires_at = dates.of_code(template.promise.terms.validity, at, zone, use_by)
    if expires_at is not None and expires_at <= at:
        raise IssuingOver(template=template.name)
    details = {
        **wanted.details,
        "use_by": _text(use_by),
        "valid_from": _text(valid_from),
        "expires_at": _text(expires_at),
    }
    batch_id: int = await (await raw(session)).fetchval(
        """
        insert into coupon_batch (template_id, terms_version, kind, name, wanted, state, details, asked_by, added_at)
        values ($1, $2, $3, $4, $5, 'waiting', $6::jsonb, $7, $8) returning batch_id
        """,
        template.template_id,
        template.promise.version,
        wanted.kind,
        wanted.name,
        wanted.count,
        dump_json(details),
        wanted.asked_by,
        at,
    )
    await _ask(session, batch_id)
    return await get_batch(session, batch_id)


async def stop_batch(session: Session, batch_id: int) -> Batch:
    """Stop the work; what was made stays good. Raises BatchNotFound and BatchState."""
    batch = await _held(session, batch_id, _STOPPABLE)
    return await mark(session, batch, state="stopped")


async def resume_batch(session: Session, batch_id: int) -> Batch:
    """Go on where it was; also where a process died at it. Raises BatchNotFound, BatchState and CodeFileGone."""
    batch = await _held(session, batch_id, _RESUMABLE)
    _require_file(batch)
    if batch.state in ("stopped", "failed"):
        batch = await mark(session, batch, state="waiting", details={**batch.details, "error": None})
    await _ask(session, batch_id)
    return batch


async def import_checked(session: Session, batch_id: int) -> Batch:
    """Import for good what was tried. Raises BatchNotFound, BatchState and CodeFileGone."""
    batch = await _held(session, batch_id, ("checked",))
    _require_file(batch)
    driver = await raw(session)
    await driver.execute("delete from coupon_batch_reject where batch_id = $1", batch_id)
    details = {**batch.details, "is_trial": False, "applied_to": 0, "rejected": 0, "terms": {}}
    batch = await mark(session, batch, state="waiting", made=0, details=details)
    await _ask(session, batch_id)
    return batch


async def void_batch(session: Session, batch_id: int, reason: str) -> Batch:
    """Take back every coupon of a batch that is not used yet. Raises BatchNotFound and BatchState."""
    batch = await _held(session, batch_id, _VOIDABLE)
    batch = await mark(session, batch, state="voiding", details={**batch.details, "void_reason": reason})
    await _ask(session, batch_id)
    return batch


async def mark(
    session: Session,
    batch: Batch,
    *,
    state: State | None = None,
    made: int | None = None,
    wanted: int | None = None,
    details: Mapping[str, Any] | None = None,
    ended_at: datetime | None = None,
) -> Batch:
    """Write down how far a batch is. The caller holds it."""
    changed = replace(
        batch,
        state=state or batch.state,
        made=batch.made if made is None else made,
        wanted=batch.wanted if wanted is None else wanted,
        details=dict(batch.details if details is None else details),
        ended_at=ended_at,
        version=batch.version + 1,
    )
    await (await raw(session)).execute(
        "update coupon_batch set state = $2, made = $3, wanted = $4, details = $5::jsonb, ended_at = $6, version = $7 "
        "where batch_id = $1",
        batch.batch_id,
        changed.state,
        changed.made,
        changed.wanted,
        dump_json(changed.details),
        changed.ended_at,
        changed.version,
    )
    return changed


async def hand_back(session: Session, batch_id: int, rows: Sequence[Reject]) -> None:
    """Keep rows that were handed back."""
    await copy_rows(
        session,
        coupon_batch_reject,
        ("batch_id", "row_no", "code", "values", "cells"),
        ((batch_id, row.row_no, row.code, dump_json(row.values), dump_json(row.cells)) for row in rows),
    )


async def _held(session: Session, batch_id: int, states: tuple[State, ...]) -> Batch:
    batch = await get_batch(session, batch_id, hold=True)
    if batch.state not in states:
        raise BatchState
    return batch


def _require_file(batch: Batch) -> None:
    if batch.kind == "external" and batch.details.get("path") is None and batch.state != "voiding":
        raise CodeFileGone


async def _ask(session: Session, batch_id: int) -> None:
    await jobs.enqueue(session, WORK, {"batch_id": batch_id})


def _text(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
