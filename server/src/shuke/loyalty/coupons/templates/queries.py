"""Questions about templates: records, versions, how many coupons there are of them, how coupons combine."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, and_, or_, select

from shuke.platform import pages
from shuke.platform.db import Session, dump_json, raw
from shuke.platform.i18n import LocalName

from ..rules import Issuing, Stacking
from ..tables import coupon_stacking, coupon_template, coupon_terms
from .errors import TemplateNotFound

State = Literal["draft", "published", "paused", "closed"]
_SORT = "newest"


@dataclass(frozen=True, kw_only=True)
class TemplateRecord:
    """A template as people keep it. `terms`: the newest published ones; `draft`: what waits to be published."""

    template_id: int
    code: str
    name: LocalName
    state: State
    terms_version: int
    terms: dict[str, Any] | None
    published_at: datetime | None
    draft: dict[str, Any] | None
    issuing: Issuing
    version: int
    added_at: datetime
    changed_at: datetime

    @property
    def shown(self) -> dict[str, Any] | None:
        """The terms by which lists tell it: the newest published ones, or else the draft."""
        return self.terms or self.draft


@dataclass(frozen=True, kw_only=True)
class TermsVersion:
    """Terms as they were published."""

    version: int
    terms: dict[str, Any]
    published_at: datetime
    published_by: str


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many coupons of a template there are. Beyond the cap nobody counts on: then `redeemed` is not known.

    `stock_left`: units nobody has; None where the stock has no end.
    """

    issued: int
    redeemed: int | None
    stock_left: int | None


async def list_templates(
    session: Session, *, search: str | None, state: State | None, limit: int, cursor: str | None
) -> pages.Page[TemplateRecord]:
    """Templates, the newest first. Raises BadCursor."""
    query = _records().order_by(coupon_template.c.template_id.desc()).limit(limit + 1)
    if state is not None:
        query = query.where(coupon_template.c.state == state)
    if search:
        columns = (coupon_template.c.name_zh, coupon_template.c.name_en, coupon_template.c.code)
        query = query.where(or_(*(column.icontains(search, autoescape=True) for column in columns)))
    if cursor is not None:
        (below,) = pages.decode_cursor(cursor, _SORT, 1)
        if not isinstance(below, int):
            raise pages.BadCursor
        query = query.where(coupon_template.c.template_id < below)
    found = await _load(session, query)
    shown = found[:limit]
    return pages.Page(shown, pages.encode_cursor(_SORT, [shown[-1].template_id]) if len(found) > limit else None)


async def all_templates(session: Session) -> list[TemplateRecord]:
    """Every template by code."""
    return await _load(session, _records().order_by(coupon_template.c.code))


async def get_template(session: Session, code: str) -> TemplateRecord:
    """A template by its code. Raises TemplateNotFound."""
    found = await _load(session, _records().where(coupon_template.c.code == code))
    if not found:
        raise TemplateNotFound(template=code)
    return found[0]


async def get_templates(session: Session, codes: Sequence[str]) -> list[TemplateRecord]:
    """Templates in the order in which they are named. Raises TemplateNotFound."""
    found = {one.code: one for one in await _load(session, _records().where(coupon_template.c.code.in_(set(codes))))}
    for code in codes:
        if code not in found:
            raise TemplateNotFound(template=code)
    return [found[code] for code in dict.fromkeys(codes)]


async def lock_template(session: Session, code: str) -> TemplateRecord:
    """A template, kept from others until the transaction ends. Raises TemplateNotFound."""
    locked = select(coupon_template.c.template_id).where(coupon_template.c.code == code).with_for_update()
    if await session.scalar(locked) is None:
        raise TemplateNotFound(template=code)
    return await get_template(session, code)


async def list_versions(session: Session, template_id: int) -> list[TermsVersion]:
    """What was published, the oldest first."""
    rows = await session.execute(
        select(coupon_terms).where(coupon_terms.c.template_id == template_id).order_by(coupon_terms.c.version)
    )
    return [
        TermsVersion(version=row.version, terms=row.terms, published_at=row.published_at, published_by=row.published_by)
        for row in rows
    ]


