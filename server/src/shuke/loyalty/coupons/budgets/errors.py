"""Refusals of budgets."""

from shuke.platform.errors import AppError


class BudgetUsedUp(AppError):
    """What the shop wants to spend on these coupons in the period is spent."""

    code = "coupons.budget_used_up"
    status = 409
    title = {"zh": "券的预算已用完", "en": "The budget of these coupons is used up"}
    detail = {
        "zh": "“{name}”（{template}）{period}的预算不够这次使用，没有核销任何券。请不用这张券，或联系总部增加预算。",
        "en": "The budget of {name} ({template}) for {period} does not reach for this; nothing was redeemed. "
        "Go on without this coupon, or ask head office for a higher budget.",
    }
