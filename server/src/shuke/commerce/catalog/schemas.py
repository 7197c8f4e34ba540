"""What the catalogue answers over HTTP."""

from pydantic import BaseModel


class ProductOut(BaseModel):
    id: int
    code: str
    name: str
    is_goods: bool
    category: str | None
    brand: str | None


class ProductsOut(BaseModel):
    items: list[ProductOut]
    next: str | None
