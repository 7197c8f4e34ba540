"""What terms, issuing and stacking may say, as JSON Schema: integrators and screens read it."""

from typing import get_args

from shuke.platform.i18n import LocalName

from ..rules import Issuing, Stacking, Terms
from ..rules.kinds import Discount
from .schemas import CouponKindOut, CouponSchemaOut

KINDS: dict[str, LocalName] = {
    "amount_off": LocalName("满减券", "Amount off"),
    "percent_off": LocalName("折扣券", "Percent off"),
    "steps": LocalName("阶梯满减券", "Steps"),
    "fixed_price": LocalName("一口价券", "Fixed price"),
    "gift": LocalName("兑换券", "Gift or exchange"),
    "free_shipping": LocalName("包邮券", "Free shipping"),
    "nth_item": LocalName("第 N 件优惠券", "Nth piece"),
}


def describe(money: str) -> CouponSchemaOut:
    """Everything that may be said, with the kinds of discount by name."""
    kinds = {kind.model_fields["kind"].default: kind for kind in get_args(get_args(Discount)[0])}
    return CouponSchemaOut(
        terms=Terms.model_json_schema(),
        issuing=Issuing.model_json_schema(),
        stacking=Stacking.model_json_schema(),
        kinds=[
            CouponKindOut(kind=code, name=name, definition=kinds[code].model_json_schema())
            for code, name in KINDS.items()
        ],
        money=money,
    )
