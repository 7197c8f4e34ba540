"""Rights over the catalogue."""

from shuke.platform.module import Permission

PRODUCTS_READ = Permission(code="products.read", zh="查看商品", en="See products")
