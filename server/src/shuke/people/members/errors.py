"""What members refuse, and what to do about it. No message repeats the value that was sent."""

from shuke.platform.errors import AppError


class MemberNotFound(AppError):
    """No such member, or none that the caller may know of."""

    code = "members.not_found"
    status = 404
    title = {"zh": "没有这个会员", "en": "No such member"}
    detail = {
        "zh": "没有找到这个会员。请检查编号、手机号或外部编号。",
        "en": "This member was not found. Check the id, number, phone or external number.",
    }


class UnmaskLimitReached(AppError):
    """More people looked at in full in a day than the work of one person needs."""

    code = "members.unmask_limit"
    status = 429
    title = {"zh": "今日查看次数已满", "en": "Daily limit reached"}
    detail = {
        "zh": "24 小时内最多查看 {limit} 位会员的完整信息。请稍后再看；需要更多时请用导出并说明理由。",
        "en": "In 24 hours at most {limit} members can be looked at in full. Try again later; "
        "where more are needed, use an export and say why.",
    }
    headers = {"Retry-After": "3600"}


class MemberNotActive(AppError):
    """The member is frozen, cancelled or erased; their value is not used."""

    code = "members.not_active"
    status = 409
    title = {"zh": "会员不是正常状态", "en": "Member not active"}
    detail = {
        "zh": "这位会员已被冻结、已注销或已删除，不能使用其权益。需要时请先在会员页恢复为正常状态。",
        "en": "This member is frozen, cancelled or erased, so nothing of theirs can be used. "
        "Where that is right, make the member active again first.",
    }


class BadPhone(AppError):
    """A phone number that cannot exist."""

    code = "members.bad_phone"
    title = {"zh": "手机号无效", "en": "Invalid phone number"}
    detail = {
        "zh": "手机号的位数不对。请填写 11 位手机号，其他国家和地区请加国际区号，例如 +44。",
        "en": "The phone number cannot be right. Give 11 digits for China, or the country code first, such as +44.",
    }


class BadEmail(AppError):
    """An e-mail address that cannot exist."""

    code = "members.bad_email"
    title = {"zh": "邮箱无效", "en": "Invalid e-mail address"}
    detail = {
        "zh": "邮箱地址不完整。请按 name@example.com 的形式填写。",
        "en": "The e-mail address is not complete. Write it like name@example.com.",
    }


class BadIdentity(AppError):
    """A card, external or WeChat number that is empty, too long or holds control characters; or a source missing."""

    code = "members.bad_identity"
    title = {"zh": "身份标识无效", "en": "Invalid identity"}
    detail = {
        "zh": "身份标识须为 1–200 个可见字符；外部编号还须注明来源（1–100 个字符）。",
        "en": "An identity has 1 to 200 visible characters; an external number also needs its source "
        "(1 to 100 characters).",
    }


class NoIdentity(AppError):
    """A new member without anything to know them by."""

    code = "members.no_identity"
    title = {"zh": "缺少身份标识", "en": "No identity given"}
    detail = {
        "zh": "请至少提供一个身份标识：手机号、邮箱、会员卡号、外部编号或微信。",
        "en": "Give at least one identity: phone, e-mail, card, external number or WeChat.",
    }


class BadProfile(AppError):
    """A profile field that cannot be right."""

    code = "members.bad_profile"
    title = {"zh": "会员资料无效", "en": "Invalid profile"}
    detail = {
        "zh": "请检查姓名（100 字以内）、生日（YYYY-MM-DD，或不含年份的 --MM-DD）和地址（300 字以内）。",
        "en": "Check the name (up to 100 characters), the birthday (YYYY-MM-DD, or --MM-DD without a year) and the "
        "address (up to 300 characters).",
    }


class IdentityTaken(AppError):
    """Sign-up with an identity that a member already has."""

    code = "members.identity_taken"
    status = 409
    title = {"zh": "已是会员", "en": "Already a member"}
    detail = {
        "zh": "该身份标识属于会员 {number}。请打开这位会员，不要重复登记。",
        "en": "This identity belongs to member {number}. Open that member instead of signing up again.",
    }


class IdentityTakenElsewhere(AppError):
    """An identity that somebody has whom the caller does not see: nothing about them is told."""

    code = "members.identity_taken_elsewhere"
    status = 409
    title = {"zh": "该标识已有人使用", "en": "Identity in use"}
    detail = {
        "zh": "该身份标识属于您数据范围以外的会员。请联系管理员处理。",
        "en": "This identity belongs to a member beyond your data scope. Ask your administrator.",
    }


class VersionChanged(AppError):
    """The member changed since the caller read it."""

    code = "members.version_changed"
    status = 412
    title = {"zh": "资料已被修改", "en": "Changed in the meantime"}
    detail = {
        "zh": "这位会员的资料已被修改，现在是第 {version} 版。请重新读取后再修改。",
        "en": "This member was changed in the meantime and is at version {version} now. Read it again, then change it.",
    }


class VersionNeeded(AppError):
    """A change that does not say what it saw."""

    code = "members.version_needed"
    status = 428
    title = {"zh": "缺少版本号", "en": "Version needed"}
    detail = {
        "zh": "请在 If-Match 请求头里写上读取时的版本号。",
        "en": "Say which version you read in the If-Match header.",
    }


class BadFilter(AppError):
    """A filter or sort that this list does not have."""

    code = "members.bad_filter"
    title = {"zh": "筛选条件无效", "en": "Invalid filter"}
    detail = {
        "zh": "这个列表没有该筛选或排序方式。可用：{choices}。",
        "en": "This list has no such filter or sort. Choose from: {choices}.",
    }


class ConditionTooSlow(AppError):
    """A condition for which too many records would have to be looked at."""

    code = "members.condition_too_slow"
    status = 503
    title = {"zh": "条件太宽", "en": "Condition too broad"}
    detail = {
        "zh": "按这个条件查找的时间太长，已停止。请再加一条能缩小范围的条件，例如入会日期、最近下单或门店。",
        "en": "Looking for members by this condition took too long and was stopped. Add something that narrows it, "
        "such as the day of joining, the last order or a store.",
    }
    headers = {"Retry-After": "10"}


class BadSource(AppError):
    """A store or employee that does not exist."""

    code = "members.bad_source"
    title = {"zh": "来源无效", "en": "Invalid source"}
    detail = {
        "zh": "来源里的门店或导购不存在。请检查 store_id 和 employee_id。",
        "en": "The store or employee in the source does not exist. Check store_id and employee_id.",
    }
