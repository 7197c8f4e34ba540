"""Imports, mappings and unmatched returns as they are shown."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from shuke.commerce import catalog, orders
from shuke.foundation import organization
from shuke.people import members
from shuke.platform import clock
from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.i18n import Language, LocalName
from shuke.platform.pages import BadCursor, decode_cursor

from . import importing
from .importing import Mapping, Run, UnmatchedReturn
from .importing.schemas import (
    CandidateMemberOut,
    CandidateOut,
    FailureOut,
    ImportFileOut,
    ImportOut,
    MappingFileOut,
    MappingOut,
    ProgressOut,
    ReasonOut,
    ReportOut,
    ReturnedProductOut,
    ReturnStoreOut,
    ReturnWithCandidatesOut,
    UnmatchedReturnOut,
)

_MOST_CANDIDATES = 200


def show_mapping(mapping: Mapping) -> MappingOut:
    """A mapping with the files it reads."""
    return MappingOut(
        code=mapping.code,
        name=LocalName(mapping.name.zh, mapping.name.en),
        description=LocalName(mapping.description.zh, mapping.description.en),
        columns=mapping.needs("orders"),
        files=[MappingFileOut(role=role, columns=mapping.needs(role)) for role in mapping.roles],
        fields={name: column for name, column in mapping.columns.model_dump().items() if column},
        is_built_in=importing.find_built_in(mapping.code) is not None,
    )


async def show_imports(
    session: Session, runs: Sequence[Run], language: Language, rejects: Sequence[dict[str, Any]] = ()
) -> list[ImportOut]:
    """Imports: how far each is, and what came of it; `rejects`: the rows handed back, for the reasons of one."""
    files = await importing.list_files(session, [run.import_id for run in runs])
    return [_import(run, files[run.import_id], language, rejects) for run in runs]


def _import(
    run: Run, files: Sequence[importing.File], language: Language, rejects: Sequence[dict[str, Any]]
) -> ImportOut:
    elapsed = ((run.finished_at or clock.wall()) - run.started_at).total_seconds()
    done = run.report["lines_read"] + run.report.get("returns_read", 0) if run.state == "done" else run.lines_done
    return ImportOut(
        id=run.import_id,
        kind=run.kind,
        file_name=run.file_name,
        file_bytes=run.file_bytes,
        files=[ImportFileOut(name=file.name, role=file.role, bytes=file.size) for file in files],
        mapping=run.mapping.code,
        mapping_name=LocalName(run.mapping.name.zh, run.mapping.name.en),
        state=run.state,
        started_at=run.started_at,
        finished_at=run.finished_at,
        progress=ProgressOut(done=done, total=run.lines_total, rate_per_second=round(done / max(elapsed, 0.001))),
        error=None if run.error is None else _failure(run.error, language),
        report=None if run.state != "done" else _report(run, rejects, language),
    )


def _failure(error: dict[str, Any], language: Language) -> FailureOut:
    return FailureOut(code=error["code"], title=error["title"][language], detail=error["detail"][language])


def _report(run: Run, rejects: Sequence[dict[str, Any]], language: Language) -> ReportOut:
    counts = Counter(row["code"] for row in rejects)
    first = {row["code"]: row for row in reversed(rejects)}
    reasons = [
        ReasonOut(code=code, text=importing.say(code, first[code]["values"], language), count=count)
        for code, count in counts.most_common()
    ]
    return ReportOut(**{**run.report, "seconds": run.report["milliseconds"] / 1000, "reasons": reasons})


async def show_returns(session: Session, returns: Sequence[UnmatchedReturn]) -> list[UnmatchedReturnOut]:
    """Unmatched returns, each with the number of orders it can be of."""
    waiting = [one for one in returns if one.state == "waiting"]
    counts = await orders.count_sold(session, [one.wanted for one in waiting])
    products = await catalog.get_products(session, sorted({one.product_id for one in returns}))
    stores = await organization.get_stores(session, sorted({one.store_id for one in returns if one.store_id}))
    return [
        UnmatchedReturnOut(
            id=one.return_id,
            import_id=one.import_id,
            returned_on=one.returned_on,
            product=ReturnedProductOut(code=products[one.product_id].code, name=products[one.product_id].name),
            store=ReturnStoreOut(id=one.store_id, name=stores[one.store_id].name) if one.store_id else None,
            quantity=f"{one.quantity.normalize():f}",
            state=one.state,
            candidates=counts.get(one.return_id, 0) if one.state == "waiting" else None,
            order_id=one.order_id,
            refund_id=one.refund_id,
            reason=one.reason,
            decided_at=one.decided_at,
        )
        for one in returns
    ]


async def show_return(session: Session, found: UnmatchedReturn, sight: Sight) -> ReturnWithCandidatesOut:
    """An unmatched return with the orders it can be of."""
    (shown,) = await show_returns(session, [found])
    sold = (await importing.list_candidates(session, [found], _MOST_CANDIDATES))[found.return_id]
    names = await members.names(session, sorted({one.member_id for one in sold if one.member_id}), sight)
    return ReturnWithCandidatesOut(
        **dict(shown), orders=[_candidate(found, one, names.get(one.member_id)) for one in sold]
    )


def _candidate(found: UnmatchedReturn, sold: orders.Sold, member: members.MemberName | None) -> CandidateOut:
    return CandidateOut(
        order_id=sold.order_id,
        source=sold.source,
        number=sold.number,
        placed_at=sold.placed_at,
        days=(found.returned_at - sold.placed_at).days,
        member=CandidateMemberOut(id=member.id, number=member.number, name=member.name) if member else None,
        quantity_left=f"{sold.quantity_left.normalize():f}",
        unit_price=f"{sold.unit_price.normalize():f}",
    )


def place_of(cursor: str | None, sort: str) -> int | None:
    """The id behind which a page begins. Raises BadCursor."""
    if cursor is None:
        return None
    (value,) = decode_cursor(cursor, sort, 1)
    if type(value) is not int or abs(value) >= 2**63:
        raise BadCursor
    return value
