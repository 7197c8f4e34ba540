"""Asking for exports, approving large ones, and forgetting their files."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from sqlalchemy import insert, update

from shuke.foundation import staff
from shuke.platform import audit, clock, ids, jobs
from shuke.platform.actor import Actor, Sight
from shuke.platform.db import Session
from shuke.platform.i18n import Language, LocalName
from shuke.platform.refusals import NotAllowed, OutOfSight

from .errors import BadExport, ExportRefused, PersonNeeded, UnknownList
from .extensions import Column, Exportable
from .permissions import MANAGE
from .queries import COLUMNS, Export, Format, as_export, find_list, get_export
from .rules.views import narrowed, offered
from .tables import export

RUN = "exports.run"
UNMASK = "members.unmask"
_ENDS = ("done", "failed", "refused", "expired")


async def ask(
    session: Session,
    actor: Actor,
    *,
    list_key: str,
    filters: Mapping[str, Any],
    columns: Sequence[str] | None,
    file_format: Format,
    language: Language,
    is_unmasked: bool,
    reason: str,
) -> Export:
    """Ask for a list as a file; it is made in the background.

    Raises PersonNeeded, UnknownList, NotAllowed, OutOfSight or BadExport.
    """
    if actor.kind != "staff":
        raise PersonNeeded
    wanted = require_list(list_key, actor, is_unmasked=is_unmasked)
    _read_filters(wanted, filters)
    chosen = [column.key for column in choose(wanted, columns, actor.sight)]
    row = await session.execute(
        insert(export)
        .values(
            list=list_key,
            filters=dict(filters),
            columns=chosen,
            format=file_format,
            language=language,
            is_unmasked=is_unmasked,
            reason=reason,
            state="waiting",
            asked_by=actor.id,
            asked_at=clock.wall(),
            rows_done=0,
            mark=ids.new_code("X", 9),
        )
        .returning(*COLUMNS)
    )
    asked = as_export(row.mappings().one())
    details = {"list": list_key, "columns": chosen, "is_unmasked": is_unmasked, "reason": reason}
    audit.describe(object_id=asked.export_id, details=details)
    await jobs.enqueue(session, RUN, {"export_id": asked.export_id})
    return asked


def require_list(key: str, actor: Actor, *, is_unmasked: bool) -> Exportable:
    """A list that the actor may take out. Raises UnknownList, NotAllowed or OutOfSight."""
    wanted = find_list(key)
    if wanted is None or wanted.permission not in actor.permissions:
        raise UnknownList(list=key)
    if wanted.needs_whole_sight and not actor.sight.is_whole:
        raise OutOfSight
    if is_unmasked and UNMASK not in actor.permissions:
        raise NotAllowed(permission=UNMASK)
    return wanted


def choose(wanted: Exportable, keys: Sequence[str] | None, sight: Sight) -> list[Column]:
    """The columns asked for (None: all), without those that are hidden from the asker. Raises BadExport."""
    known = {column.key: column for column in wanted.columns}
    for key in keys or ():
        if key not in known:
            raise BadExport(problem=key)
    chosen = [known[key] for key in dict.fromkeys(keys)] if keys else list(wanted.columns)
    return offered(chosen, sight)


def sight_of(asked: Export, wanted: Exportable, actor: Actor) -> Sight:
    """How the file shows personal fields."""
    return narrowed(actor.sight, wanted.columns, is_unmasked=asked.is_unmasked)


def _read_filters(wanted: Exportable, filters: Mapping[str, Any]) -> None:
    try:
        wanted.filters.model_validate(dict(filters))
    except ValidationError as error:
        raise BadExport(problem=".".join(str(part) for part in error.errors()[0]["loc"])) from None


async def mark(session: Session, export_id: int, **values: Any) -> None:
    """Note how far an export is."""
    if values.get("state") in _ENDS:
        # What was searched for may be a name or a number of somebody, who may be erased one day.
        values["filters"] = {}
    await session.execute(update(export).where(export.c.export_id == export_id).values(**values))


async def hold_for_approval(session: Session, asked: Export, actor: Actor, rows: int) -> None:
    """Leave a large export to a second person."""
    await mark(session, asked.export_id, state="approval", rows_done=rows)
    wanted = find_list(asked.list)
    label = wanted.label if wanted is not None else LocalName(asked.list, asked.list)
    await staff.ask_approval(
        session,
        actor,
        kind=APPROVAL,
        summary=LocalName(
            f"导出 {label.zh}：超过 {rows:,} 行。原因：{asked.reason}",
            f"Export {label.en}: more than {rows:,} rows. Reason: {asked.reason}",
        ),
        payload={"export_id": asked.export_id},
    )


async def _approved(session: Session, actor: Actor, payload: Mapping[str, Any]) -> None:
    asked = await get_export(session, payload["export_id"], hold=True)
    if asked.state == "approval":
        await mark(session, asked.export_id, state="waiting", approved_by=actor.id, rows_done=0)
        await jobs.enqueue(session, RUN, {"export_id": asked.export_id})


async def _refused(session: Session, payload: Mapping[str, Any], refused: staff.ApprovalRefused) -> None:
    asked = await get_export(session, payload["export_id"], hold=True)
    if asked.state == "approval":
        problem = ExportRefused(note=refused.note or "—").kept()
        await mark(session, asked.export_id, state="refused", finished_at=clock.wall(), problem=problem)


APPROVAL = staff.ApprovalKind(
    code="exports.large",
    name=LocalName("大量导出", "Large export"),
    permission=MANAGE.code,
    perform=_approved,
    drop=_refused,
    link="/settings/exports",
)
