"""Money in integer minor units, and rounding by name."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import Literal

Rounding = Literal["down", "up", "half_up", "half_even"]

_MODES: dict[Rounding, str] = {
    "down": ROUND_FLOOR,
    "up": ROUND_CEILING,
    "half_up": ROUND_HALF_UP,
    "half_even": ROUND_HALF_EVEN,
}

# ISO 4217 currencies whose minor unit is not a hundredth; every other one is.
_EXPONENTS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "BHD": 3, "KWD": 3, "OMR": 3, "JOD": 3, "TND": 3}


def exponent(currency: str) -> int:
    """How many decimal places the currency's minor unit has."""
    return _EXPONENTS.get(currency, 2)


def round_to_int(value: Decimal, rounding: Rounding) -> int:
    """A decimal as an integer. `down` is towards minus infinity, `half_up` sends halves away from zero."""
    return int(value.to_integral_value(rounding=_MODES[rounding]))


def minor_amount(quantity: Decimal, unit_price: Decimal, currency: str, rounding: Rounding = "half_up") -> int:
    """quantity × unit price as integer minor units of the currency, rounded once, by name."""
    return round_to_int((quantity * unit_price).scaleb(exponent(currency)), rounding)


def share_left(amount: int, left: Decimal, whole: Decimal) -> int:
    """What remains of an amount when `left` of `whole` units remain; differences of successive calls add up exactly."""
    if left <= 0:
        return 0
    return round_to_int(amount * left / whole, "half_up")


def divide(amount: int, by: int) -> int | None:
    """An amount shared out, rounded half away from zero; None where there is nothing to share it among."""
    return round_to_int(Decimal(amount) / by, "half_up") if by else None


_SYMBOLS = {"CNY": "¥", "EUR": "€", "GBP": "£", "HKD": "HK$", "JPY": "JP¥", "TWD": "NT$", "USD": "US$"}


def format_money(amount_minor: int, currency: str) -> str:
    """An amount as a sentence shows it: `£1,234.50`, `−¥8.00`, `CHF 12.00`."""
    symbol = _SYMBOLS.get(currency, f"{currency} ")
    value = Decimal(abs(amount_minor)).scaleb(-exponent(currency))
    return f"{'−' if amount_minor < 0 else ''}{symbol}{value:,}"
