"""The copy of everything about a person: made in the background, sealed, kept for seven days."""

import html
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import orjson
from sqlalchemy import Row, delete, insert, select, update

from shuke.people import members
from shuke.platform import clock, jobs, module, spreadsheets
from shuke.platform.actor import EVERYTHING, Actor
from shuke.platform.db import Session

from .. import queries
from ..tables import rights_copy, rights_copy_part
from .requests import add_step, require_kind

COPY = "rights.make_copy"
KEPT = timedelta(days=7)
_PART_BYTES = 1 << 20
_SHOWN = 200
_PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{number}</title>
<style>body{{font:15px/1.6 system-ui,sans-serif;margin:32px auto;max-width:1100px;padding:0 16px;color:#1f2329}}
table{{border-collapse:collapse;margin:8px 0 24px;display:block;overflow:auto}}
th,td{{border:1px solid #dee0e3;padding:4px 8px;text-align:left;white-space:nowrap}}th{{background:#f5f6f7}}</style>
<h1>会员 {number} 的个人信息副本<br><small>A copy of the personal data of member {number}</small></h1>
<p>制作时间 / made at: {made_at}</p>{parts}</html>
"""
_SECTION = """<h2>{zh} / {en}</h2><p>{rows} 条 / rows · <a href="{key}.json">JSON</a> · <a href="{key}.csv">CSV</a></p>
{table}"""


async def ask_for_copy(session: Session, request: Row[Any], actor: Actor) -> int:
    """Let a copy be made. Raises RequestClosed, WrongKind."""
    require_kind(request, "access", "copy", "explanation")
    copy_id: int = (
        await session.execute(
            insert(rights_copy)
            .values(
                request_id=request.request_id,
                member_id=request.member_id,
                state="waiting",
                asked_by=actor.name,
                asked_at=clock.now(),
                rows=0,
                bytes=0,
            )
            .returning(rights_copy.c.copy_id)
        )
    ).scalar_one()
    await add_step(session, request.request_id, request.member_id, "copy_asked", actor, {"copy_id": copy_id})
    await jobs.enqueue(session, COPY, {"copy_id": copy_id})
    return copy_id


async def make_copy(session: Session, copy_id: int) -> None:
    """Make a copy that was asked for; nothing where it is made already, or its member is erased."""
    waiting = (rights_copy.c.copy_id == copy_id) & (rights_copy.c.state == "waiting")
    row = (await session.execute(select(rights_copy).where(waiting).with_for_update())).one_or_none()
    if row is None:
        return
    people = await members.everybody(session, row.member_id)
    packed, rows = await pack(session, people)
    for part_no, start in enumerate(range(0, len(packed), _PART_BYTES)):
        place = queries.copy_place(copy_id, part_no)
        sealed = await members.seal_for(session, row.member_id, packed[start : start + _PART_BYTES], place)
        if sealed is None:
            await _change(session, copy_id, state="gone")
            return
        part = {"copy_id": copy_id, "part_no": part_no, "member_id": row.member_id, "sealed": sealed}
        await session.execute(insert(rights_copy_part).values(part))
    now = clock.wall()
    await _change(session, copy_id, state="ready", made_at=now, ends_at=now + KEPT, rows=rows, bytes=len(packed))


async def forget_copies(session: Session) -> int:
    """Delete copies whose seven days are over; how many."""
    over = (rights_copy.c.state == "ready") & (rights_copy.c.ends_at <= clock.wall())
    ids = list((await session.execute(select(rights_copy.c.copy_id).where(over))).scalars())
    await session.execute(delete(rights_copy_part).where(rights_copy_part.c.copy_id.in_(ids)))
    await session.execute(update(rights_copy).where(rights_copy.c.copy_id.in_(ids)).values(state="gone"))
    return len(ids)


async def pack(session: Session, people: Sequence[int]) -> tuple[bytes, int]:
    """Everything that all modules hold about a person, as a ZIP of JSON, CSV and a page to read: (bytes, rows)."""
    target, sections, total = io.BytesIO(), [], 0
    names = await members.names(session, people, EVERYTHING)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in module.contributions(members.PersonalData):
            rows = [row async for row in part.export(session, people)]
            total += len(rows)
            columns = list(dict.fromkeys(name for row in rows for name in row))
            archive.writestr(f"{part.key}.json", orjson.dumps(rows, option=orjson.OPT_INDENT_2))
            lines: list[Sequence[object]] = [columns, *([_cell(row.get(name)) for name in columns] for row in rows)]
            archive.writestr(f"{part.key}.csv", spreadsheets.START + spreadsheets.csv_rows(lines))
            sections.append(
                _SECTION.format(
                    zh=html.escape(part.label.zh),
                    en=html.escape(part.label.en),
                    rows=len(rows),
                    key=part.key,
                    table=_table(columns, rows[:_SHOWN]),
                )
            )
        page = _PAGE.format(
            number=html.escape(names[people[0]].number), made_at=clock.wall().isoformat(), parts="".join(sections)
        )
        archive.writestr("index.html", page)
    return target.getvalue(), total


def _cell(value: Any) -> object:
    return orjson.dumps(value).decode() if isinstance(value, dict | list) else value


def _table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    if not rows:
        return ""
    head = "".join(f"<th>{html.escape(name)}</th>" for name in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(_shown(row.get(name)))}</td>" for name in columns) + "</tr>" for row in rows
    )
    return f"<table><tr>{head}</tr>{body}</table>"


def _shown(value: Any) -> str:
    return "" if value is None else str(_cell(value))


async def _change(session: Session, copy_id: int, **values: Any) -> None:
    await session.execute(update(rights_copy).where(rights_copy.c.copy_id == copy_id).values(**values))
