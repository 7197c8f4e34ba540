"""Templates as they are answered: records with their words and counts."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from shuke.platform import clock
from shuke.platform.db import Session
from shuke.platform.errors import FieldError
from shuke.platform.i18n import Language, LocalName

from ..reasons import told
from ..rules import Cart, Group, Issuing, Stacking, Terms
from . import queries
from .check import check_issuing, check_stacking, check_terms, read_as
from .queries import Counts, TemplateRecord, TermsVersion
from .sampling import Sample, Tried, fitting_cart, try_on
from .schemas import (
    CouponCartIn,
    CouponPreviewIn,
    CouponPreviewOut,
    CouponProblemOut,
    CouponSampleLineOut,
    CouponSampleOut,
    CouponSentencesOut,
    CouponStackingOut,
    CouponStackingTrialIn,
    CouponStackingTrialOut,
    CouponTemplateDetailOut,
    CouponTemplateOut,
    CouponTemplatesOut,
    CouponUnusedOut,
    CouponUseOut,
    CouponVersionOut,
    CouponVersionsOut,
)
from .telling import Words, tell_headline, tell_issuing, tell_terms, words_for


async def show_templates(
    session: Session, records: Sequence[TemplateRecord], next_page: str | None, language: Language
) -> CouponTemplatesOut:
    """A page of templates."""
    terms = {record.code: _readable(record.shown) for record in records}
    words = await words_for(session, [one for one in terms.values() if one is not None])
    counts = await queries.count_coupons(session, [record.template_id for record in records])
    now = clock.now()
    return CouponTemplatesOut(
        items=[
            CouponTemplateOut(**_listed(record, terms[record.code], counts[record.template_id], words, language, now))
            for record in records
        ],
        next=next_page,
    )


async def show_template(session: Session, record: TemplateRecord, language: Language) -> CouponTemplateDetailOut:
    """A template with everything that it says."""
    terms = _readable(record.shown)
    words = await words_for(session, [terms] if terms else [])
    counts = await queries.count_coupons(session, [record.template_id])
    return CouponTemplateDetailOut(
        **_listed(record, terms, counts[record.template_id], words, language, clock.now()),
        terms=record.terms,
        published_at=record.published_at,
        draft=record.draft,
        issuing=record.issuing,
        sentences=tell_terms(terms, language, words) if terms else [],
        issuing_sentences=tell_issuing(record.issuing, language, words),
    )


async def show_versions(session: Session, record: TemplateRecord, language: Language) -> CouponVersionsOut:
    """Every version in words, each against the one before; and the draft against the newest."""
    versions = await queries.list_versions(session, record.template_id)
    draft = None
    if record.draft is not None:
        draft = TermsVersion(
            version=record.terms_version + 1,
            terms=record.draft,
            published_at=record.changed_at,
            published_by="",
        )
    stored = [*versions, *([draft] if draft else [])]
    read = [_readable(one.terms) for one in stored]
    words = await words_for(session, [one for one in read if one is not None])
    said = [tell_terms(one, language, words) if one else [] for one in read]
    shown = [_version(one, said[place], said[place - 1] if place else None) for place, one in enumerate(stored)]
    waiting = shown.pop() if draft else None
    return CouponVersionsOut(items=shown[::-1], draft=waiting)


async def show_preview(
    session: Session, body: CouponPreviewIn, language: Language, *, money: str, zone: ZoneInfo
) -> CouponPreviewOut:
    """What terms and issuing say in both languages, what is wrong with them, and what they do on a cart."""
    checked = await check_terms(session, body.terms, language)
    issuing = await check_issuing(session, body.issuing, language, template=body.template)
    terms = checked.content
    words = await words_for(session, [terms] if terms else [])
    sample = None
    if terms is not None:
        tried = [Tried(body.template or "preview", terms)]
        sample = try_on(tried, _alone(terms.category), *_cart(body.cart, tried, zone, money))
    return CouponPreviewOut(
        problems=show_problems(checked.problems),
        issuing_problems=show_problems(issuing.problems),
        headline=tell_headline(terms, words) if terms else LocalName("", ""),
        terms=_both(lambda one: tell_terms(terms, one, words) if terms else []),
        issuing=_both(lambda one: tell_issuing(issuing.content, one, words) if issuing.content else []),
        sample=show_sample(sample, {}, money, language) if sample else None,
        money=money,
    )


async def show_trial(
    session: Session, body: CouponStackingTrialIn, language: Language, *, money: str, zone: ZoneInfo
) -> CouponStackingTrialOut:
    """What templates do together on a cart. Raises TemplateNotFound."""
    stacking, problems = await _stacking(session, body.stacking, language)
    tried, names = await _tried(session, body.templates)
    if stacking is None or not tried:
        return CouponStackingTrialOut(problems=show_problems(problems), sample=None, money=money)
    sample = try_on(tried, stacking, *_cart(body.cart, tried, zone, money))
    return CouponStackingTrialOut(
        problems=show_problems(problems), sample=show_sample(sample, names, money, language), money=money
    )


async def show_stacking(session: Session, stacking: Stacking, version: int) -> CouponStackingOut:
    """How coupons combine, and how many templates are in each group."""
    in_use = await queries.count_categories(session)
    return CouponStackingOut(stacking=stacking, version=version, in_use=in_use)


def show_sample(sample: Sample, names: Mapping[str, LocalName], money: str, language: Language) -> CouponSampleOut:
    """A cart with what coupons take off each line, and why others do not go."""
    combination = sample.combination
    off = Counter[int]()
    for use in combination.uses:
        off.update(use.shares)
    total = sum(item.amount_minor for item in sample.cart.items)
    return CouponSampleOut(
        lines=[
            CouponSampleLineOut(
                line_no=item.line_no,
                product=item.product,
                quantity=item.quantity,
                amount_minor=item.amount_minor,
                is_goods=item.is_goods,
                off_minor=off[item.line_no],
            )
            for item in sample.cart.items
        ],
        at=sample.cart.at,
        is_made_up=sample.is_made_up,
        total_minor=total,
        discount_minor=combination.discount_minor,
        payable_minor=total - combination.discount_minor,
        uses=[
            CouponUseOut(
                template=use.held.code,
                name=names.get(use.held.code),
                discount_minor=use.discount_minor,
                shares=dict(use.shares),
            )
            for use in combination.uses
        ],
        unused=[
            CouponUnusedOut(
                template=one.held.code,
                name=names.get(one.held.code),
                why=one.why,
                text=told(one, money).pick(language),
            )
            for one in combination.unused
        ],
    )


def show_problems(problems: Iterable[FieldError]) -> list[CouponProblemOut]:
    """What is wrong, as it is answered."""
    return [CouponProblemOut(pointer=one.pointer, detail=one.detail) for one in problems]


def _listed(
    record: TemplateRecord, terms: Terms | None, counts: Counts, words: Words, language: Language, now: datetime
) -> dict[str, Any]:
    return {
        "code": record.code,
        "name": record.name,
        "state": record.state,
        "kind": terms.discount.kind if terms else None,
        "category": terms.category if terms else None,
        "told": tell_headline(terms, words).pick(language) if terms else "",
        "terms_version": record.terms_version,
        "has_draft": record.draft is not None,
        "stock": record.issuing.stock,
        "stock_left": counts.stock_left,
        "issued": counts.issued,
        "redeemed": counts.redeemed,
        "is_claimable": record.state == "published" and _is_open(record.issuing, now),
        "version": record.version,
        "added_at": record.added_at,
        "changed_at": record.changed_at,
    }


def _is_open(issuing: Issuing, now: datetime) -> bool:
    claiming = issuing.claiming
    has_begun = claiming.opens_at is None or claiming.opens_at <= now
    return claiming.is_open and has_begun and (claiming.closes_at is None or now < claiming.closes_at)


def _readable(stored: Mapping[str, Any] | None) -> Terms | None:
    """Terms, where they have a shape already: drafts may be unfinished."""
    return read_as(Terms, stored).content if stored is not None else None


def _version(one: TermsVersion, said: list[str], before: list[str] | None) -> CouponVersionOut:
    return CouponVersionOut(
        version=one.version,
        published_at=one.published_at,
        published_by=one.published_by,
        terms=one.terms,
        sentences=said,
        added=[sentence for sentence in said if before is not None and sentence not in before],
        dropped=[sentence for sentence in before or () if sentence not in said],
    )


def _both(tell: Callable[[Language], list[str]]) -> CouponSentencesOut:
    return CouponSentencesOut(zh=tell("zh"), en=tell("en"))


def _alone(category: str) -> Stacking:
    """Rules under which a coupon is by itself, whichever group it is in."""
    return Stacking(groups=(Group(category=category, name_zh=category, name_en=category),))


def _cart(sent: CouponCartIn | None, tried: Sequence[Tried], zone: ZoneInfo, money: str) -> tuple[Cart, bool]:
    """The cart to try on, and whether it is made up."""
    now = clock.now()
    return (fitting_cart(tried, now, zone, money), True) if sent is None else (sent.as_cart(now, zone, money), False)


async def _stacking(
    session: Session, sent: Mapping[str, Any] | None, language: Language
) -> tuple[Stacking | None, tuple[FieldError, ...]]:
    if sent is None:
        return (await queries.find_stacking(session))[0], ()
    checked = await check_stacking(session, sent, language)
    return checked.content, checked.problems


async def _tried(session: Session, codes: Sequence[str]) -> tuple[list[Tried], dict[str, LocalName]]:
    """Templates by their newest terms, or else their drafts; those that say nothing yet are left out."""
    records = await queries.get_templates(session, codes)
    read = [(record.code, _readable(record.shown)) for record in records]
    return [Tried(code, terms) for code, terms in read if terms], {one.code: one.name for one in records}
