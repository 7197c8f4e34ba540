"""Imports of members as they are shown."""

from collections.abc import Mapping, Sequence
from typing import Any

from shuke.foundation import staff
from shuke.platform import clock
from shuke.platform.db import Session
from shuke.platform.i18n import Language

from .actions import Look
from .queries import Import, count_reasons
from .rules.reasons import say
from .schemas import (
    MemberImportColumnOut,
    MemberImportCountsOut,
    MemberImportFailureOut,
    MemberImportLookOut,
    MemberImportOut,
    MemberImportProgressOut,
    MemberImportReasonOut,
    MemberImportSampleOut,
    MemberImportUndoOut,
)

_AT_WORK = ("checking", "waiting", "running")


async def show(
    session: Session, runs: Sequence[Import], language: Language, *, look: Look | None = None, in_full: bool = False
) -> list[MemberImportOut]:
    """Imports; in full with the reasons of rows handed back."""
    names = await staff.actor_names(session, [run.asked_by for run in runs])
    shown = []
    for run in runs:
        reasons = await _reasons(session, run, language) if in_full else []
        shown.append(_out(run, names, language, reasons, look))
    return shown


async def _reasons(session: Session, run: Import, language: Language) -> list[MemberImportReasonOut]:
    return [
        MemberImportReasonOut(kind=kind, code=code, text=say(code, values, language), count=count)
        for kind, code, count, values in await count_reasons(session, run.import_id)
    ]


def _out(
    run: Import, names: Mapping[str, str], language: Language, reasons: list[MemberImportReasonOut], look: Look | None
) -> MemberImportOut:
    has_run = run.started_at is not None
    return MemberImportOut(
        id=run.import_id,
        state=run.state,
        file_name=run.file_name,
        file_bytes=run.file_bytes,
        settings=run.settings,
        created_at=run.created_at,
        started_at=run.started_at,
        finished_at=run.finished_at,
        undone_at=run.undone_at,
        asked_by=names.get(run.asked_by),
        progress=_progress(run),
        counts=_counts(run.counts) if has_run else None,
        dry_run=_counts(run.dry_run) if run.dry_run is not None else None,
        samples=[MemberImportSampleOut(**sample) for sample in (run.dry_run or {}).get("samples", [])],
        reasons=reasons,
        look=None if look is None else _look(run, look, language),
        error=None if run.error is None else _failure(run.error, language),
        undo=None if run.undo is None else MemberImportUndoOut(**run.undo),
    )


def _counts(counts: Mapping[str, Any]) -> MemberImportCountsOut:
    named = {name: counts[name] for name in MemberImportCountsOut.model_fields if name != "seconds"}
    return MemberImportCountsOut(**named, seconds=counts["milliseconds"] / 1000)


def _progress(run: Import) -> MemberImportProgressOut:
    if run.started_at is None or run.state not in _AT_WORK:
        return MemberImportProgressOut(done=run.lines_done, total=run.lines_total, rate_per_second=0, seconds_left=None)
    elapsed = max((clock.wall() - run.started_at).total_seconds(), 0.001)
    rate = run.lines_done / elapsed
    left = None
    if run.lines_total is not None and rate:
        left = round((run.lines_total - run.lines_done) / rate)
    return MemberImportProgressOut(
        done=run.lines_done, total=run.lines_total, rate_per_second=round(rate), seconds_left=left
    )


def _look(run: Import, look: Look, language: Language) -> MemberImportLookOut:
    columns = [
        MemberImportColumnOut(heading=heading, field=name, samples=samples)
        for heading, name, samples in zip(run.header, run.settings.fields, look.columns, strict=True)
    ]
    problems = [
        MemberImportReasonOut(kind="rejected", code=code, text=say(code, look.values[code], language), count=count)
        for code, count in look.problems.most_common()
    ]
    return MemberImportLookOut(columns=columns, rows=look.rows, problems=problems)


def _failure(error: Mapping[str, Any], language: Language) -> MemberImportFailureOut:
    return MemberImportFailureOut(code=error["code"], title=error["title"][language], detail=error["detail"][language])
