"""Activities as callers see them: what each gave and by which rule, or why nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shuke.loyalty import earning, ledger
from shuke.people import members
from shuke.platform.db import Session
from shuke.platform.i18n import Language, LocalName

from .queries import ActivityView
from .schemas import (
    ActivityAmountOut,
    ActivityEffectOut,
    ActivityOut,
    ActivityPartOut,
    ActivityPointsOut,
    ActivityTierOut,
    RecordedActivityOut,
)

Text = Mapping[Language, str]

_GIVEN: Text = {"zh": "“{name}”：{amount} {unit}", "en": "{name}: {amount} {unit}"}
_CUT: Text = {
    "zh": "“{name}”：应得 {entitled}，已到上限，实得 {amount} {unit}",
    "en": "{name}: {amount} of {entitled} {unit}; a limit left no more",
}
_WHY: Mapping[str, Text] = {
    "schedule": {"zh": "“{name}”：不在规则的时间内", "en": "{name}: outside its schedule"},
    "audience": {"zh": "“{name}”：会员不在适用范围内", "en": "{name}: the member is not in its audience"},
    "branches": {"zh": "“{name}”：没有满足的条件", "en": "{name}: none of its conditions holds"},
    "group": {"zh": "“{name}”：同组的“{by}”已先生效", "en": "{name}: {by} of the same group came first"},
    "stopped": {"zh": "“{name}”：“{by}”生效后不再往下执行", "en": "{name}: {by} lets no further rule follow"},
    "nothing": {"zh": "“{name}”：这次没有可奖励的内容", "en": "{name}: nothing to reward this time"},
    "cap": {"zh": "“{name}”：该会员已达上限", "en": "{name}: the member has reached its cap"},
    "budget": {"zh": "“{name}”：规则预算已用完", "en": "{name}: its budget is used up"},
}
_NO_RULE: Text = {"zh": "没有奖励这类行为的积分规则。", "en": "No earning rule rewards this kind of activity."}


@dataclass(frozen=True)
class Names:
    """What rules and accounts are called, and who the members are by now."""

    rules: Mapping[int, Any]
    accounts: Mapping[str, LocalName]
    by_now: Mapping[int, int]


async def names_for(session: Session, parts: Sequence[ActivityView]) -> Names:
    """The names that these activities need, looked up once."""
    return Names(
        rules=await earning.rule_names(session),
        accounts={one.code: one.name for one in await ledger.currency_names(session)},
        by_now=await members.roots(session, sorted({part.member_id for part in parts})),
    )


def show(parts: Sequence[ActivityView], names: Names, language: Language) -> ActivityOut:
    """An activity with every member's part in it."""
    return ActivityOut(**_shown(parts, names, language))


def show_recorded(
    parts: Sequence[ActivityView], names: Names, language: Language, *, is_new: bool
) -> RecordedActivityOut:
    """The same, to whoever sent it."""
    return RecordedActivityOut(**_shown(parts, names, language), state="created" if is_new else "unchanged")


def _shown(parts: Sequence[ActivityView], names: Names, language: Language) -> dict[str, Any]:
    main = parts[0]
    invited = _part(parts[1], names, language) if len(parts) > 1 else None
    return {
        **dict(_part(main, names, language)),
        "id": main.activity_id,
        "source": main.source,
        "key": main.key,
        "kind": main.kind,
        "event": main.event,
        "occurred_at": main.occurred_at,
        "business_day": main.business_day,
        "received_at": main.received_at,
        "payload": dict(main.payload) if main.payload is not None else None,
        "invited": invited,
        "cancelled_at": main.cancelled_at,
        "cancel_reason": main.cancel_reason,
    }


def _part(part: ActivityView, names: Names, language: Language) -> ActivityPartOut:
    told = part.outcome
    given = [_amount(one, names, language) for one in told["given"]]
    earned = {account: sum(one.amount for one in given if one.account == account) for account in names.accounts}
    return ActivityPartOut(
        member_id=names.by_now.get(part.member_id, part.member_id),
        role=part.role,
        points=ActivityPointsOut(earned=earned.get("points", 0), balance=told["balance"], debt=told["debt"]),
        growth_earned=earned.get("growth", 0),
        tier=ActivityTierOut(code=told["tier"], rank=told["rank"]) if told["tier"] else None,
        given=given,
        effects=[_effect(one, names) for one in told["effects"]],
        nothing_because=_why_nothing(told, given, names, language),
    )


def _amount(one: Mapping[str, Any], names: Names, language: Language) -> ActivityAmountOut:
    rule = names.rules[one["rule_version_id"]]
    account = names.accounts[one["currency"]]
    text = _CUT if one["amount"] < one["entitled"] else _GIVEN
    return ActivityAmountOut(
        rule=rule.code,
        version=rule.version,
        name=rule.name,
        account=one["currency"],
        account_name=account,
        amount=one["amount"],
        entitled=one["entitled"],
        text=text[language].format(
            name=rule.name.pick(language),
            amount=one["amount"],
            entitled=one["entitled"],
            unit=account.pick(language),
        ),
    )


def _effect(one: Mapping[str, Any], names: Names) -> ActivityEffectOut:
    rule = names.rules[one["rule_version_id"]]
    return ActivityEffectOut(
        rule=rule.code, version=rule.version, name=rule.name, kind=one["kind"], parameters=one["parameters"]
    )


def _why_nothing(
    told: Mapping[str, Any], given: Sequence[ActivityAmountOut], names: Names, language: Language
) -> list[str]:
    if told["effects"] or any(one.amount for one in given):
        return []
    by_code = {rule.code: rule.name.pick(language) for rule in names.rules.values()}
    reasons = [one.text for one in given]
    for one in told["passed_over"]:
        by = by_code.get(one.get("by"), one.get("by"))
        reasons.append(_WHY[one["why"]][language].format(name=by_code.get(one["rule"], one["rule"]), by=by))
    return reasons or [_NO_RULE[language]]
