"""What the ledger answers over HTTP."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel

from shuke.platform.i18n import LocalName

from .rules import Contra, EntryKind, LotState


class CurrencyOut(BaseModel):
    code: str
    name: LocalName


class ExpiringOut(BaseModel):
    on: date
    amount: int


class OriginOut(BaseModel):
    kind: Literal["order"]
    number: str
    order_id: int


class LotOut(BaseModel):
    lot_no: int
    amount: int
    remaining: int
    held: int
    state: LotState
    funding: str | None
    earned_on: date
    available_on: date | None
    expires_on: date | None
    origin: OriginOut | None


class HoldOut(BaseModel):
    """What is set aside and not yet used or released. Without `expires_at` it has no end of its own."""

    hold_no: int
    amount: int
    remaining: int
    opened_on: date
    expires_at: datetime | None
    origin: OriginOut | None


class AccountOut(BaseModel):
    currency: CurrencyOut
    available: int
    pending: int
    held: int
    debt: int
    version: int
    expiring: list[ExpiringOut]
    lots: list[LotOut]
    holds: list[HoldOut]


class AccountsOut(BaseModel):
    items: list[AccountOut]


class PointsSectionOut(BaseModel):
    """What the page of a member shows of points."""

    accounts: list[AccountOut]


class OperationOut(BaseModel):
    key: str
    kind: str


class OrderRefOut(BaseModel):
    id: int
    number: str


class RuleOut(BaseModel):
    code: str
    version: int
    name: LocalName


class ExplanationLineOut(BaseModel):
    name: str
    quantity: str
    amount_minor: int
    eligible_minor: int
    why: str | None


class ExplanationOut(BaseModel):
    """Why an entry is what it is: one sentence, and the lines of the order it came from."""

    text: str
    lines: list[ExplanationLineOut]
    eligible_minor: int | None
    rate: str | None
    outcome: int


class EntryOut(BaseModel):
    version: int
    kind: EntryKind
    amount: int
    balance_after: int
    debt_after: int
    occurred_at: datetime
    recorded_at: datetime
    business_day: date
    contra: Contra
    operation: OperationOut
    order: OrderRefOut | None
    rule: RuleOut | None
    explanation: ExplanationOut


class EntriesOut(BaseModel):
    items: list[EntryOut]
    next: str | None


class OrderPointsOut(BaseModel):
    """What an order or refund changed in one account, and why."""

    account: str
    amount: int
    explanation: ExplanationOut
