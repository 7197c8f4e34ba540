"""Why a coupon is not used, as a cashier would say it."""

from collections.abc import Callable, Mapping
from typing import Any

from shuke.platform.i18n import LocalName
from shuke.platform.money import format_money

from .rules import Unused, Why

_PLAIN: dict[Why, LocalName] = {
    "not_yet": LocalName("还没到可以使用的日期", "it is not valid yet"),
    "over": LocalName("已经过期", "it has expired"),
    "weekday": LocalName("今天不在可用的星期", "it is not for this weekday"),
    "hour": LocalName("现在不在可用的时段", "it is not for this hour"),
    "store": LocalName("不能在这家门店使用", "it is not for this store"),
    "source": LocalName("不能在这个渠道使用", "it is not for this channel"),
    "tier": LocalName("会员等级不符", "the member's level is not among those it is for"),
    "member": LocalName("会员不符合使用条件", "the member is not among those it is for"),
    "nothing_eligible": LocalName("订单里没有可用这张券的商品", "nothing in the cart is what it is for"),
    "no_effect": LocalName("已经没有可以再减的金额", "there is nothing left to take off"),
    "group": LocalName("同类券已用满", "as many of its kind as go together are used already"),
    "never_with": LocalName("不能与已用的券同时使用", "it does not go together with another coupon here"),
    "too_many": LocalName("一笔订单可用的券数已满", "no more coupons go on one order"),
    "floor": LocalName("订单已减到最低应付金额", "the order already costs the least that it may"),
    "budget": LocalName("这种券的预算已用完", "what these coupons may cost is used up"),
    "not_best": LocalName("已选用更优惠的组合", "a better combination is used"),
}


def told(unused: Unused, money: str) -> LocalName:
    """The reason in words; of a threshold, with what is there and what is wanted."""
    if unused.why == "threshold":
        return _threshold(unused.facts, money)
    return _PLAIN[unused.why]


def _threshold(facts: Mapping[str, Any], money: str) -> LocalName:
    is_pieces = facts.get("counts") == "pieces"
    say: Callable[[int], str] = str if is_pieces else lambda amount: format_money(amount, money)
    least, found = say(facts["least"]), say(facts["found"])
    if is_pieces:
        return LocalName(f"要满 {least} 件，现在 {found} 件", f"it wants {least} pieces, and there are {found}")
    return LocalName(f"要满 {least}，现在 {found}", f"it wants {least}, and the cart has {found}")
