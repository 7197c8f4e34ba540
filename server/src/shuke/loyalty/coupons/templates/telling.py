"""What templates say in plain words, in both languages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from shuke.commerce import catalog
from shuke.foundation import organization
from shuke.loyalty import tiers
from shuke.platform import conditions
from shuke.platform.conditions import Catalogue, ConditionInvalid
from shuke.platform.db import Session
from shuke.platform.i18n import Language, LocalName

from .. import rules
from ..rules import Issuing, Terms
from ..rules.kinds import Gift

LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, kw_only=True)
class Words:
    """What words need to know: the shop's money and zone, what codes are called, and the facts of conditions."""

    money: str
    zone: ZoneInfo
    names: Mapping[str, LocalName]
    catalogue: Catalogue


async def words_for(session: Session, terms: Iterable[Terms]) -> Words:
    """The words of this installation, with the names of what some terms speak of."""
    shop = await organization.get_shop(session)
    names = {f"store:{one.code}": LocalName(one.name, one.name) for one in await organization.list_stores(session)}
    scheme = await tiers.find_scheme_view(session)
    names |= {f"tier:{level.code}": level.name for level in scheme.levels} if scheme else {}
    products = sorted({code for one in terms for code in _products(one)})
    if products:
        found = await catalog.get_by_code(session, products)
        names |= {f"product:{code}": LocalName(one.name, one.name) for code, one in found.items()}
    return Words(money=shop.currency, zone=shop.zone, names=names, catalogue=await conditions.catalogue(session))


def tell_headline(terms: Terms, words: Words) -> LocalName:
    """The discount alone: what stands largest on a coupon."""
    return LocalName(*(_sentences(terms, language, words)[0] for language in LANGUAGES))


def tell_terms(terms: Terms, language: Language, words: Words) -> list[str]:
    """Everything that terms say, a sentence each."""
    said = _sentences(terms, language, words)
    if terms.scope.members is not None:
        members = _condition(terms.scope.members, language, words)
        said.append(f"限会员：{members}" if language == "zh" else f"For members with: {members}")
    return said


def tell_issuing(issuing: Issuing, language: Language, words: Words) -> list[str]:
    """Everything that issuing says, a sentence each."""
    said = [*rules.told_issuing(issuing, language, words.money, words.zone)]
    if issuing.claiming.members is not None:
        members = _condition(issuing.claiming.members, language, words)
        said.append(f"限会员领取：{members}" if language == "zh" else f"Claimed by members with: {members}")
    return said


def _sentences(terms: Terms, language: Language, words: Words) -> list[str]:
    return [*rules.told_terms(terms, language, words.money, words.names)]


def _condition(tree: Mapping[str, object], language: Language, words: Words) -> str:
    try:
        found = conditions.read_stored(dict(tree), words.catalogue, scope="members")
    except ConditionInvalid:
        # It asks about something that is there no more, or is still being written.
        return "…"
    return conditions.in_words(found, language, money=words.money)


def _products(terms: Terms) -> tuple[str, ...]:
    gifts = terms.discount.products if isinstance(terms.discount, Gift) else ()
    return (*terms.scope.products, *terms.scope.not_products, *gifts)
