"""What the audit trail says of giving, claiming and voiding coupons."""

from shuke.platform.audit import ActionWords, ObjectWords


def _words(*rows: tuple[str, str, str]) -> tuple[ActionWords, ...]:
    return tuple(ActionWords(action=action, zh=f"{{actor}} {zh}", en=f"{{actor}} {en}") for action, zh, en in rows)


ISSUING_WORDS = (
    *_words(
        ("POST /v1/coupon-templates/{template}/claims", "为会员领取了 {object}", "claimed for a member: {object}"),
        ("POST /v1/coupons", "给会员发放了 {object}", "gave a member {object}"),
        ("POST /v1/coupons/batch", "给一批会员发放了优惠券", "gave coupons in a batch"),
        ("POST /v1/coupons/{code}/void", "作废了 {object}", "voided {object}"),
        ("POST /v1/coupon-gifts/preview", "查看了批量发券的人数", "looked at how many a coupon would go to"),
        ("POST /v1/coupon-gifts", "提交了 {object}", "gave a coupon to many: {object}"),
        ("POST /v1/coupon-gifts/{gift}/cancel", "停止了 {object}", "stopped giving a coupon to many: {object}"),
    ),
    ObjectWords(kind="coupons", zh="优惠券", en="coupon"),
    ObjectWords(kind="coupon-gifts", zh="批量发券", en="gift"),
)
