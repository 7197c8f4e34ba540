"""Pure decisions of consent: what counts, what merges come to, what may be asked. No database, no clock."""

import difflib
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from shuke.platform import clock
from shuke.platform.i18n import LocalName

Channel = Literal["sms", "email", "wechat", "wecom", "push", "phone", "mail", "in_store"]
CHANNELS: tuple[Channel, ...] = ("sms", "email", "wechat", "wecom", "push", "phone", "mail", "in_store")
Basis = Literal["consent", "contract", "legal_duty", "emergency", "public_interest", "published"]
Kind = Literal["given", "refused", "withdrawn"]
Hand = Literal["member", "guardian", "operator", "system"]
How = Literal["paper", "screen", "sms", "phone", "web", "import", "system"]
Stop = Literal["processing", "marketing", "personalisation", "automated"]
STOPS: tuple[Stop, ...] = ("processing", "marketing", "personalisation", "automated")

# Topics that are no purpose; a purpose's code has no dot.
_STOP = "stop."
GUARDIAN = "guardian.consent"
GONE = "stop.membership"
NO_CHANNEL = ""

REASONS = {
    "given": LocalName("会员已同意", "The member agreed"),
    "no_consent_needed": LocalName("该目的不以同意为依据", "The purpose does not stand on consent"),
    "no_member": LocalName("没有这位会员", "There is no such member"),
    "no_purpose": LocalName("没有这个处理目的，或已停用", "There is no such purpose, or it is switched off"),
    "no_channel": LocalName("该目的不使用这个渠道", "The purpose does not use this channel"),
    "gone": LocalName("会员已注销", "The member has left"),
    "restricted": LocalName("会员要求限制处理", "The member has restricted processing"),
    "minor": LocalName("未成年会员，没有监护人同意", "A minor without a guardian's consent"),
    "marketing_stopped": LocalName("会员拒收一切营销", "The member has stopped all marketing"),
    "personalisation_stopped": LocalName("会员不接受个性化", "The member does not want personalisation"),
    "automated_stopped": LocalName("会员不接受自动化决策", "The member does not want automated decisions"),
    "objected": LocalName("会员已提出反对", "The member has objected"),
    "not_asked": LocalName("会员还没有表示同意", "The member has not agreed"),
    "refused": LocalName("会员已拒绝", "The member refused"),
    "withdrawn": LocalName("会员已撤回同意", "The member has withdrawn the consent"),
    "not_yet": LocalName("会员在此之后才同意", "The member agreed only later"),
    "notice_changed": LocalName("告知书有重要变更，需重新同意", "The notice has changed in substance since"),
    "no_notice": LocalName("告知书还没有发布", "The notice has not been published"),
    "cooling": LocalName("会员不久前拒绝过，暂不再询问", "The member said no not long ago"),
    "may_ask": LocalName("可以询问", "The member may be asked"),
}

Key = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """What data is used for, and what allows it."""

    code: str
    name: LocalName
    basis: Basis
    kinds: tuple[str, ...]
    retention_days: int | None
    recipients: LocalName
    channels: tuple[Channel, ...]
    notice_code: str
    is_separate: bool
    is_marketing: bool
    is_personalised: bool
    is_automated: bool
    is_active: bool
    version: int


@dataclass(frozen=True, kw_only=True)
class State:
    """What a member said last of one topic on one channel."""

    kind: Kind
    change_no: int
    at: datetime
    notice_version: int | None = None
    is_by_guardian: bool = False


States = Mapping[Key, State]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Everything that decides about one person by now, merged members included."""

    states: States
    minor_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A member and those who were merged into it. `mark`: the survivor's last change when it happened."""

    states: States
    absorbed: Sequence[tuple[int, "Branch"]] = ()
    minor_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Whether something is allowed, and why. `notice_version` is the newest of the purpose's notice."""

    allowed: bool
    reason: str
    notice_version: int | None = None

    @property
    def words(self) -> LocalName:
        """The reason in words."""
        return REASONS[self.reason]


@dataclass(frozen=True, kw_only=True)
class Ask:
    """Whether a member may be asked for a consent; `not_before` where only time is in the way."""

    allowed: bool
    reason: str
    not_before: datetime | None = None

    @property
    def words(self) -> LocalName:
        """The reason in words."""
        return REASONS[self.reason]


