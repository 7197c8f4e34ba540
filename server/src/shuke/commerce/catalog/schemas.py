"""What the catalogue asks and answers over HTTP."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

_PLAIN = r"^[^\x00-\x1f]+$"
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64, pattern=_PLAIN)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=_PLAIN)]
# As a scanner reads it; short enough to be typed.
Barcode = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64, pattern=_PLAIN)]
Price = Annotated[int, Field(ge=0, le=10**12)]
# Empty: without one.
Group = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100, pattern=r"^[^\x00-\x1f]*$")]


class ProductOut(BaseModel):
    id: int
    code: str
    name: str
    is_goods: bool
    category: str | None
    brand: str | None
    price_minor: int | None = Field(description="In the shop's currency; null: typed at the till.")
    barcodes: list[str]


class ProductsOut(BaseModel):
    items: list[ProductOut]
    next: str | None


class ProductIn(BaseModel):
    """A product by its code. What is left out stays as it is; an empty category or brand takes it away.

    So do a price of null and an empty list of barcodes.
    """

    model_config = ConfigDict(extra="forbid")

    code: Code
    name: Name | None = Field(default=None, description="A new product without a name is called by its code.")
    is_goods: bool | None = Field(default=None, description="False for postage and fees: they earn nothing.")
    category: Group | None = None
    brand: Group | None = None
    price_minor: Price | None = Field(default=None, description="Null takes the price away: it is typed at the till.")
    barcodes: Annotated[list[Barcode], Field(max_length=20)] | None = Field(
        default=None, description="All of them; they take the place of those before."
    )


class ProductsIn(BaseModel):
    """Up to 1,000 products; where a code comes twice, the last one counts."""

    model_config = ConfigDict(extra="forbid")

    products: Annotated[list[ProductIn], Field(min_length=1, max_length=1000)]


class SavedOut(BaseModel):
    created: int
    updated: int
    unchanged: int


class ProductRowOut(BaseModel):
    """A row of a file that was passed over, and why."""

    row: int
    reason: str


class ProductFileOut(SavedOut):
    rejected: int
    rows: list[ProductRowOut] = Field(description="The first twenty rows that were passed over.")


class GroupOut(BaseModel):
    name: str
    products: int


class ProductGroupsOut(BaseModel):
    categories: list[GroupOut]
    brands: list[GroupOut]
