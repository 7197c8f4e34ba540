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
