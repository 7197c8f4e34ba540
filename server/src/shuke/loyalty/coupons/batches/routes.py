"""Batches of codes over HTTP: making, importing, taking back, exchanging, and codes as pictures."""

from pathlib import Path as FilePath
from typing import Annotated, Any

import anyio
import orjson
from fastapi import Form, Path, Query, Request, Response, UploadFile

from shuke.foundation import organization
from shuke.people import members
from shuke.platform import uploads
from shuke.platform.http import (
    CurrentActor,
    CurrentSight,
    RequestLanguage,
    RequestSession,
    Router,
    allowed,
    declares,
)
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor, decode_cursor, encode_cursor
from shuke.platform.tabular import UNREADABLE

from ..errors import (
    CodeMistyped,
    CouponChanged,
    CouponGivenAway,
    CouponLocked,
    CouponOfSomebodyElse,
    CouponOver,
    CouponUnknown,
    CouponUsed,
    CouponVoid,
)
from ..guessing import counting_wrong_codes
from ..holding.queries import get_coupon_for
from ..issuing import errors as issuing
from ..permissions import COUPONS_ISSUE, COUPONS_READ
from ..templates.errors import TemplateNotFound
from . import actions, drawing
from .errors import (
    BatchNotFound,
    BatchState,
    CodeFileGone,
    CodeOwnedAlready,
    NoCodeColumn,
    TemplateIssuesNone,
    TooFewUnits,
)
from .exchanging import exchange
from .files import look_at, rejects_csv
from .queries import get_batch, list_batches, list_rejects
from .rows import COLUMNS, guess
from .schemas import (
    BatchName,
    CouponBatchesOut,
    CouponBatchIn,
    CouponBatchOut,
    CouponBatchVoidIn,
    CouponCodeSampleOut,
    CouponExchangedOut,
    CouponExchangeIn,
)
from .views import show_batch, show_batches

router = Router(tags=["coupons"])
_LARGEST = 2**63 - 1
_SORT = "newest"
_ADDING = (TemplateNotFound, TemplateIssuesNone, issuing.IssuingOver, organization.ShopNotSetUp)
BatchId = Annotated[int, Path(ge=1, le=_LARGEST)]
Template = Annotated[str, Path(min_length=1, max_length=100)]
Code = Annotated[str, Path(min_length=1, max_length=64, description="As it was typed or scanned.")]
_SVG: dict[int | str, dict[str, Any]] = {
    200: {"content": {"image/svg+xml": {"schema": {"type": "string"}}}, "description": "The picture."}
}


@router.post(
    "/v1/coupon-templates/{code}/batches",
    status_code=202,
    dependencies=[allowed(COUPONS_ISSUE)],
    responses=declares(
        TemplateNotFound, TemplateIssuesNone, TooFewUnits, issuing.IssuingOver, organization.ShopNotSetUp
    ),
)
async def post_batch(
    code: Template, body: CouponBatchIn, session: RequestSession, actor: CurrentActor, language: RequestLanguage
) -> CouponBatchOut:
    """Have codes made in the background: nobody's, until somebody presents one. The batch says how far it is."""
    wanted = actions.Wanted(
        template=code,
        name=body.name.strip(),
        kind="codes",
        count=body.count,
        use_by=body.use_by,
        asked_by=actor.name,
        details={"prefix": body.prefix},
    )
    return await show_batch(session, await actions.add_batch(session, wanted), language)


