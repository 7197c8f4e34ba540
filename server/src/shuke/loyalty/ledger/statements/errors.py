"""Refusals of statements."""

from shuke.platform.errors import AppError


class BadPeriod(AppError):
    """A period that ends before it begins, or lies outside all calendars."""

    code = "ledger.bad_period"
    title = {"zh": "日期范围无效", "en": "Bad period"}
    detail = {
        "zh": "开始日期 {first} 不能晚于结束日期 {last}，且都须在 1970 至 2199 年之间。",
        "en": "The first day {first} must not be after the last day {last}, and both must lie from 1970 to 2199.",
    }
