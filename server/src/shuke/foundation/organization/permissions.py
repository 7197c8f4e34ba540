"""Rights over the organization."""

from shuke.platform.module import Permission

STORES_READ = Permission(code="stores.read", zh="查看门店和区域", en="See stores and regions")
STORES_WRITE = Permission(code="stores.write", zh="增改门店和区域，开店闭店", en="Change stores and regions")
EMPLOYEES_READ = Permission(code="employees.read", zh="查看员工", en="See employees")
EMPLOYEES_WRITE = Permission(code="employees.write", zh="增改员工，登记离职", en="Change employees, note who left")
SHOP_WRITE = Permission(code="settings.shop", zh="修改商家名称和会员计划名称", en="Change the shop's names")

PERMISSIONS = (STORES_READ, STORES_WRITE, EMPLOYEES_READ, EMPLOYEES_WRITE, SHOP_WRITE)
