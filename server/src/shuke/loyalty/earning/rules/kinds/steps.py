"""Spend and get: points for reaching an amount, or for each time it is reached."""

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from shuke.platform.i18n import LocalName

from ..case import Case
from ..words import AmountMinor, Drawn, Points, refusal, titled
from .base import MOST, Given, ValueKind


class Step(Drawn):
    """From an amount on, this many points."""

    from_minor: AmountMinor = titled("满", "From", control="money")
    points: Points = titled("得积分", "Points")


class Steps(ValueKind):
    """The highest step that the value reaches counts, and no other. With `repeats`, the only step counts as often as
    it is reached.
    """

    LABEL: ClassVar = LocalName("满额送：满一定金额送积分", "Spend and get: points from an amount on")
    kind: Literal["steps"] = "steps"
    steps: tuple[Step, ...] = titled("档位", "Steps", min_length=1, max_length=20)
    repeats: bool = titled("每满都送（只设一档）", "Again for each time it is reached (one step only)", default=False)

    @model_validator(mode="after")
    def _ascends(self) -> Self:
        if self.repeats and len(self.steps) > 1:
            raise refusal("每满都送时只能设一档。", "A step that repeats is the only one: leave out the others.")
        for lower, higher in zip(self.steps, self.steps[1:], strict=False):
            if lower.from_minor >= higher.from_minor or lower.points >= higher.points:
                raise refusal(
                    "档位必须递增：后一档的门槛和积分都要更高。",
                    "Steps ascend: each asks for more than the one before, and gives more.",
                )
        return self

    @property
    def wants_order(self) -> bool:
        """Only orders have an amount."""
        return True

    def gives(self, case: Case) -> Given:
        """Points of the highest step reached."""
        eligible_minor = case.eligible_minor()
        reached = [step for step in self.steps if step.from_minor <= eligible_minor]
        if not reached:
            return Given(0, {"next_minor": self.steps[0].from_minor})
        step = reached[-1]
        times = eligible_minor // step.from_minor if self.repeats else 1
        return Given(
            min(step.points * times, MOST), {"step_minor": step.from_minor, "step_points": step.points, "times": times}
        )