@router.get(
    "/v1/coupon-templates/{code}/batches",
    dependencies=[allowed(COUPONS_READ)],
    responses=declares(TemplateNotFound, BadCursor),
)
async def get_batches(
    code: Template,
    session: RequestSession,
    language: RequestLanguage,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> CouponBatchesOut:
    """Batches of codes of a template, the newest first, with what became of them."""
    template = await actions.find_template(session, code)
    found = await list_batches(session, template.template_id, _below(cursor), limit + 1)
    more = encode_cursor(_SORT, [found[limit - 1].batch_id]) if len(found) > limit else None
    return CouponBatchesOut(items=await show_batches(session, found[:limit], language), next=more)


@router.get("/v1/coupon-batches/{batch_id}", dependencies=[allowed(COUPONS_READ)], responses=declares(BatchNotFound))
async def get_one(batch_id: BatchId, session: RequestSession, language: RequestLanguage) -> CouponBatchOut:
    """One batch: how far it is, and what became of its codes."""
    return await show_batch(session, await get_batch(session, batch_id), language)


@router.post(
    "/v1/coupon-batches/{batch_id}/stop",
    dependencies=[allowed(COUPONS_ISSUE)],
    responses=declares(BatchNotFound, BatchState),
)
async def post_stop(batch_id: BatchId, session: RequestSession, language: RequestLanguage) -> CouponBatchOut:
    """Stop the work. Codes that were made are good; the rest can be made later."""
    return await show_batch(session, await actions.stop_batch(session, batch_id), language)


@router.post(
    "/v1/coupon-batches/{batch_id}/resume",
    status_code=202,
    dependencies=[allowed(COUPONS_ISSUE)],
    responses=declares(BatchNotFound, BatchState, CodeFileGone),
)
async def post_resume(batch_id: BatchId, session: RequestSession, language: RequestLanguage) -> CouponBatchOut:
    """Go on with a batch that was stopped or broke off, where it was."""
    return await show_batch(session, await actions.resume_batch(session, batch_id), language)


@router.post(
    "/v1/coupon-batches/{batch_id}/import",
    status_code=202,
    dependencies=[allowed(COUPONS_ISSUE)],
    responses=declares(BatchNotFound, BatchState, CodeFileGone),
)
async def post_import(batch_id: BatchId, session: RequestSession, language: RequestLanguage) -> CouponBatchOut:
    """Import for good a file that was tried."""
    return await show_batch(session, await actions.import_checked(session, batch_id), language)


@router.post(
    "/v1/coupon-batches/{batch_id}/void",
    status_code=202,
    dependencies=[allowed(COUPONS_ISSUE)],
    responses=declares(BatchNotFound, BatchState),
)
async def post_void(
    batch_id: BatchId, body: CouponBatchVoidIn, session: RequestSession, language: RequestLanguage
) -> CouponBatchOut:
    """Take back every code that is not used yet, in the background. What members got for exchanged codes stays."""
    return await show_batch(session, await actions.void_batch(session, batch_id, body.reason.strip()), language)


@router.post("/v1/coupon-code-samples", dependencies=[allowed(COUPONS_ISSUE)], responses=declares(*UNREADABLE))
async def post_code_sample(file: UploadFile) -> CouponCodeSampleOut:
    """Look at the beginning of a file of codes, and guess its columns. Nothing is kept."""
    path = await anyio.to_thread.run_sync(uploads.keep, file.file)
    try:
        return await anyio.to_thread.run_sync(look_at, path)
    finally:
        await anyio.Path(path).unlink(missing_ok=True)


@router.post(
    "/v1/coupon-templates/{code}/code-imports",
    # Said here, so that the shape of its form has a short name, too.
    operation_id="post_code_import",
    status_code=202,
    dependencies=[allowed(COUPONS_ISSUE)],
    responses=declares(
        *UNREADABLE, NoCodeColumn, TemplateNotFound, TemplateIssuesNone, issuing.IssuingOver, organization.ShopNotSetUp
    ),
)
async def post_code_import(
    code: Template,
    file: UploadFile,
    session: RequestSession,
    actor: CurrentActor,
    language: RequestLanguage,
    name: Annotated[BatchName | None, Form()] = None,
    columns: Annotated[
        str,
        Form(max_length=2_000, description='Which heading holds what, as JSON: {"code": "券码"}. Left out: guessed.'),
    ] = "",
    dry_run: Annotated[bool, Form(description="Only look: see what would be imported.")] = False,
) -> CouponBatchOut:
    """Bring in codes of another system from a file (CSV or XLSX), in the background.

    Columns: code, and where there are such: terms (`30:5`), expires_on, member (phone or member number).
    """
    path = await anyio.to_thread.run_sync(uploads.keep, file.file)
    try:
        wanted = actions.Wanted(
            template=code,
            name=(name or "").strip() or uploads.shown_name(file.filename, "codes")[:100],
            kind="external",
            count=0,
            use_by=None,
            asked_by=actor.name,
            details={
                "file_name": uploads.shown_name(file.filename, "codes"),
                "path": str(path),
                "columns": await anyio.to_thread.run_sync(_columns, path, columns),
                "is_trial": dry_run,
                "applied_to": 0,
                "rejected": 0,
                "terms": {},
            },
        )
        return await show_batch(session, await actions.add_batch(session, wanted), language)
    except BaseException:
        await anyio.Path(path).unlink(missing_ok=True)
        raise


def _columns(path: FilePath, wanted: str) -> dict[str, str]:
    """The columns that were named, or those that the headings tell. Raises UnreadableTable, NoCodeColumn."""
    header = look_at(path).header
    try:
        named = orjson.loads(wanted) if wanted else guess(header)
    except orjson.JSONDecodeError:
        raise NoCodeColumn(column=wanted[:40]) from None
    pairs = named.items() if isinstance(named, dict) else ()
    found = {name: str(column) for name, column in pairs if name in COLUMNS and column}
    missing = [column for column in found.values() if column not in header]
    if missing or "code" not in found:
        raise NoCodeColumn(column=missing[0][:40] if missing else "code")
    return found


@router.get(
    "/v1/coupon-batches/{batch_id}/rejects.csv",
    dependencies=[allowed(COUPONS_ISSUE)],
    response_class=Response,
    responses={
        200: {"content": {"text/csv": {"schema": {"type": "string"}}}, "description": "The rows, UTF-8 with BOM."},
        **declares(BatchNotFound),
    },
)
async def get_rejects(batch_id: BatchId, session: RequestSession, language: RequestLanguage) -> Response:
    """The rows of a file that were handed back, each with its reason; members are masked."""
    batch = await get_batch(session, batch_id)
    body = rejects_csv(batch, await list_rejects(session, batch_id), language)
    headers = {"Content-Disposition": f'attachment; filename="codes-{batch_id}-rejects.csv"'}
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)


