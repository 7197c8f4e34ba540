"""What the catalogue answers over HTTP."""

from pydantic import BaseModel


class ProductOut(BaseModel):
    id: int
    code: str
    name: str
    is_goods: bool


class ProductsOut(BaseModel):
    items: list[ProductOut]
    next: str | None
