"""Activities over the API, by the command line or from the program itself: the same fold for one or a thousand."""

from collections.abc import Sequence

from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.errors import AppError

from ..programme import load_programme
from .actions import NewActivity, Recorded, record
from .arriving import resolve
from .errors import ActivityKeyTaken
from .schemas import MemberActivityIn


async def record_all(
    session: Session, given: Sequence[MemberActivityIn], actor: str, sight: Sight, *, all_or_nothing: bool = False
) -> list[Recorded | AppError]:
    """Record activities as one set, each judged for itself, in the order given; refusals are answered in place.

    `all_or_nothing`: the first refusal raises, and the caller's transaction writes nothing. Raises ProgrammeMissing.
    """
    programme = await load_programme(session)
    resolved = await resolve(session, given, sight)
    refused = [one for one in resolved if isinstance(one, AppError)]
    if all_or_nothing and refused:
        raise refused[0]
    recorded = iter(await record(session, programme, [one for one in resolved if isinstance(one, NewActivity)], actor))
    results: list[Recorded | AppError] = []
    for one, wanted in zip(resolved, given, strict=True):
        result = next(recorded) if isinstance(one, NewActivity) else one
        if isinstance(result, Recorded) and result.state == "taken":
            result = ActivityKeyTaken(source=wanted.source, key=wanted.key)
        if isinstance(result, AppError) and all_or_nothing:
            raise result
        results.append(result)
    return results
