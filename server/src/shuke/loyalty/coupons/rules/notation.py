"""How other systems and people write what a coupon takes off, in one short text.

| text | meaning |
|---|---|
| `30:5`, `100-20` | from 30, 5 off; from 100, 20 off |
| `满100减10`, `满3件减30` | from 100, 10 off; from 3 pieces, 30 off |
| `满100减10，满200减30`, `100:10,200:30` | steps |
| `每满100减10`, `每满100减10，最多减50` | 10 off for each 100, 50 at most |
| `立减5`, `无门槛5` | 5 off |
| `0.95`, `9.5折`, `95折`, `半价`, `满200打8.8折`, `88折，最多减50` | a share of the price |
| `包邮`, `满99包邮` | no postage |
| `第2件半价`, `第2件5折`, `第3件免费，最多2次` | every nth piece for less |

Amounts are in whole units of the currency with its decimals (`9.9`). Chinese and Western signs, spaces and 元 make no
difference; thousands are not parted, because a comma parts steps. What can be read in two ways is refused.
"""

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from shuke.platform.i18n import LocalName
from shuke.platform.money import exponent

from .kinds import AmountOff, Discount, FreeShipping, NthItem, PercentOff, Step, Steps
from .terms import Threshold

Reason = Literal[
    "empty",
    "unknown_form",
    "no_amount",
    "too_precise",
    "too_large",
    "off_above_threshold",
    "steps_must_rise",
    "not_a_whole_percent",
    "not_written",
]
REASONS: dict[Reason, LocalName] = {
    "empty": LocalName("没有填写优惠内容。", "Nothing is said about the discount."),
    "unknown_form": LocalName(
        "看不懂这种写法。请写成“满100减10”“30:5”“9.5折”“立减5”等。",
        "This form is not known. Write it as 满100减10, 30:5, 9.5折, 0.95 or 立减5.",
    ),
    "no_amount": LocalName("金额或件数必须大于 0。", "Amounts and pieces must be above 0."),
    "too_precise": LocalName("金额的小数位太多。", "An amount has more decimals than the currency."),
    "too_large": LocalName("数字太大。", "A number is too large."),
    "off_above_threshold": LocalName("减的不能比门槛还多。", "More comes off than the threshold asks for."),
    "steps_must_rise": LocalName(
        "后一档的门槛和优惠都必须高于前一档。", "Each step must ask for more and take off more."
    ),
    "not_a_whole_percent": LocalName(
        "折扣必须在 0 折到 9.9 折之间，最多一位小数。", "A discount must be from 1 to 100 whole percent."
    ),
    "not_written": LocalName("这种优惠没有简短的写法。", "There is no short text for this discount."),
}
Said = tuple[Discount, Threshold]
_MOST_MINOR, _MOST_PIECES, _MOST_NTH = 10**12, 1_000, 20
_NUMBER = r"(\d{1,15}(?:\.\d{1,6})?)"
_NTH = r"(\d{1,6})"
_FROM = rf"(?:满{_NUMBER}(件)?)"


class NotUnderstood(ValueError):
    """A text that says no discount, or a discount that has no text. `said`: why, for people."""

    def __init__(self, reason: Reason) -> None:
        self.reason: Reason = reason
        self.said = REASONS[reason]
        super().__init__(reason)


def parse(text: str, money: str) -> Said:
    """The discount and threshold that a text says. Raises NotUnderstood."""
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub(r"[\s元块¥]", "", plain).replace("–", "-").replace("—", "-")
    parts = [part for part in re.split(r"[,;、/|]", plain) if part]
    if not parts:
        raise NotUnderstood("empty")
    return _Reader(money).read(parts)


def render(discount: Discount, threshold: Threshold, money: str) -> str:
    """A discount and threshold as a text that `parse` reads as the same. Raises NotUnderstood where no text says it."""
    told = _rendered(discount, threshold, money)
    try:
        is_same = parse(told, money) == (discount, threshold)
    except NotUnderstood:
        is_same = False
    if not is_same:
        # A text cannot say, for example, that a threshold counts the whole order.
        raise NotUnderstood("not_written")
    return told


