"""What every kind of effect is: a part of a rule with a label, drawn from its schema, and a pure function."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from shuke.platform.conditions import FactKey
from shuke.platform.i18n import LocalName
from shuke.platform.money import Rounding

from ..case import Case
from ..rounding import ratio
from ..words import ROUNDINGS, CurrencyCode, Drawn, titled

# The most that one effect can give for one subject: far above any programme, and within what a ledger can hold.
MOST = 1_000_000_000_000


@dataclass(slots=True)
class Given:
    """How much an effect gives, and the facts by which that is explained."""

    amount: int
    why: dict[str, Any] = field(default_factory=dict)


class EffectKind(Drawn):
    """One thing that a rule does. `needs`: the facts that its function asks for; `judges_lines`: whether it looks at
    single lines of an order.
    """

    LABEL: ClassVar[LocalName]
    kind: str

    @property
    def needs(self) -> frozenset[FactKey]:
        """The facts that checkout has to bring, beside those of conditions."""
        return frozenset()

    @property
    def wants_order(self) -> bool:
        """Whether it can give something for orders only."""
        return False

    @property
    def judges_lines(self) -> bool:
        """Whether the lines of an order have to come one by one."""
        return False


class ValueKind(EffectKind):
    """Gives value of a currency. `gives` is the kind's function: pure, and never below zero."""

    currency: CurrencyCode = titled("发放账户", "Currency", control="currency", default="points")

    def gives(self, case: Case) -> Given | None:
        """What the case earns; None when the kind does not apply to it."""
        raise NotImplementedError


class MultiplierKind(EffectKind):
    """Adds (factor − 1) × what the other rules gave in a currency. `percent` is the kind's function."""

    currency: CurrencyCode = titled("发放账户", "Currency", control="currency", default="points")
    rounding: Rounding = titled("取整方式", "Rounding", choices=ROUNDINGS, default="down")

    def percent(self, case: Case) -> int | None:
        """The factor in hundredths; None when the kind does not apply to the case."""
        raise NotImplementedError

    def added(self, percent: int, base: int) -> int:
        """What a factor adds to what others gave."""
        return min(ratio(base * (percent - 100), 100, self.rounding), MOST)


class OutwardKind(EffectKind):
    """Does something that other modules carry out: they contribute an `EffectHandler` for the kind."""

    @property
    def parameters(self) -> Mapping[str, Any]:
        """What the module that carries it out is told."""
        return self.model_dump(mode="json", exclude={"kind"})
