"""What a coupon promises: fixed for every coupon that was issued under it."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from shuke.platform.i18n import LocalName

from .kinds import Discount
from .kinds.base import Part

Days = Annotated[int, Field(ge=0, le=3_650)]
Names = Annotated[tuple[Annotated[str, Field(min_length=1, max_length=200)], ...], Field(max_length=500)]
Sentence = Annotated[str, Field(max_length=2_000)]


class LocalText(Part):
    """A text in both languages."""

    zh: Sentence = ""
    en: Sentence = ""

    @property
    def name(self) -> LocalName:
        """As screens choose it by language."""
        return LocalName(self.zh, self.en)


class Threshold(Part):
    """From how much on it may be used, of the goods that it is for or of the whole order. 0: from anything on."""

    counts: Literal["amount", "pieces"] = "amount"
    of: Literal["eligible", "order"] = "eligible"
    least: Annotated[int, Field(ge=0, le=10**12)] = 0


class Scope(Part):
    """What, where and for whom. An empty list: everything. Products and stores are codes, sources are channels."""

    products: Names = ()
    categories: Names = ()
    brands: Names = ()
    not_products: Names = ()
    not_categories: Names = ()
    not_brands: Names = ()
    stores: Names = ()
    sources: Names = ()
    tiers: Names = ()
    # A condition over facts of the member.
    members: dict[str, Any] | None = None


class Validity(Part):
    """When it may be used. `fixed`: between two days, both included; `relative`: `days` from `after_days` after it was
    issued, to the end of the day (0 days: without end). Of these days only some weekdays (1 Monday … 7 Sunday) and
    hours ("09:30–14:00"); none named: all.
    """

    kind: Literal["fixed", "relative"] = "relative"
    first_day: Annotated[date | None, Field(strict=False)] = None
    last_day: Annotated[date | None, Field(strict=False)] = None
    after_days: Days = 0
    days: Days = 30
    weekdays: Annotated[tuple[Annotated[int, Field(ge=1, le=7)], ...], Field(max_length=7)] = ()
    hours: Annotated[
        tuple[Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$")], ...],
        Field(max_length=10),
    ] = ()


class OnRefund(Part):
    """What becomes of the coupon when its order is refunded.

    `whole`: everything that it was used for came back: `give_back` (also when it is over: then with `grace_days` from
    the refund), `give_back_if_valid` or `lost`. `part`: something came back: `wait` (nothing until all is back),
    `give_back` (at once, once) or `lost` (for good, also when the rest comes back).
    """

    whole: Literal["give_back", "give_back_if_valid", "lost"] = "give_back_if_valid"
    part: Literal["wait", "give_back", "lost"] = "wait"
    grace_days: Days = 0


class Transfer(Part):
    """Whether members may give it away, how long the other has to accept, and how often it may change hands."""

    is_allowed: bool = False
    days_to_accept: Annotated[int, Field(ge=1, le=90)] = 3
    most_times: Annotated[int, Field(ge=1, le=10)] = 1


class Texts(Part):
    """What members read. `pictures` are addresses."""

    title: LocalText = LocalText()
    rules: LocalText = LocalText()
    pictures: Annotated[tuple[Annotated[str, Field(max_length=500)], ...], Field(max_length=5)] = ()


class Terms(Part):
    """All of it. `category` is the coupon's place among others when several are combined: Stacking."""

    discount: Discount
    threshold: Threshold = Threshold()
    scope: Scope = Scope()
    validity: Validity = Validity()
    on_refund: OnRefund = OnRefund()
    transfer: Transfer = Transfer()
    category: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")] = "general"
    texts: Texts = Texts()
