"""Verbs on templates: draft, publish, pause, close, copy; how they are issued; how coupons combine."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert

from shuke.platform import clock
from shuke.platform.actor import Actor
from shuke.platform.db import Session, dump_json
from shuke.platform.i18n import Language, LocalName

from .. import budgets
from ..issuing import stock
from ..rules import Issuing, Stacking, Terms
from ..tables import coupon_stacking, coupon_template, coupon_terms, coupon_unit
from .check import check_issuing, check_stacking, check_terms, read_as
from .errors import (
    IssuingInvalid,
    StackingChanged,
    StackingInvalid,
    TemplateChanged,
    TemplateCodeTaken,
    TemplateDraftNotFound,
    TemplateDraftTooLarge,
    TemplateDraftUnchanged,
    TemplateStateWrong,
    TemplateWasPublished,
    TermsInvalid,
)
from .queries import State, TemplateRecord, find_stacking, get_template, has_coupons, lock_template

_MOST_KB = 256
STATES: dict[State, LocalName] = {
    "draft": LocalName("草稿", "a draft"),
    "published": LocalName("已发布", "published"),
    "paused": LocalName("已暂停", "paused"),
    "closed": LocalName("已关闭", "closed"),
}


async def add_template(
    session: Session,
    code: str,
    name: LocalName,
    *,
    draft: Mapping[str, Any] | None = None,
    issuing: Mapping[str, Any] | None = None,
    language: Language = "en",
) -> TemplateRecord:
    """Make a template that nobody has coupons of yet.

    Raises TemplateCodeTaken, TemplateDraftTooLarge, IssuingInvalid.
    """
    _require_small(draft)
    wanted = await _sound_issuing(session, issuing or {}, language, template=code)
    now = clock.now()
    values = {
        "code": code,
        "name_zh": name.zh,
        "name_en": name.en,
        "state": "draft",
        "draft": dict(draft) if draft is not None else None,
        "issuing": written(wanted),
        "added_at": now,
        "changed_at": now,
    }
    made = await session.scalar(
        insert(coupon_template)
        .values(values)
        .on_conflict_do_nothing(index_elements=["code"])
        .returning(coupon_template.c.template_id)
    )
    if made is None:
        raise TemplateCodeTaken(template=code)
    await _arrange_stock(session, made, None, wanted.stock)
    return await get_template(session, code)


async def rename_template(session: Session, code: str, name: LocalName, *, seen: int | None) -> TemplateRecord:
    """Give a template another name; coupons show it at once. Raises TemplateNotFound, TemplateChanged."""
    record = await _open(session, code, seen)
    return await _write(session, record, name_zh=name.zh, name_en=name.en)


async def save_draft(session: Session, code: str, terms: Mapping[str, Any], *, seen: int | None) -> TemplateRecord:
    """Save terms that wait to be published; they may be unfinished.

    Raises TemplateNotFound, TemplateChanged, TemplateDraftTooLarge, TemplateStateWrong.
    """
    _require_small(terms)
    record = await _open(session, code, seen)
    _require_state(record, "draft", "published", "paused")
    return await _write(session, record, draft=dict(terms))


async def discard_draft(session: Session, code: str, *, seen: int | None) -> TemplateRecord:
    """Throw a draft away. Raises TemplateNotFound, TemplateChanged, TemplateDraftNotFound."""
    record = await _open(session, code, seen)
    if record.draft is None:
        raise TemplateDraftNotFound(template=code)
    return await _write(session, record, draft=None)


async def publish(
    session: Session, code: str, *, seen: int | None, actor: Actor, language: Language = "en"
) -> TemplateRecord:
    """Publish the draft as the next version: coupons issued from now on have it, those issued before keep theirs.

    Raises TemplateNotFound, TemplateChanged, TemplateDraftNotFound, TemplateStateWrong, TermsInvalid,
    TemplateDraftUnchanged.
    """
    record = await _open(session, code, seen)
    _require_state(record, "draft", "published", "paused")
    if record.draft is None:
        raise TemplateDraftNotFound(template=code)
    checked = await check_terms(session, record.draft, language)
    if checked.sound is None:
        raise TermsInvalid(fields=checked.problems)
    terms = written(checked.sound)
    before = read_as(Terms, record.terms).content if record.terms is not None else None
    if before is not None and written(before) == terms:
        raise TemplateDraftUnchanged(version=record.terms_version)
    return await write_terms(session, record, terms, actor)


async def write_terms(
    session: Session, record: TemplateRecord, terms: Mapping[str, Any], actor: Actor
) -> TemplateRecord:
    """Write the next version of a locked template's terms, which were checked; its draft is done."""
    version = record.terms_version + 1
    await session.execute(
        insert(coupon_terms).values(
            template_id=record.template_id,
            version=version,
            terms=dict(terms),
            published_at=clock.now(),
            published_by=actor.name,
        )
    )
    state = "published" if record.state == "draft" else record.state
    return await _write(session, record, draft=None, terms_version=version, state=state)


async def pause(session: Session, code: str, *, seen: int | None) -> TemplateRecord:
    """Stop issuing for a while; coupons that members have stay usable. Raises TemplateNotFound, TemplateStateWrong."""
    return await _move(session, code, "paused", "published", seen=seen)


async def resume(session: Session, code: str, *, seen: int | None) -> TemplateRecord:
    """Issue again. Raises TemplateNotFound, TemplateChanged, TemplateStateWrong."""
    return await _move(session, code, "published", "paused", seen=seen)


async def close(session: Session, code: str, *, seen: int | None) -> TemplateRecord:
    """Stop issuing for good; coupons that members have stay usable. Raises TemplateNotFound, TemplateStateWrong."""
    return await _move(session, code, "closed", "published", "paused", seen=seen)


