"""Rights over the catalogue."""

from shuke.platform.module import Permission

PRODUCTS_READ = Permission(code="products.read", zh="查看商品", en="See products")
PRODUCTS_WRITE = Permission(code="products.write", zh="维护商品、类别与品牌", en="Keep products, categories and brands")
