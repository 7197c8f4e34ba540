"""Why a row was handed back, in words that say what to do. Places hold headings and numbers, never a cell's content."""

from collections.abc import Mapping

REASONS: dict[str, dict[str, str]] = {
    "row.columns": {
        "zh": "这一行有 {found} 列，应有 {wanted} 列。请检查是否多了或少了分隔符。",
        "en": "The row has {found} columns instead of {wanted}. Look for a missing or extra delimiter.",
    },
    "row.no_identity": {
        "zh": "没有手机号、邮箱、卡号或外部编号，无法识别这位会员。请至少补上一项。",
        "en": "There is no phone, e-mail, card or external number to know this member by. Fill in at least one.",
    },
    "row.bad_phone": {
        "zh": "“{column}”不是有效的手机号。请填写 11 位手机号，其他国家和地区请加国际区号。",
        "en": "“{column}” is not a phone number. Give all digits, with the country code for other countries.",
    },
    "row.phone_rounded": {
        "zh": "“{column}”被表格软件改成了科学计数法，末几位已丢失。请把该列设为文本后重新导出。",
        "en": "“{column}” was rounded by the spreadsheet (such as 1.38E+10). Format the column as text, export again.",
    },
    "row.bad_email": {
        "zh": "“{column}”不是完整的邮箱地址。请按 name@example.com 的形式填写。",
        "en": "“{column}” is not a complete e-mail address. Write it like name@example.com.",
    },
    "row.bad_number": {
        "zh": "“{column}”不能用作编号。请使用 1–200 个可见字符。",
        "en": "“{column}” cannot be a number to know somebody by. Use 1 to 200 visible characters.",
    },
    "row.bad_birthday": {
        "zh": "“{column}”不是可识别的日期。请用 1990-05-21 或 05-21 这样的写法。",
        "en": "“{column}” is not a day. Write it like 1990-05-21 or 05-21.",
    },
    "row.bad_gender": {
        "zh": "“{column}”无法识别。请填写 男、女，或留空。",
        "en": "“{column}” is unknown. Use male, female, or leave it empty.",
    },
    "row.bad_date": {
        "zh": "“{column}”不是可识别的日期。请用 2026-11-22 14:05 这样的写法。",
        "en": "“{column}” is not a date. Write it like 2026-11-22 14:05.",
    },
    "row.date_range": {
        "zh": "“{column}”早于 1970 年或晚于现在。请核对年份。",
        "en": "“{column}” lies before 1970 or in the future. Check the year.",
    },
    "row.too_long": {
        "zh": "“{column}”太长（最多 {limit} 个字符）。请缩短，或检查是否有引号没有闭合。",
        "en": "“{column}” is too long (at most {limit} characters). Shorten it, or look for an open quote.",
    },
    "row.bad_characters": {
        "zh": "“{column}”含有无法识别的字符。请用 UTF-8 或 GBK 编码重新导出。",
        "en": "“{column}” has characters that cannot be read. Export the file as UTF-8 or GBK.",
    },
    "row.unknown_store": {
        "zh": "没有“{column}”中所写的门店。请先建立门店，或改成已有门店的编码或名称。",
        "en": "There is no store as written in “{column}”. Add it first, or write the code or name of one that exists.",
    },
    "row.unknown_employee": {
        "zh": "没有“{column}”中所写的导购。请改成已有导购的工号或姓名，或留空。",
        "en": "There is no employee as written in “{column}”. Write the code or name of one that exists, "
        "or leave it empty.",
    },
    "row.duplicate": {
        "zh": "与第 {first} 行是同一位会员（号码相同）。第 {first} 行已处理，这一行没有导入。",
        "en": "The same member as in row {first} (a number is the same). Row {first} was taken; this one was not.",
    },
    "row.same_member": {
        "zh": "本次导入中已有另一行对应同一位会员，这一行没有导入。请把两行合并成一行。",
        "en": "Another row of this file is the same member, so this one was not imported. Make the two one row.",
    },
    "row.conflict": {
        "zh": "这一行的号码分别属于不同的会员。请核对号码；如果确是同一人，请先合并这些会员。",
        "en": "The numbers in this row belong to different members. Check them; "
        "if they are one person, merge the members first.",
    },
    "row.not_active": {
        "zh": "这位会员已注销或已删除，资料没有改动。",
        "en": "This member has left or was erased; nothing was changed.",
    },
}


def say(code: str, values: Mapping[str, object], language: str) -> str:
    """The reason as a sentence in a language (`zh` or `en`)."""
    return REASONS[code][language].format_map(values)
