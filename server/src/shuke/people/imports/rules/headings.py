"""What a column of a file means, by its heading, in Chinese or English."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence

# Columns that people have and that are not taken from a file: their own door decides them.
NOT_TAKEN = ("tier", "points", "growth")
FIELDS = (
    "phone",
    "name",
    "birthday",
    "gender",
    "email",
    "card",
    "external",
    "joined_at",
    "store",
    "employee",
    "language",
    "address",
)
CUSTOM = "custom:"

_WORDS: dict[str, tuple[str, ...]] = {
    "phone": (
        "手机", "手机号", "手机号码", "电话", "电话号码", "联系电话", "联系方式", "移动电话", "会员手机", "会员手机号",
        "phone", "mobile", "cell", "telephone", "tel", "phonenumber", "mobilephone", "mobilenumber", "cellphone",
    ),
    "name": (
        "姓名", "名字", "会员姓名", "客户姓名", "顾客姓名", "会员名称", "客户名称", "称呼", "真实姓名",
        "name", "fullname", "membername", "customername",
    ),
    "birthday": ("生日", "出生日期", "出生年月", "出生年月日", "会员生日", "birthday", "birthdate", "dateofbirth",
        "dob"),
    "gender": ("性别", "会员性别", "gender", "sex"),
    "email": ("邮箱", "电子邮箱", "邮件", "电子邮件", "邮箱地址", "email", "mail", "emailaddress"),
    "card": ("卡号", "会员卡号", "实体卡号", "卡片编号", "card", "cardnumber", "cardno", "membercard", "loyaltycard"),
    "external": (
        "外部编号", "外部号", "会员编号", "会员号", "会员id", "会员代码", "客户编号", "客户号", "顾客编号", "编号",
        "external", "externalid", "externalnumber", "memberid", "memberno", "membernumber", "customerid", "customerno",
        "customernumber", "customercode", "id",
    ),
    "joined_at": (
        "入会时间", "入会日期", "注册时间", "注册日期", "开卡时间", "开卡日期", "加入时间", "办卡时间", "办卡日期",
        "创建时间", "joined", "joinedat", "joindate", "registered", "registeredat", "registrationdate", "signupdate",
        "createdat", "membersince",
    ),
    "store": (
        "门店", "店铺", "门店名称", "所属门店", "开卡门店", "注册门店", "归属门店", "门店编码", "门店代码",
        "store", "shop", "branch", "storename", "storecode", "homestore",
    ),
    "employee": (
        "导购", "导购员", "店员", "员工", "专属导购", "所属导购", "客户经理", "导购编号", "导购工号",
        "employee", "clerk", "salesperson", "associate", "salesassociate", "accountmanager", "staff",
    ),
    "language": ("语言", "language", "locale"),
    "address": ("地址", "联系地址", "详细地址", "收货地址", "家庭住址", "住址", "address"),
    "tier": ("等级", "会员等级", "级别", "会员级别", "tier", "level", "membertier", "memberlevel"),
    "points": ("积分", "会员积分", "当前积分", "可用积分", "积分余额", "points", "balance", "pointsbalance"),
    "growth": ("成长值", "growth", "growthvalue"),
}  # fmt: skip
_FIELD_OF = {word: field for field, words in _WORDS.items() for word in words}
_FILLERS = re.compile(r"[\s_\-./*:：（）()\[\]【】“”\"'#]+")


def plain(heading: str) -> str:
    """A heading without case, blanks and signs, so that 手 机 号* and 手机号 are one."""
    return _FILLERS.sub("", unicodedata.normalize("NFKC", heading)).lower()


def detect(header: Sequence[str], custom: Mapping[str, str]) -> list[str | None]:
    """The field of each column, or None. `custom`: labels of custom fields by plain heading → code.

    The first column of a field has it; a second one of the same meaning is left to people.
    """
    taken: set[str] = set()
    found: list[str | None] = []
    for heading in header:
        word = plain(heading)
        field = f"{CUSTOM}{custom[word]}" if word in custom else _FIELD_OF.get(word)
        found.append(None if field in taken else field)
        if field is not None:
            taken.add(field)
    return found


def signature(header: Sequence[str]) -> str:
    """What says that two files have the same headings, in the same order."""
    return hashlib.sha256("\x1f".join(plain(heading) for heading in header).encode()).hexdigest()[:32]
