"""Rights over tiers."""

from shuke.platform.module import Permission

TIERS_READ = Permission(code="tiers.read", zh="查看等级", en="See tiers")
