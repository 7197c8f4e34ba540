"""阶梯满减: the more, the more comes off (满 100 减 10, 满 200 减 30)."""

from typing import Annotated, Literal

from pydantic import Field

from ..words import Asked, Words
from .base import Kind, Minor, Part, Reached


class Step(Part):
    """From so much on, so much off."""

    from_minor: Minor
    off_minor: Minor


class Steps(Kind):
    """The highest step that is reached counts. Steps rise, and so does what comes off."""

    kind: Literal["steps"] = "steps"
    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=20)]

    def most(self, reached: Reached) -> int | None:
        """What the step that is reached takes off."""
        return next((step.off_minor for step in reversed(self.steps) if step.from_minor <= reached.amount), 0)

    def told(self, words: Words, asked: Asked | None) -> str:
        """满 100 减 10，满 200 减 30."""
        steps = [(words.amount(step.from_minor), words.amount(step.off_minor)) for step in self.steps]
        told = [words.pick(f"满 {least} 减 {off}", f"{off} off {least} or more") for least, off in steps]
        return words.join([*told, words.bought(asked)])
