"""What batches of codes refuse, and what to do about it."""

from shuke.platform.errors import AppError


class BatchNotFound(AppError):
    """No batch has this id."""

    code = "coupons.batch_not_found"
    status = 404
    title = {"zh": "没有这个批次", "en": "No such batch"}
    detail = {
        "zh": "没有编号为 {batch} 的券码批次。请刷新列表后再试。",
        "en": "There is no batch of codes {batch}. Reload the list and try again.",
    }


class TemplateIssuesNone(AppError):
    """The template has no published terms, or is paused or closed."""

    code = "coupons.template_issues_none"
    status = 409
    title = {"zh": "这种优惠券现在不能发放", "en": "This coupon is not given out now"}
    detail = {
        "zh": "优惠券“{name}”尚未发布、已暂停或已结束，不能生成或导入券码。请先发布或恢复。",
        "en": "The coupon {name} is not published, paused or closed. Publish or resume it before codes are made.",
    }


class BatchState(AppError):
    """The batch is not in a state for this."""

    code = "coupons.batch_state"
    status = 409
    title = {"zh": "批次现在不能这样操作", "en": "The batch cannot do this now"}
    detail = {
        "zh": "这个批次的当前状态不允许此操作。请刷新后查看它的状态，再决定下一步。",
        "en": "The batch is in another state by now. Reload it, look at its state, then decide.",
    }


class BatchCollides(AppError):
    """New codes were taken again and again, which chance alone does not explain."""

    code = "coupons.batch_collides"
    status = 409
    title = {"zh": "生成的券码与已有券码重复", "en": "New codes are taken"}
    detail = {
        "zh": "连续多次生成的券码都已被占用，批次已停下，已生成的券码有效。请稍后点“继续”。",
        "en": "New codes were taken several times in a row. The batch has stopped; what was made is valid. Resume it.",
    }


class TooFewUnits(AppError):
    """The template's stock does not reach for so many codes."""

    code = "coupons.too_few_units"
    status = 409
    title = {"zh": "库存不够", "en": "Not enough in stock"}
    detail = {
        "zh": "这种优惠券的库存还剩 {free} 张，不够 {wanted} 张。请减少数量，或先增加库存。",
        "en": "The stock of this coupon has {free} left, fewer than {wanted}. Ask for fewer, or add to the stock.",
    }


class NoCodeColumn(AppError):
    """The file's column of codes was not found."""

    code = "coupons.no_code_column"
    title = {"zh": "没有找到券码列", "en": "No column of codes"}
    detail = {
        "zh": "文件里没有名为“{column}”的列。请选择哪一列是券码，再导入。本次没有导入任何内容。",
        "en": "The file has no column {column}. Choose which column holds the codes. Nothing was imported.",
    }


class TooManyCodes(AppError):
    """The file has more rows than one import takes."""

    code = "coupons.too_many_codes"
    title = {"zh": "文件行数太多", "en": "Too many rows"}
    detail = {
        "zh": "一次最多导入 {most} 行券码。请分成几个文件。前面各行的结果保留。",
        "en": "One import takes at most {most} rows. Split the file. What was imported before that stays.",
    }


class CodeFileGone(AppError):
    """The uploaded file is not kept any more."""

    code = "coupons.code_file_gone"
    status = 409
    title = {"zh": "文件已清除", "en": "The file is gone"}
    detail = {
        "zh": "上传的文件只保留两天，现在已清除。请重新上传后再导入。",
        "en": "Uploaded files are kept for two days; this one is gone. Upload it again.",
    }


class BatchBroken(AppError):
    """Our own fault while working on a batch; what was done stays, and the log has the details."""

    code = "coupons.batch_broken"
    status = 500
    title = {"zh": "批次中断", "en": "The batch broke off"}
    detail = {
        "zh": "处理批次时系统内部出错，已完成的部分保留。请把批次编号告诉管理员，修复后点“继续”。",
        "en": "Something went wrong inside; what was done stays. Tell your administrator the number of the batch, "
        "and resume it once it is mended.",
    }


class CodeOwnedAlready(AppError):
    """The code is a coupon of this very member: there is nothing to exchange."""

    code = "coupons.owned_already"
    status = 409
    title = {"zh": "这张券已在会员名下", "en": "The member has this coupon already"}
    detail = {
        "zh": "券码 {coupon} 已是这位会员的优惠券，不需要再兑换，可直接使用。",
        "en": "The code {coupon} is a coupon of this member already; it can be used without exchanging.",
    }
