"""What consent adds to the page of a member: where it stands, and what was answered."""

from collections.abc import Mapping, Sequence

from sqlalchemy import BigInteger, DateTime, Row, literal, select, tuple_

from shuke.people import members
from shuke.platform.db import Session
from shuke.platform.i18n import Language, LocalName
from shuke.platform.pages import merged_id, position_in

from . import rules
from .queries import get_consents, list_purposes
from .schemas import ConsentsOut
from .tables import consent_change

_KIND: members.TimelineKind = "consent"
_GIVEN: Mapping[str, LocalName] = {
    "given": LocalName("同意：{topic}", "Agreed: {topic}"),
    "refused": LocalName("拒绝：{topic}", "Refused: {topic}"),
    "withdrawn": LocalName("撤回同意：{topic}", "Withdrawn: {topic}"),
}
_STOPPED: Mapping[str, LocalName] = {
    "given": LocalName("恢复：{topic}", "Allowed again: {topic}"),
    "refused": LocalName("停止：{topic}", "Stopped: {topic}"),
    "withdrawn": LocalName("停止：{topic}", "Stopped: {topic}"),
}
_STOPS: Mapping[str, LocalName] = {
    rules.stop_topic("processing"): LocalName("一切处理", "all processing"),
    rules.stop_topic("marketing"): LocalName("营销", "marketing"),
    rules.stop_topic("personalisation"): LocalName("个性化", "personalisation"),
    rules.stop_topic("automated"): LocalName("自动化决定", "automated decisions"),
    rules.GONE: LocalName("会员关系", "membership"),
}
_GUARDIAN = LocalName("监护人同意", "Guardian's consent")
_CHANNELS: Mapping[str, LocalName] = {
    "sms": LocalName("短信", "SMS"),
    "email": LocalName("邮件", "e-mail"),
    "wechat": LocalName("微信", "WeChat"),
    "wecom": LocalName("企业微信", "WeCom"),
    "push": LocalName("推送", "push"),
    "phone": LocalName("电话", "phone"),
    "mail": LocalName("信件", "post"),
    "in_store": LocalName("到店", "in store"),
}
_HANDS: Mapping[str, LocalName] = {
    "member": LocalName("本人", "The member"),
    "guardian": LocalName("监护人", "The guardian"),
    "operator": LocalName("店员代办", "Staff, for the member"),
    "system": LocalName("系统", "The system"),
}


async def load_section(session: Session, member_id: int, language: Language) -> ConsentsOut:
    """What the member agreed to, refused and stopped."""
    return ConsentsOut.of(await get_consents(session, member_id), language)


async def load_timeline(
    session: Session, member_id: int, before: members.TimelinePlace | None, limit: int, language: Language
) -> Sequence[members.TimelineItem]:
    """Every answer of a member."""
    column = consent_change.c
    wanted = select(consent_change).where(column.member_id == member_id)
    stop = position_in(_KIND, before)
    if stop is not None:
        place = tuple_(literal(stop[0], DateTime(timezone=True)), literal(stop[1], BigInteger()))
        wanted = wanted.where(tuple_(column.at, column.change_no) < place)
    rows = (await session.execute(wanted.order_by(column.at.desc(), column.change_no.desc()).limit(limit))).all()
    if not rows:
        return []
    purposes = {one.code: one.name for one in await list_purposes(session)}
    return [_item(row, purposes, language) for row in rows]


def _item(row: Row[tuple[object, ...]], purposes: Mapping[str, LocalName], language: Language) -> members.TimelineItem:
    is_stop = row.topic in _STOPS
    named = _GUARDIAN if row.topic == rules.GUARDIAN else purposes.get(row.topic, LocalName(row.topic, row.topic))
    topic = _STOPS.get(row.topic, named).pick(language)
    channel = _CHANNELS.get(row.channel)
    hand = _HANDS[row.hand].pick(language)
    return members.TimelineItem(
        id=merged_id(_KIND, row.change_no),
        at=row.at,
        kind=_KIND,
        type=f"consent.{row.kind}",
        title=(_STOPPED if is_stop else _GIVEN)[row.kind].pick(language).format(topic=topic),
        summary=" · ".join([*([channel.pick(language)] if channel else []), hand]),
    )
