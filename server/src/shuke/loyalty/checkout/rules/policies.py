"""What the shop has decided about paying with points and about refunds. A new shop has these defaults."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Policy(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PointsPayment(_Policy):
    """Points as payment. `points` are worth `worth_minor` of money; used in steps, from a least number on, for no more
    than a share of the goods' value.
    """

    is_on: bool = False
    points: Annotated[int, Field(ge=1, le=10**9)] = 100
    worth_minor: Annotated[int, Field(ge=1, le=10**9)] = 100
    step: Annotated[int, Field(ge=1, le=10**9)] = 1
    least: Annotated[int, Field(ge=0, le=10**9)] = 0
    most_percent: Annotated[int, Field(ge=1, le=100)] = 100
    # Whether an order may cost nothing but points.
    may_pay_all: bool = True

    def worth(self, points: int) -> int:
        """What points pay, in minor units, rounded down."""
        return points * self.worth_minor // self.points


class Refunds(_Policy):
    """What a refund does beside giving back money.

    `earned`: what the order earned is judged again by its own rules (`judge_again`), shrinks with the goods' value
    (`share`), or stays (`keep`). `used_points` go back into their lots or are lost. `limits`: whether caps and budgets
    get back the room that the order had used. `before_order`: a refund whose order is not known waits or is refused.
    """

    earned: Literal["judge_again", "share", "keep"] = "judge_again"
    used_points: Literal["give_back", "keep"] = "give_back"
    limits: Literal["give_back", "keep"] = "give_back"
    before_order: Literal["wait", "refuse"] = "wait"


class Products(_Policy):
    """Products that an order names and nobody has entered: added, or the order is refused."""

    unknown: Literal["add", "refuse"] = "add"


class Policies(_Policy):
    """All policies of checkout."""

    points_payment: PointsPayment = PointsPayment()
    refunds: Refunds = Refunds()
    products: Products = Products()


DEFAULT_POLICIES = Policies()
