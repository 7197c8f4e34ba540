"""Pure core of checkout: a member's book and the next document in, decisions out.

Live orders and imports are the same fold: the live path loads one member's book and folds one document, an import
loads many and folds their whole histories in the order of business time.
"""

from .fold import apply, bring_forward
from .model import (
    NO_PAYMENTS,
    Ask,
    Asked,
    Award,
    Book,
    Counters,
    Document,
    Line,
    OpenLine,
    OpenOrder,
    Part,
    Payments,
    Product,
    Programme,
)
from .outcome import Outcome
from .policies import DEFAULT_POLICIES, Policies

__all__ = [
    "DEFAULT_POLICIES",
    "NO_PAYMENTS",
    "Ask",
    "Asked",
    "Award",
    "Book",
    "Counters",
    "Document",
    "Line",
    "OpenLine",
    "OpenOrder",
    "Outcome",
    "Part",
    "Payments",
    "Policies",
    "Product",
    "Programme",
    "apply",
    "bring_forward",
]
