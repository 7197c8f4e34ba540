"""Refusals of tiers."""

from shuke.platform.errors import AppError


class NoScheme(AppError):
    """The shop has no tier scheme yet."""

    code = "tiers.no_scheme"
    status = 404
    title = {"zh": "还没有等级体系", "en": "No tier scheme yet"}
    detail = {
        "zh": "这家店还没有设置会员等级。请先完成会员计划的设置。",
        "en": "This shop has no member tiers yet. Set up the programme first.",
    }
