"""What the programme as a document refuses."""

from shuke.platform.errors import AppError


class ProgrammeUnreadable(AppError):
    """A document that is no YAML, or more than YAML."""

    code = "programme.not_read"
    title = {"zh": "文件无法读取", "en": "The document cannot be read"}
    detail = {
        "zh": "文件不是有效的 YAML：{reason}。请使用导出的文件，不要使用锚点和标签。",
        "en": "The document is no plain YAML: {reason}. Use an exported document, without anchors and tags.",
    }


class ProgrammeUnknown(AppError):
    """A document that is no programme, or of another version of the format."""

    code = "programme.not_known"
    title = {"zh": "不是会员计划文件", "en": "Not a programme"}
    detail = {
        "zh": "文件应以 format: {format} 开头，并且只含这些部分：{parts}。请从另一套系统重新导出。",
        "en": "A programme begins with format: {format} and has these parts and no others: {parts}. Export it again.",
    }


class ProgrammeTooLarge(AppError):
    """A document larger than any programme."""

    code = "programme.size_exceeded"
    status = 413
    title = {"zh": "文件过大", "en": "The document is too large"}
    detail = {
        "zh": "会员计划文件最大 {limit} KB。",
        "en": "A programme has {limit} KB at most.",
    }


class BadCurrencies(AppError):
    """Currencies of a document that cannot be taken over."""

    code = "programme.currencies_refused"
    title = {"zh": "文件中的账户有误", "en": "Accounts of the document do not fit"}
    detail = {
        "zh": "文件中的账户有 {count} 处不能导入，什么都没有改动。账户的类型不能改变；请按标出的位置改正后再导入。",
        "en": "{count} places of the document's accounts cannot be taken over, and nothing was changed. The kind of an "
        "account never changes. Correct what is marked, and import it again.",
    }
