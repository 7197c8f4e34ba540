"""Refusals of activities."""

from shuke.platform.errors import AppError


class ActivityKindUnknown(AppError):
    """A kind of activity that the program does not know."""

    code = "activity.kind_unknown"
    status = 422
    title = {"zh": "不认识这种行为", "en": "Unknown kind of activity"}
    detail = {
        "zh": "没有名为 {kind} 的行为。可用：{known}；其他事情请用 custom，并在 event 中写明名称。",
        "en": "There is no kind {kind}. Use one of {known}; for anything else use custom and name it in event.",
    }


class ActivityEventMisplaced(AppError):
    """A custom activity without a name, or a name on another kind."""

    code = "activity.event_misplaced"
    status = 422
    title = {"zh": "event 用错了地方", "en": "The event's name is missing or out of place"}
    detail = {
        "zh": "只有 custom 行为要写 event，而且必须写。请检查 kind 与 event。",
        "en": "Only custom activities have an event, and they must have one. Check kind and event.",
    }


class ActivityPayloadRefused(AppError):
    """A payload with too many fields, nested fields, or texts that are too long."""

    code = "activity.payload_refused"
    status = 422
    title = {"zh": "附带内容不符合要求", "en": "The payload cannot be taken"}
    detail = {
        "zh": "字段 {field} 不符合要求。最多 {count} 个字段；名称由小写字母、数字和下划线组成；"
        "值只能是不超过 {length} 个字的文字、数字或真假。",
        "en": "Field {field} cannot be taken. A payload has at most {count} fields, named in lower-case letters, "
        "digits and underscores; each is a text of up to {length} characters, a number or true or false.",
    }


class ActivityDateOutOfRange(AppError):
    """An activity before 1970 or in the shop's future."""

    code = "activity.date_out_of_range"
    status = 422
    title = {"zh": "发生时间不对", "en": "The time of the activity cannot be right"}
    detail = {
        "zh": "发生时间 {value} 早于 1970 年或晚于店铺当前时间。请核对年份和时区。",
        "en": "{value} lies before 1970 or after the shop's present. Check the year and the time zone.",
    }


class ActivityInvitedMisplaced(AppError):
    """An invited member where nobody invites, or a member who invites themselves."""

    code = "activity.invited_misplaced"
    status = 422
    title = {"zh": "受邀会员不对", "en": "The invited member cannot be right"}
    detail = {
        "zh": "只有推荐（referral）才有受邀会员 invited，而且不能是邀请人自己。请核对两个会员。",
        "en": "Only a referral has an invited member, and it is somebody else than the inviter. Check both members.",
    }


class ActivitySourceReserved(AppError):
    """The source belongs to the program itself."""

    code = "activity.source_reserved"
    status = 422
    title = {"zh": "来源名称已保留", "en": "The source is reserved"}
    detail = {
        "zh": "来源 {source} 由系统自己使用。请换一个来源名称，如 mini-program。",
        "en": "The program itself uses the source {source}. Take another name, such as mini-program.",
    }


class ActivityKeyTaken(AppError):
    """The natural key belongs to an activity with other content."""

    code = "activity.key_taken"
    status = 409
    title = {"zh": "编号已被占用", "en": "The key is taken"}
    detail = {
        "zh": "来源 {source} 的编号 {key} 已有内容不同的行为。请换一个编号，或更正内容后重试。",
        "en": "Source {source} already has an activity {key} with other content. Use another key or correct it.",
    }


class ActivityNotFound(AppError):
    """No activity of this number, as far as the caller may know."""

    code = "activity.not_found"
    status = 404
    title = {"zh": "找不到这次行为", "en": "No such activity"}
    detail = {
        "zh": "没有这次行为的记录，或您无权查看该会员。请核对编号。",
        "en": "There is no record of this activity, or you may not see its member. Check the number.",
    }
