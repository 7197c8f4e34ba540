"""What consent refuses, and what to do about it."""

from shuke.platform.errors import AppError


class PurposeNotFound(AppError):
    """No such purpose."""

    code = "consent.purpose_not_found"
    status = 404
    title = {"zh": "没有这个处理目的", "en": "No such purpose"}
    detail = {
        "zh": "没有找到处理目的 {purpose}。请在“同意与告知”页查看可用的目的。",
        "en": "There is no purpose {purpose}. See the page of consents and notices for those that exist.",
    }


class BadChannel(AppError):
    """The purpose does not use this channel."""

    code = "consent.bad_channel"
    title = {"zh": "该目的不使用这个渠道", "en": "Channel not used for this purpose"}
    detail = {
        "zh": "处理目的 {purpose} 不使用渠道 {channel}。请先在目的中加入该渠道。",
        "en": "The purpose {purpose} does not use the channel {channel}. Add the channel to the purpose first.",
    }


class NoConsentNeeded(AppError):
    """Consent cannot be given to what does not stand on consent."""

    code = "consent.not_needed"
    title = {"zh": "该目的不以同意为依据", "en": "Not based on consent"}
    detail = {
        "zh": "处理目的 {purpose} 不以同意为依据，无需登记同意；会员仍可提出反对。",
        "en": "The purpose {purpose} does not stand on consent, so none is recorded. Members may still object.",
    }


class NoticeMissing(AppError):
    """Nobody can agree to a text that does not exist."""

    code = "consent.notice_missing"
    status = 409
    title = {"zh": "还没有发布告知书", "en": "No notice published"}
    detail = {
        "zh": "告知书 {notice} 还没有发布，不能登记同意。请先发布告知书。",
        "en": "The notice {notice} has not been published, so nobody can agree to it yet. Publish it first.",
    }


class NoticeOutdated(AppError):
    """The person saw another version than the newest."""

    code = "consent.notice_outdated"
    status = 409
    title = {"zh": "告知书已有新版本", "en": "A newer notice exists"}
    detail = {
        "zh": "告知书 {notice} 现在是第 {version} 版。请向会员出示新版本后再登记。",
        "en": "The notice {notice} is at version {version} now. Show the member that version, then record the answer.",
    }


class SeparateConsent(AppError):
    """A purpose that needs a consent of its own came together with others."""

    code = "consent.must_be_separate"
    title = {"zh": "需要单独同意", "en": "Separate consent needed"}
    detail = {
        "zh": "处理目的 {purpose} 需要单独同意，不能与其他目的一起勾选。请单独征求并登记。",
        "en": "The purpose {purpose} needs a consent of its own. Ask for it apart, and record it alone.",
    }


class GuardianNeeded(AppError):
    """A child cannot agree alone."""

    code = "consent.guardian_needed"
    status = 409
    title = {"zh": "需要监护人同意", "en": "Guardian's consent needed"}
    detail = {
        "zh": "这位会员未满 {age} 周岁，须由监护人同意。请由监护人办理，并选择“监护人”。",
        "en": "This member is younger than {age}, so a guardian has to agree. Let the guardian answer, and say so.",
    }


class NoticeNotFound(AppError):
    """No such notice, or no such version."""

    code = "notice.not_found"
    status = 404
    title = {"zh": "没有这份告知书", "en": "No such notice"}
    detail = {
        "zh": "没有找到这份告知书或这个版本。请从列表中选择。",
        "en": "There is no such notice, or no such version of it. Choose one from the list.",
    }


class NoticeNotConfirmed(AppError):
    """Publishing cannot be undone, so its name is typed."""

    code = "notice.not_confirmed"
    title = {"zh": "请输入确认文字", "en": "Type the confirmation"}
    detail = {
        "zh": "发布后不能修改。请在确认栏输入 {expected}。",
        "en": "A published notice cannot be changed. Type {expected} to confirm.",
    }


class NoticeUnchanged(AppError):
    """A new version that says the same."""

    code = "notice.not_changed"
    status = 409
    title = {"zh": "内容没有变化", "en": "Nothing changed"}
    detail = {
        "zh": "草稿与已发布的第 {version} 版内容相同，无需发布。",
        "en": "The draft says the same as version {version}, which is published. There is nothing to publish.",
    }


class BadPurpose(AppError):
    """A purpose that cannot be."""

    code = "consent.bad_purpose"
    title = {"zh": "处理目的设置无效", "en": "Invalid purpose"}
    detail = {
        "zh": "营销用途必须以同意为依据，且至少选择一个渠道。请修改后再保存。",
        "en": "Marketing has to stand on consent, and a purpose needs a channel at least. Change it, then save.",
    }
