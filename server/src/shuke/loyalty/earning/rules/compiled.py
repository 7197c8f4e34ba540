"""A definition made ready to be asked thousands of times a second: conditions read, names sorted, limits laid out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from shuke.platform.clock import Period
from shuke.platform.conditions import Condition, FactKey, Scope

from .case import NUMBER_OF_ITEMS, View
from .definition import Branch as BranchOf
from .definition import Counts, Definition, Mode, Schedule
from .kinds import MultiplierKind, OutwardKind, PerAmount, ValueKind
from .subject import Activity

_OUTWARD = "effect:"
# Reads the tree of a condition, as `platform/conditions` does with the facts that there are.
Reader = Callable[[Mapping[str, Any], Scope], Condition]


@dataclass(frozen=True, slots=True)
class Limit:
    """A cap of each member, or a budget of all."""

    of: Literal["cap", "budget"]
    counts: Counts
    period: Period
    limit: int
    mode: Mode


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch with its condition read and its effects by what they are; those that give value, by currency."""

    when: Condition | None
    matches_lines: bool
    values: tuple[tuple[str, tuple[ValueKind, ...]], ...]
    multipliers: tuple[MultiplierKind, ...]
    outward: tuple[OutwardKind, ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """When a rule holds."""

    first: date
    last: date
    weekdays: frozenset[int]
    hours: frozenset[int]

    def hold(self, view: View) -> bool:
        """Whether the subject falls into them."""
        day = view.subject.day
        if not self.first <= day <= self.last or (self.weekdays and day.isoweekday() not in self.weekdays):
            return False
        return not self.hours or view.hour in self.hours


@dataclass(frozen=True, slots=True)
class Compiled:
    """A definition ready to be asked. `plain`: the one effect of a rule that pays for each amount and says no more."""

    activity: Activity
    event: str | None
    schedule: Hours | None
    audience: Condition | None
    branches: tuple[Branch, ...]
    group: str | None
    priority: int
    stops: bool
    on_points: bool
    on_coupons: bool
    limits: tuple[Limit, ...]
    # What the limits count: currencies, and effects beside value.
    counted: tuple[str, ...]
    currencies: tuple[str, ...]
    needs: frozenset[FactKey]
    judges_lines: bool
    plain: PerAmount | None

    @property
    def gives_effects(self) -> bool:
        """Whether it gives something beside value."""
        return any(is_outward(name) for name in self.counted)


def compile_definition(definition: Definition, read: Reader) -> Compiled:
    """Make a definition ready. Raises what `read` raises."""
    branches = tuple(_branch(branch, read) for branch in definition.branches)
    audience = read(definition.audience, "earning") if definition.audience else None
    effects = [effect for branch in definition.branches for effect in branch.effects]
    asked = _asked(audience, branches)
    valued = {effect.currency for effect in effects if isinstance(effect, ValueKind | MultiplierKind)}
    outward = {outward_name(effect.kind) for effect in effects if isinstance(effect, OutwardKind)}
    return Compiled(
        activity=definition.activity,
        event=definition.event,
        schedule=_hours(definition.schedule),
        audience=audience,
        branches=branches,
        group=definition.group,
        priority=definition.priority,
        stops=definition.stop,
        on_points=definition.earns_on_points,
        on_coupons=definition.earns_on_coupons,
        limits=_limits(definition),
        counted=(*sorted(valued), *sorted(outward)),
        currencies=tuple(sorted(valued)),
        needs=frozenset(key for key in asked if not _is_of_subject(key)).union(*(effect.needs for effect in effects)),
        judges_lines=any(map(_is_of_lines, asked)) or any(effect.judges_lines for effect in effects),
        plain=_plain(definition),
    )


def outward_name(kind: str) -> str:
    """Under which name limits count an effect beside value; no currency is called so."""
    return f"{_OUTWARD}{kind}"


def is_outward(counted: str) -> bool:
    """Whether a name of `counted` is an effect beside value."""
    return counted.startswith(_OUTWARD)


def _branch(branch: BranchOf, read: Reader) -> Branch:
    when = read(branch.when, "lines") if branch.when else None
    values: dict[str, list[ValueKind]] = {}
    for effect in branch.effects:
        if isinstance(effect, ValueKind):
            values.setdefault(effect.currency, []).append(effect)
    return Branch(
        when=when,
        matches_lines=when is not None and any(name.startswith("line.") for name, _ in when.needs),
        values=tuple((currency, tuple(effects)) for currency, effects in values.items()),
        multipliers=tuple(effect for effect in branch.effects if isinstance(effect, MultiplierKind)),
        outward=tuple(effect for effect in branch.effects if isinstance(effect, OutwardKind)),
    )


def _asked(audience: Condition | None, branches: tuple[Branch, ...]) -> frozenset[FactKey]:
    conditions = [audience, *(branch.when for branch in branches)]
    return frozenset(key for condition in conditions if condition for key in condition.needs)


def _is_of_subject(key: FactKey) -> bool:
    return key[0].startswith(("line.", "time.")) or key[0] in {"order.amount", "order.number_of_items"}


def _is_of_lines(key: FactKey) -> bool:
    """Whether a fact can only be told where the lines come one by one."""
    return key[0].startswith("line.") or key == NUMBER_OF_ITEMS


def _hours(schedule: Schedule) -> Hours | None:
    if schedule == Schedule():
        return None
    return Hours(
        first=schedule.from_day or date.min,
        last=schedule.until_day or date.max,
        weekdays=frozenset(schedule.weekdays),
        hours=frozenset(schedule.hours),
    )


def _limits(definition: Definition) -> tuple[Limit, ...]:
    """Those that truncate first: what rejects then judges what is left."""
    caps = [Limit("cap", cap.counts, cap.period, cap.limit, cap.mode) for cap in definition.caps]
    budgets = [Limit("budget", one.counts, one.period, one.limit, one.mode) for one in definition.budgets]
    return tuple(sorted([*caps, *budgets], key=lambda limit: limit.mode == "reject"))


def _plain(definition: Definition) -> PerAmount | None:
    (effect, *others) = definition.branches[0].effects
    plain = Definition(activity="order_paid", branches=definition.branches, priority=definition.priority)
    if not others and isinstance(effect, PerAmount) and definition == plain:
        return effect if len(definition.branches) == 1 and definition.branches[0].when is None else None
    return None