async def count_coupons(  # allow: sight — numbers of whole templates, and nobody's name
    session: Session, template_ids: Iterable[int]
) -> dict[int, Counts]:
    """How many coupons of templates there are and how many units are left, up to `pages.COUNT_CAP` of each."""
    rows = await (await raw(session)).fetch(_COUNTS, sorted(set(template_ids)), pages.COUNT_CAP)
    return {
        row["template_id"]: Counts(
            issued=row["issued"],
            redeemed=row["redeemed"] if row["issued"] < pages.COUNT_CAP else None,
            stock_left=row["stock_left"] if row["has_stock"] else None,
        )
        for row in rows
    }


async def has_coupons(session: Session, template_id: int) -> bool:
    """Whether there is a coupon of a template."""
    return bool(
        await (await raw(session)).fetchval(
            "select exists (select from coupon where template_id = $1) "
            "or exists (select from coupon_terms where template_id = $1)",
            template_id,
        )
    )


async def find_word_owner(session: Session, word: str, *, but: str | None) -> str | None:
    """The code of another template, not closed, that is claimed by a word; None: there is none."""
    code: str | None = await (await raw(session)).fetchval(
        "select code from coupon_template where state <> 'closed' and code is distinct from $2 "
        "and lower(issuing -> 'claiming' ->> 'word') = lower($1) limit 1",
        word,
        but,
    )
    return code


async def find_stacking(session: Session) -> tuple[Stacking, int]:
    """How coupons combine, and the version of it; 0: as it was delivered."""
    row = (await session.execute(select(coupon_stacking.c.content, coupon_stacking.c.version))).one_or_none()
    if row is None:
        return Stacking(), 0
    return Stacking.model_validate_json(dump_json(row.content)), row.version


async def categories_in_use(session: Session) -> dict[str, str]:
    """Which groups templates are in that are not closed, each with the code of one of them."""
    return {row["category"]: row["code"] for row in await (await raw(session)).fetch(_CATEGORIES)}


async def count_categories(session: Session) -> dict[str, int]:
    """How many templates, not closed, are in each group."""
    return {row["category"]: row["templates"] for row in await (await raw(session)).fetch(_CATEGORIES)}


def _records() -> Select[Any]:
    newest = and_(
        coupon_terms.c.template_id == coupon_template.c.template_id,
        coupon_terms.c.version == coupon_template.c.terms_version,
    )
    return select(coupon_template, coupon_terms.c.terms, coupon_terms.c.published_at).join_from(
        coupon_template, coupon_terms, newest, isouter=True
    )


async def _load(session: Session, query: Select[Any]) -> list[TemplateRecord]:
    return [
        TemplateRecord(
            template_id=row.template_id,
            code=row.code,
            name=LocalName(row.name_zh, row.name_en),
            state=row.state,
            terms_version=row.terms_version,
            terms=row.terms,
            published_at=row.published_at,
            draft=row.draft,
            issuing=Issuing.model_validate_json(dump_json(row.issuing)),
            version=row.version,
            added_at=row.added_at,
            changed_at=row.changed_at,
        )
        for row in await session.execute(query)
    ]


_COUNTS = """
    select c.template_id, coalesce(n.issued, 0) as issued, coalesce(n.redeemed, 0) as redeemed,
        c.issuing ->> 'stock' is not null as has_stock,
        (select count(*) from (
            select from coupon_unit u where u.template_id = c.template_id and u.state = 'free' limit $2
        ) as free) as stock_left
    from coupon_template c left join lateral (
        select count(*) as issued, count(*) filter (where state = 'redeemed') as redeemed from (
            select state from coupon where template_id = c.template_id order by coupon_id desc limit $2
        ) as counted
    ) as n on true
    where c.template_id = any($1::bigint[])
"""

_CATEGORIES = """
    select coalesce(t.terms ->> 'category', 'general') as category, min(c.code) as code, count(*) as templates
    from coupon_template c join coupon_terms t on t.template_id = c.template_id and t.version = c.terms_version
    where c.state <> 'closed' group by 1 order by 1
"""
