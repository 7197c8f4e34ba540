"""What conditions can be made of, for screens and programs that write them; and whether a condition is right."""

from typing import Annotated, Any, Literal

import orjson
from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from shuke.foundation import organization
from shuke.platform import conditions
from shuke.platform.conditions import ConditionInvalid, Fact, FactType, Scope
from shuke.platform.conditions.model import Argument
from shuke.platform.conditions.operators import WANTS, Wants, operators, word
from shuke.platform.conditions.schema import schema_of
from shuke.platform.conditions.values import DEEPEST, LONGEST, MOST_RULES, MOST_VALUES
from shuke.platform.db import Session
from shuke.platform.errors import FieldError
from shuke.platform.http import RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.i18n import Language, LocalName
from shuke.platform.module import Module, Permission
from shuke.platform.problems import RequestInvalid

FACTS_READ = Permission(code="facts.read", zh="查看条件项", en="See what conditions are made of")
CONDITIONS_CHECK = Permission(code="conditions.check", zh="检查条件", en="Check conditions")

router = Router(tags=["conditions"])


class NameOut(BaseModel):
    """A name in both languages."""

    zh: str
    en: str


class FactChoiceOut(BaseModel):
    """One of the values that a fact can have."""

    value: str | int
    label: NameOut


class FactOperatorOut(BaseModel):
    """A way to compare, and the kind of value that it wants."""

    name: str
    label: NameOut
    wants: Wants = Field(description="none; one value; two: from and to; many: a list; days: how many days.")


class FactArgumentOut(BaseModel):
    """What a fact has to be told."""

    name: str
    type: Literal["text", "number"]
    label: NameOut
    is_required: bool
    low: int | None
    high: int | None


class FactOut(BaseModel):
    """Something that conditions can ask about."""

    name: str
    type: FactType
    label: NameOut
    group: NameOut
    unit: NameOut | None
    low: float | None
    high: float | None
    scopes: list[Scope]
    operators: list[FactOperatorOut]
    arguments: list[FactArgumentOut]
    choices: list[FactChoiceOut] | None = Field(description="null: any value of the type.")


class FactsOut(BaseModel):
    """The facts of a scope, and how large a condition may be."""

    items: list[FactOut]
    money: str | None = Field(description="The currency of amounts, which are integers of its minor unit.")
    deepest: int
    most_rules: int
    most_values: int
    longest_text: int


class ConditionCheckIn(BaseModel):
    """A condition to be looked at."""

    model_config = ConfigDict(extra="forbid")

    scope: Scope
    condition: Any = Field(description="A group of rules, as `GET /v1/conditions/schema` describes it.")


class ConditionCheckOut(BaseModel):
    """A condition that is right."""

    sentence: str = Field(description="The condition in the caller's language.")
    condition: Any = Field(description="The condition as it should be stored: what an editor added is left out.")
    facts: list[str] = Field(description="The names of the facts that it asks about.")


@router.get("/v1/facts", dependencies=[allowed(FACTS_READ, reach="common")])
async def get_facts(session: RequestSession, scope: Scope) -> FactsOut:
    """The facts that conditions of a scope can ask about, with the shop's own choices."""
    known = await conditions.catalogue(session)
    shop = await organization.find_shop(session)
    return FactsOut(
        items=[_fact(fact) for fact in known.within(scope)],
        money=None if shop is None else shop.currency,
        deepest=DEEPEST,
        most_rules=MOST_RULES,
        most_values=MOST_VALUES,
        longest_text=LONGEST,
    )


@router.get("/v1/conditions/schema", dependencies=[allowed(FACTS_READ, reach="common")])
async def get_schema(session: RequestSession, scope: Scope) -> dict[str, Any]:
    """The JSON Schema of the conditions of a scope."""
    return schema_of(await conditions.catalogue(session), scope)


@router.get(
    "/v1/conditions/sentence",
    dependencies=[allowed(FACTS_READ, reach="common")],
    responses=declares(ConditionInvalid, RequestInvalid),
)
async def get_sentence(
    session: RequestSession,
    language: RequestLanguage,
    scope: Scope,
    condition: Annotated[str, Query(max_length=16_000, description="The condition as JSON.")],
) -> ConditionCheckOut:
    """A condition in words, for editors that show it while it is being written."""
    try:
        tree = orjson.loads(condition)
    except ValueError:
        raise RequestInvalid(fields=(FieldError("/query/condition", "JSON"),)) from None
    return await _checked(session, language, tree, scope)


@router.post("/v1/conditions/check", dependencies=[allowed(CONDITIONS_CHECK)], responses=declares(ConditionInvalid))
async def check_condition(
    session: RequestSession, language: RequestLanguage, body: ConditionCheckIn
) -> ConditionCheckOut:
    """Read a condition and say it in words; nothing is stored. What is wrong is named by its place."""
    return await _checked(session, language, body.condition, body.scope)


async def _checked(session: Session, language: Language, tree: Any, scope: Scope) -> ConditionCheckOut:
    known = await conditions.catalogue(session)
    shop = await organization.find_shop(session)
    condition = conditions.read(tree, known, scope=scope, pointer="/condition", language=language)
    return ConditionCheckOut(
        sentence=conditions.in_words(condition, language, money=None if shop is None else shop.currency),
        condition=condition.tree,
        facts=sorted({name for name, _ in condition.needs}),
    )


def _name(name: LocalName) -> NameOut:
    return NameOut(zh=name.zh, en=name.en)


def _fact(fact: Fact) -> FactOut:
    return FactOut(
        name=fact.name,
        type=fact.type,
        label=_name(fact.label),
        group=_name(fact.group),
        unit=None if fact.unit is None else _name(fact.unit),
        low=None if fact.low is None else float(fact.low),
        high=None if fact.high is None else float(fact.high),
        scopes=sorted(fact.scopes),
        operators=[
            FactOperatorOut(name=name, label=_name(word(fact, name)), wants=WANTS[name]) for name in operators(fact)
        ],
        arguments=[_argument(argument) for argument in fact.arguments],
        choices=None
        if fact.choices is None
        else [FactChoiceOut(value=choice.value, label=_name(choice.label)) for choice in fact.choices],
    )


def _argument(argument: Argument) -> FactArgumentOut:
    is_number = argument.type == "number"
    return FactArgumentOut(
        name=argument.name,
        type=argument.type,
        label=_name(argument.label),
        is_required=argument.is_required,
        low=argument.low if is_number else None,
        high=argument.high if is_number else None,
    )


MODULE = Module(name="facts", router=router, permissions=(FACTS_READ, CONDITIONS_CHECK))
