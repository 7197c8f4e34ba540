"""Whether a definition may be published: shape, conditions, currencies, levels, and who carries out what it does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from shuke.loyalty import ledger, tiers
from shuke.platform import problems
from shuke.platform.conditions import Catalogue, ConditionInvalid, Scope, catalogue, read
from shuke.platform.db import Session
from shuke.platform.errors import FieldError
from shuke.platform.i18n import Language, LocalName

from .errors import DefinitionInvalid, EffectNotAvailable
from .outward import handlers
from .rules import Definition, OutwardKind, kinds, read_definition
from .rules.kinds import EffectKind, MultiplierKind, ValueKind
from .rules.kinds.tier_multiplier import TierMultiplier

_NO_CURRENCY = LocalName("没有账户“{name}”。可用：{known}。", "There is no currency {name}. There are: {known}.")
_NO_LEVEL = LocalName("没有等级“{name}”。可用：{known}。", "There is no level {name}. There are: {known}.")
_NO_SCHEME = LocalName("还没有等级体系。请先设置等级。", "There are no levels yet. Set them up first.")
_WANTS_ORDER = LocalName("这种效果只用于“下单支付”。", "This effect is for paid orders only.")
_NEVER_REACHED = LocalName(
    "前一个分支没有条件，总会满足，这个分支永远不会执行。请调整顺序或补充条件。",
    "The branch before it has no condition and always matches, so this one is never reached. Change the order, or give "
    "that one a condition.",
)
_NOTHING_RAISED = LocalName("倍数都是 1，不会增加任何积分。", "Every factor is 1, which adds nothing.")


@dataclass
class _Findings:
    """What is wrong with a definition so far, in the caller's language."""

    language: Language
    fields: list[FieldError] = field(default_factory=list)

    def add(self, pointer: str, text: LocalName, **values: object) -> None:
        self.fields.append(FieldError(pointer, text.pick(self.language).format_map(values)))


async def check_definition(session: Session, stored: Mapping[str, Any], *, language: Language = "en") -> Definition:
    """The definition as it may be published, its conditions without what an editor added.

    Raises DefinitionInvalid, which names each wrong place, and EffectNotAvailable.
    """
    findings = _Findings(language)
    definition = _shape(stored, findings)
    _branches(definition, findings)
    definition = _with_conditions(definition, await catalogue(session), findings)
    await _currencies(session, definition, findings)
    await _levels(session, definition, findings)
    missing = await _outward(session, definition, findings)
    if findings.fields:
        raise DefinitionInvalid(fields=tuple(findings.fields))
    if missing:
        raise EffectNotAvailable(
            fields=tuple(FieldError(pointer, _title(kind, language)) for pointer, kind in missing),
            kinds=", ".join(sorted({kind for _, kind in missing})),
        )
    return definition


def _shape(stored: Mapping[str, Any], findings: _Findings) -> Definition:
    try:
        return read_definition(stored)
    except ValidationError as error:
        raise DefinitionInvalid(fields=_fields(error, findings.language)) from None


def _fields(error: ValidationError, language: Language) -> tuple[FieldError, ...]:
    names = {one["kind"] for one in kinds()}
    found = error.errors(include_url=False, include_input=False)
    items = []
    for item in found:
        if item["type"] == "too_short" and any(_is_within(other["loc"], item["loc"]) for other in found):
            continue  # It is short of what is wrong in it, and that is told already.
        # A union names its member in the place; the document does not have it.
        place = [
            step
            for number, step in enumerate(item["loc"])
            if not (step in names and number > 1 and item["loc"][number - 2] == "effects")
        ]
        own = item.get("ctx", {}).get(language) if item["type"] == "rule" else None
        items.append({**item, "loc": ("body", *place), **({"type": "own", "msg": own} if own else {})})
    return problems.from_validation(RequestValidationError(items), language).fields


def _is_within(place: tuple[int | str, ...], outer: tuple[int | str, ...]) -> bool:
    return len(place) > len(outer) and place[: len(outer)] == outer


def _effects(definition: Definition) -> Iterator[tuple[str, EffectKind]]:
    for number, branch in enumerate(definition.branches):
        for place, effect in enumerate(branch.effects):
            yield f"/branches/{number}/effects/{place}", effect


def _branches(definition: Definition, findings: _Findings) -> None:
    for number, branch in enumerate(definition.branches[:-1]):
        if branch.when is None:
            findings.add(f"/branches/{number + 1}", _NEVER_REACHED)
    for pointer, effect in _effects(definition):
        if effect.wants_order and definition.activity != "order_paid":
            findings.add(f"{pointer}/kind", _WANTS_ORDER)


def _with_conditions(definition: Definition, known: Catalogue, findings: _Findings) -> Definition:
    def cleaned(tree: dict[str, Any] | None, scope: Scope, pointer: str) -> dict[str, Any] | None:
        if tree is None:
            return None
        try:
            found = read(tree, known, scope=scope, pointer=pointer, language=findings.language)
        except ConditionInvalid as error:
            findings.fields.extend(error.fields)
            return tree
        return dict(found.tree)

    branches = tuple(
        branch.model_copy(update={"when": cleaned(branch.when, "lines", f"/branches/{number}/when")})
        for number, branch in enumerate(definition.branches)
    )
    audience = cleaned(definition.audience, "earning", "/audience")
    return definition.model_copy(update={"audience": audience, "branches": branches})


async def _currencies(session: Session, definition: Definition, findings: _Findings) -> None:
    known = sorted(await ledger.currencies(session))
    for pointer, effect in _effects(definition):
        if isinstance(effect, ValueKind | MultiplierKind) and effect.currency not in known:
            findings.add(f"{pointer}/currency", _NO_CURRENCY, name=effect.currency, known=", ".join(known))


async def _levels(session: Session, definition: Definition, findings: _Findings) -> None:
    by_tier = [(pointer, effect) for pointer, effect in _effects(definition) if isinstance(effect, TierMultiplier)]
    if not by_tier:
        return
    scheme = await tiers.find_scheme(session)
    known = [level.code for level in scheme.levels] if scheme else []
    for pointer, effect in by_tier:
        if not known:
            findings.add(f"{pointer}/factors", _NO_SCHEME)
            continue
        for code in effect.factors:
            if code not in known:
                findings.add(f"{pointer}/factors/{code}", _NO_LEVEL, name=code, known=", ".join(known))
        if all(factor == 1 for factor in effect.factors.values()):
            findings.add(f"{pointer}/factors", _NOTHING_RAISED)


async def _outward(session: Session, definition: Definition, findings: _Findings) -> list[tuple[str, str]]:
    """Effects that nobody carries out; of the others, what those who do have to say."""
    known = handlers()
    missing: list[tuple[str, str]] = []
    for pointer, effect in _effects(definition):
        if not isinstance(effect, OutwardKind):
            continue
        handler = known.get(effect.kind)
        if handler is None:
            missing.append((pointer, effect.kind))
            continue
        for wrong in await handler.check(session, effect.parameters):
            findings.fields.append(FieldError(f"{pointer}{wrong.pointer}", wrong.detail))
    return missing


def _title(kind: str, language: Language) -> str:
    return next(str(one["titles"][language]) for one in kinds() if one["kind"] == kind)
