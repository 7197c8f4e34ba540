"""What statements answer over HTTP."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field

from ..rules import EntryKind
from ..schemas import CurrencyOut, ExpiringOut, OrderRefOut


class BalancesOut(BaseModel):
    """The four parts of a balance; `total` is what the member owns, less the debt."""

    available: int
    pending: int
    held: int
    debt: int
    total: int


class KindTotalOut(BaseModel):
    """What the entries of one kind did in the period; `taken` counts upwards."""

    kind: EntryKind
    entries: int
    added: int
    taken: int


class StatementLineOut(BaseModel):
    """One entry. `balance`: what stood after it in the order of the statement."""

    version: int
    business_day: date
    occurred_at: datetime
    recorded_at: datetime
    kind: EntryKind
    amount: int
    moved: int
    balance: BalancesOut
    operation: str
    order: OrderRefOut | None
    why: str


class StatementMemberOut(BaseModel):
    """Whose account it is; the name is masked."""

    id: int
    number: str
    name: str | None


class StatementOut(BaseModel):
    """An account over a period of business days, both included, and one page of its entries.

    `version`: the last entry of the account that is looked at; every page of one statement looks at the same.
    """

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    member: StatementMemberOut
    currency: CurrencyOut
    from_day: date = Field(alias="from")
    to_day: date = Field(alias="to")
    version: int
    generated_at: datetime
    opening: BalancesOut
    closing: BalancesOut
    totals: list[KindTotalOut]
    expiring: list[ExpiringOut] = Field(description="What ends next when it is not used, as of now: six days at most.")
    items: list[StatementLineOut]
    next: str | None
