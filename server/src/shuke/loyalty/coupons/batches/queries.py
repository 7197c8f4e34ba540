"""Questions about batches of codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import orjson

from shuke.platform.db import Session, raw

from .errors import BatchNotFound

Kind = Literal["codes", "external"]
State = Literal["waiting", "running", "checked", "stopped", "done", "failed", "voiding", "voided"]


@dataclass(frozen=True)
class Batch:
    """A batch. `details`: what the work needs to go on, and what it found.

    Of both kinds: valid_from, expires_at, use_by, error. codes: prefix. external: file, path, header, columns,
    is_trial, applied_to, rejected, terms.
    """

    batch_id: int
    template_id: int
    terms_version: int
    kind: Kind
    name: str
    wanted: int
    made: int
    state: State
    details: dict[str, Any]
    asked_by: str
    added_at: datetime
    ended_at: datetime | None
    version: int


@dataclass(frozen=True)
class Counted:
    """What became of a batch's coupons, by state; of what was exchanged, how many the members have used."""

    states: dict[str, int]
    exchanged_used: int = 0


@dataclass(frozen=True)
class Reject:
    """A row of a file that was handed back."""

    row_no: int
    code: str
    values: dict[str, Any]
    cells: list[str]


async def get_batch(session: Session, batch_id: int, *, hold: bool = False) -> Batch:
    """A batch of codes; `hold`: nobody else changes it before this transaction ends. Raises BatchNotFound."""
    driver = await raw(session)
    row = await driver.fetchrow(_HELD if hold else _ONE, batch_id)
    if row is None:
        raise BatchNotFound(batch=batch_id)
    return _batch(row)


async def list_batches(session: Session, template_id: int, below: int | None, limit: int) -> list[Batch]:
    """Batches of codes of a template, the newest first; those below an id."""
    driver = await raw(session)
    return [_batch(row) for row in await driver.fetch(_OF_TEMPLATE, template_id, below or 2**63 - 1, limit)]


async def count_states(  # allow: sight — numbers of whole batches, for who sees the whole shop
    session: Session, batches: Sequence[Batch], at: datetime
) -> dict[int, Counted]:
    """What became of the coupons of batches. Those whose common end is over count as expired, swept or not."""
    driver = await raw(session)
    rows = await driver.fetch(_COUNTS, [batch.batch_id for batch in batches])
    own: dict[int, dict[str, int]] = {batch.batch_id: {} for batch in batches}
    used = dict.fromkeys(own, 0)
    for row in rows:
        if row["how"] == "code":
            own[row["batch_id"]][row["state"]] = row["count"]
        elif row["state"] == "redeemed":
            used[row["batch_id"]] += row["count"]
    return {batch.batch_id: Counted(_states(batch, own[batch.batch_id], at), used[batch.batch_id]) for batch in batches}


def _states(batch: Batch, changed: dict[str, int], at: datetime) -> dict[str, int]:
    untouched = max(0, batch.made - sum(changed.values()))
    end = batch.details.get("expires_at")
    is_over = batch.kind == "codes" and end is not None and datetime.fromisoformat(end) <= at
    name = "expired" if is_over else "issued"
    return {**changed, name: changed.get(name, 0) + untouched}


async def list_rejects(session: Session, batch_id: int, limit: int | None = None) -> list[Reject]:
    """Rows of a file that were handed back, as they stood in it."""
    driver = await raw(session)
    rows = await driver.fetch(_REJECTS, batch_id, limit)
    return [Reject(row["row_no"], row["code"], _json(row["values"]), _json(row["cells"])) for row in rows]


async def count_rejects(session: Session, batch_id: int) -> list[tuple[str, int, dict[str, Any]]]:
    """Why rows were handed back: reason, how many, and the values of the first; the most frequent first."""
    driver = await raw(session)
    return [(row["code"], row["count"], _json(row["values"])) for row in await driver.fetch(_REASONS, batch_id)]


async def find_free_units(session: Session, template_id: int) -> int:
    """How many units of a limited stock are free."""
    driver = await raw(session)
    found: int = await driver.fetchval(
        "select count(*) from coupon_unit where template_id = $1 and state = 'free'", template_id
    )
    return found


def _batch(row: Any) -> Batch:
    return Batch(**{**dict(row), "details": _json(row["details"])})


def _json(text: str) -> Any:
    return orjson.loads(text)


_COLUMNS = """
    select batch_id, template_id, terms_version, kind, name, wanted, made, state, details::text, asked_by, added_at,
        ended_at, version
    from coupon_batch where kind in ('codes', 'external')
"""
_ONE = _COLUMNS + " and batch_id = $1"
_HELD = _ONE + " for update"
_OF_TEMPLATE = _COLUMNS + " and template_id = $1 and batch_id < $2 order by batch_id desc limit $3"
_COUNTS = """
    select batch_id, how, state, count(*) from coupon
    where batch_id = any($1::bigint[]) and batch_id is not null and state <> 'issued' group by batch_id, how, state
"""
_REJECTS = """
    select row_no, code, values::text, cells::text from coupon_batch_reject where batch_id = $1 order by row_no limit $2
"""
_REASONS = """
    select code, count(*), (array_agg(values::text order by row_no))[1] as values
    from coupon_batch_reject where batch_id = $1 group by code order by count(*) desc, code
"""
