"""Rights over the organization."""

from shuke.platform.module import Permission

STORES_READ = Permission(code="stores.read", zh="查看门店", en="See stores")
