"""Both back ends of conditions agree: random conditions over random records, in Python and in PostgreSQL."""

import asyncio
import os
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import BigInteger, Boolean, Column, Date, MetaData, Numeric, Table, Text, func, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from shuke.platform.conditions import (
    SCOPES,
    TIME_FACTS,
    Argument,
    Catalogue,
    Choice,
    ConditionInvalid,
    Fact,
    FactKey,
    FactSource,
    Moment,
    load,
    operators,
    read,
    read_stored,
    where,
)
from shuke.platform.conditions.model import Group, Rule
from shuke.platform.conditions.operators import WANTS
from shuke.platform.conditions.predicates import compile_group
from shuke.platform.db import dump_json, sqlalchemy_url
from shuke.platform.embedded import Urls
from shuke.platform.errors import FieldError
from shuke.platform.i18n import LocalName

NOW = Moment(datetime(2026, 3, 10, 20, tzinfo=UTC), ZoneInfo("Asia/Shanghai"))
EXAMPLES = int(os.environ.get("SHUKE_CONDITION_EXAMPLES", "60"))

record = Table(
    "record_to_ask",
    MetaData(),
    Column("record_id", BigInteger, primary_key=True),
    Column("words", Text),
    Column("kind", Text),
    Column("count", BigInteger),
    Column("weight", Numeric),
    Column("paid", BigInteger),
    Column("day", Date),
    Column("is_new", Boolean),
    Column("marks", JSONB(none_as_null=True)),
)
visit = Table("visit_to_ask", MetaData(), Column("record_id", BigInteger), Column("day", Date))
TEXTS = [
    "a",
    "A",
    "ab",
    "b",
    "é",
    "e\u0301",
    "中",
    "中文",
    "%",
    "_",
    "\\",
    "'",
    '"',
    "\u200b",
    "😀",
    " a",
    "ß",
    "ss",
    "İ",
]
KINDS = ["gold", "silver", "wood"]
# 11 March by the shop's clock.
DAYS = [NOW.day + timedelta(days=days) for days in (-3_660, -365, -30, -7, -1, 0, 1, 7, 30, 365)]
NUMBERS = [-(2**53) + 1, -5, -1, 0, 1, 2, 3, 100, 2**53 - 1]
DECIMALS = [Decimal(value) for value in ("-1.5", "-0.000001", "0", "0.1", "0.3", "1", "1.50", "1000000.123456")]


def visits_in(moment: Moment, arguments: Mapping[str, Any]) -> Any:
    rows = select(visit.c.record_id.label("id"), func.count().label("value")).group_by(visit.c.record_id)
    if "days" in arguments:
        rows = rows.where(visit.c.day > moment.day - timedelta(days=arguments["days"]))
    return rows.where(visit.c.day <= moment.day).subquery()


def named(name: str, kind: Any, **said: Any) -> Fact:
    label = LocalName(name, name)
    return Fact(name=name, type=kind, label=label, group=label, scopes=frozenset(SCOPES), **said)


def of(name: str, kind: Any, **said: Any) -> Fact:
    return named(name, kind, column=lambda _: record.c[name], **said)


def choices(values: list[str]) -> tuple[Choice, ...]:
    return tuple(Choice(value=value, label=LocalName(value, value)) for value in values)


DAYS_BACK = Argument(
    name="days", type="number", label=LocalName("天", "days"), phrase=LocalName("{value}", "{value}"), is_required=False
)
FACTS = [
    of("words", "text"),
    of("kind", "text", choices=choices(KINDS)),
    of("count", "number"),
    of("weight", "decimal"),
    of("paid", "money"),
    of("day", "date"),
    of("is_new", "boolean"),
    of("marks", "choices"),
    named("visits", "number", relation=visits_in, absent=0, is_optional=False, arguments=(DAYS_BACK,)),
    *TIME_FACTS,
]
ASKED = FACTS[:9]
CATALOGUE = Catalogue({fact.name: fact for fact in FACTS}, (FactSource(population=record.c.record_id),))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "words": st.sampled_from(TEXTS) | st.text(min_size=1, max_size=3).filter(lambda t: t.isprintable()),
    "kind": st.sampled_from(KINDS),
    "count": st.sampled_from(NUMBERS),
    "weight": st.sampled_from(DECIMALS),
    "paid": st.sampled_from(NUMBERS),
    "day": st.sampled_from(DAYS),
    "is_new": st.booleans(),
    "marks": st.lists(st.sampled_from(TEXTS), max_size=3, unique=True),
    "visits": st.integers(0, 4),
}


