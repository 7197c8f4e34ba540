"""Facts with what the shop itself keeps: its stores to choose from, its own fields."""

from dataclasses import replace

from shuke.foundation import organization
from shuke.platform.conditions import Fact
from shuke.platform.db import Session

from .custom import custom_facts
from .stored import STORE


async def load_facts(session: Session) -> list[Fact]:
    """The facts that depend on the shop."""
    stores = await organization.store_choices(session)
    return [replace(STORE, choices=stores or None), *await custom_facts(session)]
