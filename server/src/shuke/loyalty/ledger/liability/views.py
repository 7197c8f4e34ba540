"""Liabilities as they are shown: sums by state and by month of expiry."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from shuke.foundation import organization
from shuke.platform import clock
from shuke.platform.db import Session
from shuke.platform.i18n import Language, LocalName
from shuke.platform.money import exponent, round_to_int
from shuke.platform.spreadsheets import START, csv_rows

from ..schemas import CurrencyOut
from .queries import Liability, Part, list_liabilities
from .schemas import LiabilitiesOut, LiabilityMonthOut, LiabilityOut, UnitsOut

_MICRO = 1_000_000
_COLUMNS = (
    LocalName("账户", "account"),
    LocalName("到期月份", "month of expiry"),
    LocalName("可用", "available"),
    LocalName("待到账", "pending"),
    LocalName("冻结", "held"),
    LocalName("合计", "outstanding"),
    LocalName("成本", "cost"),
    LocalName("币种", "money"),
    LocalName("成本（最小单位的百万分之一）", "cost in millionths of the minor unit"),
)
_NO_END = LocalName("长期有效", "no end")
_ALL = LocalName("合计", "all")
_DEBT = LocalName("会员欠分", "owed by members")


async def show_liabilities(session: Session, code: str | None) -> LiabilitiesOut:
    """Every currency, or the one with a code. Raises CurrencyNotFound."""
    shop = await organization.get_shop(session)
    as_of = clock.now()
    items = [_liability(one) for one in await list_liabilities(session, code)]
    return LiabilitiesOut(as_of=as_of, money=shop.currency, items=items)


def liabilities_csv(found: LiabilitiesOut, language: Language) -> bytes:
    """The same as a spreadsheet: a row for each month, one for the whole, and what members owe."""
    rows: list[Sequence[object]] = [[column.pick(language) for column in _COLUMNS]]
    for one in found.items:
        name = one.currency.name.pick(language)
        rows += [[name, month.month or _NO_END.pick(language), *_figures(month, found.money)] for month in one.months]
        rows.append([name, _ALL.pick(language), *_figures(one, found.money)])
        if one.debt:
            rows.append([name, _DEBT.pick(language), None, None, None, -one.debt])
    return START + csv_rows(rows)


def _figures(sums: LiabilityMonthOut | LiabilityOut, money: str) -> list[object]:
    cost = Decimal(sums.outstanding.cost_minor).scaleb(-exponent(money))
    return [
        *(sums.available.units, sums.pending.units, sums.held.units),
        *(sums.outstanding.units, f"{cost:f}", money, sums.outstanding.cost_micro),
    ]


def _liability(found: Liability) -> LiabilityOut:
    months: list[date | None] = list(dict.fromkeys(part.month for part in found.parts))
    return LiabilityOut(
        currency=CurrencyOut(code=found.currency.code, name=found.currency.name),
        **_by_state(found.parts),
        debt=found.debt,
        months=[
            LiabilityMonthOut(
                month=f"{month:%Y-%m}" if month else None,
                **_by_state([part for part in found.parts if part.month == month]),
            )
            for month in months
        ],
    )


def _by_state(parts: Sequence[Part]) -> dict[str, UnitsOut]:
    return {
        "available": _units(part for part in parts if part.state == "available"),
        "pending": _units(part for part in parts if part.state == "pending"),
        "held": _units(part for part in parts if part.state == "held"),
        "outstanding": _units(parts),
    }


def _units(parts: Iterable[Part]) -> UnitsOut:
    chosen = list(parts)
    cost_micro = sum(part.cost_micro for part in chosen)
    return UnitsOut(
        units=sum(part.units for part in chosen),
        cost_micro=cost_micro,
        cost_minor=round_to_int(Decimal(cost_micro) / _MICRO, "half_up"),
    )
