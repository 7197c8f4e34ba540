"""The rules as a part of the programme's document: what each says that has not ended, without this shop's history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from shuke.platform import clock
from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.errors import FieldError
from shuke.platform.i18n import Language, LocalName
from shuke.platform.programme import ProgrammeChange, ProgrammeLine, ProgrammePart

from . import actions
from .errors import BadRules
from .proving import prove
from .queries import RuleRecord, list_rules
from .rules import read_definition, written
from .schemas import Code, RuleNameIn
from .telling import Words, compare, summary, tell, words_for


class _Rule(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: Code
    name: RuleNameIn
    definition: dict[str, Any]


_RULES = TypeAdapter(list[_Rule])


@dataclass(frozen=True)
class _Step:
    """What one rule needs to become as the document says. No wanted rule: it ends."""

    code: str
    here: RuleRecord | None
    wanted: _Rule | None


async def export_rules(session: Session) -> list[dict[str, Any]]:
    """Every rule that has not ended, by code, as its newest version says."""
    return [
        {
            "code": rule.code,
            "name": {"zh": rule.name.zh, "en": rule.name.en},
            "definition": written(read_definition(definition)),
        }
        for rule in await list_rules(session)
        if (definition := _holds(rule)) is not None
    ]


async def diff_rules(session: Session, part: Any, language: Language) -> list[ProgrammeChange]:
    """What taking rules over would change here. Raises BadRules."""
    words = await words_for(session, language)
    return [_change(step, words) for step in await _steps(session, part, language)]


async def apply_rules(session: Session, part: Any, effective_from: datetime | None, actor: Actor) -> None:
    """Publish what differs, and end what the document does not name. Raises BadRules."""
    begins = effective_from or clock.now()
    for step in await _steps(session, part, "en"):
        if step.wanted is None:
            await actions.end_rule(session, step.code, ends=begins, actor=actor)
            continue
        name = step.wanted.name.as_name()
        if step.here is not None and _holds(step.here) == step.wanted.definition:
            await actions.rename_rule(session, step.code, name)
            continue
        await actions.publish_definition(
            session,
            code=step.code,
            name=name,
            definition=step.wanted.definition,
            effective_from=begins,
            actor=actor,
        )


async def _steps(session: Session, part: Any, language: Language) -> list[_Step]:
    wanted = await _read(session, part, language)
    here = {rule.code: rule for rule in await list_rules(session)}
    steps = [_Step(code, here.get(code), rule) for code, rule in wanted.items() if not _is_same(here.get(code), rule)]
    gone = [code for code, rule in here.items() if code not in wanted and _holds(rule) is not None]
    return [*steps, *(_Step(code, here[code], None) for code in gone)]


async def _read(session: Session, part: Any, language: Language) -> dict[str, _Rule]:
    """The rules of a document by code, each as it would be stored. Raises BadRules."""
    try:
        rules = _RULES.validate_python(part)
    except ValidationError as error:
        found = [("".join(f"/{step}" for step in one["loc"]), one["msg"]) for one in error.errors()[:50]]
        raise BadRules(count=len(found), fields=tuple(FieldError(f"/rules{at}", said) for at, said in found)) from None
    wrong: list[FieldError] = []
    read: dict[str, _Rule] = {}
    for number, rule in enumerate(rules):
        if rule.code in read:
            wrong.append(FieldError(f"/rules/{number}/code", f"{rule.code} stands twice"))
        proved = await prove(session, rule.definition, language)
        place = f"/rules/{number}/definition"
        wrong += [FieldError(f"{place}{problem.pointer}", problem.detail) for problem in proved.problems]
        if proved.definition is not None:
            read[rule.code] = rule.model_copy(update={"definition": written(proved.definition)})
    if wrong:
        raise BadRules(count=len(wrong), fields=tuple(wrong))
    return read


def _holds(rule: RuleRecord) -> dict[str, Any] | None:
    """What a rule says that has not ended and will not end."""
    newest = rule.newest
    if newest is None or newest.effective_until is not None:
        return None
    return written(read_definition(newest.definition))


def _is_same(here: RuleRecord | None, wanted: _Rule) -> bool:
    return here is not None and here.name == wanted.name.as_name() and _holds(here) == wanted.definition


def _change(step: _Step, words: Words) -> ProgrammeChange:
    stored = _holds(step.here) if step.here else None
    if step.wanted is None:
        assert step.here is not None
        lines = (_line(words, stored, None),)
        return ProgrammeChange(kind="retired", code=step.code, name=step.here.name, lines=lines)
    name = step.wanted.name.as_name()
    if stored is None:
        lines = (_line(words, None, step.wanted.definition),)
        return ProgrammeChange(kind="added", code=step.code, name=name, lines=lines)
    changed = tuple(
        ProgrammeLine(title=one.title, before=one.before, after=one.after)
        for one in compare(tell(read_definition(stored), words), tell(read_definition(step.wanted.definition), words))
    )
    return ProgrammeChange(
        kind="changed", code=step.code, name=name, lines=(*_renamed(step.here, name, words), *changed)
    )


def _renamed(here: RuleRecord | None, name: LocalName, words: Words) -> tuple[ProgrammeLine, ...]:
    if here is None or here.name == name:
        return ()
    before, after = (f"{one.zh} / {one.en}" for one in (here.name, name))
    return (ProgrammeLine(title=words.pick("名称", "Name"), before=before, after=after),)


def _line(words: Words, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> ProgrammeLine:
    return ProgrammeLine(
        title=words.pick("发放", "Gives"),
        before=summary(read_definition(before), words) if before else None,
        after=summary(read_definition(after), words) if after else None,
    )


RULES_PART = ProgrammePart(
    key="rules",
    name=LocalName("积分规则", "Earning rules"),
    export=export_rules,
    diff=diff_rules,
    apply=apply_rules,
)