@dataclass(frozen=True, kw_only=True)
class Notice:
    """The versions of a notice that count: the newest, and the oldest that consents may stand on."""

    newest: int
    needed: int


def stop_topic(stop: Stop) -> str:
    """The topic under which a stop is kept: withdrawn means that it holds, given that it was lifted."""
    return f"{_STOP}{stop}"


def is_stopped(standing: Standing, topic: str) -> bool:
    """Whether a stop holds."""
    state = standing.states.get((topic, NO_CHANNEL))
    return state is not None and state.kind != "given"


def combined(branch: Branch) -> Standing:
    """The standing of one person: of members merged the strictest counts, until the survivor says something new.

    Silence is no answer, so it does not count against an answer.
    """
    parts = [(mark, combined(child)) for mark, child in branch.absorbed]
    keys = {*branch.states, *(key for _, part in parts for key in part.states)}
    states: dict[Key, State] = {}
    for key in keys:
        own = branch.states.get(key)
        known = [own] if own is not None else []
        known += [
            part.states[key] for mark, part in parts if key in part.states and (own is None or own.change_no <= mark)
        ]
        states[key] = max(known, key=_strictness)
    minors = [until for until in (branch.minor_until, *(part.minor_until for _, part in parts)) if until is not None]
    return Standing(states=states, minor_until=max(minors, default=None))


def _strictness(state: State) -> tuple[int, int, bool, datetime]:
    rank = {"given": 0, "refused": 1, "withdrawn": 2}[state.kind]
    return rank, -(state.notice_version or 0), not state.is_by_guardian, state.at


def is_minor(standing: Standing, today: date) -> bool:
    """Whether the member is a minor on a day of the shop."""
    return standing.minor_until is not None and today < standing.minor_until


def minor_until(birthday: str | None, age: int) -> date | None:
    """The day on which somebody stops being a minor; None where no birth year is known."""
    if birthday is None or birthday.startswith("--"):
        return None
    return clock.add_months(date.fromisoformat(birthday), 12 * age)


def decide(
    purpose: Purpose | None, channel: str, standing: Standing, notice: Notice | None, *, at: datetime, today: date
) -> Decision:
    """Whether data may be used for a purpose on a channel. Whatever is not clearly allowed is not allowed."""
    reason = _in_general(purpose, channel, standing, at=at, today=today)
    if reason is None and purpose is not None:
        state = standing.states.get((purpose.code, channel))
        if purpose.basis == "consent":
            reason = _of_consent(state, notice, at=at, is_minor=is_minor(standing, today))
        else:
            reason = "objected" if state is not None and state.kind != "given" else "no_consent_needed"
    reason = reason or "no_purpose"
    newest = notice.newest if notice is not None else None
    return Decision(allowed=reason in _ALLOWING, reason=reason, notice_version=newest)


_ALLOWING = {"given", "no_consent_needed"}


def _in_general(purpose: Purpose | None, channel: str, standing: Standing, *, at: datetime, today: date) -> str | None:
    """What stands against it whatever the member said of this purpose."""
    if purpose is None or not purpose.is_active:
        return "no_purpose"
    if channel not in purpose.channels:
        return "no_channel"
    stopped = _stopped(purpose, standing)
    if stopped is not None:
        return stopped
    guardian = standing.states.get((GUARDIAN, NO_CHANNEL))
    is_guarded = guardian is not None and guardian.kind == "given" and guardian.is_by_guardian and guardian.at <= at
    return "minor" if is_minor(standing, today) and not is_guarded else None


def _of_consent(state: State | None, notice: Notice | None, *, at: datetime, is_minor: bool) -> str:
    if state is None:
        return "not_asked"
    if state.kind != "given":
        return state.kind
    if is_minor and not state.is_by_guardian:
        return "minor"
    if state.at > at:
        return "not_yet"
    if notice is None:
        return "no_notice"
    is_newest = state.notice_version is not None and state.notice_version >= notice.needed
    return "given" if is_newest else "notice_changed"


