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


class SchemeChanged(AppError):
    """Somebody else saved the scheme meanwhile."""

    code = "tiers.scheme_changed"
    status = 412
    title = {"zh": "等级规则已被别人修改", "en": "Tiers changed meanwhile"}
    detail = {
        "zh": "您看到的是第 {seen} 版，现在是第 {version} 版。请重新打开后再改。",
        "en": "You saw version {seen}; by now it is version {version}. Open the tiers again, then change them.",
    }


class SchemeVersionNeeded(AppError):
    """A change of the scheme has to say which version was seen."""

    code = "tiers.version_needed"
    status = 428
    title = {"zh": "缺少版本", "en": "Version needed"}
    detail = {
        "zh": "请在请求头 If-Match 中带上读取等级规则时得到的版本（ETag）。",
        "en": "Send the version that reading the tiers gave you (the ETag) in the header If-Match.",
    }


class NoLevels(AppError):
    """A scheme without a level."""

    code = "tiers.no_levels"
    title = {"zh": "至少要有一个等级", "en": "A scheme needs a level"}
    detail = {"zh": "请至少添加一个等级；最低等级的门槛是 0。", "en": "Add at least one level; the lowest asks for 0."}


class TooManyLevels(AppError):
    """More levels than anybody could tell apart."""

    code = "tiers.too_many_levels"
    title = {"zh": "等级太多", "en": "Too many levels"}
    detail = {
        "zh": "等级太多了，会员分不清。请减少等级。",
        "en": "That is more levels than people tell apart. Use fewer.",
    }


class LevelCodeTwice(AppError):
    """Two levels have one code."""

    code = "tiers.level_code_twice"
    title = {"zh": "等级编码重复", "en": "Level code used twice"}
    detail = {
        "zh": "编码 {level} 用在了两个等级上。请给每个等级一个自己的编码。",
        "en": "Two levels have the code {level}. Give each level a code of its own.",
    }


class FirstThresholdNotZero(AppError):
    """Everybody begins somewhere: the lowest level asks for nothing."""

    code = "tiers.first_threshold_not_zero"
    title = {"zh": "最低等级的门槛必须是 0", "en": "The lowest level starts at 0"}
    detail = {
        "zh": "{level} 是所有会员的起点，门槛请填 0；有要求的等级请往上加。",
        "en": "Every member starts on {level}: set its threshold to 0, and add levels that ask for more above it.",
    }


class ThresholdsNotAscending(AppError):
    """A level asks for no more than the one below it."""

    code = "tiers.thresholds_not_ascending"
    title = {"zh": "等级门槛要逐级升高", "en": "Thresholds must rise"}
    detail = {
        "zh": "等级 {level} 的门槛没有高于它下面的一级。请逐级调高。",
        "en": "Level {level} does not ask for more than the level below it. Raise the thresholds level by level.",
    }


class KeepAboveThreshold(AppError):
    """Keeping a level would ask for more than reaching it."""

    code = "tiers.keep_above_threshold"
    title = {"zh": "保级门槛高于升级门槛", "en": "Keeping asks for more than reaching"}
    detail = {
        "zh": "等级 {level} 的保级门槛高于升级门槛，会员刚升级就可能保不住。请填不高于升级门槛的数。",
        "en": "Keeping {level} asks for more than reaching it, so members could lose it at once. "
        "Give a number no higher than its threshold.",
    }


class KeepNamesUnknownLevel(AppError):
    """A condition of keeping names a level that is not there."""

    code = "tiers.keep_names_unknown_level"
    title = {"zh": "保级条件里有不存在的等级", "en": "Keeping names an unknown level"}
    detail = {
        "zh": "保级条件里写了等级 {level}，但等级列表里没有它。请改成列表里的等级，或先添加这个等级。",
        "en": "A condition of keeping names level {level}, which is not among the levels. "
        "Name one of the levels, or add it first.",
    }


class KeepWithoutThreshold(AppError):
    """A condition of keeping does not say how much it asks."""

    code = "tiers.keep_without_threshold"
    title = {"zh": "保级条件缺少门槛", "en": "Keeping does not say how much"}
    detail = {
        "zh": "保级条件换了指标，就要为最低等级以外的每个等级写明门槛（缺：{level}）。",
        "en": "A condition of keeping that counts something else has to say how much it asks for every level but the "
        "lowest (missing: {level}).",
    }


class DeductNeedsAccount(AppError):
    """Only what lies in an account, ever counted, can be deducted when a term ends."""

    code = "tiers.deduct_needs_account"
    title = {"zh": "这个指标不能扣减", "en": "Nothing to deduct from"}
    detail = {
        "zh": "“扣减后再评”要求：看成长值或自定义账户、一直累计、等级有到期日。请改这几项，或换一种降级方式。",
        "en": "Deducting needs growth or a measure of your own, counted ever, and levels that end. "
        "Change these, or choose another way of moving down.",
    }


class DeductMissing(AppError):
    """The scheme deducts at the end of a term, and a level does not say how much."""

    code = "tiers.deduct_missing"
    title = {"zh": "缺少扣减值", "en": "Deduction missing"}
    detail = {
        "zh": "到期处理选了“扣减后再评”，等级 {level} 还没有填扣减多少。请填一个大于 0 的数。",
        "en": "Levels are judged again after a deduction, and {level} does not say how much is deducted. "
        "Give a number above 0.",
    }


