"""What conditions can ask of members. Modules above declare facts over columns of the summary with `summary_fact`."""

from .custom import custom_missing
from .loading import load_facts
from .sealed import SEALED
from .stored import EVERYWHERE, GROUP, POPULATION, STORED, local_day, persons, summary_fact

__all__ = [
    "EVERYWHERE",
    "GROUP",
    "POPULATION",
    "SEALED",
    "STORED",
    "custom_missing",
    "load_facts",
    "local_day",
    "persons",
    "summary_fact",
]
