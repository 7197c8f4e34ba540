"""Batches of codes as they are shown."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from shuke.foundation import staff
from shuke.platform import clock
from shuke.platform.db import Session
from shuke.platform.i18n import Language

from ..promises import find_templates_by_id
from .queries import Batch, Counted, count_rejects, count_states
from .reasons import say
from .schemas import (
    CouponBatchCountsOut,
    CouponBatchFileOut,
    CouponBatchOut,
    CouponBatchProblemOut,
    CouponBatchReasonOut,
    CouponBatchTermsOut,
)


async def show_batches(session: Session, batches: Sequence[Batch], language: Language) -> list[CouponBatchOut]:
    """Batches as lists show them."""
    if not batches:
        return []
    templates = await find_templates_by_id(session, {batch.template_id for batch in batches})
    counted = await count_states(session, batches, clock.now())
    people = await staff.actor_names(session, sorted({batch.asked_by for batch in batches}))
    return [
        CouponBatchOut(
            id=batch.batch_id,
            template=templates[batch.template_id].code,
            template_name=templates[batch.template_id].name,
            name=batch.name,
            kind=batch.kind,
            state=batch.state,
            wanted=batch.wanted,
            made=batch.made,
            prefix=batch.details.get("prefix", ""),
            valid_from=_at(batch.details.get("valid_from")),
            expires_at=_at(batch.details.get("expires_at")),
            counts=_counts(counted[batch.batch_id]) if not _is_trial(batch) else CouponBatchCountsOut(),
            file=_file(batch) if batch.kind == "external" else None,
            problem=_problem(batch.details.get("error"), language),
            asked_by=batch.asked_by,
            asked_by_name=people.get(batch.asked_by),
            added_at=batch.added_at,
            ended_at=batch.ended_at,
            version=batch.version,
        )
        for batch in batches
    ]


async def show_batch(session: Session, batch: Batch, language: Language) -> CouponBatchOut:
    """One batch, with the reasons why rows of its file were handed back."""
    (shown,) = await show_batches(session, [batch], language)
    if shown.file is not None:
        shown.file.reasons = [
            CouponBatchReasonOut(code=code, text=say(code, values, language), count=count)
            for code, count, values in await count_rejects(session, batch.batch_id)
        ]
    return shown


def _is_trial(batch: Batch) -> bool:
    return batch.kind == "external" and bool(batch.details["is_trial"])


def _counts(counted: Counted) -> CouponBatchCountsOut:
    states = {**counted.states, "exchanged": counted.states.get("given", 0)}
    states.pop("given", None)
    return CouponBatchCountsOut(**states, exchanged_redeemed=counted.exchanged_used)


def _file(batch: Batch) -> CouponBatchFileOut:
    details = batch.details
    return CouponBatchFileOut(
        name=details["file_name"],
        columns=details["columns"],
        is_trial=details["is_trial"],
        rows_read=batch.made + details["rejected"],
        rejected=details["rejected"],
        reasons=None,
        terms=[CouponBatchTermsOut(text=text, count=count) for text, count in details["terms"].items()],
    )


def _problem(error: dict[str, Any] | None, language: Language) -> CouponBatchProblemOut | None:
    if error is None:
        return None
    return CouponBatchProblemOut(code=error["code"], title=error["title"][language], detail=error["detail"][language])


def _at(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
