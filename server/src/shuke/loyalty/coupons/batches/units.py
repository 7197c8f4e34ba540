"""Units of a limited stock for many codes at once."""

from shuke.platform.db import Session

from ..issuing import taking
from ..promises import find_templates_by_id
from .errors import TooFewUnits
from .queries import find_free_units


async def take_units(session: Session, template_id: int, count: int) -> list[int | None]:
    """A unit for each of so many coupons; None where the stock has no end. All or nothing: raises TooFewUnits."""
    issuing = (await find_templates_by_id(session, [template_id]))[template_id].issuing
    if issuing.stock is None:
        return [None] * count
    taken = await taking.take(session, template_id, [0] * count, persons={}, limits={}, is_limited=True, waits=True)
    places = [place for place in taken if isinstance(place, taking.Place)]
    if len(places) < count:
        raise TooFewUnits(free=len(places) + await find_free_units(session, template_id), wanted=count)
    return [place.unit_no for place in places]
