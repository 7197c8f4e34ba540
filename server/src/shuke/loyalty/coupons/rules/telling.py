"""Terms and issuing in plain sentences, as an operator and a member would say them."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from shuke.platform.i18n import Language, LocalName

from .issuing import Issuing
from .terms import Terms


def told_terms(terms: Terms, language: Language, money: str, names: Mapping[str, LocalName]) -> list[str]:
    """What a coupon promises, a sentence each. `names`: of products, stores, tiers … by code, or by `kind:code`."""
    del money, names
    return [terms.texts.title.name.pick(language)]


def told_issuing(issuing: Issuing, language: Language, money: str, zone: ZoneInfo) -> list[str]:
    """How a template is given out, a sentence each."""
    del issuing, language, money, zone
    return []
