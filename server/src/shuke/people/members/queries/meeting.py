"""Members who meet a condition: read from JSON, as clauses over the summary, and given up when it takes too long."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import orjson
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.exc import DBAPIError

from shuke.platform import clock, conditions
from shuke.platform.conditions import Condition, Moment
from shuke.platform.db import Session, sqlstate
from shuke.platform.errors import FieldError
from shuke.platform.problems import RequestInvalid

from ..errors import ConditionTooSlow
from ..rules.values import WantedCondition
from .labels import shop_zone

_CANCELLED = "57014"


async def read_condition(session: Session, wanted: WantedCondition) -> tuple[Condition, conditions.Catalogue]:
    """A condition and the facts that it was read with. Raises RequestInvalid (no JSON) and ConditionInvalid."""
    try:
        tree = orjson.loads(wanted.text)
    except ValueError:
        raise RequestInvalid(fields=(FieldError("/query/condition", "JSON"),)) from None
    known = await conditions.catalogue(session)
    read = conditions.read(tree, known, scope="members", pointer="/query/condition", language=wanted.language)
    return read, known


async def meeting(session: Session, wanted: WantedCondition | None) -> list[ColumnElement[bool]]:
    """What holds of a row of the summary whose member meets a condition now.

    Raises RequestInvalid, ConditionInvalid and FactNotForSets.
    """
    if wanted is None:
        return []
    condition, known = await read_condition(session, wanted)
    return conditions.where_here(condition, known, Moment(clock.now(), await shop_zone(session)))


@asynccontextmanager
async def in_time(session: Session, wanted: WantedCondition | None) -> AsyncIterator[None]:
    """Bound the statements of the block where a condition says how long they may take. Raises ConditionTooSlow."""
    if wanted is None:
        yield
        return
    if wanted.within_ms is not None:
        await session.execute(select(func.set_config("statement_timeout", str(wanted.within_ms), True)))
    try:
        yield
    except DBAPIError as error:
        if sqlstate(error) == _CANCELLED:
            raise ConditionTooSlow from None
        raise
