"""Whether terms, issuing and stacking may be kept: shape, what contradicts itself, and what they refer to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

from shuke.foundation import organization
from shuke.loyalty import tiers
from shuke.platform import problems
from shuke.platform.conditions import ConditionInvalid, catalogue, read
from shuke.platform.db import Session, dump_json
from shuke.platform.errors import FieldError
from shuke.platform.i18n import Language, LocalName

from .. import rules
from ..rules import Issuing, Stacking, Terms
from .queries import categories_in_use, find_stacking, find_word_owner

Read = TypeVar("Read", bound=BaseModel)

_NO_STORE = LocalName("没有编号为“{name}”的门店。", "There is no store {name}.")
_NO_LEVEL = LocalName("没有等级“{name}”。", "There is no level {name}.")
_NO_GROUP = LocalName(
    "没有叠加分组“{name}”。请先在叠加规则中新建。", "There is no group {name}. Add it to the combining rules first."
)
_CLOSES_FIRST = LocalName("结束时间必须晚于开始时间。", "It must end after it opens.")
_LIMIT_TWICE = LocalName("同一周期的限领只能写一次。", "Each period can have one limit only.")
_BUDGET_TWICE = LocalName("同一周期、同一种预算只能写一次。", "Each period can have one budget of a kind only.")
_WORD_TAKEN = LocalName(
    "口令已被优惠券“{name}”使用。请换一个。", "The coupon {name} is claimed by this word. Choose another."
)
_GROUP_IN_USE = LocalName(
    "优惠券“{name}”还在分组“{group}”中，不能删除这个分组。",
    "The coupon {name} is still in the group {group}, so the group cannot be removed.",
)


@dataclass(frozen=True)
class Checked(Generic[Read]):
    """What was read, as it may be stored, and what is wrong with it. `content`: None where it has no shape."""

    content: Read | None
    problems: tuple[FieldError, ...]

    @property
    def sound(self) -> Read | None:
        """The content if nothing is wrong with it."""
        return None if self.problems else self.content


@dataclass
class _Findings:
    """What is wrong so far, in the caller's language."""

    language: Language
    fields: list[FieldError] = field(default_factory=list)

    def add(self, pointer: str, text: LocalName, **values: object) -> None:
        self.fields.append(FieldError(pointer, text.pick(self.language).format_map(values)))


def read_as(model: type[Read], stored: Any, language: Language = "en") -> Checked[Read]:
    """The JSON of a part of a coupon, read strictly."""
    try:
        return Checked(model.model_validate_json(dump_json(stored)), ())
    except ValidationError as error:
        return Checked(None, _fields(error, language))


async def check_terms(
    session: Session, stored: Mapping[str, Any], language: Language, *, stacking: Stacking | None = None
) -> Checked[Terms]:
    """Terms, their condition without what an editor added, and everything that keeps them from being published.

    `stacking`: whose groups there will be; None: those that there are.
    """
    shaped = read_as(Terms, stored, language)
    if shaped.content is None:
        return shaped
    findings = _Findings(language, [*rules.check_terms(shaped.content)])
    scope = shaped.content.scope
    members = await _condition(session, scope.members, "/scope/members", findings)
    await _places(session, shaped.content, findings)
    groups = (stacking or (await find_stacking(session))[0]).groups
    if shaped.content.category not in {group.category for group in groups}:
        findings.add("/category", _NO_GROUP, name=shaped.content.category)
    terms = shaped.content.model_copy(update={"scope": scope.model_copy(update={"members": members})})
    return Checked(terms, tuple(findings.fields))


async def check_issuing(
    session: Session, stored: Mapping[str, Any], language: Language, *, template: str | None
) -> Checked[Issuing]:
    """A way of issuing and what is wrong with it. `template`: whose it is, or will be."""
    shaped = read_as(Issuing, stored, language)
    issuing = shaped.content
    if issuing is None:
        return shaped
    findings = _Findings(language)
    claiming = issuing.claiming
    if claiming.opens_at and claiming.closes_at and claiming.closes_at <= claiming.opens_at:
        findings.add("/claiming/closes_at", _CLOSES_FIRST)
    _twice([limit.period for limit in issuing.limits], "/limits", _LIMIT_TWICE, findings)
    _twice([(budget.counts, budget.period) for budget in issuing.budgets], "/budgets", _BUDGET_TWICE, findings)
    if claiming.word and (owner := await find_word_owner(session, claiming.word, but=template)):
        findings.add("/claiming/word", _WORD_TAKEN, name=owner)
    members = await _condition(session, claiming.members, "/claiming/members", findings)
    issuing = issuing.model_copy(update={"claiming": claiming.model_copy(update={"members": members})})
    return Checked(issuing, tuple(findings.fields))


async def check_stacking(session: Session, stored: Mapping[str, Any], language: Language) -> Checked[Stacking]:
    """Rules of combining and what is wrong with them: groups that templates are in have to stay."""
    shaped = read_as(Stacking, stored, language)
    if shaped.content is None:
        return shaped
    findings = _Findings(language, [*rules.check_stacking(shaped.content)])
    kept = {group.category for group in shaped.content.groups}
    for category, code in sorted((await categories_in_use(session)).items()):
        if category not in kept:
            findings.add("/groups", _GROUP_IN_USE, name=code, group=category)
    return Checked(shaped.content, tuple(findings.fields))


async def _places(session: Session, terms: Terms, findings: _Findings) -> None:
    scope = terms.scope
    if scope.stores:
        known = {store.code for store in await organization.list_stores(session)}
        for number, code in enumerate(scope.stores):
            if code not in known:
                findings.add(f"/scope/stores/{number}", _NO_STORE, name=code)
    if scope.tiers:
        scheme = await tiers.find_scheme_view(session)
        levels = {level.code for level in scheme.levels} if scheme else set()
        for number, code in enumerate(scope.tiers):
            if code not in levels:
                findings.add(f"/scope/tiers/{number}", _NO_LEVEL, name=code)


async def _condition(
    session: Session, tree: dict[str, Any] | None, pointer: str, findings: _Findings
) -> dict[str, Any] | None:
    if tree is None:
        return None
    try:
        known = await catalogue(session)
        found = read(tree, known, scope="members", pointer=pointer, language=findings.language)
    except ConditionInvalid as error:
        findings.fields.extend(error.fields)
        return tree
    return dict(found.tree)


def _twice(keys: list[Any], pointer: str, text: LocalName, findings: _Findings) -> None:
    for number, key in enumerate(keys):
        if key in keys[:number]:
            findings.add(f"{pointer}/{number}", text)


def _fields(error: ValidationError, language: Language) -> tuple[FieldError, ...]:
    items = []
    for item in error.errors(include_url=False, include_input=False):
        place = [*item["loc"]]
        # A union names its member in the place; the document does not have it.
        if place[:1] == ["discount"] and len(place) > 2:
            del place[1]
        items.append({**item, "loc": ("body", *place)})
    return problems.from_validation(RequestValidationError(items), language).fields
