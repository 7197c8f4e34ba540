"""Statements over HTTP: as data, as a spreadsheet, as a page to print."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Query, Request, Response
from starlette.responses import StreamingResponse

from shuke.people import members
from shuke.platform import spreadsheets
from shuke.platform.http import CurrentSight, RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor

from ..errors import CurrencyNotFound
from ..permissions import POINTS_READ
from ..schemas import CurrencyOut, ExpiringOut, OrderRefOut
from .errors import BadPeriod
from .page import page
from .queries import Balances
from .schemas import BalancesOut, KindTotalOut, StatementLineOut, StatementMemberOut, StatementOut
from .sheet import sheet
from .views import Head, ToldLine, all_lines, load_head, load_page, read_cursor

router = Router(tags=["points"])

_FORMATS: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}, "text/html": {"schema": {"type": "string"}}}}
}


@router.get(
    "/v1/ledger/members/{member}/statement",
    dependencies=[allowed(POINTS_READ, reach="narrowed")],
    response_model=StatementOut,
    responses={**declares(members.MemberNotFound, CurrencyNotFound, BadPeriod, BadCursor), **_FORMATS},
)
async def get_statement(
    request: Request,
    session: RequestSession,
    sight: CurrentSight,
    language: RequestLanguage,
    member: str,
    currency: Annotated[str, Query(max_length=100)],
    from_day: Annotated[date, Query(alias="from", description="First business day.")],
    to_day: Annotated[date, Query(alias="to", description="Last business day.")],
    wanted: Annotated[
        Literal["json", "csv", "html"], Query(alias="format", description="csv and html have every entry.")
    ] = "json",
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> StatementOut | Response:
    """A member's account over a period: what it began with, every entry and its reason, what it ended with."""
    version, behind = read_cursor(cursor if wanted == "json" else None)
    head = await load_head(session, sight, member, currency, from_day, to_day, version=version)
    if wanted == "json":
        found = await load_page(session, head, language, limit=limit, behind=behind)
        return _statement(head, found.lines, found.next)
    lines = all_lines(request.app.state.database, head, language)
    if wanted == "html":
        return StreamingResponse(page(head, lines, language), media_type="text/html; charset=utf-8")
    name = f"statement-{head.number}-{head.currency.code}-{head.first}-{head.last}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(sheet(head, lines, language), media_type=spreadsheets.MEDIA_TYPE, headers=headers)


def _statement(head: Head, lines: Sequence[ToldLine], more: str | None) -> StatementOut:
    return StatementOut(
        member=StatementMemberOut(id=head.member_id, number=head.number, name=head.name),
        currency=CurrencyOut(code=head.currency.code, name=head.currency.name),
        from_day=head.first,
        to_day=head.last,
        version=head.snapshot.version,
        generated_at=head.generated_at,
        opening=_balances(head.opening),
        closing=_balances(head.closing),
        totals=[
            KindTotalOut(kind=one.kind, entries=one.entries, added=one.added, taken=one.taken) for one in head.totals
        ],
        expiring=[ExpiringOut(on=one.on, amount=one.amount) for one in head.expiring],
        items=[_line(told) for told in lines],
        next=more,
    )


def _line(told: ToldLine) -> StatementLineOut:
    entry = told.line.entry
    return StatementLineOut(
        version=entry.version,
        business_day=entry.business_day,
        occurred_at=entry.occurred_at,
        recorded_at=entry.recorded_at,
        kind=entry.kind,
        amount=entry.amount,
        moved=entry.moved,
        balance=_balances(told.balance),
        operation=entry.operation_key,
        order=OrderRefOut(id=told.order.order_id, number=told.order.number) if told.order else None,
        why=told.why,
    )


def _balances(balance: Balances) -> BalancesOut:
    return BalancesOut(
        available=balance.available,
        pending=balance.pending,
        held=balance.held,
        debt=balance.debt,
        total=balance.total,
    )