@router.post(
    "/v1/coupons/exchange",
    status_code=201,
    dependencies=[allowed(COUPONS_ISSUE, reach="narrowed")],
    responses=declares(
        members.MemberNotFound,
        members.MemberNotActive,
        CouponUnknown,
        CodeMistyped,
        CouponUsed,
        CouponOver,
        CouponVoid,
        CouponGivenAway,
        CouponLocked,
        CouponOfSomebodyElse,
        CouponChanged,
        CodeOwnedAlready,
        TemplateNotFound,
        issuing.LimitReached,
        issuing.SoldOut,
        issuing.IssuingBusy,
        issuing.IssuingClosed,
        issuing.IssuingOver,
        issuing.NotOpenYet,
        issuing.NotForYou,
        issuing.TicketNeeded,
        issuing.WordWrong,
        organization.ShopNotSetUp,
    ),
)
async def post_exchange(
    body: CouponExchangeIn, request: Request, session: RequestSession, actor: CurrentActor, sight: CurrentSight
) -> CouponExchangedOut:
    """Give a member the coupon of a printed code, or of a word (口令). Whoever tries many wrong codes has to wait."""
    member_id = await members.get_id(session, body.member, sight, hold=True)
    with counting_wrong_codes(request.app.state.limits, actor, member_id=member_id):
        one = await exchange(session, member_id=member_id, text=body.code, actor=actor.name)
    return CouponExchangedOut(
        code=one.code,
        template=one.template,
        name=one.name,
        how="exchange" if one.how == "exchange" else "claim",
        valid_from=one.valid_from,
        expires_at=one.expires_at,
    )


@router.get(
    "/v1/coupons/{code}/qr.svg",
    dependencies=[allowed(COUPONS_READ, reach="narrowed")],
    response_class=Response,
    responses={**_SVG, **declares(CouponUnknown, CodeMistyped)},
)
async def get_qr(code: Code, session: RequestSession, sight: CurrentSight) -> Response:
    """A coupon's code as a QR code."""
    one = await get_coupon_for(session, code, sight)
    return Response(drawing.qr_svg(one.code), media_type="image/svg+xml")


@router.get(
    "/v1/coupons/{code}/barcode.svg",
    dependencies=[allowed(COUPONS_READ, reach="narrowed")],
    response_class=Response,
    responses={**_SVG, **declares(CouponUnknown, CodeMistyped)},
)
async def get_barcode(code: Code, session: RequestSession, sight: CurrentSight) -> Response:
    """A coupon's code as a bar code (Code 128)."""
    one = await get_coupon_for(session, code, sight)
    return Response(drawing.bar_svg(one.code), media_type="image/svg+xml")


def _below(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    (last,) = decode_cursor(cursor, _SORT, 1)
    if type(last) is not int or abs(last) > _LARGEST:
        raise BadCursor
    return last