class DeductAboveThreshold(AppError):
    """A level would take away more than it asked for."""

    code = "tiers.deduct_above_threshold"
    title = {"zh": "扣减值高于门槛", "en": "Deduction above the threshold"}
    detail = {
        "zh": "等级 {level} 的扣减值高于它的门槛。请填不高于门槛的数。",
        "en": "Level {level} would take away more than it asked for. Deduct no more than its threshold.",
    }


class GraceNeedsEnd(AppError):
    """Days of grace after a term that never ends."""

    code = "tiers.grace_needs_end"
    title = {"zh": "没有到期日，不需要宽限", "en": "Grace without an end"}
    detail = {
        "zh": "等级长期有效，没有到期日，也就没有宽限期。请把宽限天数改为 0，或给等级设有效期。",
        "en": "Levels without an end have no time of grace. Set the days of grace to 0, or give levels an end.",
    }


class GraceTooLong(AppError):
    """The grace would be longer than the term itself."""

    code = "tiers.grace_too_long"
    title = {"zh": "宽限期太长", "en": "Grace too long"}
    detail = {
        "zh": "宽限天数比等级的有效天数还长。请改短。",
        "en": "The grace is longer than the term of a level. Make it shorter.",
    }


class CustomWithoutCurrency(AppError):
    """The shop's own measure is counted, and nobody said in which account it lies."""

    code = "tiers.custom_without_currency"
    title = {"zh": "自定义指标缺少账户", "en": "The own measure has no account"}
    detail = {
        "zh": "选了自定义指标，请填写它用的是哪个账户（账户编码）。",
        "en": "A measure of your own needs the code of the currency whose account it counts.",
    }


class CurrencyWithoutCustom(AppError):
    """An account is named that nothing counts."""

    code = "tiers.currency_without_custom"
    title = {"zh": "多填了账户", "en": "An account that nothing counts"}
    detail = {
        "zh": "没有用到自定义指标，不需要填写账户。请清空这一项，或改用自定义指标。",
        "en": "Nothing counts a measure of your own, so no currency is needed. Leave it empty, or count that measure.",
    }


class BadScheme(AppError):
    """A document's tiers have not the shape that tiers have."""

    code = "tiers.bad_scheme"
    title = {"zh": "等级部分格式不对", "en": "Tiers of the wrong shape"}
    detail = {
        "zh": "文档里的等级部分有字段不对，请按 errors 逐项修改后再导入。",
        "en": "Some fields of the document's tiers are wrong. Correct what `errors` names, then import it again.",
    }


class SchemeCannotWait(AppError):
    """Tiers hold from the moment they are saved; a later day cannot be named."""

    code = "tiers.cannot_wait"
    title = {"zh": "等级规则不能预约生效", "en": "Tiers cannot begin later"}
    detail = {
        "zh": "等级规则一保存就生效。请不要写以后的生效时间，或等到那一天再导入。",
        "en": "Tiers hold from the moment they are saved. Leave out the later date, or import on that day.",
    }


class MoneyDiffers(AppError):
    """A scheme that counts in another money than the shop."""

    code = "tiers.money_differs"
    title = {"zh": "货币与店铺不同", "en": "Another money than the shop's"}
    detail = {
        "zh": "等级规则按 {found} 计算，而店铺用的是 {expected}。请把规则里的货币改为 {expected}，并核对各级门槛。",
        "en": "The scheme counts in {found}, and the shop in {expected}. Set its money to {expected} and look at the "
        "thresholds again.",
    }


class LevelInUse(AppError):
    """A level that members stand on, or stood on, would go."""

    code = "tiers.level_in_use"
    status = 409
    title = {"zh": "等级仍在使用", "en": "Level in use"}
    detail = {
        "zh": "等级 {level} 上有 {members} 位会员或历史记录，不能删除或调换位置。请保留它，可以修改名称和门槛。",
        "en": "{members} members stand or stood on level {level}: it cannot be removed or change its place. "
        "Keep it; its name and threshold may change.",
    }


class GrantEndsTooEarly(AppError):
    """A level granted by hand would end before it begins."""

    code = "tiers.grant_ends_too_early"
    title = {"zh": "截止日期太早", "en": "End date too early"}
    detail = {
        "zh": "授予的等级要至少保留到今天（{today}）。请选今天或以后的日期。",
        "en": "A granted level holds at least through today ({today}). Choose today or a later day.",
    }


class LevelNotFound(AppError):
    """No level has this code."""

    code = "tiers.level_not_found"
    status = 404
    title = {"zh": "没有这个等级", "en": "No such level"}
    detail = {
        "zh": "没有编码为 {level} 的等级。请从等级列表中选择。",
        "en": "No level has the code {level}. Choose one of the levels that the tiers list.",
    }


class NoGrant(AppError):
    """The member's level was not granted by hand, so there is no grant to end."""

    code = "tiers.no_grant"
    status = 404
    title = {"zh": "没有手动授予的等级", "en": "No level granted by hand"}
    detail = {
        "zh": "这位会员现在的等级不是手动授予的，没有可以结束的授予。",
        "en": "This member's level was not granted by hand: there is no grant to end.",
    }
