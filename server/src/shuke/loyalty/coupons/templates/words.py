"""What the audit trail calls what people do with templates."""

from shuke.platform.audit import ActionWords, ObjectWords


def _words(*rows: tuple[str, str, str]) -> tuple[ActionWords, ...]:
    return tuple(ActionWords(action=action, zh=f"{{actor}} {zh}", en=f"{{actor}} {en}") for action, zh, en in rows)


WORDS = (
    ObjectWords(kind="coupon-templates", zh="优惠券", en="the coupon"),
    ObjectWords(kind="coupon-stacking", zh="优惠券叠加规则", en="how coupons combine"),
    *_words(
        ("POST /v1/coupon-templates", "新建了 {object}", "made {object}"),
        ("PUT /v1/coupon-templates/{code}", "修改了 {object} 的名称", "renamed {object}"),
        ("DELETE /v1/coupon-templates/{code}", "删除了 {object}", "removed {object}"),
        ("PUT /v1/coupon-templates/{code}/draft", "保存了 {object} 的草稿", "saved a draft of {object}"),
        ("DELETE /v1/coupon-templates/{code}/draft", "丢弃了 {object} 的草稿", "threw away the draft of {object}"),
        ("POST /v1/coupon-templates/{code}/publish", "发布了 {object}", "published {object}"),
        ("POST /v1/coupon-templates/{code}/pause", "暂停了 {object} 的发放", "paused {object}"),
        ("POST /v1/coupon-templates/{code}/resume", "恢复了 {object} 的发放", "resumed {object}"),
        ("POST /v1/coupon-templates/{code}/close", "关闭了 {object}", "closed {object}"),
        ("POST /v1/coupon-templates/{code}/copies", "复制出 {object}", "copied {object}"),
        ("PUT /v1/coupon-templates/{code}/issuing", "修改了 {object} 的发放设置", "changed how {object} is issued"),
        ("PUT /v1/coupon-stacking", "修改了优惠券叠加规则{fields}", "changed how coupons combine{fields}"),
        ("POST /v1/coupon-templates/preview", "预览了一种优惠券", "previewed a coupon"),
        ("POST /v1/coupon-stacking/try", "试用了优惠券叠加规则", "tried how coupons combine"),
    ),
)
