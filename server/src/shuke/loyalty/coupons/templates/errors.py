"""What templates refuse, and what to do about it."""

from shuke.platform.errors import AppError


class TemplateNotFound(AppError):
    """No such template."""

    code = "coupons.template_not_found"
    status = 404
    title = {"zh": "没有这种优惠券", "en": "No such coupon"}
    detail = {
        "zh": "没有找到优惠券 {template}。请刷新列表后再试。",
        "en": "There is no coupon template {template}. Reload the list and try again.",
    }


class TemplateVersionNotFound(AppError):
    """The template has no such version."""

    code = "coupons.template_version_not_found"
    status = 404
    title = {"zh": "没有这个版本", "en": "No such version"}
    detail = {
        "zh": "优惠券 {template} 没有版本 {version}。请在版本列表中选择。",
        "en": "The coupon template {template} has no version {version}. Choose one from its list of versions.",
    }


class TemplateCodeTaken(AppError):
    """Another template has this code."""

    code = "coupons.template_code_taken"
    status = 409
    title = {"zh": "代码已被使用", "en": "Code already used"}
    detail = {
        "zh": "代码 {template} 已有优惠券在用。请换一个。",
        "en": "Another coupon template has the code {template}. Choose a different one.",
    }


class TemplateChanged(AppError):
    """Somebody else has changed the template meanwhile."""

    code = "coupons.template_changed"
    status = 412
    title = {"zh": "已被他人修改", "en": "Changed meanwhile"}
    detail = {
        "zh": "优惠券 {template} 已被他人修改（当前为第 {version} 次保存）。请重新打开后再改。",
        "en": "Somebody else has changed the coupon template {template} (it is at revision {version} now). Open it "
        "again, then make your change.",
    }


class TemplateDraftNotFound(AppError):
    """The template has nothing that waits to be published."""

    code = "coupons.template_draft_not_found"
    status = 404
    title = {"zh": "没有草稿", "en": "No draft"}
    detail = {
        "zh": "优惠券 {template} 没有待发布的草稿。请先修改内容并保存。",
        "en": "The coupon template {template} has no draft. Change it and save, then publish.",
    }


class TemplateDraftTooLarge(AppError):
    """The draft is larger than terms can be."""

    code = "coupons.template_draft_too_large"
    title = {"zh": "内容过大", "en": "Too large"}
    detail = {
        "zh": "草稿超过 {limit} KB。请减少商品或条件后再保存。",
        "en": "The draft is over {limit} KB. Name fewer products or conditions, then save again.",
    }


class TemplateDraftUnchanged(AppError):
    """The draft says what is published already."""

    code = "coupons.template_draft_unchanged"
    status = 409
    title = {"zh": "没有变化", "en": "Nothing changed"}
    detail = {
        "zh": "草稿与已发布的版本 {version} 相同，无需再次发布。",
        "en": "The draft says the same as version {version}, which is published already.",
    }


class TemplateWasPublished(AppError):
    """A template that was published stays: coupons may have been issued under it."""

    code = "coupons.template_was_published"
    status = 409
    title = {"zh": "已发布过，不能删除", "en": "Published before"}
    detail = {
        "zh": "优惠券 {template} 已发布过，不能删除。不再使用请将其关闭。",
        "en": "The coupon template {template} has been published and cannot be deleted. Close it instead.",
    }


class TemplateStateWrong(AppError):
    """The template is in a state in which this cannot be done."""

    code = "coupons.template_state_wrong"
    status = 409
    title = {"zh": "当前状态不能这样操作", "en": "Not in this state"}
    detail = {
        "zh": "优惠券 {template} 当前为“{state}”，不能这样操作。请刷新后再试。",
        "en": "The coupon template {template} is {state}, so this cannot be done. Reload it and try again.",
    }


class TermsInvalid(AppError):
    """Terms that could not be kept: what is wrong stands in `errors`, with its place."""

    code = "coupons.terms_invalid"
    title = {"zh": "优惠券内容有误", "en": "Coupon terms are wrong"}
    detail = {
        "zh": "请按 errors 中的说明改正后再发布。",
        "en": "Correct what `errors` names, then publish again.",
    }


class IssuingInvalid(AppError):
    """A way of issuing that contradicts itself: what is wrong stands in `errors`, with its place."""

    code = "coupons.issuing_invalid"
    title = {"zh": "发放设置有误", "en": "Issuing is wrong"}
    detail = {
        "zh": "请按 errors 中的说明改正后再保存。",
        "en": "Correct what `errors` names, then save again.",
    }


class StackingInvalid(AppError):
    """Rules of combining that contradict themselves: what is wrong stands in `errors`, with its place."""

    code = "coupons.stacking_invalid"
    title = {"zh": "叠加规则有误", "en": "Combining rules are wrong"}
    detail = {
        "zh": "请按 errors 中的说明改正后再保存。",
        "en": "Correct what `errors` names, then save again.",
    }


class StackingChanged(AppError):
    """Somebody else has changed the rules of combining meanwhile."""

    code = "coupons.stacking_changed"
    status = 412
    title = {"zh": "已被他人修改", "en": "Changed meanwhile"}
    detail = {
        "zh": "叠加规则已被他人修改（当前为第 {version} 版）。请重新打开后再改。",
        "en": "Somebody else has changed how coupons combine (it is at version {version} now). Open it again, then "
        "make your change.",
    }


class TemplatesInvalid(AppError):
    """Templates of a document that cannot be taken over: what is wrong stands in `errors`, with its place."""

    code = "coupons.templates_invalid"
    title = {"zh": "文件中的优惠券有误", "en": "Coupons of the document are wrong"}
    detail = {
        "zh": "文件中有 {count} 处不能导入，没有写入任何内容。请按 errors 中的说明改正后重试。",
        "en": "{count} things in the document cannot be taken over, and nothing was written. Correct what `errors` "
        "names, then try again.",
    }


class TemplatesCannotWait(AppError):
    """A document cannot take over coupons on a later day."""

    code = "coupons.templates_cannot_wait"
    title = {"zh": "优惠券不能定时生效", "en": "Coupons cannot wait"}
    detail = {
        "zh": "优惠券的修改从导入时起生效，不能指定以后的日期。请去掉日期，或到那天再导入。",
        "en": "Changes of coupons hold from the import on and cannot wait for a later day. Leave the day out, or "
        "import on that day.",
    }
