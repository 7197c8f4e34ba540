"""Conditions over declared facts: one language for sets of records (SQL) and for one case now (a predicate).

`read` makes a `Condition` of JSON. `Condition.holds(values)` asks it of one case; `where` and `where_here` turn it into
SQL over a set; `load` finds the values of facts for some records, `load_each` at several moments; `in_words` says it in
plain language.
"""

from .catalogue import Catalogue, FactSource, catalogue, declared
from .errors import ConditionInvalid, FactNotForSets
from .loading import load, load_each
from .model import (
    SCOPES,
    TODAY,
    Argument,
    Choice,
    Condition,
    Fact,
    FactKey,
    FactType,
    Moment,
    Scope,
    fact_key,
)
from .operators import operators
from .reading import read, read_stored
from .sets import where, where_here
from .time_facts import TIME_FACTS
from .words import in_words

__all__ = [
    "SCOPES",
    "TIME_FACTS",
    "TODAY",
    "Argument",
    "Catalogue",
    "Choice",
    "Condition",
    "ConditionInvalid",
    "Fact",
    "FactKey",
    "FactNotForSets",
    "FactSource",
    "FactType",
    "Moment",
    "Scope",
    "catalogue",
    "declared",
    "fact_key",
    "in_words",
    "load",
    "load_each",
    "operators",
    "read",
    "read_stored",
    "where",
    "where_here",
]
