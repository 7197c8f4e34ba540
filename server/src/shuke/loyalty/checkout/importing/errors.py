"""Refusals of imports."""

from shuke.platform.errors import AppError


class ImportNotFound(AppError):
    """No import has this id."""

    code = "imports.not_found"
    status = 404
    title = {"zh": "没有这次导入", "en": "No such import"}
    detail = {"zh": "没有编号为 {import_id} 的导入记录。", "en": "There is no import {import_id}."}


class ImportRunning(AppError):
    """Another process is working on the same import."""

    code = "imports.running"
    status = 409
    title = {"zh": "这次导入正在进行", "en": "This import is already running"}
    detail = {
        "zh": "同一个文件正在由另一个进程导入。请等它结束后查看结果。",
        "en": "Another process is importing the same file. Wait for it to end and look at its result.",
    }


class MoneyDiffers(AppError):
    """The mapping is for other money than the shop's."""

    code = "imports.money_differs"
    status = 422
    title = {"zh": "货币不一致", "en": "The money differs"}
    detail = {
        "zh": "这种格式的金额是 {found}，而店铺使用 {shop}。请换一种列对应关系，或换一个店铺。",
        "en": "Amounts of this format are in {found}, but the shop uses {shop}. Choose another mapping or shop.",
    }


class UnknownMapping(AppError):
    """No built-in mapping has this code."""

    code = "imports.unknown_mapping"
    status = 422
    title = {"zh": "没有这种列对应关系", "en": "No such mapping"}
    detail = {
        "zh": "没有名为 {code} 的列对应关系。可用的有：{known}。",
        "en": "There is no mapping called {code}. Known ones: {known}.",
    }


class ImportBroken(AppError):
    """Our own fault while importing. What was imported before stays; the log has the details."""

    code = "imports.broken"
    status = 500
    title = {"zh": "导入中断", "en": "The import broke off"}
    detail = {
        "zh": "导入时系统内部出错。已导入的订单保留。请把导入编号告诉管理员，修复后再导入同一个文件即可继续。",
        "en": "Something went wrong inside. What was imported stays. Tell your administrator the number of the import; "
        "once it is mended, import the same file again to go on.",
    }
