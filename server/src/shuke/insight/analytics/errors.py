"""Refusals of analytics."""

from shuke.platform.errors import AppError


class BadPeriod(AppError):
    """A period that ends before it begins, is too long, or lies outside all calendars."""

    code = "analytics.bad_period"
    title = {"zh": "日期范围无效", "en": "Bad period"}
    detail = {
        "zh": "开始日期不能晚于结束日期，范围最长 {days} 天，且须在 1970 至 2199 年之间。",
        "en": "The first day must not be after the last, the period may have {days} days at most, from 1970 to 2199.",
    }


class AsOfNotKept(AppError):
    """The RFM map is kept for today only."""

    code = "analytics.as_of_not_kept"
    title = {"zh": "只有今天的客户分层", "en": "Only today's map is kept"}
    detail = {
        "zh": "RFM 分层只按店铺今天（{today}）计算，不保存过去各日的客户状态。请去掉 as_of，或使用今天的日期。",
        "en": "The map is computed for the shop's today ({today}); past states are not kept. Leave out as_of.",
    }