def _stopped(purpose: Purpose, standing: Standing) -> str | None:
    stops = [
        (stop_topic("processing"), "restricted", True),
        (GONE, "gone", True),
        (stop_topic("marketing"), "marketing_stopped", purpose.is_marketing),
        (stop_topic("personalisation"), "personalisation_stopped", purpose.is_personalised),
        (stop_topic("automated"), "automated_stopped", purpose.is_automated),
    ]
    return next((reason for topic, reason, counts in stops if counts and is_stopped(standing, topic)), None)


def may_ask(
    decision: Decision, purpose: Purpose | None, channel: str, standing: Standing, *, at: datetime, cooldown_days: int
) -> Ask:
    """Whether a member may be asked: not who agreed already, who is stopped, or who said no a short time ago."""
    if decision.reason in {"not_asked", "notice_changed"} or (decision.reason == "minor" and purpose is not None):
        return Ask(allowed=True, reason="may_ask")
    if decision.reason not in {"refused", "withdrawn"} or purpose is None:
        return Ask(allowed=False, reason=decision.reason)
    not_before = standing.states[purpose.code, channel].at + timedelta(days=cooldown_days)
    if at < not_before:
        return Ask(allowed=False, reason="cooling", not_before=not_before)
    return Ask(allowed=True, reason="may_ask")


def notice_hash(
    *, code: str, version: int, text_zh: str, text_en: str, purposes: Sequence[Mapping[str, object]]
) -> bytes:
    """SHA-256 over everything that a person sees of a notice."""
    content = [code, version, text_zh, text_en, list(purposes)]
    return hashlib.sha256(
        json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).digest()


@dataclass(frozen=True)
class DiffLine:
    """A line of a comparison: in both, only in the older, or only in the newer text."""

    kind: Literal["same", "removed", "added"]
    text: str


def compare(older: str, newer: str) -> list[DiffLine]:
    """Two texts, line by line."""
    before, after = older.splitlines(), newer.splitlines()
    lines: list[DiffLine] = []
    for kind, old_from, old_to, new_from, new_to in difflib.SequenceMatcher(None, before, after, False).get_opcodes():
        if kind == "equal":
            lines += [DiffLine("same", line) for line in before[old_from:old_to]]
            continue
        lines += [DiffLine("removed", line) for line in before[old_from:old_to]]
        lines += [DiffLine("added", line) for line in after[new_from:new_to]]
    return lines


_KINDS = {
    "name": LocalName("姓名", "name"),
    "phone": LocalName("手机号", "phone number"),
    "email": LocalName("邮箱", "e-mail address"),
    "wechat": LocalName("微信", "WeChat"),
    "birthday": LocalName("生日", "birthday"),
    "address": LocalName("地址", "address"),
    "orders": LocalName("订单", "orders"),
    "points": LocalName("积分与等级", "points and tier"),
    "profile": LocalName("会员资料", "profile"),
    "location": LocalName("位置", "location"),
}
KINDS = tuple(_KINDS)
_BASES: dict[Basis, LocalName] = {
    "consent": LocalName("您的同意", "your consent"),
    "contract": LocalName("履行会员协议", "the membership agreement"),
    "legal_duty": LocalName("履行法定义务", "a legal duty"),
    "emergency": LocalName("紧急情况下保护生命财产", "protection of life in an emergency"),
    "public_interest": LocalName("公共利益", "the public interest"),
    "published": LocalName("您自行公开的信息", "what you have published yourself"),
}


def list_form(purposes: Sequence[Purpose]) -> LocalName:
    """What a notice says about its purposes, one line for each: for what, which data, why it may, how long, to whom."""
    zh, en = [], []
    for one in purposes:
        days = one.retention_days
        kept_zh = f"保存 {days} 天" if days else "会员期间保存"
        kept_en = f"kept for {days} days" if days else "kept while you are a member"
        kinds_zh = "、".join(_KINDS[kind].zh if kind in _KINDS else kind for kind in one.kinds)
        kinds_en = ", ".join(_KINDS[kind].en if kind in _KINDS else kind for kind in one.kinds)
        basis = _BASES[one.basis]
        zh.append(f"- {one.name.zh}：{kinds_zh}；依据：{basis.zh}；{kept_zh}；提供给：{one.recipients.zh or '无'}。")
        en.append(
            f"- {one.name.en}: {kinds_en}; because of {basis.en}; {kept_en}; passed on to: "
            f"{one.recipients.en or 'nobody'}."
        )
    return LocalName("\n".join(zh), "\n".join(en))