async def change_issuing(
    session: Session, code: str, stored: Mapping[str, Any], *, seen: int | None, language: Language = "en"
) -> TemplateRecord:
    """Change how a template is given out, for what is not issued yet.

    Raises TemplateNotFound, TemplateChanged, TemplateStateWrong, IssuingInvalid.
    """
    record = await _open(session, code, seen)
    _require_state(record, "draft", "published", "paused")
    issuing = await _sound_issuing(session, stored, language, template=code)
    return await write_issuing(session, record, issuing)


async def write_issuing(session: Session, record: TemplateRecord, issuing: Issuing) -> TemplateRecord:
    """Write how a locked template is given out, which was checked, with the units of its stock."""
    changed = await _write(session, record, issuing=written(issuing))
    await _arrange_stock(session, record.template_id, record.issuing.stock, issuing.stock)
    await budgets.arrange(session, record.template_id, record.issuing.budgets, issuing.budgets)
    return changed


async def copy_template(session: Session, code: str, *, new_code: str, name: LocalName) -> TemplateRecord:
    """Make a template whose draft and issuing say what this one's say; the word stays with the first.

    Raises TemplateNotFound, TemplateCodeTaken.
    """
    source = await get_template(session, code)
    claiming = source.issuing.claiming.model_copy(update={"word": None})
    issuing = written(source.issuing.model_copy(update={"claiming": claiming}))
    return await add_template(session, new_code, name, draft=source.draft or source.terms, issuing=issuing)


async def remove_template(session: Session, code: str, *, seen: int | None) -> None:
    """Remove a template that was never published. Raises TemplateNotFound, TemplateChanged, TemplateWasPublished."""
    record = await _open(session, code, seen)
    if record.terms_version or await has_coupons(session, record.template_id):
        raise TemplateWasPublished(template=code)
    await session.execute(delete(coupon_unit).where(coupon_unit.c.template_id == record.template_id))
    await session.execute(delete(coupon_template).where(coupon_template.c.template_id == record.template_id))


async def save_stacking(
    session: Session, stored: Mapping[str, Any], *, seen: int | None, language: Language = "en"
) -> tuple[Stacking, int]:
    """Change how coupons combine, from now on. Raises StackingInvalid, StackingChanged."""
    checked = await check_stacking(session, stored, language)
    if checked.sound is None:
        raise StackingInvalid(fields=checked.problems)
    return await write_stacking(session, checked.sound, seen=seen)


async def write_stacking(session: Session, stacking: Stacking, *, seen: int | None) -> tuple[Stacking, int]:
    """Write rules of combining that were checked, over the version seen (None: whichever). Raises StackingChanged."""
    _, version = await find_stacking(session)
    if seen is not None and seen != version:
        raise StackingChanged(version=version)
    values = {"content": stacking.model_dump(mode="json"), "changed_at": clock.now()}
    done = await session.scalar(
        insert(coupon_stacking)
        .values(one=True, version=1, **values)
        .on_conflict_do_update(
            index_elements=["one"],
            set_={**values, "version": coupon_stacking.c.version + 1},
            where=coupon_stacking.c.version == version,
        )
        .returning(coupon_stacking.c.version)
    )
    if done is None:
        # Somebody was quicker between the look and the writing.
        raise StackingChanged(version=(await find_stacking(session))[1])
    return stacking, done


def written(part: Terms | Issuing) -> dict[str, Any]:
    """A part as it should be stored: what is as usual is left out."""
    content = part.model_dump(mode="json", exclude_defaults=True)
    if isinstance(part, Terms):
        content["discount"] = part.discount.model_dump(mode="json")
    return content


async def set_state(session: Session, record: TemplateRecord, state: State) -> TemplateRecord:
    """Put a locked template that was published into a state, as a document of the programme wants it."""
    return await _write(session, record, state=state)


async def _move(session: Session, code: str, to: State, *of: State, seen: int | None) -> TemplateRecord:
    record = await _open(session, code, seen)
    _require_state(record, *of)
    return await _write(session, record, state=to)


async def _open(session: Session, code: str, seen: int | None) -> TemplateRecord:
    """The template, locked, at the version seen. Raises TemplateNotFound, TemplateChanged."""
    record = await lock_template(session, code)
    if seen is not None and seen != record.version:
        raise TemplateChanged(template=code, version=record.version)
    return record


async def _write(session: Session, record: TemplateRecord, **values: Any) -> TemplateRecord:
    await session.execute(
        update(coupon_template)
        .where(coupon_template.c.template_id == record.template_id)
        .values(**values, version=record.version + 1, changed_at=clock.now())
    )
    return await get_template(session, record.code)


async def _sound_issuing(session: Session, stored: Mapping[str, Any], language: Language, *, template: str) -> Issuing:
    checked = await check_issuing(session, stored, language, template=template)
    if checked.sound is None:
        raise IssuingInvalid(fields=checked.problems)
    return checked.sound


async def _arrange_stock(session: Session, template_id: int, before: int | None, after: int | None) -> None:
    if before != after:
        await stock.arrange(session, template_id, after)


def _require_state(record: TemplateRecord, *states: State) -> None:
    """Raises TemplateStateWrong."""
    if record.state not in states:
        raise TemplateStateWrong(template=record.code, state=STATES[record.state])


def _require_small(draft: Mapping[str, Any] | None) -> None:
    """Raises TemplateDraftTooLarge."""
    if draft is not None and len(dump_json(draft)) > _MOST_KB * 1024:
        raise TemplateDraftTooLarge(limit=_MOST_KB)
