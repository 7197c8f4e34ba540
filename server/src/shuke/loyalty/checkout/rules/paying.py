"""Paying with points: how many may be used, what they are worth, and which lines they pay."""

from collections.abc import Sequence
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


def spread(lines: Sequence[Line], points_minor: int, coupon_minor: int) -> tuple[Line, ...]:
    """Lines with their shares of what points and coupons paid, by the value of the goods; shares add up exactly.

    Raises CouponsExceedGoods.
    """
    goods = [line for line in lines if line.is_goods and line.amount_minor > 0]
    total = sum(line.amount_minor for line in goods)
    if points_minor + coupon_minor > total:
        raise CouponsExceedGoods(goods=total, paid=points_minor + coupon_minor)
    if not points_minor and not coupon_minor:
        return tuple(lines)
    shared: dict[int, Line] = {}
    behind = 0
    for line in goods:
        before = behind
        behind += line.amount_minor
        shared[line.line_no] = replace(
            line,
            points_minor=_between(points_minor, before, behind, total),
            coupon_minor=_between(coupon_minor, before, behind, total),
        )
    return tuple(shared.get(line.line_no, line) for line in lines)


def _between(amount: int, before: int, behind: int, total: int) -> int:
    return share_left(amount, Decimal(behind), Decimal(total)) - share_left(amount, Decimal(before), Decimal(total))
