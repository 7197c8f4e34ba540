"""Pure core of checkout: a member's book and the next document in, decisions out.

Live orders and imports are the same fold: the live path loads one member's book and folds one document, an import
loads many and folds their whole histories in the order of business time.
"""

from .fold import Outcome, apply, bring_forward
from .model import Award, Book, Counters, Document, Line, OpenLine, OpenOrder, Part, Programme

__all__ = [
    "Award",
    "Book",
    "Counters",
    "Document",
    "Line",
    "OpenLine",
    "OpenOrder",
    "Outcome",
    "Part",
    "Programme",
    "apply",
    "bring_forward",
]
