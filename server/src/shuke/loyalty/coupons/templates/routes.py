"""Templates and the rules of combining over HTTP."""

from typing import Annotated

from fastapi import Header, Path, Query, Response

from shuke.foundation import organization
from shuke.platform import audit
from shuke.platform.db import Session
from shuke.platform.http import CurrentActor, RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.i18n import Language
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor

from ..permissions import COUPONS_READ, COUPONS_WRITE
from . import actions, queries
from .errors import (
    IssuingInvalid,
    TemplateChanged,
    TemplateCodeTaken,
    TemplateDraftNotFound,
    TemplateDraftTooLarge,
    TemplateDraftUnchanged,
    TemplateNotFound,
    TemplateStateWrong,
    TemplateWasPublished,
    TermsInvalid,
)
from .queries import State, TemplateRecord
from .schema import describe
from .schemas import (
    CouponCopyIn,
    CouponDraftIn,
    CouponIssuingIn,
    CouponPreviewIn,
    CouponPreviewOut,
    CouponRenameIn,
    CouponSchemaOut,
    CouponTemplateDetailOut,
    CouponTemplateIn,
    CouponTemplatesOut,
    CouponVersionsOut,
)
from .views import show_preview, show_template, show_templates, show_versions

router = Router(tags=["coupons"])

Code = Annotated[str, Path(max_length=60)]
Seen = Annotated[str | None, Header(alias="If-Match", max_length=40, description="The version that was read.")]
_OPENED = (TemplateNotFound, TemplateChanged)


