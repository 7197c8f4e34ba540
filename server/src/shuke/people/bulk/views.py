"""Acts as the caller reads them."""

from collections.abc import Mapping, Sequence

from shuke.foundation import staff
from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.i18n import Language

from .actions import Preview
from .extensions import BulkAction
from .queries import BulkAct, find_action, reason_words
from .schemas import BulkActOut, BulkPreviewOut, BulkProblemOut, BulkSkipOut, BulkTotalOut


def previewed(found: Preview, language: Language) -> BulkPreviewOut:
    """A preview in the caller's language."""
    return BulkPreviewOut(
        action=found.action.key,
        members=len(found.member_ids),
        doing=found.doing,
        skips=_skips(found.action, found.skips, language),
        totals=[BulkTotalOut(label=one.label.pick(language), value=one.value) for one in found.totals],
        needs_approval=found.approval is not None,
        may_undo=found.action.undo is not None,
        type_this=found.typed,
    )


async def shown(session: Session, actor: Actor, found: Sequence[BulkAct], language: Language) -> list[BulkActOut]:
    """Acts in the caller's language."""
    names = await staff.display_names(session, sorted({one.asked_by for one in found}))
    return [_shown(one, actor, names, language) for one in found]


def _shown(one: BulkAct, actor: Actor, names: Mapping[int, str], language: Language) -> BulkActOut:
    action = find_action(one.action)
    return BulkActOut(
        id=one.bulk_id,
        action=one.action,
        label=one.action if action is None else action.label.pick(language),
        parameters=dict(one.parameters),
        filters=None if one.filters is None else dict(one.filters),
        reason=one.reason,
        state=one.state,
        asked_by=names.get(one.asked_by),
        is_mine=actor.kind == "staff" and actor.id == one.asked_by,
        asked_at=one.asked_at,
        started_at=one.started_at,
        ended_at=one.ended_at,
        members=one.members,
        done=one.done,
        skipped=sum(one.skipped.values()),
        skips=_skips(action, one.skipped, language),
        undone=one.undone,
        undo_until=one.undo_until,
        problem=None if one.problem is None else _problem(one.problem, language),
    )


def _skips(action: BulkAction | None, skips: Mapping[str, int], language: Language) -> list[BulkSkipOut]:
    ordered = sorted(skips.items(), key=lambda item: (-item[1], item[0]))
    return [
        BulkSkipOut(why=why, label=reason_words(action, why).pick(language), members=count) for why, count in ordered
    ]


def _problem(problem: Mapping[str, Mapping[str, str]], language: Language) -> BulkProblemOut:
    return BulkProblemOut(
        code=str(problem["code"]), title=problem["title"][language], detail=problem["detail"][language]
    )
