"""Values of facts for some records: one statement for all that stands in columns, one for each source of the others."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, any_, bindparam
from sqlalchemy.dialects.postgresql import ARRAY

from shuke.platform.db import Session

from .catalogue import Catalogue, declared
from .catalogue import catalogue as everything
from .model import Fact, FactKey, Loader, LoaderOfMoments, Moment
from .sets import Values


async def load(
    session: Session,
    needs: Iterable[FactKey],
    ids: Sequence[int],
    moment: Moment,
    *,
    catalogue: Catalogue | None = None,
) -> dict[int, dict[FactKey, Any]]:
    """The values of facts, by record. What nobody can answer here, such as facts of an order, is left out."""
    needs = sorted(needs, key=repr)
    known = catalogue or declared()
    if catalogue is None and any(known.find(name) is None for name, _ in needs):
        # Facts of the shop's own fields stand in the database.
        known = await everything(session)
    found: dict[int, dict[FactKey, Any]] = {one: {} for one in ids}
    in_columns: dict[FactKey, Fact] = {}
    by_loader: dict[Loader, list[FactKey]] = defaultdict(list)
    for key in needs:
        fact = known.find(key[0])
        if fact is None:
            continue
        if fact.at is not None:
            value = fact.at(moment)
            for one in found.values():
                one[key] = value
        elif fact.load is not None:
            by_loader[fact.load].append(key)
        elif fact.column is not None or fact.relation is not None:
            in_columns[key] = fact
    if in_columns and found:
        await _load_columns(session, in_columns, found, known, moment)
    for loader, keys in by_loader.items():
        answered = await loader(session, moment, keys, list(found)) if found else {}
        for record, answers in answered.items():
            found[record] |= answers
    return found


async def load_each(
    session: Session, needs: Iterable[FactKey], moments: Mapping[Moment, Sequence[int]]
) -> dict[Moment, dict[int, dict[FactKey, Any]]]:
    """The values of facts at several moments, each for some records. A source that can is asked once for all."""
    known = declared()
    together: dict[LoaderOfMoments, list[FactKey]] = defaultdict(list)
    others: list[FactKey] = []
    for key in sorted(needs, key=repr):
        fact = known.find(key[0])
        if fact is not None and fact.load_each is not None:
            together[fact.load_each].append(key)
        else:
            others.append(key)
    found = {moment: await load(session, others, ids, moment) for moment, ids in moments.items()}
    for loader, keys in together.items():
        for moment, answered in (await loader(session, moments, keys)).items():
            for record, answers in answered.items():
                found[moment][record] |= answers
    return found


async def _load_columns(
    session: Session,
    facts: dict[FactKey, Fact],
    found: dict[int, dict[FactKey, Any]],
    known: Catalogue,
    moment: Moment,
) -> None:
    source = Values(known.population, moment)
    for key, fact in facts.items():
        source.add(key, fact)
    keys = list(facts)
    wanted = any_(bindparam(None, list(found), ARRAY(BigInteger)))
    query = source.query(known.population, *(source.columns[key] for key in keys)).where(known.population == wanted)
    for one, *values in await session.execute(query):
        found[one] |= {key: _as_known(value) for key, value in zip(keys, values, strict=True)}


def _as_known(value: Any) -> Any:
    return frozenset(value) if isinstance(value, list) else value
