"""What words need to know: the language, the shop's money, the names of currencies and of facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shuke.foundation import organization
from shuke.loyalty import ledger
from shuke.platform import conditions
from shuke.platform.conditions import Catalogue
from shuke.platform.db import Session
from shuke.platform.i18n import Language, LocalName
from shuke.platform.money import format_money


@dataclass(frozen=True, kw_only=True)
class Words:
    """How to say things to one reader."""

    language: Language
    money: str
    currencies: Mapping[str, LocalName]
    catalogue: Catalogue

    def pick(self, zh: str, en: str) -> str:
        """One of two texts."""
        return zh if self.language == "zh" else en

    def amount(self, amount_minor: int) -> str:
        """An amount of money; whole units without their zeros."""
        shown = format_money(amount_minor, self.money)
        return shown.rstrip("0").removesuffix(".") if "." in shown and shown.endswith("00") else shown

    def points(self, count: int, currency: str) -> str:
        """A number of points or growth: `10 积分`, `10 points`."""
        name = self.currencies.get(currency)
        if name is None:
            return f"{count:,} {currency}"
        if self.language == "zh":
            return f"{count:,} {name.zh}"
        unit = name.en.lower()
        return f"{count:,} {unit.removesuffix('s') if count == 1 else unit}"

    def currency(self, code: str) -> str:
        """The name of a currency inside a sentence."""
        name = self.currencies.get(code)
        return code if name is None else self.pick(name.zh, name.en.lower())

    def condition(self, tree: Mapping[str, Any]) -> str:
        """A condition in words."""
        read = conditions.read_stored(tree, self.catalogue, scope="lines")
        return conditions.in_words(read, self.language, money=self.money)

    def join(self, texts: list[str]) -> str:
        """Several things that all hold."""
        if self.language == "zh":
            return "、".join(texts)
        return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


async def words_for(session: Session, language: Language) -> Words:
    """The words of this installation in a language."""
    return Words(
        language=language,
        money=(await organization.get_shop(session)).currency,
        currencies={one.code: one.name for one in await ledger.currency_names(session)},
        catalogue=await conditions.catalogue(session),
    )
