"""Schemes that shops are known by, to begin with: each with one sentence that says when to choose it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shuke.platform.i18n import LocalName
from shuke.platform.money import exponent

from .rules import Parameters
from .schemas import TierParameters, TierStartLevelOut, TierStartOut


@dataclass(frozen=True)
class LevelFigures:
    """What a level of a starting point asks for; amounts of money in whole units."""

    threshold: int
    keep_threshold: int | None = None
    deduct: int = 0
    is_floor: bool = False


@dataclass(frozen=True)
class StartingPoint:
    """A scheme to begin with. `levels`: the figures by rank, from the lowest up."""

    code: str
    name: LocalName
    when: LocalName
    parameters: Parameters
    levels: tuple[LevelFigures, ...]


_ROLLING_YEAR = {"kind": "rolling", "days": 365}
_SPEND = (0, 500, 2_000, 5_000)
_GROWTH = (0, 2_000, 10_000, 20_000)

_NAMED: Sequence[tuple[str, LocalName, LocalName, dict[str, Any], tuple[LevelFigures, ...]]] = (
    (
        "rolling_spend",
        LocalName("滚动 365 天消费", "Spend of the last 365 days"),
        LocalName(
            "零售店最常用：每天都公平，保级比升级容易一些，能留住老客人。",
            "The usual choice of shops: fair on every day, and keeping is easier than reaching, so regulars stay.",
        ),
        {
            "metric": "net_spend",
            "window": _ROLLING_YEAR,
            "validity": {"kind": "months", "months": 12},
        },
        (LevelFigures(0), LevelFigures(500, 300), LevelFigures(2_000, 1_500), LevelFigures(5_000, 4_000)),
    ),
    (
        "calendar_points",
        LocalName("自然年积分", "Points of the calendar year"),
        LocalName(
            "所有人同一天到期，好宣传、好做预算；适合年底有冲刺活动的店。",
            "Everybody's year ends together: easy to tell and to budget for, good where the year ends with a campaign.",
        ),
        {
            "metric": "earned_points",
            "window": {"kind": "calendar", "unit": "year"},
            "validity": {"kind": "calendar", "unit": "year", "ahead": 1},
        },
        tuple(LevelFigures(threshold) for threshold in _SPEND),
    ),
    (
        "membership_year",
        LocalName("会员周年", "Year of membership"),
        LocalName(
            "每位会员从入会日起都有完整的一年，年中入会不吃亏。",
            "Every member has a whole year from the day of joining; nobody loses by joining in autumn.",
        ),
        {
            "metric": "net_spend",
            "window": {"kind": "membership_year"},
            "validity": {"kind": "membership_year", "ahead": 1},
        },
        tuple(LevelFigures(threshold) for threshold in _SPEND),
    ),
    (
        "lifetime_growth",
        LocalName("终身成长值", "Lifetime growth"),
        LocalName(
            "只升不降，只有退货会降级；适合买得少但要长期关系的生意。",
            "Levels stay for life and only refunds lower them: for shops where people buy seldom and stay long.",
        ),
        {"metric": "growth", "window": {"kind": "lifetime"}, "demote": "never", "on_refund": "now"},
        tuple(LevelFigures(threshold) for threshold in _GROWTH),
    ),
    (
        "deduct_and_judge",
        LocalName("扣减再评（京东式）", "Deduct and judge again"),
        LocalName(
            "等级高的每年多扣一些成长值，要常来才保得住；适合等级权益贵的店。",
            "The higher the level, the more growth a year costs: for shops whose levels come with costly benefits.",
        ),
        {
            "metric": "growth",
            "window": {"kind": "lifetime"},
            "validity": {"kind": "months", "months": 12},
            "demote": "deduct",
        },
        (
            LevelFigures(0),
            LevelFigures(2_000, deduct=800),
            LevelFigures(10_000, deduct=2_000),
            LevelFigures(18_000, deduct=4_000),
        ),
    ),
    (
        "restart_on_promotion",
        LocalName("升级重计（腾讯式）", "A new year with each promotion"),
        LocalName(
            "每次升级重新开始 365 天，这一年只看新增的；适合想让人一步一步往上走的店。",
            "Each promotion begins 365 days in which only what is new counts: for shops that want people to climb.",
        ),
        {
            "metric": "growth",
            "window": {"kind": "since_change"},
            "validity": {"kind": "days", "days": 365},
        },
        tuple(LevelFigures(threshold) for threshold in _GROWTH),
    ),
    (
        "one_level_with_grace",
        LocalName("逐级降级 + 宽限", "One level down, with grace"),
        LocalName(
            "没保住先宽限 30 天，再只降一级；适合不想伤老客人感情的店。",
            "Thirty days to make up for it, then one level down and no more: gentle with regulars.",
        ),
        {
            "metric": "net_spend",
            "window": _ROLLING_YEAR,
            "validity": {"kind": "months", "months": 12},
            "demote": "one_level",
            "grace_days": 30,
        },
        tuple(LevelFigures(threshold) for threshold in _SPEND),
    ),
    (
        "floor",
        LocalName("最高等级保底", "A level that is never lost"),
        LocalName(
            "到过最高一级就不再往下掉；适合给创始会员或付费会员一个承诺。",
            "Who has reached the highest level never falls below it: a promise to founding or paying members.",
        ),
        {
            "metric": "net_spend",
            "window": _ROLLING_YEAR,
            "validity": {"kind": "months", "months": 12},
        },
        (*(LevelFigures(threshold) for threshold in _SPEND[:3]), LevelFigures(_SPEND[3], is_floor=True)),
    ),
)


def starting_points(money: str) -> list[StartingPoint]:
    """Every starting point, for a shop that counts in this money."""
    return [_start(money, *named) for named in _NAMED]


def _start(
    money: str,
    code: str,
    name: LocalName,
    when: LocalName,
    parameters: dict[str, Any],
    levels: tuple[LevelFigures, ...],
) -> StartingPoint:
    unit = 10 ** exponent(money) if parameters["metric"] == "net_spend" else 1
    return StartingPoint(
        code=code,
        name=name,
        when=when,
        parameters=Parameters.model_validate({**parameters, "money": money}),
        levels=tuple(
            LevelFigures(
                level.threshold * unit,
                None if level.keep_threshold is None else level.keep_threshold * unit,
                level.deduct * unit,
                level.is_floor,
            )
            for level in levels
        ),
    )


def show_starting_points(money: str) -> list[TierStartOut]:
    """Every starting point as the API shows it."""
    return [
        TierStartOut(
            code=start.code,
            name=start.name,
            when=start.when,
            parameters=TierParameters.model_validate(start.parameters.model_dump()),
            levels=[TierStartLevelOut(**vars(level)) for level in start.levels],
        )
        for start in starting_points(money)
    ]
