"""What reads the rows of a file, with the stores and employees that people may name in it."""

from collections import Counter
from collections.abc import Sequence

from shuke.foundation import organization
from shuke.platform import clock
from shuke.platform.actor import EVERYTHING
from shuke.platform.db import Session

from ..queries import Import
from ..rules.reading import RowReader


async def make_reader(session: Session, run: Import, header: list[str]) -> RowReader:
    """What reads the rows of an import's file."""
    shop = await organization.get_shop(session)
    stores = _by_words(await organization.list_stores(session))
    employees = _by_words(await organization.list_employees(session, EVERYTHING, state="active"))
    return RowReader(run.settings, header, shop.zone, clock.now(), stores, employees)


def _by_words(items: Sequence[organization.Store] | Sequence[organization.Employee]) -> dict[str, int]:
    """Ids by code and by name, in any case. A name that two share means neither."""
    names = Counter(item.name.casefold() for item in items)
    words = {item.name.casefold(): item.id for item in items if names[item.name.casefold()] == 1}
    return words | {item.code.casefold(): item.id for item in items}
