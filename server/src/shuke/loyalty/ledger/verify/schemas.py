"""Shapes of verification's answers."""

from datetime import datetime

from pydantic import BaseModel

from .runs import State


class WrongRowOut(BaseModel):
    """Which row of its table and account it is. What does not name it is left empty."""

    version: int | None = None
    lot_no: int | None = None
    hold_no: int | None = None
    key: str | None = None
    column: str | None = None
    other_member: int | None = None
    root_id: int | None = None
    bucket: int | None = None


class WrongOut(BaseModel):
    """The first wrong row, and what is wrong with it."""

    table: str
    member_id: int | None
    currency: str | None
    row: WrongRowOut
    what: str


class VerificationOut(BaseModel):
    id: int
    state: State
    started_by: str
    started_at: datetime
    finished_at: datetime | None
    accounts: int
    entries: int
    wrong: WrongOut | None


class VerificationsOut(BaseModel):
    items: list[VerificationOut]
    next: str | None


class RootOut(BaseModel):
    """A signed root. `statement` is the very text that `signature` signs; hashes are in hexadecimal."""

    id: int
    made_at: datetime
    accounts: int
    entries: int
    hash: str
    key_id: str
    statement: str
    signature: str


class RootsOut(BaseModel):
    items: list[RootOut]
    next: str | None


class PublicKeyOut(BaseModel):
    key_id: str
    algorithm: str
    pem: str


class SideOut(BaseModel):
    side: str
    amount: int


class CurrencyBalanceOut(BaseModel):
    """One currency: what members hold and the other sides sum to zero, where all is well."""

    currency: str
    members: int
    sides: list[SideOut]
    liabilities: int
    lots: int
    difference: int
    ok: bool


class TrialBalanceOut(BaseModel):
    items: list[CurrencyBalanceOut]
    ok: bool


class ProvedAccountOut(BaseModel):
    """An account in a root: `leaves` are those of its bucket, `path` the neighbours on the way to the root."""

    currency: str
    version: int
    head_hash: str
    leaves: list[str]
    path: list[str]


class ProofOut(BaseModel):
    """A proof, checked with `shuke ledger check-proof` or by anybody who holds the public key."""

    format: str
    member_id: int
    accounts: list[ProvedAccountOut]
    statement: str
    signature: str
    key_id: str