class _Reader:
    def __init__(self, money: str) -> None:
        self.decimals = exponent(money)
        self.forms: list[tuple[str, Callable[..., Said]]] = [
            (rf"{_FROM}立{{0,1}}减{_NUMBER}", self._from),
            (rf"{_NUMBER}()[:-]{_NUMBER}", self._from),
            (rf"每满{_NUMBER}立{{0,1}}减{_NUMBER}", self._for_each),
            (rf"(?:立减|无门槛减|无门槛立减|无门槛){_NUMBER}", self._plainly),
            (r"(0\.\d{1,6})", lambda rate: (self._percent(Decimal(rate) * 100), Threshold())),
            (rf"{_FROM}{{0,1}}[打享]{{0,1}}(?:{_NUMBER}折|半价)", self._reduced),
            (rf"{_FROM}{{0,1}}包邮", lambda least, is_pieces: (FreeShipping(), self._threshold(least, is_pieces))),
            (rf"第{_NTH}件[打享]{{0,1}}(?:{_NUMBER}折|半价|(免费))", self._nth),
        ]

    def read(self, parts: list[str]) -> Said:
        """All parts of a text: one discount and its limit, or steps."""
        *others, last = parts
        said = [self._one(part) for part in others]
        limit = re.fullmatch(rf"(?:最多|最高|封顶|上限)(?:减|优惠)?{_NUMBER}(次)?", last) if said else None
        if limit is None:
            said.append(self._one(last))
        elif len(said) == 1:
            return self._limited(*said[0], *limit.groups())
        if limit or (len(said) > 1 and not all(map(_is_step, said))):
            raise NotUnderstood("unknown_form")
        return said[0] if len(said) == 1 else self._steps(said)

    def _one(self, part: str) -> Said:
        for form, read in self.forms:
            found = re.fullmatch(form, part)
            if found:
                return read(*found.groups())
        raise NotUnderstood("unknown_form")

    def _from(self, least: str, is_pieces: str | None, off: str) -> Said:
        threshold, off_minor = self._threshold(least, is_pieces), self._minor(off)
        if threshold.counts == "amount" and off_minor > threshold.least:
            raise NotUnderstood("off_above_threshold")
        return AmountOff(off_minor=off_minor), threshold

    def _plainly(self, off: str) -> Said:
        return AmountOff(off_minor=self._minor(off)), Threshold()

    def _for_each(self, least: str, off: str) -> Said:
        discount, threshold = self._from(least, None, off)
        return discount.model_copy(update={"repeats": True}), threshold

    def _reduced(self, least: str | None, is_pieces: str | None, fold: str | None) -> Said:
        return self._percent(_rest(fold)), self._threshold(least, is_pieces)

    def _nth(self, nth: str, fold: str | None, free: str | None) -> Said:
        if not 2 <= int(nth) <= _MOST_NTH:
            raise NotUnderstood("too_large" if int(nth) > _MOST_NTH else "unknown_form")
        percent = 100 if free else self._percent(_rest(fold)).percent
        return NthItem(nth=int(nth), percent=percent), Threshold()

    def _limited(self, discount: Discount, threshold: Threshold, most: str, is_times: str | None) -> Said:
        if isinstance(discount, NthItem) and is_times:
            return discount.model_copy(update={"most_times": self._count(most)}), threshold
        if is_times or isinstance(discount, NthItem):
            raise NotUnderstood("unknown_form")
        return discount.model_copy(update={"most_minor": self._minor(most)}), threshold

    def _steps(self, said: list[Said]) -> Said:
        discounts = [(threshold.least, one.off_minor) for one, threshold in said if isinstance(one, AmountOff)]
        if any(one[0] >= other[0] or one[1] >= other[1] for one, other in pairwise(discounts)):
            raise NotUnderstood("steps_must_rise")
        if len(discounts) > 20:
            raise NotUnderstood("too_large")
        return Steps(steps=tuple(Step(from_minor=least, off_minor=off) for least, off in discounts)), Threshold()

    def _threshold(self, least: str | None, is_pieces: str | None) -> Threshold:
        if least is None:
            return Threshold()
        if is_pieces:
            return Threshold(counts="pieces", least=self._count(least))
        return Threshold(least=self._minor(least))

    def _percent(self, left: Decimal) -> PercentOff:
        if left % 1 or not 0 <= left < 100:
            raise NotUnderstood("not_a_whole_percent")
        return PercentOff(percent=100 - int(left))

    def _minor(self, number: str) -> int:
        minor = Decimal(number).scaleb(self.decimals)
        if minor % 1:
            raise NotUnderstood("too_precise")
        return _bounded(int(minor), _MOST_MINOR)

    def _count(self, number: str) -> int:
        if "." in number:
            raise NotUnderstood("too_precise")
        return _bounded(int(number), _MOST_PIECES)


def _rest(fold: str | None) -> Decimal:
    """How much of a hundred is left to pay: 9.5, 95 and 9 折; 半价 says no number."""
    if fold is None:
        return Decimal(50)
    number = Decimal(fold)
    # 10 折 would be the full price; nobody means 1 折 by it.
    return number if number > 10 else number * 10


def _bounded(number: int, most: int) -> int:
    if not number:
        raise NotUnderstood("no_amount")
    if number > most:
        raise NotUnderstood("too_large")
    return number


def _is_step(said: Said) -> bool:
    discount, threshold = said
    is_plain = isinstance(discount, AmountOff) and not discount.repeats
    return is_plain and threshold.counts == "amount" and threshold.least > 0


def _rendered(discount: Discount, threshold: Threshold, money: str) -> str:
    """The usual text of a discount."""
    most = getattr(discount, "most_minor", None)
    limit = f"，最多减{_amount(most, money)}" if most is not None else ""
    least = f"{threshold.least}件" if threshold.counts == "pieces" else _amount(threshold.least, money)
    since = f"满{least}" if threshold.least else ""
    if isinstance(discount, AmountOff):
        off = _amount(discount.off_minor, money)
        each = "每" if discount.repeats else ""
        return f"{each}{since}减{off}{limit}" if since else f"立减{off}{limit}"
    if isinstance(discount, Steps):
        steps = [f"满{_amount(one.from_minor, money)}减{_amount(one.off_minor, money)}" for one in discount.steps]
        return "，".join(steps)
    if isinstance(discount, PercentOff):
        return f"{since}{'打' if since else ''}{_fold(discount.percent)}折{limit}"
    if isinstance(discount, FreeShipping):
        return f"{since}包邮{limit}"
    if isinstance(discount, NthItem):
        times = f"，最多{discount.most_times}次" if discount.most_times else ""
        return f"第{discount.nth}件{_fold(discount.percent)}折{times}"
    raise NotUnderstood("not_written")


def _fold(percent: int) -> str:
    return _plain(Decimal(100 - percent) / 10)


def _amount(minor: int, money: str) -> str:
    return _plain(Decimal(minor).scaleb(-exponent(money)))


def _plain(number: Decimal) -> str:
    told = f"{number:f}"
    return told.rstrip("0").rstrip(".") if "." in told else told
