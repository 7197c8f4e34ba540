"""What coupons a demonstration has, and who had them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# How the coupons of every demonstration combine.
STACKING: Mapping[str, Any] = {
    "groups": [
        {"category": "general", "name_zh": "通用券", "name_en": "General", "mode": "best_for_customer"},
        {"category": "vip", "name_zh": "会员专享", "name_en": "Members only", "mode": "best_for_customer"},
        {"category": "gift", "name_zh": "兑换券", "name_en": "Gifts", "mode": "stack", "most": 2},
        {"category": "postage", "name_zh": "包邮券", "name_en": "Postage", "mode": "order"},
    ],
    "never": [["general", "vip"]],
    "most": 4,
}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A template: its terms, and how it is given out."""

    code: str
    zh: str
    en: str
    terms: Mapping[str, Any]
    issuing: Mapping[str, Any] = field(default_factory=dict)
    is_published: bool = True


@dataclass(frozen=True, kw_only=True)
class Giving:
    """Who had a template's coupons: members of levels, how they came by them, and how many of ten used theirs.

    `discount_minor` and `more_minor`: what a redemption took off, and by how much one takes off more than another.
    """

    template: str
    tiers: tuple[str, ...]
    people: int
    how: str
    used_of_ten: int
    shift: int
    discount_minor: int = 0
    more_minor: int = 0


@dataclass(frozen=True, kw_only=True)
class CouponPlan:
    """All coupons of one demonstration: templates, who was given which, and a batch of codes.

    `is_marked`: their names say that they are made up, beside orders that are not.
    """

    templates: tuple[Plan, ...]
    given: tuple[Giving, ...]
    batch: Mapping[str, Any]
    is_marked: bool
