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


class FileUnknown(AppError):
    """One of several files is none of those that the mapping knows."""

    code = "imports.file_unknown"
    status = 422
    title = {"zh": "有一个文件认不出来", "en": "One of the files is not known"}
    detail = {
        "zh": "“{file}”不是这种格式里的文件，最接近的一种还缺少这些列：{missing}。请去掉它，或修改表头。",
        "en": "“{file}” is none of the files of this mapping; the nearest lacks these columns: {missing}. "
        "Leave it out, or rename its headings.",
    }


class FileMissing(AppError):
    """The mapping joins rows to a file that was not given, or was given twice."""

    code = "imports.file_missing"
    status = 422
    title = {"zh": "少了一个文件", "en": "A file is missing"}
    detail = {
        "zh": "这种格式还需要一个文件，含有这些列：{columns}。请把它和其他文件一起放进来，只放一份。",
        "en": "This mapping also needs one file with these columns: {columns}. Give it once, together with the others.",
    }


class ReturnNotFound(AppError):
    """No unmatched return has this id."""

    code = "returns.not_found"
    status = 404
    title = {"zh": "没有这条待对应退货", "en": "No such unmatched return"}
    detail = {"zh": "没有编号为 {return_id} 的待对应退货。", "en": "There is no unmatched return {return_id}."}


class ReturnDecided(AppError):
    """Somebody has already said what a return was."""

    code = "returns.decided"
    status = 409
    title = {"zh": "这条退货已经处理过", "en": "This return was decided already"}
    detail = {
        "zh": "这条退货已经对应了订单，或已被忽略。请刷新列表。",
        "en": "It was matched to an order or dismissed meanwhile. Load the list again.",
    }


class NotACandidate(AppError):
    """The order cannot be the one that a return came from."""

    code = "returns.not_a_candidate"
    status = 422
    title = {"zh": "不能对应到这张订单", "en": "The return cannot be of this order"}
    detail = {
        "zh": "这张订单不在可能的范围内：商品、门店、日期不符，或可退数量不足。请从列出的订单中选择。",
        "en": "Product, store or day differ, or too little is left of the order. Choose one of the orders listed.",
    }


class MappingTaken(AppError):
    """A built-in mapping has this code."""

    code = "imports.mapping_taken"
    status = 409
    title = {"zh": "这个代号已被内置格式使用", "en": "The code belongs to a built-in mapping"}
    detail = {
        "zh": "“{code}”是内置格式的代号。请换一个代号保存。",
        "en": "“{code}” is a built-in mapping. Save yours under another code.",
    }
