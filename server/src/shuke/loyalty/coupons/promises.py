"""What coupons promise: published terms by template and version."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from shuke.platform.db import Session, raw
from shuke.platform.i18n import LocalName

from .rules import Issuing, Promise, read_promise


@dataclass(frozen=True)
class Template:
    """A template as those who give and redeem coupons need it. `promise`: its newest terms; None: none published."""

    template_id: int
    code: str
    name: LocalName
    state: str
    issuing: Issuing
    promise: Promise | None


async def find_promises(session: Session, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Promise]:
    """Terms by (template id, version)."""
    pairs = sorted(set(wanted))
    if not pairs:
        return {}
    driver = await raw(session)
    rows = await driver.fetch(
        """
        select template_id, t.version, code, terms::text
        from coupon_terms t join coupon_template using (template_id)
        join unnest($1::bigint[], $2::int[]) as wanted (template_id, version) using (template_id)
        where t.version = wanted.version
        """,
        [template_id for template_id, _ in pairs],
        [version for _, version in pairs],
    )
    return {
        (row["template_id"], row["version"]): read_promise(
            row["template_id"], row["version"], row["code"], row["terms"]
        )
        for row in rows
    }


async def find_templates(session: Session, codes: Iterable[str]) -> dict[str, Template]:
    """Templates by code, with their newest terms; unknown codes are left out."""
    driver = await raw(session)
    rows = await driver.fetch(_BY_CODE, sorted(set(codes)))
    return {row["code"]: _template(row) for row in rows}


async def find_templates_by_id(session: Session, template_ids: Iterable[int]) -> dict[int, Template]:
    """Templates by id, with their newest terms."""
    driver = await raw(session)
    rows = await driver.fetch(_BY_ID, sorted(set(template_ids)))
    return {row["template_id"]: _template(row) for row in rows}


def _template(row: Any) -> Template:
    promise = None
    if row["terms"] is not None:
        promise = read_promise(row["template_id"], row["terms_version"], row["code"], row["terms"])
    return Template(
        template_id=row["template_id"],
        code=row["code"],
        name=LocalName(row["name_zh"], row["name_en"]),
        state=row["state"],
        issuing=Issuing.model_validate_json(row["issuing"]),
        promise=promise,
    )


_COLUMNS = """
    select template_id, code, name_zh, name_en, state, terms_version, issuing::text, terms::text
    from coupon_template c left join coupon_terms t using (template_id)
"""
_NEWEST = " and (t.version is null or t.version = c.terms_version)"
_BY_CODE = _COLUMNS + "where code = any($1::text[])" + _NEWEST
_BY_ID = _COLUMNS + "where template_id = any($1::bigint[])" + _NEWEST
