"""Between reading and applying: lines wait in an unlogged table, where the database sorts them by member."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from shuke.commerce import catalog
from shuke.platform.db import Session, copy_rows, dump_json, raw

from .cells import Rejected
from .mapping import ORDERS, RETURNS, Mapping
from .reading import StagedLine
from .runs import Run
from .tables import import_line, import_reject

_LINE = ("import_id", *StagedLine._fields)


async def clear(session: Session, import_id: int) -> None:
    """Forget what an earlier attempt has staged or rejected while reading."""
    driver = await raw(session)
    await driver.execute("delete from import_line where import_id = $1", import_id)
    await driver.execute("delete from import_reject where import_id = $1 and code like 'row.%'", import_id)


async def stage(session: Session, import_id: int, lines: Sequence[StagedLine]) -> None:
    """Put lines to wait."""
    await copy_rows(
        session,
        import_line,
        _LINE,
        ((import_id, *line) for line in lines),
    )


async def reject(session: Session, run: Run, rows: Sequence[tuple[int, Rejected, list[str]]]) -> None:
    """Keep rows that were handed back: row number, reason, and the cells as they stood of the columns that are read.

    Other columns may hold anything about anybody; they stay in the file.
    """
    read = {column for role in (ORDERS, RETURNS) for column in run.mapping.needs(role)}
    places = [place for place, column in enumerate(run.header) if column in read]
    await copy_rows(
        session,
        import_reject,
        ("import_id", "row_no", "code", "values", "cells"),
        (
            (run.import_id, row_no, rejected.code, dump_json(rejected.values), dump_json(_kept(cells, places)))
            for row_no, rejected, cells in rows
        ),
    )


def _kept(cells: list[str], places: list[int]) -> list[str]:
    kept = [""] * len(cells)
    for place in places:
        if place < len(cells):
            kept[place] = _plain(cells[place])
    return kept


def _plain(cell: str) -> str:
    """A cell that the database can hold: what is no character is shown as the replacement sign."""
    return cell.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()


async def count(session: Session, import_id: int) -> int:
    """How many lines wait."""
    driver = await raw(session)
    found: int = await driver.fetchval("select count(*) from import_line where import_id = $1", import_id)
    return found


async def add_products(session: Session, import_id: int, mapping: Mapping, traits: dict[str, tuple[str, str]]) -> int:
    """Add the products that the staged lines name, each under the name it was most often sold by. Returns how many."""
    driver = await raw(session)
    rows = await driver.fetch(
        """
        select product, coalesce(
            mode() within group (order by product_name) filter (where product_name <> '' and unit_price > 0),
            max(product_name)
        ) as name
        from import_line where import_id = $1 group by product
        """,
        import_id,
    )
    before = await catalog.count_products(session)
    not_goods = set(mapping.not_goods)
    await catalog.ensure_products(
        session,
        [
            _product(row["product"], row["name"], row["product"] not in not_goods, traits.get(row["product"]))
            for row in rows
        ],
    )
    return await catalog.count_products(session) - before


def _product(code: str, name: str | None, is_goods: bool, traits: tuple[str, str] | None) -> catalog.NewProduct:
    category, brand = traits or ("", "")
    return catalog.NewProduct(code, name or code, is_goods, category=category or None, brand=brand or None)


async def next_lines(session: Session, import_id: int, behind: str, limit: int) -> Sequence[Any]:
    """The next whole groups of lines behind a group key, about `limit` of them; never part of a group."""
    driver = await raw(session)
    rows: list[Any] = await driver.fetch(_NEXT, import_id, behind, limit)
    if len(rows) < limit:
        return rows
    last = rows[-1]["group_key"]
    whole = [row for row in rows if row["group_key"] != last]
    return whole or await driver.fetch(_GROUP, import_id, last)


_NEXT = """
    select row_no, group_key, number, placed_at, kind, store, product, product_name, quantity, unit_price,
           points_paid, coupon_paid, payment
    from import_line where import_id = $1 and group_key > $2 order by group_key, number, row_no limit $3
"""
_GROUP = """
    select row_no, group_key, number, placed_at, kind, store, product, product_name, quantity, unit_price,
           points_paid, coupon_paid, payment
    from import_line where import_id = $1 and group_key = $2 order by number, row_no
"""


def documents(rows: Sequence[Any]) -> list[tuple[str, str, list[Any]]]:
    """Staged rows as documents: group key, number, lines."""
    return [
        (group_key, number, list(lines))
        for (group_key, number), lines in groupby(rows, key=lambda row: (row["group_key"], row["number"]))
    ]


async def drop(session: Session, import_id: int) -> None:
    """Forget the lines of a finished import."""
    driver = await raw(session)
    await driver.execute("delete from import_line where import_id = $1", import_id)
