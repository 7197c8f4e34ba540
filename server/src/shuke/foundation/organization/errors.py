"""Refusals of the organization."""

from shuke.platform.errors import AppError


class ShopNotSetUp(AppError):
    """The installation has no shop yet."""

    code = "organization.shop_not_set_up"
    status = 409
    title = {"zh": "商家尚未设置", "en": "Shop not set up"}
    detail = {
        "zh": "还没有设置商家。请用 shuke run 启动程序，首次启动会自动建立。",
        "en": "There is no shop yet. Start the program with shuke run; its first start sets the shop up.",
    }


class CurrencyFixed(AppError):
    """The shop keeps its books in another currency."""

    code = "organization.currency_fixed"
    status = 409
    title = {"zh": "币种不能更改", "en": "The currency cannot be changed"}
    detail = {
        "zh": "这个商家以 {now} 记账，规则、等级、价格和订单里的金额都是 {now}，不能改成 {wanted}。"
        "还没有录入任何数据时，可在“系统 → 演示数据”里重新开始并另选币种；否则请另设一个数据目录，从新的商家开始。",
        "en": "This shop keeps its books in {now}: amounts in its rules, levels, prices and orders are in {now}, so it "
        "cannot change to {wanted}. While nothing was entered yet, begin anew under System → Demonstration and choose "
        "another one; else start a new shop with another data directory.",
    }


class TimeZoneFixed(AppError):
    """The shop's days begin by another time zone."""

    code = "organization.time_zone_fixed"
    status = 409
    title = {"zh": "时区不能更改", "en": "The time zone cannot be changed"}
    detail = {
        "zh": "这个商家按 {now} 的时间记账，订单、到期日和等级都按它算，不能改成 {wanted}。还没有录入任何数据时，"
        "可在“系统 → 演示数据”里重新开始并另选时区；否则请另设一个数据目录，从新的商家开始。",
        "en": "This shop lives by the time of {now}: orders, ends and levels go by it, so it cannot change to "
        "{wanted}. While nothing was entered yet, begin anew under System → Demonstration and choose another one; else "
        "start a new shop with another data directory.",
    }


class RegionNotFound(AppError):
    """No such region."""

    code = "regions.not_found"
    status = 404
    title = {"zh": "没有这个区域", "en": "No such region"}
    detail = {
        "zh": "没有找到这个区域，可能已被删除。请刷新后再选。",
        "en": "This region was not found; it may have been removed. Reload the list and choose again.",
    }


class RegionNotEmpty(AppError):
    """A region that still has stores or regions in it."""

    code = "regions.not_empty"
    status = 409
    title = {"zh": "区域里还有内容", "en": "The region is not empty"}
    detail = {
        "zh": "这个区域里还有 {stores} 家门店和 {regions} 个下级区域。请先把它们移到别的区域。",
        "en": "This region still has {stores} stores and {regions} regions in it. Move them elsewhere first.",
    }


class RegionGoesRound(AppError):
    """A region that would lie inside itself, or deeper than the tree goes."""

    code = "regions.goes_round"
    title = {"zh": "上级区域无效", "en": "Parent cannot be used"}
    detail = {
        "zh": "区域不能放到自己或自己的下级里面，层级最多 {deepest} 级。请选别的上级区域。",
        "en": "A region cannot lie inside itself or one of its own, and the tree is {deepest} levels deep at most. "
        "Choose another parent.",
    }


class StoreNotFound(AppError):
    """No such store."""

    code = "stores.not_found"
    status = 404
    title = {"zh": "没有这家门店", "en": "No such store"}
    detail = {
        "zh": "没有找到这家门店。请检查门店编号。",
        "en": "This store was not found. Check which store is meant.",
    }


class EmployeeNotFound(AppError):
    """No such employee, or none that the caller sees."""

    code = "employees.not_found"
    status = 404
    title = {"zh": "没有这位员工", "en": "No such employee"}
    detail = {
        "zh": "没有找到这位员工。请检查工号。",
        "en": "This employee was not found. Check which employee is meant.",
    }


class CodeTaken(AppError):
    """A code that another region, store or employee has; codes are never given twice."""

    code = "organization.code_taken"
    status = 409
    title = {"zh": "编码已被使用", "en": "Code already used"}
    detail = {
        "zh": "编码 {code} 已经有了。编码一经使用不再给别人，请换一个。",
        "en": "The code {code} exists already. A code is never given twice: choose another one.",
    }


class EmployeeHasLeft(AppError):
    """Somebody who left cannot be given new work."""

    code = "employees.has_left"
    status = 409
    title = {"zh": "员工已离职", "en": "The employee has left"}
    detail = {
        "zh": "{name} 已离职，不能再分配。请选在职员工，或先办理复职。",
        "en": "{name} has left and cannot be given anything new. Choose somebody else, or take them back first.",
    }


class BadEmployment(AppError):
    """Days that contradict each other."""

    code = "employees.bad_days"
    title = {"zh": "日期有误", "en": "The days contradict each other"}
    detail = {
        "zh": "离职日期不能早于入职日期。请改正其中一个。",
        "en": "Nobody leaves before the day they joined. Correct one of the two days.",
    }
