"""What reports refuse."""

from shuke.platform.errors import AppError


class BadReportPeriod(AppError):
    """A period that ends before it begins, is too long, or lies outside all calendars."""

    code = "coupons.bad_report_period"
    status = 422
    title = {"zh": "日期范围无效", "en": "Bad period"}
    detail = {
        "zh": "开始日期不能晚于结束日期，范围最长 {days} 天，且须在 1970 至 2199 年之间。",
        "en": "The first day must not be after the last, the period may have {days} days at most, from 1970 to 2199.",
    }
