"""The facts that modules declare, gathered: what conditions may ask about."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement

from shuke.platform.db import Session
from shuke.platform.module import contributions

from .model import Fact, FactType, Scope
from .time_facts import TIME_FACTS


@dataclass(frozen=True, kw_only=True)
class FactSource:
    """A module's facts: those that stand in its code, and `load(session)`: those that stand in the database.

    A loaded fact takes the place of a declared one of the same name: so it gets the shop's own list of choices.
    `missing(name, type)` makes a fact that rules were once read with and that is no longer loaded. `population`:
    the column of ids that sets are drawn from; one module gives it.
    """

    facts: tuple[Fact, ...] = ()
    load: Callable[[Session], Awaitable[Sequence[Fact]]] | None = None
    missing: Callable[[str, FactType], Fact | None] | None = None
    population: ColumnElement[Any] | None = None


@dataclass(frozen=True)
class Catalogue:
    """Every fact by its name, in the order in which people see them."""

    facts: Mapping[str, Fact]
    sources: tuple[FactSource, ...] = field(default=(), repr=False)

    def find(self, name: str, type_said: FactType | None = None) -> Fact | None:
        """A fact by its name; `type_said`: the type that a stored rule says, where the fact itself may be gone."""
        found = self.facts.get(name)
        if found is not None or type_said is None:
            return found
        made = (source.missing(name, type_said) for source in self.sources if source.missing)
        return next((fact for fact in made if fact), None)

    def within(self, scope: Scope) -> list[Fact]:
        """The facts that conditions of a scope may ask about."""
        return [fact for fact in self.facts.values() if scope in fact.scopes]

    @property
    def population(self) -> ColumnElement[Any]:
        """The column of ids that sets are drawn from."""
        return next(source.population for source in self.sources if source.population is not None)


def declared() -> Catalogue:
    """The facts as the code declares them: what published rules, which were checked before, are read with.

    Needs no database. Lists of choices that the shop keeps itself are open here.
    """
    sources = contributions(FactSource)
    facts = (*(fact for source in sources for fact in source.facts), *TIME_FACTS)
    return Catalogue({fact.name: fact for fact in facts}, sources)


async def catalogue(session: Session) -> Catalogue:
    """The facts with the shop's own fields and lists of choices: what new conditions are read with."""
    known = declared()
    facts = dict(known.facts)
    for source in known.sources:
        if source.load is not None:
            facts |= {fact.name: fact for fact in await source.load(session)}
    return Catalogue(facts, known.sources)
