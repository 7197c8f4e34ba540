"""Everything that a database holds, as plain rows, so that two of them can be compared whole."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import asyncpg
import orjson

# Numbers drawn by a transaction that was rolled back are given back, so that a retry draws the same ones.
_REWIND = """
do $$
declare it record; highest bigint;
begin
    for it in
        select s.oid::regclass as sequence, t.oid::regclass as relation, a.attname as column
        from pg_class s
        join pg_depend d on d.objid = s.oid and d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i')
        join pg_class t on t.oid = d.refobjid
        join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
        where s.relkind = 'S'
    loop
        execute format('select max(%I) from %s', it.column, it.relation) into highest;
        perform setval(it.sequence, coalesce(highest, 0) + 1, false);
    end loop;
end $$
"""
# The server writes the statement for each table: only it knows how names are to be quoted.
_TABLES = """
    select c.relname as name,
           format('(select %L as name, to_jsonb(t) as row from %I.%I t order by %s)', c.relname, n.nspname, c.relname,
                  coalesce((select string_agg(quote_ident(a.attname), ', ' order by k.place)
                            from unnest(i.indkey) with ordinality k(number, place)
                            join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number), 't::text')) as reading
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    left join pg_index i on i.indrelid = c.oid and i.indisprimary
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')
    order by n.nspname, c.relname
"""

Rows = dict[str, list[dict[str, Any]]]
Place = tuple[str, str]


async def read_everything(connection: asyncpg.Connection) -> Rows:
    """Every row of every table, in the order of the primary keys; JSON is laid out flat, by dotted names."""
    tables = await connection.fetch(_TABLES)
    rows: Rows = {table["name"]: [] for table in tables}
    for record in await connection.fetch(" union all ".join(table["reading"] for table in tables)):
        rows[record["name"]].append(flat(orjson.loads(record["row"])))
    return rows


def flat(value: Any) -> dict[str, Any]:
    """A JSON value as one level of dotted names; lists of plain values stay whole."""
    return dict(_flat("", value))


async def rewind_sequences(connection: asyncpg.Connection) -> None:
    """Let every sequence go on behind the highest number in use."""
    await connection.execute(_REWIND)


def _flat(name: str, value: Any) -> Any:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _flat(f"{name}.{key}" if name else key, inner)
    elif isinstance(value, list) and any(isinstance(inner, dict | list) for inner in value):
        for place, inner in enumerate(value):
            yield from _flat(f"{name}.{place}", inner)
    else:
        yield name, value


class NotTheSame(Exception):
    """Two undisturbed runs of one path leave different numbers of rows: there is nothing to compare others with."""


@dataclass(frozen=True)
class Comparison:
    """Compares rows but for the places that differ between any two runs: instants, seals, hashes, random numbers.

    At those places only "there or not there" counts.
    """

    changing: frozenset[Place]

    @classmethod
    def of(cls, one: Rows, two: Rows) -> "Comparison":
        """What two undisturbed runs of the same path differ in. Raises NotTheSame where they differ in more."""
        changing: set[Place] = set()
        for name in one:
            if len(one[name]) != len(two[name]):
                raise NotTheSame(f"two undisturbed runs leave {len(one[name])} and {len(two[name])} rows in {name}")
            for first, second in zip(one[name], two[name], strict=True):
                changing |= {
                    (name, column) for column in first.keys() | second.keys() if first.get(column) != second.get(column)
                }
        return cls(frozenset(changing | _ALWAYS_CHANGING))

    def differences(self, found: Rows, expected: Rows) -> list[str]:
        """What is there and should not be, and what should be and is not."""
        lines = []
        for name in sorted(expected):
            has, wants = self._counted(name, found[name]), self._counted(name, expected[name])
            if name in _COUNTED_ELSEWHERE:
                has, wants = Counter(set(has)), Counter(set(wants))
            lines += [f"{name}: too many: {row}" for row in (has - wants).elements()]
            lines += [f"{name}: missing: {row}" for row in (wants - has).elements()]
        return lines

    def _counted(self, name: str, rows: list[dict[str, Any]]) -> Counter[str]:
        return Counter(orjson.dumps(self._masked(name, row), option=orjson.OPT_SORT_KEYS).decode() for row in rows)

    def _masked(self, name: str, row: dict[str, Any]) -> dict[str, Any]:
        return {
            column: ("…" if value is not None and (name, column) in self.changing else value)
            for column, value in row.items()
        }


# Every start looks after what it watches over, and draws a new stamp.
_OF_EVERY_START = Comparison(frozenset({("checkout_stamp", "stamp")}))


def is_same_but_for_starts(found: Rows, expected: Rows) -> bool:
    """Whether nothing has happened but starts of the program, which leave a stamp of their own."""
    return not _OF_EVERY_START.differences(found, expected)


# Milliseconds may be the same twice by chance.
_ALWAYS_CHANGING = {("import_run", "report.milliseconds"), ("audit", "id")}
# A repeated request may leave a line of its own; how many there are is judged with the answers.
_COUNTED_ELSEWHERE = {"audit"}