def as_json(value: Any) -> Any:
    if isinstance(value, list):
        return [as_json(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


@st.composite
def rules(draw: Any) -> dict[str, Any]:
    fact = draw(st.sampled_from(ASKED))
    operator = draw(st.sampled_from(operators(fact)))
    one = st.sampled_from(TEXTS) if fact.name == "marks" else VALUES[fact.name]
    rule: dict[str, Any] = {"field": fact.name, "operator": operator}
    wants = WANTS[operator]
    if wants == "one":
        rule["value"] = as_json(draw(one))
    elif wants == "two":
        rule["value"] = as_json(sorted(draw(st.lists(one, min_size=2, max_size=2))))
    elif wants == "many":
        rule["value"] = as_json(draw(st.lists(one, min_size=1, max_size=4)))
    elif wants == "days":
        rule["value"] = draw(st.sampled_from([1, 2, 7, 8, 30, 3_660]))
    if fact.arguments:
        rule["arguments"] = draw(st.sampled_from([{}, {"days": 1}, {"days": 7}, {"days": 8}]))
    return rule


def groups(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {
            "combinator": st.sampled_from(["and", "or"]),
            "not": st.booleans(),
            "rules": st.lists(parts, min_size=1, max_size=4),
        }
    )


trees = groups(st.recursive(rules(), groups, max_leaves=8))
records = st.lists(
    st.fixed_dictionaries({name: st.none() | value for name, value in VALUES.items() if name != "visits"}),
    min_size=1,
    max_size=12,
)
visits = st.lists(st.tuples(st.integers(1, 12), st.sampled_from(DAYS)), max_size=20)


class Asked:
    """The tables of records on a real database, for one process of tests."""

    def __init__(self, urls: Urls) -> None:
        self.loop = asyncio.new_event_loop()
        self.engine = create_async_engine(sqlalchemy_url(urls.app), poolclass=NullPool, json_serializer=dump_json)
        self.session = self.loop.run_until_complete(self.engine.connect())
        self.run(self._make())

    def run(self, work: Any) -> Any:
        return self.loop.run_until_complete(work)

    async def _make(self) -> None:
        for statement in (
            "create temporary table record_to_ask (record_id bigint primary key, words text, kind text, count bigint,"
            " weight numeric, paid bigint, day date, is_new boolean, marks jsonb)",
            "create temporary table visit_to_ask (record_id bigint, day date)",
        ):
            await self.session.execute(text(statement))

    async def fill(self, rows: list[dict[str, Any]], seen: list[tuple[int, date]]) -> None:
        await self.session.execute(record.delete())
        await self.session.execute(visit.delete())
        await self.session.execute(
            record.insert(), [{"record_id": number, **row} for number, row in enumerate(rows, 1)]
        )
        if seen:
            await self.session.execute(visit.insert(), [{"record_id": one, "day": day} for one, day in seen])

    def close(self) -> None:
        self.run(self.session.close())
        self.run(self.engine.dispose())
        self.loop.close()


@pytest.fixture(scope="module")
def asked(worker_database: Urls) -> Iterator[Asked]:
    tables = Asked(worker_database)
    yield tables
    tables.close()


def told(rows: list[dict[str, Any]], seen: list[tuple[int, date]], key: FactKey, number: int) -> Any:
    """The value of a fact, worked out from what was put in."""
    name, arguments = key
    if name == "time.day":
        return NOW.day
    if name == "visits":
        since = NOW.day - timedelta(days=dict(arguments).get("days", 10_000))
        return sum(1 for one, day in seen if one == number and since < day <= NOW.day)
    value = rows[number - 1][name]
    return frozenset(value) if isinstance(value, list) else value


def parts_of(group: Group) -> Iterator[Group | Rule]:
    yield group
    for part in group.parts:
        yield from parts_of(part) if isinstance(part, Group) else [part]


def refusals(tree: Any) -> tuple[FieldError, ...]:
    try:
        read(tree, CATALOGUE, scope="members")
    except ConditionInvalid as refusal:
        return refusal.fields
    return ()


@settings(max_examples=EXAMPLES, deadline=None)
@given(tree=trees, rows=records, seen=visits)
def test_python_and_sql_agree_about_every_record(asked: Asked, tree: Any, rows: Any, seen: Any):
    condition = read_stored(tree, CATALOGUE, scope="members")
    ids = list(range(1, len(rows) + 1))

    asked.run(asked.fill(rows, seen))
    clause = where(condition, record.c.record_id, CATALOGUE, NOW)
    in_sql = set(asked.run(asked.session.execute(select(record.c.record_id).where(clause))).scalars())
    loaded = asked.run(load(asked.session, condition.needs, ids, NOW, catalogue=CATALOGUE))

    expected = {number: {key: told(rows, seen, key, number) for key in condition.needs} for number in ids}
    assert loaded == expected
    assert in_sql == {number for number in ids if condition.holds(expected[number])}


@settings(max_examples=EXAMPLES * 3, deadline=None)
@given(tree=trees, rows=records, seen=visits)
def test_what_is_refused_as_impossible_holds_for_nobody(tree: Any, rows: Any, seen: Any):
    condition = read_stored(tree, CATALOGUE, scope="members")

    complaints = refusals(tree)

    refused = {field.pointer for field in complaints}
    assert all("never hold" in field.detail for field in complaints)
    for part in parts_of(condition.root):
        if part.pointer in refused:
            holds = compile_group(part if isinstance(part, Group) else Group(True, False, (part,), ""))
            for number in range(1, len(rows) + 1):
                assert not holds({key: told(rows, seen, key, number) for key in condition.needs})
    assert refused <= {part.pointer for part in parts_of(condition.root)}
