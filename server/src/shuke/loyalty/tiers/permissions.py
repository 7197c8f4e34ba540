"""Rights over tiers."""

from shuke.platform.module import Permission

TIERS_READ = Permission(code="tiers.read", zh="查看等级", en="See tiers")
TIERS_WRITE = Permission(code="tiers.write", zh="设置会员等级", en="Set up tiers")
TIERS_GRANT = Permission(code="tiers.grant", zh="手动授予等级", en="Grant levels by hand")
