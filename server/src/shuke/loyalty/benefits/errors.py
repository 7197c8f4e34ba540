"""Refusals of benefits."""

from shuke.platform.errors import AppError


class BenefitNotFound(AppError):
    """No benefit of this code."""

    code = "benefits.not_found"
    status = 404
    title = {"zh": "没有这个权益", "en": "No such benefit"}
    detail = {
        "zh": "没有代码为 {benefit} 的权益，可能已被删除。请刷新权益列表。",
        "en": "There is no benefit with the code {benefit}; it may have been deleted. Reload the list.",
    }


class BenefitExists(AppError):
    """The code is taken."""

    code = "benefits.exists"
    status = 409
    title = {"zh": "权益代码已被使用", "en": "The code is taken"}
    detail = {
        "zh": "已有代码为 {benefit} 的权益。请换一个代码，或修改已有的权益。",
        "en": "There is a benefit with the code {benefit}. Choose another code, or change that benefit.",
    }


class BenefitChanged(AppError):
    """Somebody else changed the benefit meanwhile."""

    code = "benefits.changed"
    status = 412
    title = {"zh": "权益已被别人修改", "en": "Changed meanwhile"}
    detail = {
        "zh": "这个权益现在是第 {version} 版，您看到的是第 {seen} 版。请刷新后再改。",
        "en": "This benefit is at version {version} by now, and you saw {seen}. Reload it, then change it.",
    }


class BenefitKindStays(AppError):
    """A benefit of one kind cannot become one of another."""

    code = "benefits.kind_stays"
    status = 409
    title = {"zh": "权益类型不能改", "en": "The kind stays"}
    detail = {
        "zh": "权益设置后类型不能改。请停用它，另设一个新的权益。",
        "en": "What kind of benefit it is stays. Pause it, and set up another one.",
    }


class BenefitInUse(AppError):
    """Something was granted by it."""

    code = "benefits.in_use"
    status = 409
    title = {"zh": "权益已经发放过", "en": "The benefit has been granted"}
    detail = {
        "zh": "已有会员得到过这个权益，记录要保留，所以不能删除。请改为停用。",
        "en": "Members have been granted this benefit, and the records stay. Pause it instead of deleting it.",
    }


class LevelUnknown(AppError):
    """A benefit for a level that the tiers do not have."""

    code = "benefits.level_unknown"
    status = 422
    title = {"zh": "没有这个等级", "en": "No such level"}
    detail = {
        "zh": "等级体系里没有：{levels}。请选择现有的等级。",
        "en": "The tiers have no level: {levels}. Choose among those they have.",
    }


class GiftImpossible(AppError):
    """A gift that nobody here can give."""

    code = "benefits.gift_impossible"
    status = 422
    title = {"zh": "这种礼品现在发不了", "en": "This gift cannot be given"}
    detail = {
        "zh": "没有“{what}”可发。请先把它设置好，或换一种礼品。",
        "en": "There is no {what} to give. Set it up first, or choose another gift.",
    }


class PeriodWrong(AppError):
    """A period that ends before it begins."""

    code = "benefits.period_wrong"
    status = 422
    title = {"zh": "有效期不对", "en": "The period is wrong"}
    detail = {
        "zh": "有效期的最后一天早于第一天。请检查日期。",
        "en": "The period ends before it begins. Check both days.",
    }


class NotAGift(AppError):
    """What holds by itself cannot be granted."""

    code = "benefits.not_a_gift"
    status = 409
    title = {"zh": "这个权益不需要发放", "en": "Nothing to grant"}
    detail = {
        "zh": "{benefit} 随等级生效，不用发放。只有礼品类权益可以手工发放。",
        "en": "{benefit} holds by the level and is not granted. Only gifts can be granted by hand.",
    }


class BenefitPaused(AppError):
    """A paused benefit, or one outside of its period, grants nothing."""

    code = "benefits.paused"
    status = 409
    title = {"zh": "权益未启用", "en": "The benefit is not on"}
    detail = {
        "zh": "{benefit} 已停用或不在有效期内。请先启用，或选择别的权益。",
        "en": "{benefit} is paused or outside of its period. Switch it on first, or choose another one.",
    }


class EntitlementNotFound(AppError):
    """The member has no such entitlement."""

    code = "benefits.entitlement_not_found"
    status = 404
    title = {"zh": "没有这项权益", "en": "No such entitlement"}
    detail = {
        "zh": "这位会员没有这项权益。请刷新会员页。",
        "en": "This member has no such entitlement. Reload the member's page.",
    }


class EntitlementUsedUp(AppError):
    """Every unit is used."""

    code = "benefits.used_up"
    status = 409
    title = {"zh": "权益已用完", "en": "Used up"}
    detail = {
        "zh": "这项权益的 {units} 份都已核销。请刷新会员页查看核销记录。",
        "en": "All {units} units have been used. Reload the member's page to see where.",
    }


class EntitlementExpired(AppError):
    """It is over."""

    code = "benefits.expired"
    status = 409
    title = {"zh": "权益已过期", "en": "Expired"}
    detail = {
        "zh": "这项权益已于 {day} 之后过期，不能再核销。如需补发，请手工发放。",
        "en": "This entitlement held through {day}. To make up for it, grant one by hand.",
    }


class EntitlementRevoked(AppError):
    """It was taken away."""

    code = "benefits.revoked"
    status = 409
    title = {"zh": "权益已收回", "en": "Revoked"}
    detail = {
        "zh": "这项权益已被收回，不能再核销。会员页写有原因。",
        "en": "This entitlement was revoked and cannot be used. The member's page says why.",
    }
