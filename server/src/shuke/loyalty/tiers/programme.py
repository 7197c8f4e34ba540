"""The tiers as a part of the programme's document: the scheme and its levels, without anybody's history."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shuke.platform import clock
from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.errors import FieldError
from shuke.platform.i18n import Language, LocalName
from shuke.platform.programme import ProgrammeChange, ProgrammeLine, ProgrammePart

from .changing import new_levels
from .checks import require_publishable
from .errors import BadScheme, MoneyDiffers, NoScheme, SchemeCannotWait
from .queries import SchemeView, find_scheme_view
from .rules import Parameters
from .schemas import LevelIn
from .schemes import save_scheme
from .sentences import NamedLevel, tell_scheme
from .views import named_levels
from .wording import figure

_CODE = "tiers"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")

    parameters: Parameters
    levels: list[LevelIn] = Field(min_length=1, max_length=100)


async def export_tiers(session: Session) -> dict[str, Any] | None:
    """The scheme as it is; None where there is none."""
    scheme = await find_scheme_view(session)
    return _written(scheme) if scheme else None


async def diff_tiers(session: Session, part: Any, language: Language) -> list[ProgrammeChange]:
    """What taking a scheme over would change here.

    Raises NoScheme, BadScheme, MoneyDiffers and the refusals of schemes that cannot be.
    """
    here = await _scheme(session)
    wanted = _read(part, here)
    if wanted.model_dump() == _read(_written(here), here).model_dump():
        return []
    before = _told(here.parameters, named_levels(here), language)
    levels = [NamedLevel(one.level, one.name) for one in new_levels(wanted.levels)]
    after = _told(wanted.parameters, levels, language)
    return [ProgrammeChange(kind="changed", code=_CODE, name=here.name, lines=_lines(before, after))]


async def apply_tiers(session: Session, part: Any, effective_from: datetime | None, actor: Actor) -> None:
    """Publish the scheme of a document. Raises what `diff_tiers` raises, LevelInUse, and SchemeCannotWait."""
    if not await diff_tiers(session, part, "en"):
        return
    if effective_from is not None and effective_from > clock.now():
        raise SchemeCannotWait
    here = await _scheme(session)
    wanted = _read(part, here)
    await save_scheme(
        session,
        parameters=wanted.parameters,
        levels=new_levels(wanted.levels),
        seen_version=here.version,
        actor=actor.name,
    )


async def _scheme(session: Session) -> SchemeView:
    scheme = await find_scheme_view(session)
    if scheme is None:
        raise NoScheme
    return scheme


def _read(part: Any, here: SchemeView) -> _Part:
    try:
        wanted = _Part.model_validate(part)
    except ValidationError as error:
        fields = [("".join(f"/{step}" for step in one["loc"]), one["msg"]) for one in error.errors()[:50]]
        raise BadScheme(fields=tuple(FieldError(f"/tiers{at}", said) for at, said in fields)) from None
    if wanted.parameters.money != here.parameters.money:
        raise MoneyDiffers(found=wanted.parameters.money, expected=here.parameters.money)
    require_publishable(wanted.parameters, [one.level for one in new_levels(wanted.levels)])
    return wanted


def _written(scheme: SchemeView) -> dict[str, Any]:
    return {
        "parameters": scheme.parameters.model_dump(mode="json", exclude_none=True),
        "levels": [
            {
                "code": level.code,
                "name_zh": level.name.zh,
                "name_en": level.name.en,
                "colour": level.colour,
                "threshold": level.threshold,
                "keep_threshold": level.keep_threshold,
                "deduct": level.deduct,
                "is_floor": level.is_floor,
            }
            for level in scheme.levels
        ],
    }


def _told(parameters: Parameters, levels: Sequence[NamedLevel], language: Language) -> dict[str, str]:
    """What a scheme says, by what it is said about: the rules in sentences, and each level."""
    rules = "规则" if language == "zh" else "Rules"
    told = {rules: (" " if language == "en" else "").join(tell_scheme(parameters, levels, language))}
    for one in levels:
        threshold = figure(parameters.metric, one.level.threshold, parameters.money)
        told[one.level.code] = f"{one.name.pick(language)} · {threshold}"
    return told


def _lines(before: dict[str, str], after: dict[str, str]) -> tuple[ProgrammeLine, ...]:
    titles = [*after, *(title for title in before if title not in after)]
    return tuple(
        ProgrammeLine(title=title, before=before.get(title), after=after.get(title))
        for title in titles
        if before.get(title) != after.get(title)
    )


PROGRAMME = ProgrammePart(
    key="tiers",
    name=LocalName("等级", "Tiers"),
    export=export_tiers,
    diff=diff_tiers,
    apply=apply_tiers,
)
