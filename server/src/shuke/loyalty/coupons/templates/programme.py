"""Coupons as a part of the programme's document: templates as they are issued now, and how coupons combine.

Versions, coupons and drafts are this shop's history, and stay here.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from shuke.platform import clock
from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.errors import FieldError
from shuke.platform.i18n import Language, LocalName
from shuke.platform.programme import ProgrammeChange, ProgrammeLine, ProgrammePart

from .. import rules
from ..rules import Issuing, Stacking, Terms
from . import actions
from .check import check_issuing, check_terms, read_as
from .errors import TemplatesCannotWait, TemplatesInvalid
from .queries import TemplateRecord, all_templates, find_stacking, lock_template
from .schemas import Code, CouponNameIn
from .telling import Words, tell_issuing, tell_terms, words_for

_STACKING = LocalName("叠加规则", "Combining")


class _Template(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: Code
    name: CouponNameIn
    state: Literal["published", "paused"] = "published"
    terms: dict[str, Any]
    issuing: dict[str, Any] = {}


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")

    templates: list[_Template]
    stacking: dict[str, Any] | None = None


@dataclass(frozen=True)
class _Wanted:
    """A template as the document wants it."""

    code: str
    name: LocalName
    state: Literal["published", "paused"]
    terms: Terms
    issuing: Issuing


@dataclass(frozen=True)
class _Step:
    """What one template needs to become as the document says. Nothing wanted: it is closed."""

    code: str
    here: TemplateRecord | None
    wanted: _Wanted | None


async def export_coupons(session: Session) -> dict[str, Any]:
    """Every template that is published or paused, by code, and how coupons combine."""
    stacking, _ = await find_stacking(session)
    return {
        "templates": [
            {
                "code": one.code,
                "name": {"zh": one.name.zh, "en": one.name.en},
                "state": one.state,
                "terms": one.terms,
                "issuing": actions.written(one.issuing),
            }
            for one in await all_templates(session)
            if _is_live(one)
        ],
        "stacking": stacking.model_dump(mode="json"),
    }


async def diff_coupons(session: Session, part: Any, language: Language) -> list[ProgrammeChange]:
    """What taking coupons over would change here. Raises TemplatesInvalid."""
    wanted, stacking = await _read(session, part, language)
    steps = await _steps(session, wanted)
    told = [one.wanted.terms if one.wanted else None for one in steps] + [_terms(one.here) for one in steps]
    words = await words_for(session, [terms for terms in told if terms is not None])
    changes = [_change(step, words, language) for step in steps]
    here, _ = await find_stacking(session)
    if stacking is not None and stacking != here:
        changes.append(ProgrammeChange(kind="changed", code="stacking", name=_STACKING))
    return changes


async def apply_coupons(session: Session, part: Any, effective_from: datetime | None, actor: Actor) -> None:
    """Publish what differs, and close what the document does not name. Raises TemplatesInvalid, TemplatesCannotWait."""
    wanted, stacking = await _read(session, part, "en")
    steps = await _steps(session, wanted)
    here, _ = await find_stacking(session)
    has_news = stacking is not None and stacking != here
    if (steps or has_news) and effective_from is not None and effective_from > clock.now():
        raise TemplatesCannotWait
    if stacking is not None and has_news:
        await actions.write_stacking(session, stacking, seen=None)
    for step in steps:
        await _take(session, step, actor)


async def _take(session: Session, step: _Step, actor: Actor) -> None:
    wanted = step.wanted
    if wanted is None:
        await actions.close(session, step.code, seen=None)
        return
    if step.here is None:
        await actions.add_template(session, step.code, wanted.name)
    record = await lock_template(session, step.code)
    if record.name != wanted.name:
        record = await actions.rename_template(session, step.code, wanted.name, seen=None)
    if _terms(record) != wanted.terms:
        record = await actions.write_terms(session, record, actions.written(wanted.terms), actor)
    if record.issuing != wanted.issuing:
        record = await actions.write_issuing(session, record, wanted.issuing)
    if record.state != wanted.state:
        await actions.set_state(session, record, wanted.state)


async def _steps(session: Session, wanted: dict[str, _Wanted]) -> list[_Step]:
    here = {one.code: one for one in await all_templates(session)}
    steps = [_Step(code, here.get(code), one) for code, one in wanted.items() if not _is_same(here.get(code), one)]
    gone = [one for code, one in here.items() if code not in wanted and _is_live(one)]
    return [*steps, *(_Step(one.code, one, None) for one in gone)]


async def _read(session: Session, part: Any, language: Language) -> tuple[dict[str, _Wanted], Stacking | None]:
    """The part of a document as it would be stored. Raises TemplatesInvalid."""
    try:
        found = _Part.model_validate(part)
    except ValidationError as error:
        raise _invalid([("".join(f"/{step}" for step in one["loc"]), one["msg"]) for one in error.errors()]) from None
    wrong: list[tuple[str, str]] = []
    stacking = None
    if found.stacking is not None:
        shaped = read_as(Stacking, found.stacking, language)
        stacking = shaped.content
        problems = shaped.problems or (rules.check_stacking(stacking) if stacking else ())
        wrong += [(f"/stacking{one.pointer}", one.detail) for one in problems]
    wanted: dict[str, _Wanted] = {}
    for number, one in enumerate(found.templates):
        place = f"/templates/{number}"
        if one.code in wanted:
            wrong.append((f"{place}/code", f"{one.code} stands twice"))
        terms = await check_terms(session, one.terms, language, stacking=stacking)
        issuing = await check_issuing(session, one.issuing, language, template=one.code)
        wrong += [(f"{place}/terms{problem.pointer}", problem.detail) for problem in terms.problems]
        wrong += [(f"{place}/issuing{problem.pointer}", problem.detail) for problem in issuing.problems]
        if terms.sound and issuing.sound:
            wanted[one.code] = _Wanted(one.code, one.name.as_name(), one.state, terms.sound, issuing.sound)
    if wrong:
        raise _invalid(wrong)
    return wanted, stacking


def _invalid(wrong: list[tuple[str, str]]) -> TemplatesInvalid:
    fields = tuple(FieldError(f"/coupons{place}", said) for place, said in wrong[:50])
    return TemplatesInvalid(count=len(wrong), fields=fields)


def _is_live(one: TemplateRecord) -> bool:
    return one.state in ("published", "paused")


def _is_same(here: TemplateRecord | None, wanted: _Wanted) -> bool:
    return (
        here is not None
        and (here.name, here.state, here.issuing) == (wanted.name, wanted.state, wanted.issuing)
        and _terms(here) == wanted.terms
    )


def _terms(here: TemplateRecord | None) -> Terms | None:
    return read_as(Terms, here.terms).content if here is not None and here.terms is not None else None


def _change(step: _Step, words: Words, language: Language) -> ProgrammeChange:
    before = _said(step.here, words, language) if step.here and _is_live(step.here) else []
    after = _said(step.wanted, words, language) if step.wanted else []
    gone = "不再有" if language == "zh" else "No more"
    new = "新增" if language == "zh" else "New"
    lines = [ProgrammeLine(title=gone, before=one, after=None) for one in before if one not in after]
    lines += [ProgrammeLine(title=new, before=None, after=one) for one in after if one not in before]
    kind: Literal["added", "changed", "retired"] = "changed" if before else "added"
    name = step.wanted.name if step.wanted else step.here.name if step.here else LocalName(step.code, step.code)
    return ProgrammeChange(
        kind="retired" if step.wanted is None else kind, code=step.code, name=name, lines=tuple(lines)
    )


def _said(one: TemplateRecord | _Wanted, words: Words, language: Language) -> list[str]:
    terms = one.terms if isinstance(one, _Wanted) else _terms(one)
    state = actions.STATES[one.state].pick(language)
    return [
        one.name.pick(language),
        *(tell_terms(terms, language, words) if terms else ()),
        *tell_issuing(one.issuing, language, words),
        state,
    ]


COUPONS_PART = ProgrammePart(
    key="coupons",
    name=LocalName("优惠券", "Coupons"),
    export=export_coupons,
    diff=diff_coupons,
    apply=apply_coupons,
)
