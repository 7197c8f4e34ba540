"""The liability over HTTP."""

from typing import Annotated, Any, Literal

from fastapi import Query, Response

from shuke.platform import spreadsheets
from shuke.platform.http import RequestLanguage, RequestSession, Router, allowed, declares

from ..errors import CurrencyNotFound
from ..permissions import POINTS_READ
from .schemas import LiabilitiesOut
from .views import liabilities_csv, show_liabilities

router = Router(tags=["points"])

_FORMATS: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}


@router.get(
    "/v1/ledger/liability",
    dependencies=[allowed(POINTS_READ)],
    response_model=LiabilitiesOut,
    responses={**declares(CurrencyNotFound), **_FORMATS},
)
async def get_liability(
    session: RequestSession,
    language: RequestLanguage,
    currency: Annotated[str | None, Query(max_length=100, description="Left out: every currency.")] = None,
    wanted: Annotated[Literal["json", "csv"], Query(alias="format")] = "json",
) -> LiabilitiesOut | Response:
    """What members hold and what it would cost the shop, as of now, by state and by month of expiry."""
    found = await show_liabilities(session, currency)
    if wanted == "json":
        return found
    headers = {"Content-Disposition": f'attachment; filename="liability-{found.as_of:%Y-%m-%d}.csv"'}
    return Response(liabilities_csv(found, language), media_type=spreadsheets.MEDIA_TYPE, headers=headers)
