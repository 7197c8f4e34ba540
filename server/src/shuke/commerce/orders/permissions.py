"""Rights over orders."""

from shuke.platform.module import Permission

ORDERS_READ = Permission(code="orders.read", zh="查看订单", en="See orders")
