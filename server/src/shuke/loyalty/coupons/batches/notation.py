"""Terms as files write them (`30:5`, `0.95`, 满100减10,满200减30), beside those of a template."""

from ..rules import Terms
from ..rules.notation import NotUnderstood, parse


def fits(text: str, terms: Terms, money: str) -> bool | None:
    """Whether a text says what the terms say, as far as such texts go; None: it cannot be read.

    A text knows no highest discount and no goods: of these the template's terms speak.
    """
    try:
        discount, threshold = parse(text, money)
    except NotUnderstood:
        return None
    said, wanted = (one.model_dump(exclude={"most_minor"}) for one in (discount, terms.discount))
    return said == wanted and (threshold.counts, threshold.least) == (terms.threshold.counts, terms.threshold.least)
