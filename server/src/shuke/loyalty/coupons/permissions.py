"""Rights over coupons."""

from shuke.platform.module import Permission

COUPONS_READ = Permission(code="coupons.read", zh="查看优惠券", en="See coupons")
COUPONS_WRITE = Permission(code="coupons.write", zh="设置优惠券", en="Set up coupons")
COUPONS_ISSUE = Permission(code="coupons.issue", zh="发放和作废优惠券", en="Issue and void coupons")
COUPONS_REDEEM = Permission(code="coupons.redeem", zh="核销优惠券", en="Redeem coupons")

PERMISSIONS = (COUPONS_READ, COUPONS_WRITE, COUPONS_ISSUE, COUPONS_REDEEM)
