"""The timeline: items of several kinds in one order, and how members' own items read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Literal

from shuke.platform.i18n import Language
from shuke.platform.pages import merged_id

# fmt: off
TimelineKind = Literal[
    "order", "refund", "points", "adjustment", "tier", "activity", "benefit", "coupon",
    "member", "consent", "request", "note", "access",
]
# fmt: on
# The place of an item in the timeline: newest first, then by id as text, descending.
TimelinePlace = tuple[datetime, str]


@dataclass(frozen=True, kw_only=True)
class TimelineLink:
    """What an item leads to."""

    kind: Literal["order"]
    id: str


@dataclass(frozen=True, kw_only=True)
class TimelineItem:
    """One thing that happened to a member.

    `id` is made by `pages.merged_id`: unique over all kinds, and compared as text.
    Title and summary are in the caller's language already; amounts in minor units of the shop's currency.
    """

    id: str
    at: datetime
    kind: TimelineKind
    type: str
    title: str
    summary: str | None = None
    amount_minor: int | None = None
    points: int | None = None
    link: TimelineLink | None = None


_JOINED = {"zh": "成为会员", "en": "Became a member"}
_STATUS_TITLES = {
    "active": {"zh": "恢复正常", "en": "Made active again"},
    "frozen": {"zh": "会员被冻结", "en": "Frozen"},
    "cancelled": {"zh": "会员已注销", "en": "Membership cancelled"},
    "erased": {"zh": "个人信息已删除", "en": "Personal data erased"},
}


def merged(found: Iterable[Sequence[TimelineItem]], limit: int) -> list[TimelineItem]:
    """The newest items of all lists, newest first by (at, id)."""
    lists = (sorted(items, key=_place, reverse=True) for items in found)
    return list(islice(merge(*lists, key=_place, reverse=True), limit))


def status_joined(at: datetime, language: Language) -> TimelineItem:
    """The item that says when somebody became a member."""
    return TimelineItem(id=merged_id("member", 0), at=at, kind="member", type="member.joined", title=_JOINED[language])


def status_item(version: int, at: datetime, after: str, language: Language) -> TimelineItem:
    """The item of one change of status."""
    return TimelineItem(
        id=merged_id("member", version),
        at=at,
        kind="member",
        type="member.status_changed",
        title=_STATUS_TITLES[after][language],
    )


def _place(item: TimelineItem) -> TimelinePlace:
    return item.at, item.id
