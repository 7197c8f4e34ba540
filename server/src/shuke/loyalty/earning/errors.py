"""What earning rules refuse, and what to do about it."""

from shuke.platform.errors import AppError


class RuleNotFound(AppError):
    """No such rule."""

    code = "earning_rules.not_found"
    status = 404
    title = {"zh": "没有这条规则", "en": "No such rule"}
    detail = {
        "zh": "没有找到规则 {rule}。请刷新规则列表后再试。",
        "en": "There is no rule {rule}. Reload the list of rules and try again.",
    }


class RuleVersionNotFound(AppError):
    """The rule has no such version."""

    code = "earning_rules.version_not_found"
    status = 404
    title = {"zh": "没有这个版本", "en": "No such version"}
    detail = {
        "zh": "规则 {rule} 没有版本 {version}。请在版本列表中选择。",
        "en": "Rule {rule} has no version {version}. Choose one from its list of versions.",
    }


class RuleCodeTaken(AppError):
    """Another rule has this code."""

    code = "earning_rules.code_taken"
    status = 409
    title = {"zh": "规则代码已被使用", "en": "Code already used"}
    detail = {
        "zh": "代码 {rule} 已有规则在用。请换一个。",
        "en": "Another rule has the code {rule}. Choose a different one.",
    }


class TooManyRules(AppError):
    """The shop has as many rules as there can be."""

    code = "earning_rules.too_many"
    status = 409
    title = {"zh": "规则已达上限", "en": "No more rules"}
    detail = {
        "zh": "积分规则最多 {limit} 条。请改用已停用的规则发布新版本。",
        "en": "There can be {limit} earning rules. Publish a new version of a retired one instead.",
    }


class DraftNotFound(AppError):
    """The rule has nothing that waits to be published."""

    code = "earning_rules.draft_not_found"
    status = 404
    title = {"zh": "没有草稿", "en": "No draft"}
    detail = {
        "zh": "规则 {rule} 没有草稿。请先修改并保存草稿。",
        "en": "Rule {rule} has no draft. Change it and save a draft first.",
    }


class DraftChanged(AppError):
    """Somebody else saved the draft since the caller read it."""

    code = "earning_rules.draft_changed"
    status = 412
    title = {"zh": "草稿已被修改", "en": "Changed in the meantime"}
    detail = {
        "zh": "规则 {rule} 的草稿刚被别人保存过，现在是第 {revision} 稿。请重新读取后再改。",
        "en": "Somebody saved the draft of rule {rule} in the meantime; it is at revision {revision} now. "
        "Read it again first.",
    }


class DraftUnchanged(AppError):
    """A draft that says what the published version says."""

    code = "earning_rules.draft_unchanged"
    status = 409
    title = {"zh": "内容没有变化", "en": "Nothing would change"}
    detail = {
        "zh": "草稿与已发布的第 {version} 版内容相同，无需发布。",
        "en": "The draft says the same as version {version}, which is published. There is nothing to publish.",
    }


class DayInThePast(AppError):
    """A change of rules that would reach back."""

    code = "earning_rules.day_in_the_past"
    title = {"zh": "日期已过去", "en": "The day has passed"}
    detail = {
        "zh": "规则只能从今天（{today}）或以后的日期起变更，以免改动已经算过的积分。请选择今天或以后的日期。",
        "en": "Rules change from today ({today}) or a later day on, so that nothing already earned changes. "
        "Choose today or a later day.",
    }


class NothingToRetire(AppError):
    """A rule that was never published, or ended already."""

    code = "earning_rules.nothing_to_retire"
    status = 409
    title = {"zh": "规则没有生效的版本", "en": "Nothing to retire"}
    detail = {
        "zh": "规则 {rule} 没有发布过，或已经停用。",
        "en": "Rule {rule} was never published, or has been retired already.",
    }


class RuleWasPublished(AppError):
    """A published rule cannot be thrown away."""

    code = "earning_rules.was_published"
    status = 409
    title = {"zh": "规则发布过，不能删除", "en": "Published rules stay"}
    detail = {
        "zh": "规则 {rule} 发布过，已有积分可能由它产生，因此不能删除。请改为停用。",
        "en": "Rule {rule} has been published, and points may have been earned by it, so it stays. Retire it instead.",
    }


class BadDraft(AppError):
    """A draft that is too large, or is nothing that could be stored."""

    code = "earning_rules.bad_draft"
    title = {"zh": "草稿无法保存", "en": "The draft cannot be saved"}
    detail = {
        "zh": "规则内容过大，最多 {limit} KB。请减少条件或分支。",
        "en": "The rule is too large; it can have {limit} KB. Use fewer conditions or branches.",
    }


class DefinitionInvalid(AppError):
    """A definition that says what cannot be, or can never come about."""

    code = "earning_rules.definition_invalid"
    title = {"zh": "规则内容有误", "en": "Invalid rule"}
    detail = {
        "zh": "规则内容有误，没有发布。请按 errors 中指出的位置逐条改正。",
        "en": "The rule is not right, and was not published. Correct each place that `errors` names.",
    }


class EffectNotAvailable(AppError):
    """An effect that no part of this installation carries out."""

    code = "earning_rules.effect_not_available"
    title = {"zh": "效果暂不可用", "en": "Effect not available"}
    detail = {
        "zh": "这套系统还不能执行效果：{kinds}。请改用积分或成长值，或启用相应功能后再发布。",
        "en": "Nothing in this installation carries out: {kinds}. Give points or growth instead, or add what carries "
        "it out before publishing.",
    }


class BadRules(AppError):
    """Rules of a programme's document that cannot be taken over."""

    code = "earning_rules.bad_document"
    title = {"zh": "文件中的规则有误", "en": "Rules of the document do not fit"}
    detail = {
        "zh": "文件中的积分规则有 {count} 处不能导入，什么都没有改动。请按标出的位置改正后再导入。",
        "en": "{count} places of the document's earning rules cannot be taken over, and nothing was changed. "
        "Correct what is marked, and import it again.",
    }
