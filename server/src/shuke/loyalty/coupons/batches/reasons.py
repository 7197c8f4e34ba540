"""Why a row of a file of codes was handed back, in words that say what to do."""

from collections.abc import Mapping

REASONS: dict[str, dict[str, str]] = {
    "row.columns": {
        "zh": "这一行有 {found} 列，应有 {wanted} 列。请检查是否多了或少了分隔符。",
        "en": "The row has {found} columns instead of {wanted}. Look for a missing or extra delimiter.",
    },
    "row.no_code": {
        "zh": "券码是空的。请补上后重新导入。",
        "en": "The code is empty. Fill it in and import the row again.",
    },
    "row.bad_code": {
        "zh": "券码要有 {least} 到 {most} 个字符，只能用字母、数字、点和下划线（空格和短横会略去）。请核对这一行。",
        "en": "A code has {least} to {most} letters, digits, dots and underscores (spaces and dashes are left out). "
        "Check the row.",
    },
    "row.rounded_code": {
        "zh": "券码被表格软件改成了科学计数（如 1.2E+15），末尾数字已丢失。请把这一列设为文本，重新导出。",
        "en": "The spreadsheet has turned the code into a rounded number. Format the column as text and export again.",
    },
    "row.taken": {
        "zh": "这个券码已经存在，属于别的批次或会员。请核对是否重复导入。",
        "en": "The code exists already, of another batch or member. See whether it was imported before.",
    },
    "row.twice": {
        "zh": "文件里前面已有同一个券码。一个券码只能有一张券，请删除重复的行。",
        "en": "The file has the same code further up. A code is one coupon: remove the repeated row.",
    },
    "row.bad_terms": {
        "zh": "看不懂面额“{value}”。请写成 30:5（满 30 减 5）、0.95（九五折）或 满100减10,满200减30。",
        "en": "The terms “{value}” cannot be read. Write 30:5 (5 off from 30 on), 0.95 (95 %) or steps such as "
        "100:10,200:30.",
    },
    "row.other_terms": {
        "zh": "面额“{value}”与所选优惠券的条款不同。请把这些行导入到条款相同的优惠券。",
        "en": "The terms “{value}” are not those of the chosen coupon. Import the row to a coupon with these terms.",
    },
    "row.bad_date": {
        "zh": "到期日“{value}”不是可识别的日期。请写成 2026-12-31。",
        "en": "The last day “{value}” is not a date. Write it like 2026-12-31.",
    },
    "row.over": {
        "zh": "到期日 {value} 已经过去，这张券导入后也不能使用。请核对日期，或删除这一行。",
        "en": "The last day {value} is over: the coupon could not be used. Check the date or remove the row.",
    },
    "row.member_unknown": {
        "zh": "没有找到这位会员。请核对手机号或会员号，或先导入会员。",
        "en": "There is no such member. Check the phone or member number, or import the member first.",
    },
    "row.bad_member": {
        "zh": "会员一栏不是手机号，也不是会员号。请核对；不指定会员时请留空。",
        "en": "The member is neither a phone nor a member number. Check it; leave it empty for a code of nobody.",
    },
    "row.member_not_active": {
        "zh": "这位会员已冻结或注销，不能得到优惠券。",
        "en": "The member is frozen or has left, and cannot have coupons.",
    },
    "row.limit_reached": {
        "zh": "这位会员的这种优惠券已达限领数量。",
        "en": "The member has as many of these coupons as one member may have.",
    },
    "row.stock": {
        "zh": "这种优惠券的库存已用完。请增加库存后，再导入这一行。",
        "en": "The stock of this coupon is used up. Add to it, then import the row again.",
    },
    "row.bad_characters": {
        "zh": "“{column}”含有无法识别的字符。请用 UTF-8 或 GBK 编码重新导出。",
        "en": "“{column}” has characters that cannot be read. Export the file as UTF-8 or GBK.",
    },
}


def say(code: str, values: Mapping[str, object], language: str) -> str:
    """The reason as a sentence in a language (`zh` or `en`)."""
    return REASONS[code][language].format_map(values)
