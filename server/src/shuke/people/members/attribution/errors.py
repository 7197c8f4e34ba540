"""What attribution refuses, and what to do about it."""

from shuke.platform.errors import AppError


class NothingToAttribute(AppError):
    """A request that names nothing to change, or nobody to change it for."""

    code = "attributions.empty"
    title = {"zh": "没有要改的内容", "en": "Nothing to change"}
    detail = {
        "zh": "请选择会员，并指定门店、导购、客户经理中的至少一项。",
        "en": "Choose members, and name at least one of store, employee and account manager.",
    }


class TooManyAtOnce(AppError):
    """More members than one request changes."""

    code = "attributions.too_many"
    title = {"zh": "一次改得太多", "en": "Too many at once"}
    detail = {
        "zh": "这次会改到 {count} 位会员，一次最多 {limit} 位。请缩小筛选范围，分几次进行。",
        "en": "This would change {count} members; {limit} is the most at once. Narrow the filter and do it in parts.",
    }


class TransferNotFound(AppError):
    """No such transfer."""

    code = "transfers.not_found"
    status = 404
    title = {"zh": "没有这次交接", "en": "No such transfer"}
    detail = {
        "zh": "没有找到这次交接。请在交接记录里选择。",
        "en": "This transfer was not found. Choose it from the list of transfers.",
    }


class TransferBusy(AppError):
    """The employee's members are being moved, or moved back, just now; or the transfer is undone already."""

    code = "transfers.busy"
    status = 409
    title = {"zh": "现在不能操作", "en": "Not possible now"}
    detail = {
        "zh": "这位员工的会员正在交接，或这次交接已经撤销。请等它完成后刷新再看。",
        "en": "Members of this employee are being moved, or this transfer is undone already. Wait for its end, "
        "then look again.",
    }


class BadTargets(AppError):
    """Who shall look after the members from now on cannot."""

    code = "transfers.bad_targets"
    title = {"zh": "接手人无效", "en": "Nobody to take over"}
    detail = {
        "zh": "请选择 1–50 位在职员工接手，且不能是交出会员的员工本人。",
        "en": "Choose 1 to 50 employees who work here, other than the one whose members are moved.",
    }
