"""Rights over checkout and imports."""

from shuke.platform.module import Permission

ORDERS_WRITE = Permission(code="orders.write", zh="上报订单与退单", en="Send orders and refunds")
IMPORTS_READ = Permission(code="imports.read", zh="查看导入记录", en="See imports")
IMPORTS_WRITE = Permission(code="imports.write", zh="导入历史订单", en="Import order history")
POLICIES_READ = Permission(
    code="checkout_policies.read", zh="查看收银与退款设置", en="See checkout and refund policies"
)
POLICIES_WRITE = Permission(
    code="checkout_policies.write", zh="修改收银与退款设置", en="Change checkout and refund policies"
)
