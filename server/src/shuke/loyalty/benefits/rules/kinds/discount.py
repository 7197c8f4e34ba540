"""折扣: a member pays less. The till asks for it while quoting."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from shuke.platform.i18n import LocalName

from .base import Code, Minor, RunningBenefit, Telling


class DiscountBenefit(RunningBenefit):
    """A percentage or an amount off, from an order's amount on and up to an amount."""

    label: ClassVar = LocalName("会员折扣", "Discount")
    kind: Literal["discount"]
    percent_off: Annotated[int, Field(ge=1, le=100)] | None = None
    amount_minor: Annotated[int, Field(ge=1, le=10**12)] | None = None
    least_order_minor: Minor = 0
    most_minor: Minor | None = None
    products: Annotated[tuple[Code, ...], Field(max_length=200)] = ()
    categories: Annotated[tuple[Code, ...], Field(max_length=200)] = ()

    @model_validator(mode="after")
    def _one_of_both(self) -> "DiscountBenefit":
        if (self.percent_off is None) == (self.amount_minor is None):
            raise ValueError("set percent_off or amount_minor, and not both")
        return self

    def told(self, telling: Telling) -> LocalName:
        """`9 折`, `10% off`, with what it takes."""
        when = self.when()
        if self.percent_off is not None:
            fold = f"{(100 - self.percent_off) / 10:g} 折" if self.percent_off < 100 else "免费"
            zh, en = fold, f"{self.percent_off}% off"
        else:
            amount = telling.money(self.amount_minor or 0)
            zh, en = f"立减 {amount}", f"{amount} off"
        if self.least_order_minor:
            least = telling.money(self.least_order_minor)
            zh, en = f"满 {least} 享 {zh}", f"{en} from {least}"
        if self.most_minor is not None:
            most = telling.money(self.most_minor)
            zh, en = f"{zh}，最多减 {most}", f"{en}, at most {most}"
        if self.products or self.categories:
            zh, en = f"{zh}，限指定商品", f"{en}, on chosen products"
        return LocalName(zh + when.zh, en + when.en)