@router.get("/v1/coupon-templates", dependencies=[allowed(COUPONS_READ, reach="common")], responses=declares(BadCursor))
async def list_coupon_templates(
    session: RequestSession,
    language: RequestLanguage,
    q: Annotated[str | None, Query(max_length=100, description="Part of a name or a code.")] = None,
    state: State | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> CouponTemplatesOut:
    """Templates, the newest first, with what they take off in plain words."""
    page = await queries.list_templates(session, search=q, state=state, limit=limit, cursor=cursor)
    return await show_templates(session, page.items, page.next, language)


@router.get("/v1/coupon-templates/schema", dependencies=[allowed(COUPONS_READ, reach="common")])
async def get_coupon_schema(session: RequestSession) -> CouponSchemaOut:
    """What terms, issuing and the rules of combining may say, as JSON Schema; and the kinds of discount."""
    return describe((await organization.get_shop(session)).currency)


@router.post("/v1/coupon-templates/preview", dependencies=[allowed(COUPONS_WRITE, reach="common")])
async def preview_coupon_template(
    session: RequestSession, language: RequestLanguage, body: CouponPreviewIn
) -> CouponPreviewOut:
    """What terms and issuing say, what is wrong with them, and what they do on a cart. Writes nothing."""
    shop = await organization.get_shop(session)
    return await show_preview(session, body, language, money=shop.currency, zone=shop.zone)


@router.post(
    "/v1/coupon-templates",
    status_code=201,
    dependencies=[allowed(COUPONS_WRITE)],
    responses=declares(TemplateCodeTaken, TemplateDraftTooLarge, IssuingInvalid),
)
async def add_coupon_template(
    session: RequestSession, language: RequestLanguage, body: CouponTemplateIn, response: Response
) -> CouponTemplateDetailOut:
    """Make a template, with its first draft. Nobody gets coupons of it before it is published."""
    record = await actions.add_template(
        session, body.code, body.name.as_name(), draft=body.terms, issuing=body.issuing, language=language
    )
    response.headers["Location"] = f"/v1/coupon-templates/{body.code}"
    return await _answer(session, record, language, response)


@router.get(
    "/v1/coupon-templates/{code}",
    dependencies=[allowed(COUPONS_READ, reach="common")],
    responses=declares(TemplateNotFound),
)
async def get_coupon_template(
    session: RequestSession, language: RequestLanguage, code: Code, response: Response
) -> CouponTemplateDetailOut:
    """A template with its published terms, its draft and how it is issued. The ETag is what a change must name."""
    return await _answer(session, await queries.get_template(session, code), language, response)


@router.put("/v1/coupon-templates/{code}", dependencies=[allowed(COUPONS_WRITE)], responses=declares(*_OPENED))
async def rename_coupon_template(
    session: RequestSession,
    language: RequestLanguage,
    code: Code,
    body: CouponRenameIn,
    response: Response,
    if_match: Seen = None,
) -> CouponTemplateDetailOut:
    """Give a template another name, which its coupons show at once."""
    before = (await queries.get_template(session, code)).name
    record = await actions.rename_template(session, code, body.name.as_name(), seen=seen_version(if_match))
    changes = {"name.zh": (before.zh, record.name.zh), "name.en": (before.en, record.name.en)}
    audit.describe(object_id=code, changes=changes)
    return await _answer(session, record, language, response)


@router.delete(
    "/v1/coupon-templates/{code}",
    status_code=204,
    dependencies=[allowed(COUPONS_WRITE)],
    responses=declares(*_OPENED, TemplateWasPublished),
)
async def remove_coupon_template(session: RequestSession, code: Code, if_match: Seen = None) -> None:
    """Remove a template that was never published."""
    await actions.remove_template(session, code, seen=seen_version(if_match))
    audit.describe(object_id=code)


@router.put(
    "/v1/coupon-templates/{code}/draft",
    dependencies=[allowed(COUPONS_WRITE)],
    responses=declares(*_OPENED, TemplateStateWrong, TemplateDraftTooLarge),
)
async def save_coupon_draft(
    session: RequestSession,
    language: RequestLanguage,
    code: Code,
    body: CouponDraftIn,
    response: Response,
    if_match: Seen = None,
) -> CouponTemplateDetailOut:
    """Save terms that wait to be published; they may be unfinished. Coupons that were issued keep theirs."""
    record = await actions.save_draft(session, code, body.terms, seen=seen_version(if_match))
    return await _answer(session, record, language, response)


@router.delete(
    "/v1/coupon-templates/{code}/draft",
    status_code=204,
    dependencies=[allowed(COUPONS_WRITE)],
    responses=declares(*_OPENED, TemplateDraftNotFound),
)
async def discard_coupon_draft(session: RequestSession, code: Code, if_match: Seen = None) -> None:
    """Throw the draft away."""
    await actions.discard_draft(session, code, seen=seen_version(if_match))
    audit.describe(object_id=code)


@router.post(
    "/v1/coupon-templates/{code}/publish",
    dependencies=[allowed(COUPONS_WRITE)],
    responses=declares(*_OPENED, TemplateDraftNotFound, TemplateStateWrong, TermsInvalid, TemplateDraftUnchanged),
)
async def publish_coupon_template(
    session: RequestSession,
    actor: CurrentActor,
    language: RequestLanguage,
    code: Code,
    response: Response,
    if_match: Seen = None,
) -> CouponTemplateDetailOut:
    """Publish the draft as the next version, for coupons issued from now on. Published terms never change."""
    record = await actions.publish(session, code, seen=seen_version(if_match), actor=actor, language=language)
    audit.describe(object_id=code, details={"version": record.terms_version})
    return await _answer(session, record, language, response)


@router.post(
    "/v1/coupon-templates/{code}/pause",
    dependencies=[allowed(COUPONS_WRITE)],
    responses=declares(*_OPENED, TemplateStateWrong),
)
async def pause_coupon_template(
    session: RequestSession, language: RequestLanguage, code: Code, response: Response, if_match: Seen = None
) -> CouponTemplateDetailOut:
    """Stop claiming and issuing for a while. Coupons that members have stay usable."""
    record = await actions.pause(session, code, seen=seen_version(if_match))
    return await _answer(session, record, language, response)


@router.post(
    "/v1/coupon-templates/{code}/resume",
    dependencies=[allowed(COUPONS_WRITE)],
    responses=declares(*_OPENED, TemplateStateWrong),
)
async def resume_coupon_template(
    session: RequestSession, language: RequestLanguage, code: Code, response: Response, if_match: Seen = None
) -> CouponTemplateDetailOut:
    """Claim and issue again."""
    record = await actions.resume(session, code, seen=seen_version(if_match))
    return await _answer(session, record, language, response)


@router.post(
    "/v1/coupon-templates/{code}/close",
    dependencies=[allowed(COUPONS_WRITE)],
    responses=declares(*_OPENED, TemplateStateWrong),
)
async def close_coupon_template(
    session: RequestSession, language: RequestLanguage, code: Code, response: Response, if_match: Seen = None
) -> CouponTemplateDetailOut:
    """Stop claiming and issuing for good. Coupons that members have stay usable."""
    record = await actions.close(session, code, seen=seen_version(if_match))
    return await _answer(session, record, language, response)


@router.post(
    "/v1/coupon-templates/{code}/copies",
    status_code=201,
    dependencies=[allowed(COUPONS_WRITE)],
    responses=declares(TemplateNotFound, TemplateCodeTaken),
)
async def copy_coupon_template(
    session: RequestSession, language: RequestLanguage, code: Code, body: CouponCopyIn, response: Response
) -> CouponTemplateDetailOut:
    """Make a new template whose draft and issuing say what this one's say."""
    record = await actions.copy_template(session, code, new_code=body.code, name=body.name.as_name())
    response.headers["Location"] = f"/v1/coupon-templates/{body.code}"
    audit.describe(object_id=body.code, details={"copied_from": code})
    return await _answer(session, record, language, response)


@router.get(
    "/v1/coupon-templates/{code}/versions",
    dependencies=[allowed(COUPONS_READ, reach="common")],
    responses=declares(TemplateNotFound),
)
async def list_coupon_versions(session: RequestSession, language: RequestLanguage, code: Code) -> CouponVersionsOut:
    """What was published, the newest first, each against the one before; and the draft against the newest."""
    return await show_versions(session, await queries.get_template(session, code), language)


@router.put(
    "/v1/coupon-templates/{code}/issuing",
    dependencies=[allowed(COUPONS_WRITE)],
    responses=declares(*_OPENED, TemplateStateWrong, IssuingInvalid),
)
async def change_coupon_issuing(
    session: RequestSession,
    language: RequestLanguage,
    code: Code,
    body: CouponIssuingIn,
    response: Response,
    if_match: Seen = None,
) -> CouponTemplateDetailOut:
    """Change stock, limits, budgets and claiming, for what is not issued yet."""
    before = (await queries.get_template(session, code)).issuing
    record = await actions.change_issuing(session, code, body.issuing, seen=seen_version(if_match), language=language)
    audit.describe(object_id=code, changes={"stock": (before.stock, record.issuing.stock)})
    return await _answer(session, record, language, response)


def seen_version(if_match: str | None) -> int | None:
    """The version that somebody has seen; one that no version can be matches none."""
    if if_match is None:
        return None
    text = if_match.strip().removeprefix("W/").strip('"')
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


async def _answer(
    session: Session, record: TemplateRecord, language: Language, response: Response
) -> CouponTemplateDetailOut:
    audit.describe(object_id=record.code)
    response.headers["ETag"] = f'"{record.version}"'
    return await show_template(session, record, language)
