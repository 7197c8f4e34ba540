"""Paying with points: how many may be used, what they are worth, and which lines they pay."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from shuke.platform.money import share_left

from ..errors import CouponsExceedGoods, PointsNotInSteps, PointsNotTaken, TooFewPoints, TooManyPoints
from .model import Line
from .policies import PointsPayment


def most_points(policy: PointsPayment, goods_minor: int) -> int:
    """How many points may pay goods of a value, whoever pays. 0 where points are not taken, or not for so little."""
    if not policy.is_on or goods_minor <= 0:
        return 0
    limit_minor = goods_minor * policy.most_percent // 100
    if not policy.may_pay_all:
        limit_minor = min(limit_minor, goods_minor - 1)
    # A point pays its worth rounded down, so some points more may still pay no more.
    points = ((limit_minor + 1) * policy.points - 1) // policy.worth_minor
    points -= points % policy.step
    return points if points >= max(policy.least, 1) else 0


def worth(policy: PointsPayment, goods_minor: int, points: int) -> int:
    """What points that a member chose pay of goods of a value, in minor units.

    Raises PointsNotTaken, PointsNotInSteps, TooFewPoints and TooManyPoints.
    """
    if points == 0:
        return 0
    if not policy.is_on:
        raise PointsNotTaken
    if points % policy.step:
        raise PointsNotInSteps(step=policy.step, points=points)
    if points < policy.least:
        raise TooFewPoints(least=policy.least, points=points)
    most = most_points(policy, goods_minor)
    if points > most:
        raise TooManyPoints(most=most, points=points)
    return policy.worth(points)


def spread(
    lines: Sequence[Line], points_minor: int, coupon_minor: int, shares: Mapping[int, int] | None = None
) -> tuple[Line, ...]:
    """Lines with their shares of what coupons and points paid; shares add up exactly, and no line is below zero.

    `shares`: what the shop's own coupons take off each line, by line number. `coupon_minor`, what other coupons paid,
    is spread over what is then left of the goods, and points over what is left after that. Raises CouponsExceedGoods.
    """
    shares = shares or {}
    goods = [line for line in lines if line.is_goods and line.amount_minor > 0]
    left = {line.line_no: line.amount_minor - shares.get(line.line_no, 0) for line in goods}
    total = sum(left.values())
    if points_minor + coupon_minor > total:
        raise CouponsExceedGoods(goods=total, paid=points_minor + coupon_minor)
    if not points_minor and not coupon_minor and not shares:
        return tuple(lines)
    coupons = _over(coupon_minor, left)
    points = _over(points_minor, {line_no: value - coupons[line_no] for line_no, value in left.items()})
    return tuple(
        replace(
            line,
            points_minor=points.get(line.line_no, 0),
            coupon_minor=shares.get(line.line_no, 0) + coupons.get(line.line_no, 0),
        )
        for line in lines
    )


def _over(amount: int, values: Mapping[int, int]) -> dict[int, int]:
    """An amount spread over values, by key."""
    total = Decimal(sum(values.values()))
    spread_out: dict[int, int] = {}
    behind = 0
    for key, value in values.items():
        before = share_left(amount, Decimal(behind), total) if behind else 0
        behind += value
        spread_out[key] = (share_left(amount, Decimal(behind), total) if behind else 0) - before
    return spread_out
