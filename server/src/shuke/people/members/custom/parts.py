"""What values of custom fields are to the rest of the house: indexed here, merged with members, theirs to have."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from shuke.foundation import customization
from shuke.foundation.customization import CustomRecords
from shuke.platform.db import Session, raw
from shuke.platform.i18n import Language, LocalName

from ..extensions import MergeLine, MergePart, Merging, PersonalData

RECORDS = CustomRecords(table="member_summary", column="custom", id_column="member_id")

_BOTH = "select member_id, custom from member_summary where member_id = any($1::bigint[])"
# How the survivor was stands with the merge, so that its undo knows what came with the absorbed one.
_REMEMBER = """
    update member_merge set facts_before = facts_before || jsonb_build_object('custom', survivor.custom)
    from member_summary survivor
    where merge_id = $1 and survivor.member_id = $2
"""
_FILL = """
    update member_summary survivor set custom = absorbed.custom || survivor.custom
    from member_summary absorbed
    where survivor.member_id = $1 and absorbed.member_id = $2 and absorbed.custom <> '{}'
"""
# What came with the absorbed one goes again, unless somebody has changed it since.
_TAKE_AWAY = """
    update member_summary survivor
    set custom = coalesce(
        (
            select jsonb_object_agg(held.key, held.value) from jsonb_each(survivor.custom) as held
            where merge.facts_before -> 'custom' ? held.key
                or held.value is distinct from absorbed.custom -> held.key
        ),
        '{}'
    )
    from member_merge merge
    join member_summary absorbed on absorbed.member_id = merge.absorbed_id
    where merge.merge_id = $1 and survivor.member_id = merge.survivor_id and absorbed.custom <> '{}'
"""
_EMPTY = "update member_summary set custom = '{}' where member_id = any($1::bigint[]) and custom <> '{}'"


async def _values(session: Session, member_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    driver = await raw(session)
    rows = await driver.fetch(_BOTH, list(member_ids))
    return {row["member_id"]: dict(row["custom"]) for row in rows}


async def _preview(session: Session, absorbed_id: int, survivor_id: int, language: Language) -> list[MergeLine]:
    found = await _values(session, [absorbed_id, survivor_id])
    absorbed, survivor = found.get(absorbed_id, {}), found.get(survivor_id, {})
    return [
        MergeLine(
            label=field.label,
            absorbed=_told(absorbed.get(field.key)),
            survivor=_told(survivor.get(field.key)),
            after=_told(survivor.get(field.key, absorbed.get(field.key))),
        )
        for field in await customization.list_fields(session)
        if not field.is_personal and field.key in absorbed
    ]


async def _merge(session: Session, merging: Merging) -> None:
    driver = await raw(session)
    await driver.execute(_REMEMBER, merging.merge_id, merging.survivor_id)
    await driver.execute(_FILL, merging.survivor_id, merging.absorbed_id)


async def _undo(session: Session, merging: Merging) -> None:
    driver = await raw(session)
    await driver.execute(_TAKE_AWAY, merging.merge_id)


def _told(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


async def _export(session: Session, member_ids: Sequence[int]) -> AsyncIterator[Mapping[str, Any]]:
    for member_id, values in sorted((await _values(session, member_ids)).items()):
        for key, value in sorted(values.items()):
            yield {"member_id": member_id, "field": key, "value": _told(value)}


async def _erase(session: Session, member_ids: Sequence[int]) -> int:
    driver = await raw(session)
    return int((await driver.execute(_EMPTY, list(member_ids))).split()[-1])


MERGE = MergePart(key="custom", preview=_preview, merge=_merge, undo=_undo)
PERSONAL = PersonalData(
    key="custom_fields",
    label=LocalName("自定义字段", "Custom fields"),
    export=_export,
    erase=_erase,
)
