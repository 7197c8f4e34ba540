"""Words that all sentences about coupons need: amounts, lists, days, hours, in one language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from shuke.platform.i18n import Language, LocalName
from shuke.platform.money import format_money

_NAMED = 10
_WEEKDAYS = (
    LocalName("周一", "Monday"),
    LocalName("周二", "Tuesday"),
    LocalName("周三", "Wednesday"),
    LocalName("周四", "Thursday"),
    LocalName("周五", "Friday"),
    LocalName("周六", "Saturday"),
    LocalName("周日", "Sunday"),
)


@dataclass(frozen=True)
class Asked:
    """What a threshold asks for, in words; `is_order`: of the whole order, where the coupon is for some goods only."""

    least: str
    is_order: bool


class Words:
    """A language, a currency, and the names of what the shop calls by codes."""

    def __init__(self, language: Language, money: str, names: Mapping[str, LocalName] | None = None) -> None:
        self.language: Language = language
        self.money = money
        self.names = names or {}
        self.is_chinese = language == "zh"

    def pick(self, zh: str, en: str) -> str:
        """One of two texts."""
        return zh if self.is_chinese else en

    def join(self, clauses: Iterable[str]) -> str:
        """Clauses of one sentence."""
        return self.pick("，", ", ").join(clause for clause in clauses if clause)

    def amount(self, minor: int) -> str:
        """Money without what it can do without: in Chinese, yuan are plain numbers (`200`, `9.9`)."""
        told = format_money(minor, self.money)
        whole, point, cents = told.partition(".")
        if point and not cents.strip("0"):
            told = whole
        if self.is_chinese and self.money == "CNY":
            told = told.replace("¥", "").replace(",", "")
            return told.rstrip("0") if "." in told else told
        return told

    def pieces(self, count: int) -> str:
        """So many pieces."""
        return self.pick(f"{count} 件", f"{count} piece{'' if count == 1 else 's'}")

    def up_to(self, minor: int | None) -> str:
        """The most that comes off, as a clause; nothing where there is no such limit."""
        return self.pick(f"最多减 {self.amount(minor)}", f"up to {self.amount(minor)}") if minor is not None else ""

    def reached(self, asked: Asked) -> str:
        """What has to be reached: `满 200`, `¥200 or more`."""
        if asked.is_order:
            return self.pick(f"订单满 {asked.least}", f"an order of {asked.least} or more")
        return self.pick(f"满 {asked.least}", f"{asked.least} or more")

    def before(self, asked: Asked) -> str:
        """What has to be reached, before a Chinese word: numbers are set apart from it."""
        reached = self.reached(asked)
        return f"{reached} " if reached[-1].isdigit() else reached

    def bought(self, asked: Asked | None) -> str:
        """What has to be bought, as a clause of its own."""
        if asked is None:
            return ""
        return self.pick(self.reached(asked), f"when buying {self.reached(asked)}")

    def reduced(self, percent: int) -> str:
        """A price of which a share comes off, as it is called: `88 折`, `半价`, `half price`, `12% off`."""
        if percent == 100:
            return self.pick("免费", "free")
        if percent == 50:
            return self.pick("半价", "half price")
        left = 100 - percent
        fold = str(left // 10) if left % 10 == 0 else f"0.{left}" if left < 10 else str(left)
        return self.pick(f"{fold} 折", f"{percent}% off")

    def name(self, kind: str, code: str) -> str:
        """What the shop calls something; its code, where it has no name."""
        found = self.names.get(f"{kind}:{code}") or self.names.get(code)
        return found.pick(self.language) if found else code

    def listed(self, kind: str, codes: Iterable[str]) -> str:
        """Names in a row; of very many the first."""
        found = [self.name(kind, code) for code in codes]
        told = self.pick("、", ", ").join(found[:_NAMED])
        if len(found) <= _NAMED:
            return told
        return self.pick(f"{told}等 {len(found)} 个", f"{told} and {len(found) - _NAMED} more")

    def weekday(self, number: int) -> str:
        """A weekday by its number, 1 is Monday."""
        return _WEEKDAYS[number - 1].pick(self.language)

    def day(self, day: date) -> str:
        """A day."""
        return self.pick(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {day:%B %Y}")

    def moment(self, at: datetime, zone: ZoneInfo) -> str:
        """An instant, to the minute."""
        local = at.astimezone(zone)
        return f"{self.day(local.date())} {local.hour}:{local:%M}"

    def hours(self, span: str) -> str:
        """`09:30-14:00` as people write it."""
        begins, _, ends = span.partition("-")
        told = f"{_hour(begins)}–{_hour(ends)}"
        if begins < ends:
            return told
        return self.pick(f"{_hour(begins)}–次日 {_hour(ends)}", f"{told} the next day")


def _hour(text: str) -> str:
    return text.removeprefix("0")
