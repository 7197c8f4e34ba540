"""What the fields of an import are called."""

from shuke.platform.i18n import LocalName

LABELS: dict[str, LocalName] = {
    "phone": LocalName("手机号", "Phone"),
    "name": LocalName("姓名", "Name"),
    "birthday": LocalName("生日", "Birthday"),
    "gender": LocalName("性别", "Gender"),
    "email": LocalName("邮箱", "E-mail"),
    "card": LocalName("会员卡号", "Card"),
    "external": LocalName("外部编号", "External number"),
    "joined_at": LocalName("入会时间", "Joined"),
    "store": LocalName("门店", "Store"),
    "employee": LocalName("导购", "Employee"),
    "language": LocalName("语言", "Language"),
    "address": LocalName("地址", "Address"),
    "tier": LocalName("会员等级", "Level"),
    "points": LocalName("积分", "Points"),
    "growth": LocalName("成长值", "Growth"),
}
