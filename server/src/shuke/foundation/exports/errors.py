"""Refusals of exports."""

from shuke.platform.errors import AppError


class ExportNotFound(AppError):
    """No export of the caller has this id."""

    code = "exports.not_found"
    status = 404
    title = {"zh": "没有这次导出", "en": "No such export"}
    detail = {
        "zh": "没有编号为 {export_id} 的导出，或它属于别人。",
        "en": "There is no export {export_id}, or it is somebody else's.",
    }


class UnknownList(AppError):
    """There is no such list, or the caller may not read it."""

    code = "exports.unknown_list"
    title = {"zh": "没有这个列表", "en": "No such list"}
    detail = {
        "zh": "没有名为 {list} 的列表，或您没有查看它的权限。",
        "en": "There is no list {list}, or you may not read it.",
    }


class BadExport(AppError):
    """Filters or columns that the list does not have."""

    code = "exports.bad_request"
    title = {"zh": "导出条件有误", "en": "The export is not valid"}
    detail = {
        "zh": "这个列表没有这样的筛选条件或列：{problem}。",
        "en": "The list has no such filter or column: {problem}.",
    }


class NotReady(AppError):
    """The file is not there yet, or not any more."""

    code = "exports.not_ready"
    status = 409
    title = {"zh": "文件不可下载", "en": "No file to fetch"}
    detail = {
        "zh": "文件还没有生成，或已过期删除。过期后请重新导出。",
        "en": "The file is not ready yet, or its time is over. Export again when it is over.",
    }


class PersonNeeded(AppError):
    """Something other than a person asks for an export."""

    code = "exports.person_needed"
    status = 403
    title = {"zh": "需由员工导出", "en": "A person has to ask"}
    detail = {
        "zh": "导出会记在个人名下，不能用接口密钥发起。请登录后台操作。",
        "en": "Exports are kept under a person's name, so an API key cannot ask for one. Sign in to the console.",
    }


class NotAllowedAnyMore(AppError):
    """Whoever asked is disabled, or may not read the list any more."""

    code = "exports.not_allowed_any_more"
    status = 403
    title = {"zh": "权限已变更", "en": "No longer allowed"}
    detail = {
        "zh": "申请人的账号已停用，或不再有查看这个列表（或完整信息）的权限，导出已停止。",
        "en": "Whoever asked is disabled, or may no longer read this list (or data in full). The export was stopped.",
    }


class ExportRefused(AppError):
    """A large export that nobody agreed to."""

    code = "exports.refused"
    status = 403
    title = {"zh": "导出未获批准", "en": "The export was refused"}
    detail = {
        "zh": "这次大量导出没有获得批准。原因：{note}。请缩小筛选范围，或与审批人沟通后重新导出。",
        "en": "Nobody agreed to this large export. Why: {note}. Narrow the filters, or ask again once it is agreed.",
    }


class TooManyRows(AppError):
    """More rows than a sheet has."""

    code = "exports.too_many_rows"
    title = {"zh": "行数超出工作表上限", "en": "More rows than a sheet holds"}
    detail = {
        "zh": "Excel 工作表最多 {limit} 行。请改用 CSV，或缩小筛选范围。",
        "en": "An Excel sheet holds {limit} rows at most. Choose CSV, or narrow the filters.",
    }
