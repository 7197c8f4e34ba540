"""Currencies as configuration, over HTTP."""

from typing import Annotated, Any

from fastapi import Header, Response
from sqlalchemy import func, select

from shuke.platform.db import Session
from shuke.platform.http import RequestSession, Router, allowed, declares
from shuke.platform.i18n import LocalName

from ..errors import CurrencyChanged, CurrencyExists, CurrencyNotFound, ExpiryInUse
from ..permissions import CURRENCIES_WRITE, POINTS_READ
from ..tables import ledger_account, ledger_currency
from .schemas import CurrenciesOut, CurrencyConfigOut, CurrencyIn, ExpiryIn, PoliciesIn

router = Router(tags=["ledger"])
_LOCK = 4_242_101


@router.get("/v1/ledger/currencies", dependencies=[allowed(POINTS_READ, reach="common")])
async def get_currencies(session: RequestSession) -> CurrenciesOut:
    """Every currency with its policies."""
    rows = await session.execute(select(ledger_currency).order_by(ledger_currency.c.currency_id))
    return CurrenciesOut(items=[_out(row._mapping) for row in rows])


@router.get(
    "/v1/ledger/currencies/{currency}",
    dependencies=[allowed(POINTS_READ, reach="common")],
    responses=declares(CurrencyNotFound),
)
async def get_currency(session: RequestSession, currency: str, response: Response) -> CurrencyConfigOut:
    """One currency with its policies. The ETag is what a change must name."""
    return _tagged(_out(await _row(session, currency)), response)


@router.post(
    "/v1/ledger/currencies",
    status_code=201,
    dependencies=[allowed(CURRENCIES_WRITE)],
    responses=declares(CurrencyExists),
)
async def post_currency(session: RequestSession, wanted: CurrencyIn) -> CurrencyConfigOut:
    """Add a kind of value. Its code and kind stay for ever."""
    await session.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    column = ledger_currency.c
    if await session.scalar(select(column.currency_id).where(column.code == wanted.code)):
        raise CurrencyExists(currency=wanted.code)
    newest = await session.scalar(select(func.coalesce(func.max(column.currency_id), 0)))
    row = {"currency_id": (newest or 0) + 1, "code": wanted.code, "kind": wanted.kind, **wanted.columns()}
    await session.execute(ledger_currency.insert().values(**row))
    return _out(await _row(session, wanted.code))


@router.put(
    "/v1/ledger/currencies/{currency}",
    dependencies=[allowed(CURRENCIES_WRITE)],
    responses=declares(CurrencyNotFound, CurrencyChanged, ExpiryInUse),
)
async def put_currency(
    session: RequestSession,
    currency: str,
    wanted: PoliciesIn,
    response: Response,
    if_match: Annotated[str | None, Header(max_length=40)] = None,
) -> CurrencyConfigOut:
    """Change the policies of a currency; they hold for what is earned from now on. `If-Match`: the version seen."""
    row = await _row(session, currency, for_update=True)
    seen = if_match.strip('"') if if_match else str(row["version"])
    if seen != str(row["version"]):
        raise CurrencyChanged(version=row["version"], seen=seen)
    await _require_expiry_can_change(session, row, wanted)
    await session.execute(
        ledger_currency.update()
        .where(ledger_currency.c.code == currency)
        .values(**wanted.columns(), version=row["version"] + 1)
    )
    return _tagged(_out(await _row(session, currency)), response)


async def _require_expiry_can_change(session: Session, row: Any, wanted: PoliciesIn) -> None:
    """What ends by inactivity has no end of its own: its lots cannot change to another way, nor others to this one.

    Raises ExpiryInUse.
    """
    kinds = {row["expiry"]["kind"], wanted.expiry.kind}
    if "inactivity" not in kinds or ExpiryIn(**row["expiry"]) == wanted.expiry:
        return
    column = ledger_account.c
    used = select(column.member_id).where(column.currency_id == row["currency_id"], column.version > 0).limit(1)
    if (await session.execute(used)).first() is not None:
        raise ExpiryInUse(currency=row["code"])


async def _row(session: Session, code: str, *, for_update: bool = False) -> Any:
    query = select(ledger_currency).where(ledger_currency.c.code == code)
    row = (await session.execute(query.with_for_update() if for_update else query)).first()
    if row is None:
        raise CurrencyNotFound(currency=code)
    return row._mapping


def _out(row: Any) -> CurrencyConfigOut:
    cap = {"amount": row["balance_cap"], "mode": row["cap_mode"]} if row["balance_cap"] is not None else None
    return CurrencyConfigOut(
        code=row["code"],
        kind=row["kind"],
        name=LocalName(zh=row["name_zh"], en=row["name_en"]),
        expiry=row["expiry"],
        pending=row["pending"],
        negative=row["negative"],
        restore=row["restore"],
        cap=cap,  # type: ignore[arg-type]  # read by pydantic
        rounding=row["rounding"],
        unit_cost_micro=row["unit_cost_micro"],
        approval_above=row["approval_above"],
        version=row["version"],
    )


def _tagged(found: CurrencyConfigOut, response: Response) -> CurrencyConfigOut:
    response.headers["ETag"] = f'"{found.version}"'
    return found
