"""What a merge would do, told without doing it."""

from dataclasses import fields

from shuke.platform import module
from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.errors import AppError
from shuke.platform.i18n import Language

from ..extensions import MergeLine, MergePart
from ..queries.reading import get_member
from ..queries.vault import open_members
from ..rules import masks
from ..rules.values import Profile
from .actions import require_mergeable
from .model import MergeField, MergePreview, MergeWanted, combined, open_fields

_MASKS = {"name": masks.mask_name, "birthday": masks.mask_birthday, "address": masks.mask_code}


async def preview_merge(session: Session, wanted: MergeWanted, sight: Sight, language: Language) -> MergePreview:
    """What a merge would do, in words, and why it would be refused. Raises MemberNotFound and SamePerson."""
    refusals: list[AppError] = []
    try:
        await require_mergeable(session, wanted)
    except AppError as error:
        if error.status in (404, 422):
            raise
        refusals.append(error)
    opened = await open_members(session, [wanted.absorbed_id, wanted.survivor_id], kinds=())
    absorbed, survivor = opened[wanted.absorbed_id].profile, opened[wanted.survivor_id].profile
    after = combined(absorbed, survivor, wanted.choices)
    is_open = open_fields(absorbed, survivor)
    lines: list[MergeLine] = []
    for part in module.contributions(MergePart):
        try:
            lines += await part.preview(session, wanted.absorbed_id, wanted.survivor_id, language)
        except AppError as error:
            refusals.append(error)
    return MergePreview(
        absorbed=await get_member(session, wanted.absorbed_id, sight),
        survivor=await get_member(session, wanted.survivor_id, sight),
        fields=tuple(
            MergeField(
                field=one.name,
                absorbed=_shown(one.name, absorbed, sight),
                survivor=_shown(one.name, survivor, sight),
                after=_shown(one.name, after, sight),
                is_open=one.name in is_open,
            )
            for one in fields(Profile)
            if any(getattr(profile, one.name) is not None for profile in (absorbed, survivor))
        ),
        lines=tuple(lines),
        refusals=tuple(refusals),
    )


def _shown(field: str, profile: Profile, sight: Sight) -> str | None:
    value = getattr(profile, field)
    if value is None or field not in _MASKS:
        return None if value is None else str(value)
    return masks.shown(value, sight.view_of(field), _MASKS[field])
