"""What activities add to the page of a member: items of the timeline."""

from collections.abc import Mapping, Sequence

from shuke.people import members
from shuke.platform.db import Session
from shuke.platform.i18n import Language
from shuke.platform.pages import merged_id, position_in

from .model import ActivityKind
from .queries import ActivityView, list_before

_KIND: members.TimelineKind = "activity"
Text = Mapping[Language, str]

_TITLES: Mapping[ActivityKind, Text] = {
    "sign_up": {"zh": "注册入会", "en": "Signed up"},
    "profile_completed": {"zh": "完善资料", "en": "Completed the profile"},
    "birthday": {"zh": "生日", "en": "Birthday"},
    "check_in": {"zh": "签到", "en": "Checked in"},
    "review": {"zh": "发表评价", "en": "Wrote a review"},
    "share": {"zh": "分享", "en": "Shared"},
    "referral": {"zh": "推荐好友", "en": "Referral"},
    "survey": {"zh": "填写问卷", "en": "Answered a survey"},
    "custom": {"zh": "自定义行为：{event}", "en": "Custom activity: {event}"},
}
_INVITED: Text = {"zh": "受好友推荐", "en": "Came by a referral"}
_CANCELLED: Text = {"zh": "{title}（已撤销）", "en": "{title} (cancelled)"}
_FROM: Text = {"zh": "来源：{source}", "en": "From {source}"}
_BECAUSE: Text = {"zh": "撤销原因：{reason}", "en": "Cancelled because: {reason}"}


async def load_timeline(
    session: Session, member_id: int, before: members.TimelinePlace | None, limit: int, language: Language
) -> Sequence[members.TimelineItem]:
    """What a member did other than buying, for the timeline."""
    found = await list_before(session, member_id, position_in(_KIND, before), limit)
    return [_item(one, language) for one in found]


def _item(one: ActivityView, language: Language) -> members.TimelineItem:
    title = _INVITED if one.role == "invited" else _TITLES[one.kind]
    said = title[language].format(event=one.event)
    if one.cancelled_at is not None:
        said = _CANCELLED[language].format(title=said)
    summary = _FROM[language].format(source=one.source)
    if one.cancel_reason:
        summary = _BECAUSE[language].format(reason=one.cancel_reason)
    return members.TimelineItem(
        id=merged_id(_KIND, one.activity_id),
        at=one.occurred_at,
        kind=_KIND,
        type=f"activity.{one.kind}",
        title=said,
        summary=summary,
    )
