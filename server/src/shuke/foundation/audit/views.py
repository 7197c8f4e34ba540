"""Lines as they are shown and exported."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from shuke.platform.actor import Sight
from shuke.platform.db import Database, Session, dump_json
from shuke.platform.i18n import Language, LocalName
from shuke.platform.spreadsheets import START, csv_rows

from .queries import search, words
from .rules import Head
from .schemas import (
    AuditActorOut,
    AuditChangeOut,
    AuditDetailOut,
    AuditHeadOut,
    AuditLineOut,
    AuditProofOut,
    AuditVerifiedOut,
    AuditWrongOut,
)

_COLUMNS = (
    LocalName("时间", "time"),
    LocalName("谁", "who"),
    LocalName("代表", "on behalf of"),
    LocalName("做了什么", "what"),
    LocalName("结果", "result"),
    LocalName("原因", "refused because"),
    LocalName("对象", "object"),
    LocalName("对象编号", "object id"),
    LocalName("会员编号", "member id"),
    LocalName("改动", "changes"),
    LocalName("地址", "address"),
    LocalName("动作", "action"),
    LocalName("追踪号", "trace id"),
    LocalName("编号", "id"),
)
_CHUNK = 1_000
_RESULTS = {"ok": LocalName("成功", "done"), "refused": LocalName("被拒绝", "refused")}


async def show_lines(
    session: Session, lines: Sequence[Row[Any]], sight: Sight, language: Language
) -> list[AuditLineOut]:
    """Lines with their names and sentences."""
    names = await words.names_of(session, lines, sight)
    return [AuditLineOut(**_line(line, names, language)) for line in lines]


async def show_detail(
    session: Session, line: Row[Any], proof: search.Proof | None, sight: Sight, language: Language
) -> AuditDetailOut:
    """One line with everything that may be shown."""
    names = await words.names_of(session, [line], sight)
    return AuditDetailOut(
        **_line(line, names, language),
        changes=show_changes({name: (pair[0], pair[1]) for name, pair in line.changes.items()}, language),
        details=line.details,
        session_id=line.session_id,
        trace_id=line.trace_id,
        proof=AuditProofOut(seq=proof.seq, hash=proof.hash.hex()) if proof else None,
    )


def show_changes(changes: Mapping[str, tuple[Any, Any]], language: Language) -> list[AuditChangeOut]:
    """Before and after, field by field."""
    return [
        AuditChangeOut(field=name, label=words.field_label(name, language), before=before, after=after)
        for name, (before, after) in changes.items()
    ]


def show_head(head: Head | None) -> AuditHeadOut | None:
    """A signed head."""
    if head is None:
        return None
    return AuditHeadOut(seq=head.seq, hash=head.hash.hex(), made_at=head.made_at, key_id=head.key_id)


def show_verified(stored: Mapping[str, Any], language: Language) -> AuditVerifiedOut | None:
    """How the last verification ended."""
    if not stored:
        return None
    wrong = stored["wrong"]
    return AuditVerifiedOut(
        **{name: stored[name] for name in ("ok", "lines", "first_seq", "last_seq", "heads", "seconds")},
        at=datetime.fromisoformat(stored["at"]),
        wrong=wrong and AuditWrongOut(seq=wrong["seq"], audit_id=wrong["audit_id"], detail=wrong[language]),
    )


async def sheet(
    database: Database, filters: search.Filters, sight: Sight, language: Language, most: int
) -> AsyncIterator[bytes]:
    """The lines as CSV, chunk by chunk."""
    yield START + csv_rows([[column.pick(language) for column in _COLUMNS]])
    below: int | None = None
    while most > 0:
        async with database.transaction() as session:
            lines = await search.chunk_below(session, filters, below, min(_CHUNK, most))
            names = await words.names_of(session, lines, sight)
        if not lines:
            return
        yield csv_rows(_row(line, names, language) for line in lines)
        below, most = lines[-1].id, most - len(lines)


def _row(line: Any, names: words.Names, language: Language) -> list[object]:
    return [
        line.wall_at.isoformat(timespec="seconds"),
        words.actor_label(line.actor, names, language),
        words.actor_label(line.on_behalf_of, names, language) if line.on_behalf_of else None,
        words.sentence(line, names, language),
        _RESULTS[line.result].pick(language),
        line.code,
        line.object_kind,
        line.object_id,
        line.member_id,
        dump_json(line.changes) if line.changes else None,
        line.address,
        line.action,
        line.trace_id,
        line.id,
    ]


def _line(line: Any, names: words.Names, language: Language) -> dict[str, Any]:
    behalf = line.on_behalf_of
    return {
        "id": line.id,
        "at": line.wall_at,
        "shop_at": line.at,
        "sentence": words.sentence(line, names, language),
        "actor": AuditActorOut(code=line.actor, name=words.actor_label(line.actor, names, language)),
        "on_behalf_of": AuditActorOut(code=behalf, name=words.actor_label(behalf, names, language)) if behalf else None,
        "action": line.action,
        "object_kind": line.object_kind,
        "object_id": line.object_id,
        "object_label": words.object_label(line.object_kind, line.object_id, names, language),
        "member_id": line.member_id,
        "result": line.result,
        "code": line.code,
        "fields": words.field_names(line),
        "has_difference": line.sealed is not None,
        "address": line.address,
    }
