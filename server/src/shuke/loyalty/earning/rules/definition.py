"""What a rule says, as it is stored, exported and drawn: strict, and never changed once published."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from shuke.platform.clock import Period

from .kinds import AnyEffect, MultiplierKind, ValueKind
from .subject import Activity
from .words import WEEKDAYS, Code, Drawn, refusal, titled

ACTIVITIES = {
    "order_paid": ("下单支付", "Order paid"),
    "sign_up": ("注册入会", "Sign-up"),
    "profile_completed": ("完善资料", "Profile completed"),
    "birthday": ("生日", "Birthday"),
    "check_in": ("签到", "Check-in"),
    "review": ("评价", "Review"),
    "share": ("分享", "Share"),
    "referral": ("推荐好友", "Referral"),
    "survey": ("问卷", "Survey"),
    "custom": ("自定义事件", "Custom event"),
}
_COUNTS = {"amount": ("数量", "Amount"), "times": ("次数", "Times")}
_PERIODS = {
    "day": ("每天", "Each day"),
    "week": ("每周", "Each week"),
    "month": ("每月", "Each month"),
    "year": ("每年", "Each year"),
    "lifetime": ("永久", "For ever"),
}
_MODES = {
    "truncate": ("发放剩余额度", "Give what is left"),
    "reject": ("超出则整笔不发", "Give all or nothing"),
}

Counts = Literal["amount", "times"]
Mode = Literal["truncate", "reject"]
Tree = dict[str, Any]
Limit = Annotated[int, Field(ge=1, le=1_000_000_000_000)]


class Schedule(Drawn):
    """When a rule holds, in days and hours of the shop's zone; what is left out does not narrow it."""

    from_day: date | None = titled("开始日期（含）", "From (included)", default=None, alias="from")
    until_day: date | None = titled("结束日期（含）", "Until (included)", default=None, alias="until")
    weekdays: tuple[Annotated[int, Field(ge=1, le=7)], ...] = titled(
        "星期", "Weekdays", choices=WEEKDAYS, default=(), max_length=7
    )
    hours: tuple[Annotated[int, Field(ge=0, le=23)], ...] = titled("小时", "Hours", default=(), max_length=24)

    @model_validator(mode="after")
    def _can_hold(self) -> Self:
        if self.from_day and self.until_day and self.until_day < self.from_day:
            raise refusal("结束日期不能早于开始日期。", "The last day cannot lie before the first.")
        return self


class Branch(Drawn):
    """What a rule does under a condition. A condition about lines (`line.…`) matches the lines for which it holds, and
    only these earn.
    """

    when: Tree | None = titled("条件", "When", control="condition", default=None)
    effects: tuple[AnyEffect, ...] = titled("效果", "Effects", min_length=1, max_length=10)

    @model_validator(mode="after")
    def _does_not_multiply_itself(self) -> Self:
        given = {effect.currency for effect in self.effects if isinstance(effect, ValueKind)}
        multiplied = [effect.currency for effect in self.effects if isinstance(effect, MultiplierKind)]
        if given.intersection(multiplied):
            raise refusal(
                "倍数只放大其他规则所给的积分，请单独设一条规则。",
                "A multiplier raises what other rules give: put it into a rule of its own.",
            )
        if len(multiplied) != len(set(multiplied)):
            raise refusal("每种账户只能有一个倍数。", "Give one multiplier for each currency.")
        return self


class Cap(Drawn):
    """How much one member can get from the rule in a period, in each currency."""

    per: Literal["member"] = titled("对象", "Per", choices={"member": ("每位会员", "Each member")}, default="member")
    counts: Counts = titled("计算", "Counts", choices=_COUNTS)
    period: Period = titled("周期", "Period", choices=_PERIODS)
    limit: Limit = titled("上限", "Limit")
    mode: Mode = titled("超出时", "Beyond it", choices=_MODES, default="truncate")


class Budget(Drawn):
    """How much the rule can give to all members together in a period, in each currency."""

    counts: Counts = titled("计算", "Counts", choices=_COUNTS, default="amount")
    period: Period = titled("周期", "Period", choices=_PERIODS)
    limit: Limit = titled("预算", "Budget")
    mode: Mode = titled("超出时", "Beyond it", choices=_MODES, default="truncate")


class Definition(Drawn):
    """One version of an earning rule."""

    activity: Activity = titled("行为", "Activity", choices=ACTIVITIES, default="order_paid")
    event: Code | None = titled("自定义事件名", "Name of the custom event", default=None)
    schedule: Schedule = titled("时间", "Schedule", default=Schedule())
    audience: Tree | None = titled("适用会员", "Audience", control="condition", default=None)
    branches: tuple[Branch, ...] = titled(
        "分支（取第一个满足的）", "Branches (the first that matches)", min_length=1, max_length=20
    )
    group: Code | None = titled("互斥组", "Exclusive group", default=None)
    priority: Annotated[int, Field(ge=-1_000, le=1_000)] = titled(
        "优先级（大者先）", "Priority (the highest is asked first)", default=0
    )
    stop: bool = titled("命中后不再执行后面的规则", "Ask no further rules after this one has given", default=False)
    caps: tuple[Cap, ...] = titled("会员上限", "Caps for each member", default=(), max_length=10)
    budgets: tuple[Budget, ...] = titled("规则预算", "Budgets of the rule", default=(), max_length=10)
    earns_on_points: bool = titled("积分抵扣部分也计积分", "Earn on what points paid, too", default=False)
    earns_on_coupons: bool = titled("优惠券抵扣部分也计积分", "Earn on what coupons paid, too", default=False)

    @model_validator(mode="after")
    def _names_its_event(self) -> Self:
        if (self.activity == "custom") != (self.event is not None):
            raise refusal(
                "自定义事件必须填写事件名，其他行为不填。", "Name the event of a custom activity, and of no other."
            )
        return self
