"""Changing the scheme as a screen or program asks for it: look first, then publish."""

from shuke.platform.db import Session
from shuke.platform.i18n import Language, LocalName

from .checks import require_publishable
from .errors import MoneyDiffers, NoScheme, SchemeChanged, SchemeVersionNeeded
from .previewing import Preview, preview_scheme
from .queries import SchemeView, find_scheme_view
from .rules import Scheme
from .schemas import LevelIn, TierMoveOut, TierPreviewOut, TierRefOut, TiersChangeOut, TiersIn
from .schemes import NewLevel, save_scheme
from .sentences import NamedLevel, tell_scheme
from .views import ref


def read_seen(if_match: str | None) -> int:
    """The version that the caller saw. Raises SchemeVersionNeeded."""
    text = (if_match or "").strip().removeprefix("W/").strip('"')
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise SchemeVersionNeeded
    return int(text)


async def change_tiers(
    session: Session, wanted: TiersIn, seen: int, actor: str, language: Language, *, is_dry: bool
) -> TiersChangeOut:
    """Publish a scheme, or only say what it would do.

    Raises NoScheme, SchemeChanged, MoneyDiffers, LevelInUse and the refusals of schemes that cannot be.
    """
    before = await find_scheme_view(session)
    if before is None:
        raise NoScheme
    if seen != before.version:
        raise SchemeChanged(seen=seen, version=before.version)
    if wanted.parameters.money != before.parameters.money:
        raise MoneyDiffers(found=wanted.parameters.money, expected=before.parameters.money)
    if is_dry:
        return await _preview(session, wanted, before, language)
    after = await save_scheme(
        session,
        parameters=wanted.rules(),
        levels=new_levels(wanted.levels),
        seen_version=seen,
        actor=actor,
    )
    return TiersChangeOut(is_saved=True, version=after.version, preview=None)


def new_levels(levels: list[LevelIn]) -> list[NewLevel]:
    """Levels as they were sent, from the lowest up, as they are to be."""
    return [
        NewLevel(level=level.as_rule(rank), name=LocalName(level.name_zh, level.name_en), colour=level.colour)
        for rank, level in enumerate(levels, 1)
    ]


async def _preview(session: Session, wanted: TiersIn, before: SchemeView, language: Language) -> TiersChangeOut:
    levels = new_levels(wanted.levels)
    rules = tuple(one.level for one in levels)
    require_publishable(wanted.parameters, rules)
    found = await preview_scheme(session, Scheme(before.scheme_id, before.code, wanted.rules(), rules, before.version))
    told = tell_scheme(wanted.parameters, [NamedLevel(one.level, one.name) for one in levels], language)
    return TiersChangeOut(is_saved=False, version=before.version, preview=_show(found, told, before, levels))


def _show(found: Preview, told: list[str], before: SchemeView, levels: list[NewLevel]) -> TierPreviewOut:
    old = {level.rank: ref(level) for level in before.levels}
    new = {one.level.rank: _ref(one) for one in levels}
    return TierPreviewOut(
        sentences=told,
        moves=[
            TierMoveOut(from_=old.get(earlier), to=new[later], members=count)
            for (earlier, later), count in sorted(found.moves.items())
        ],
        judged=found.judged,
        total=found.total,
        is_complete=found.is_complete,
    )


def _ref(one: NewLevel) -> TierRefOut:
    return TierRefOut(code=one.level.code, rank=one.level.rank, name=one.name, colour=one.colour)
