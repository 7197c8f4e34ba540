"""What a definition says, one thing after the other. Two definitions that say the same have the same parts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..rules.definition import ACTIVITIES, Branch, Definition, Schedule
from ..rules.words import ROUNDINGS, WEEKDAYS
from .context import Words
from .effects import effect_clause

_PERIODS = {
    "day": ("每天", "each day"),
    "week": ("每周", "each week"),
    "month": ("每月", "each month"),
    "year": ("每年", "each year"),
    "lifetime": ("总共", "in all"),
}
_MODES = {
    "truncate": ("超出部分不发", "what is beyond is cut off"),
    "reject": ("放不下就整笔不发", "what does not fit is not given at all"),
}


@dataclass(frozen=True)
class Part:
    """One thing that a rule says. `key` names it across versions."""

    key: str
    title: str
    text: str


def tell(definition: Definition, words: Words) -> list[Part]:
    """Everything that a definition says."""
    return [*_head(definition, words), *_branches(definition, words), *_together(definition, words)]


def summary(definition: Definition, words: Words) -> str:
    """The one sentence by which a list shows a rule."""
    clauses = [_effects(branch, words) for branch in definition.branches]
    shown = words.pick("；", "; ").join(clauses[:2])
    if len(clauses) > 2:
        shown += words.pick(f"；另有 {len(clauses) - 2} 个分支", f"; and {len(clauses) - 2} more cases")
    if definition.activity == "order_paid":
        return shown[:1].upper() + shown[1:]
    return words.pick(f"{_activity(definition, words)}：{shown}", f"{_activity(definition, words)}: {shown}")


def _activity(definition: Definition, words: Words) -> str:
    named = words.pick(*ACTIVITIES[definition.activity])
    return named if definition.event is None else f"{named} {definition.event}"


def _head(definition: Definition, words: Words) -> Iterator[Part]:
    yield Part("activity", words.pick("行为", "Activity"), _activity(definition, words))
    yield Part("schedule", words.pick("时间", "When"), _schedule(definition.schedule, words))
    everybody = words.pick("全部会员", "all members")
    audience = words.condition(definition.audience) if definition.audience else everybody
    yield Part("audience", words.pick("适用会员", "For"), audience)


def _schedule(schedule: Schedule, words: Words) -> str:
    told = []
    if schedule.from_day:
        told.append(words.pick(f"{schedule.from_day} 起", f"from {schedule.from_day}"))
    if schedule.until_day:
        told.append(
            words.pick(f"到 {schedule.until_day} 止（含当天）", f"until {schedule.until_day}, that day included")
        )
    if schedule.weekdays:
        told.append(words.join([words.pick(*WEEKDAYS[day]) for day in schedule.weekdays]))
    if schedule.hours:
        told.append(words.join([f"{hour}:00–{hour}:59" for hour in schedule.hours]))
    return words.pick("，", ", ").join(told) or words.pick("一直有效", "always")


def _branches(definition: Definition, words: Words) -> Iterator[Part]:
    for number, branch in enumerate(definition.branches, 1):
        what = _effects(branch, words, in_full=True)
        if branch.when:
            when = words.condition(branch.when)
            what = words.pick(f"当{when}：{what}", f"When {when}: {what}")
        elif number > 1:
            what = words.pick(f"其余情况：{what}", f"Otherwise: {what}")
        single = len(definition.branches) == 1
        title = words.pick("发放", "Gives") if single else words.pick(f"分支 {number}", f"Case {number}")
        yield Part(f"branch.{number}", title, what)


def _effects(branch: Branch, words: Words, *, in_full: bool = False) -> str:
    return words.join(
        [effect_clause(effect, words) + (_rounded(effect, words) if in_full else "") for effect in branch.effects]
    )


def _rounded(effect: Any, words: Words) -> str:
    rounding = getattr(effect, "rounding", None)
    if rounding is None:
        return ""
    zh, en = ROUNDINGS[rounding]
    return words.pick(f"（{zh}）", f" (rounded: {en.lower()})")


def _together(definition: Definition, words: Words) -> Iterator[Part]:
    caps = [_limit(one, words, words.pick("每位会员", "each member")) for one in definition.caps]
    none = words.pick("不限", "none")
    yield Part("caps", words.pick("会员上限", "Caps"), words.pick("；", "; ").join(caps) or none)
    budgets = [_limit(one, words, words.pick("全部会员合计", "all members together")) for one in definition.budgets]
    yield Part("budgets", words.pick("规则预算", "Budgets"), words.pick("；", "; ").join(budgets) or none)
    group = definition.group or words.pick("无", "none")
    yield Part("group", words.pick("互斥组", "Exclusive group"), group)
    yield Part("priority", words.pick("优先级", "Priority"), str(definition.priority))
    stops = words.pick("是", "yes") if definition.stop else words.pick("否", "no")
    yield Part("stop", words.pick("发放后停止后续规则", "Stops the rules after it"), stops)
    counted = [
        words.pick(zh, en)
        for does, zh, en in (
            (definition.earns_on_points, "积分抵扣部分", "what points paid"),
            (definition.earns_on_coupons, "优惠券抵扣部分", "what coupons paid"),
        )
        if does
    ]
    yield Part(
        "earns_on",
        words.pick("抵扣部分也计", "Also earns on"),
        words.join(counted) if counted else words.pick("无", "nothing"),
    )


def _limit(one: Any, words: Words, whose: str) -> str:
    period, mode = words.pick(*_PERIODS[one.period]), words.pick(*_MODES[one.mode])
    if one.counts == "times":
        return words.pick(f"{whose}{period} {one.limit:,} 次", f"{whose} {one.limit:,} times {period}")
    return words.pick(f"{whose}{period} {one.limit:,} 分，{mode}", f"{whose} {one.limit:,} {period}, {mode}")
