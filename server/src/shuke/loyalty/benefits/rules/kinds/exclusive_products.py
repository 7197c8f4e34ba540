"""专享商品: products that only these members may buy."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from shuke.platform.i18n import LocalName

from .base import Code, RunningBenefit, Telling


class ExclusiveProductsBenefit(RunningBenefit):
    """Products and categories by code."""

    label: ClassVar = LocalName("专享商品", "Exclusive products")
    kind: Literal["exclusive_products"]
    products: Annotated[tuple[Code, ...], Field(max_length=200)] = ()
    categories: Annotated[tuple[Code, ...], Field(max_length=200)] = ()

    @model_validator(mode="after")
    def _something(self) -> "ExclusiveProductsBenefit":
        if not self.products and not self.categories:
            raise ValueError("name products or categories")
        return self

    def told(self, _: Telling) -> LocalName:
        """How many."""
        when = self.when()
        count = len(self.products) + len(self.categories)
        return LocalName(f"{count} 项专享商品{when.zh}", f"{count} exclusive products or categories{when.en}")
