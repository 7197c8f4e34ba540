"""What benefits add to the page of a member: figures, and items of the timeline."""

from collections.abc import Sequence

from shuke.people import members
from shuke.platform.db import Session
from shuke.platform.i18n import Language
from shuke.platform.pages import merged_id, position_in

from .queries import Happened, get_benefits, list_happened
from .rules.benefit import Benefit
from .schemas import BenefitSectionOut
from .views import show_section

_KIND: members.TimelineKind = "benefit"
_TITLES = {
    "granted": {"zh": "得到权益“{name}”", "en": "Granted: {name}"},
    "used": {"zh": "使用权益“{name}”", "en": "Used: {name}"},
    "expired": {"zh": "权益“{name}”已过期", "en": "Expired: {name}"},
    "revoked": {"zh": "权益“{name}”已收回", "en": "Revoked: {name}"},
}
_BECAUSE = {
    "level_lost": {"zh": "等级下降", "en": "The level was lost"},
    "merged": {"zh": "会员合并后同一场合只保留一份", "en": "After a merge, one of two for the same occasion stays"},
    "erased": {"zh": "个人信息已删除", "en": "Personal data were erased"},
}
_ORDER = {"zh": "订单 {order}", "en": "Order {order}"}


async def load_section(session: Session, member_id: int, language: Language) -> BenefitSectionOut:
    """What a member has, in figures."""
    del language
    return await show_section(session, member_id)


async def load_timeline(
    session: Session, member_id: int, before: members.TimelinePlace | None, limit: int, language: Language
) -> Sequence[members.TimelineItem]:
    """What happened to a member's entitlements."""
    everybody = await members.aliases(session, member_id)
    found = await list_happened(session, everybody, before=position_in(_KIND, before), limit=limit)
    benefits = await get_benefits(session, [one.benefit_id for one in found])
    return [_item(one, benefits[one.benefit_id], language) for one in found]


def _item(one: Happened, benefit: Benefit, language: Language) -> members.TimelineItem:
    return members.TimelineItem(
        id=merged_id(_KIND, one.number),
        at=one.at,
        kind=_KIND,
        type=f"benefit.{one.what}",
        title=_TITLES[one.what][language].format(name=benefit.name.pick(language)),
        summary=_summary(one, language),
    )


def _summary(one: Happened, language: Language) -> str | None:
    if one.because is None:
        return None
    if one.what == "used":
        return _ORDER[language].format(order=one.because)
    return _BECAUSE[one.because][language] if one.because in _BECAUSE else one.because
