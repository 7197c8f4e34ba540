"""Refusals of imports of members."""

from shuke.platform.errors import AppError


class ImportNotFound(AppError):
    """No import of members has this id."""

    code = "member_imports.not_found"
    status = 404
    title = {"zh": "没有这次导入", "en": "No such import"}
    detail = {"zh": "没有编号为 {import_id} 的会员导入。", "en": "There is no import of members {import_id}."}


class WrongState(AppError):
    """The import is not at the step that this belongs to."""

    code = "member_imports.wrong_state"
    status = 409
    title = {"zh": "现在不能这样做", "en": "Not at this step"}
    detail = {
        "zh": "这次导入正处于“{state}”，不能进行这一步。请刷新后再看。",
        "en": "This import is at “{state}”, where that cannot be done. Look at it again.",
    }


class NoMatchKey(AppError):
    """No column is mapped by which a member can be recognised."""

    code = "member_imports.no_match_key"
    title = {"zh": "缺少识别会员的列", "en": "Nothing to recognise members by"}
    detail = {
        "zh": "请至少把一列对应到手机号、邮箱、卡号或外部编号。",
        "en": "Map at least one column to phone, e-mail, card or external number.",
    }


class WrongColumns(AppError):
    """The mapping does not fit the file."""

    code = "member_imports.wrong_columns"
    title = {"zh": "列数不符", "en": "The columns do not fit"}
    detail = {
        "zh": "文件有 {found} 列，而对应关系写了 {given} 列。请为每一列写明字段或留空。",
        "en": "The file has {found} columns, the mapping names {given}. Give one for each column, or null.",
    }


class BadMapping(AppError):
    """A mapping names a heading that the file lacks, or a field that there is not."""

    code = "member_imports.bad_mapping"
    title = {"zh": "列对应关系有误", "en": "The mapping is not valid"}
    detail = {
        "zh": "列对应关系有误：{problem}。请让每一列对应一个不同的字段，或留空。",
        "en": "The mapping is not valid: {problem}. Let each column be a field of its own, or none.",
    }


class UnknownStore(AppError):
    """The default store does not exist."""

    code = "member_imports.unknown_store"
    title = {"zh": "没有这家门店", "en": "No such store"}
    detail = {
        "zh": "默认门店 {store_id} 不存在。请选择已有的门店。",
        "en": "The default store {store_id} does not exist. Choose one that does.",
    }


class FileGone(AppError):
    """The uploaded file has been deleted; it is kept for two days."""

    code = "member_imports.file_gone"
    status = 409
    title = {"zh": "文件已删除", "en": "The file is gone"}
    detail = {
        "zh": "上传的文件只保留两天，现已删除。请重新上传；列的对应关系已经记住。",
        "en": "Uploaded files are kept for two days, and this one is gone. Upload it again; the mapping is remembered.",
    }


class ImportRunning(AppError):
    """Another process is working on the same import."""

    code = "member_imports.running"
    status = 409
    title = {"zh": "这次导入正在进行", "en": "This import is already running"}
    detail = {
        "zh": "另一个进程正在处理这次导入。请等它结束后再看。",
        "en": "Another process is working on this import. Wait for it to end.",
    }


class ImportBroken(AppError):
    """Our own fault while importing. What was imported before stays; the log has the details."""

    code = "member_imports.broken"
    status = 500
    title = {"zh": "导入中断", "en": "The import broke off"}
    detail = {
        "zh": "导入时系统内部出错。已导入的会员保留，可以继续或撤销。请把导入编号告诉管理员。",
        "en": "Something went wrong inside. What was imported stays; go on with it, or undo it. "
        "Tell your administrator the number of the import.",
    }
