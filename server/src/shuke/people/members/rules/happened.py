"""How what happened to a member reads in the timeline: names of fields, never what stands in them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from shuke.platform.i18n import Language, LocalName
from shuke.platform.pages import merged_id

from .timeline import TimelineItem

# Where the numbers of each sort of item begin, so that they are unlike any other of their kind.
MERGES = 10**15
ATTRIBUTIONS = 2 * 10**15
EVENTS = 3 * 10**15

_KINDS: Mapping[str, LocalName] = {
    "phone": LocalName("手机号", "phone"),
    "email": LocalName("邮箱", "e-mail"),
    "card": LocalName("会员卡", "card"),
    "external": LocalName("外部编号", "external number"),
    "wechat": LocalName("微信", "WeChat"),
    "wecom": LocalName("企业微信", "WeCom"),
    "alipay": LocalName("支付宝", "Alipay"),
}
_FIELDS: Mapping[str, LocalName] = {
    "name": LocalName("姓名", "name"),
    "gender": LocalName("性别", "gender"),
    "birthday": LocalName("生日", "birthday"),
    "language": LocalName("语言", "language"),
    "address": LocalName("地址", "address"),
}
_CUSTOM = LocalName("自定义字段", "custom fields")
_BETWEEN = LocalName("、", ", ")
_TITLES: Mapping[str, LocalName] = {
    "member.profile_changed": LocalName("资料已修改", "Profile changed"),
    "member.identity_added": LocalName("新增{what}", "Added: {what}"),
    "member.identity_removed": LocalName("移除{what}", "Removed: {what}"),
    "member.identity_verified": LocalName("{what}已核实", "Verified: {what}"),
    "member.merged": LocalName("合并了会员 {number}", "Merged with {number}"),
    "member.merge_undone": LocalName("与会员 {number} 的合并已撤销", "Merge with {number} undone"),
    "member.absorbed": LocalName("被合并到会员 {number}", "Merged into {number}"),
    "member.attributed": LocalName("归属变更", "Belongs elsewhere"),
}
# The events of which the timeline tells.
TOLD = ("member.profile_changed", "member.identity_added", "member.identity_removed", "member.identity_verified")


def event_item(event_id: int, name: str, at: datetime, body: Mapping[str, Any], language: Language) -> TimelineItem:
    """The item of an event: which fields were changed, which kind of identity came or went."""
    summary = None
    title = _TITLES[name].pick(language)
    if name == "member.profile_changed":
        summary = _BETWEEN.pick(language).join(field_names(body.get("fields", ()), language)) or None
    else:
        kind = str(body.get("kind"))
        what = _KINDS[kind].pick(language) if kind in _KINDS else kind
        title = title.format(what=what)
    return _item(EVENTS + event_id, name, at, title, summary)


def field_names(fields: Sequence[str], language: Language) -> list[str]:
    """What fields of the profile are called; the shop's own ones together are one."""
    found = [_FIELDS.get(field, _CUSTOM).pick(language) for field in fields]
    return list(dict.fromkeys(found))


def merge_items(
    merge: Mapping[str, Any], member_id: int, other: str, actors: Mapping[str, str], language: Language
) -> list[TimelineItem]:
    """A merge, and its undo. Whoever was absorbed tells of it only once they are themselves again."""
    is_survivor = merge["survivor_id"] == member_id
    name = "member.merged" if is_survivor else "member.absorbed"
    number = MERGES + 4 * merge["merge_id"] + (0 if is_survivor else 2)
    title = _TITLES[name].pick(language).format(number=other)
    items = [_item(number, name, merge["merged_at"], title, _said(actors.get(merge["actor"]), merge["reason"]))]
    if merge["undone_at"] is not None:
        title = _TITLES["member.merge_undone"].pick(language).format(number=other)
        said = _said(actors.get(merge["undone_by"]), merge["undone_because"])
        items.append(_item(number + 1, "member.merge_undone", merge["undone_at"], title, said))
    return items


def attribution_item(
    change_id: int, at: datetime, moved: Sequence[tuple[str, str | None, str | None]], language: Language
) -> TimelineItem:
    """A change of store, employee or account manager; `moved`: which, from whom, to whom."""
    nobody = {"zh": "无", "en": "none"}[language]
    names = {
        "store": {"zh": "门店", "en": "Store"},
        "employee": {"zh": "导购", "en": "Employee"},
        "manager": {"zh": "客户经理", "en": "Account manager"},
    }
    colon = {"zh": "：", "en": ": "}[language]
    told = [f"{names[which][language]}{colon}{before or nobody} → {after or nobody}" for which, before, after in moved]
    title = _TITLES["member.attributed"].pick(language)
    return _item(ATTRIBUTIONS + change_id, "member.attributed", at, title, " · ".join(told) or None)


def _said(who: str | None, why: str | None) -> str | None:
    return " · ".join(part for part in (who, why) if part and part != "—") or None


def _item(number: int, name: str, at: datetime, title: str, summary: str | None) -> TimelineItem:
    return TimelineItem(id=merged_id("member", number), at=at, kind="member", type=name, title=title, summary=summary)
