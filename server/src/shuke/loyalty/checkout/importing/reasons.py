"""Why a row was handed back, in words that say what to do. `{places}` are filled from the reject's values."""

REASONS: dict[str, dict[str, str]] = {
    "row.columns": {
        "zh": "这一行有 {found} 列，应有 {wanted} 列。请检查是否多了或少了分隔符。",
        "en": "The row has {found} columns instead of {wanted}. Look for a missing or extra delimiter.",
    },
    "row.missing": {
        "zh": "“{column}”是空的。请补上后重新导入。",
        "en": "“{column}” is empty. Fill it in and import the row again.",
    },
    "row.not_a_number": {
        "zh": "“{column}”不是数字：{value}。请改成数字，例如 12 或 3.50。",
        "en": "“{column}” is not a number: {value}. Write it like 12 or 3.50.",
    },
    "row.number_range": {
        "zh": "“{column}”超出范围：{value}。请核对位数与小数位。",
        "en": "“{column}” is out of range: {value}. Check the digits and decimal places.",
    },
    "row.quantity_zero": {
        "zh": "数量为 0。请填写实际数量，或删除这一行。",
        "en": "The quantity is 0. Give the real quantity or remove the row.",
    },
    "row.not_a_date": {
        "zh": "“{column}”不是可识别的日期：{value}。请用 2026-11-22 14:05 这样的写法。",
        "en": "“{column}” is not a date: {value}. Write it like 2026-11-22 14:05.",
    },
    "row.date_range": {
        "zh": "日期 {value} 早于 1970 年或晚于店铺当前时间。请核对年份。",
        "en": "The date {value} lies before 1970 or after the shop's present. Check the year.",
    },
    "row.too_long": {
        "zh": "“{column}”太长（最多 {limit} 个字符）。请缩短，或检查是否有引号没有闭合。",
        "en": "“{column}” is too long (at most {limit} characters). Shorten it, or look for an open quote.",
    },
    "row.bad_characters": {
        "zh": "“{column}”含有无法识别的字符。请用 UTF-8 或 GBK 编码重新导出。",
        "en": "“{column}” has characters that cannot be read. Export the file as UTF-8 or GBK.",
    },
    "row.not_joined": {
        "zh": "“{column}”的值 {value} 在“{file}”文件里找不到。请在那个文件里补上这一行，再导入一次。",
        "en": "The file of {file} knows no {value} of “{column}”. Add it there and import again.",
    },
    "row.refund_positive": {
        "zh": "退单 {number} 的数量应为负数，现在是 {value}。",
        "en": "Refund {number} should have a quantity below zero; it has {value}.",
    },
    "row.bad_customer": {
        "zh": "“{column}”不能用作客户号：{value}。请核对客户号。",
        "en": "“{column}” cannot be a customer number: {value}. Check it.",
    },
    "row.amount_range": {
        "zh": "这一行的金额 {value} 超出上限。请核对数量和单价。",
        "en": "The amount of this row, {value}, is beyond the limit. Check quantity and price.",
    },
    "order.mixed_kinds": {
        "zh": "单号 {number} 里既有销售又有退货。请把它们分成两张单据。",
        "en": "Number {number} holds both sales and refunds. Give them two numbers.",
    },
    "order.paid_too_much": {
        "zh": "单号 {number} 中积分和优惠券支付的金额小于 0 或超过了商品金额。请核对这两列。",
        "en": "In order {number}, points and coupons paid less than nothing, or more than the goods. "
        "Check both columns.",
    },
    "row.bad_kind": {
        "zh": "单据类型“{value}”无法识别。请填 sale、refund 或 adjustment。",
        "en": "The kind “{value}” is unknown. Use sale, refund or adjustment.",
    },
    "order.number_taken": {
        "zh": "单号 {number} 已有内容不同的单据。请核对是否重号，或这行属于另一位会员。",
        "en": "Number {number} already belongs to a document with other content, or to another member. "
        "Check for a repeated number.",
    },
}


def say(code: str, values: dict[str, object], language: str) -> str:
    """The reason as a sentence in a language (`zh` or `en`)."""
    return REASONS[code][language].format_map(values)
