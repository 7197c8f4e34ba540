"""The shop over HTTP."""

from datetime import timedelta
from importlib.metadata import version

from shuke.platform import clock
from shuke.platform.http import RequestSession, Router, allowed, declares, signed_in

from .errors import ShopNotSetUp
from .permissions import STORES_READ
from .queries import get_shop, list_stores
from .schemas import StoreOut, StoresOut, SystemOut

router = Router(tags=["organization"])


@router.get("/v1/stores", dependencies=[allowed(STORES_READ, reach="common")])
async def get_all_stores(session: RequestSession) -> StoresOut:
    """Every store, by code."""
    stores = await list_stores(session)
    return StoresOut(
        items=[StoreOut(id=item.id, code=item.code, name=item.name, country=item.country) for item in stores]
    )


@router.get("/v1/system", dependencies=[signed_in()], responses=declares(ShopNotSetUp))
async def get_system(session: RequestSession) -> SystemOut:
    """The program and the shop; `now` is the shop's clock, which may be set back for a demonstration."""
    shop = await get_shop(session)
    now = clock.now()
    return SystemOut(
        version=version("shuke"),
        now=now,
        today=clock.business_day(now, shop.zone),
        time_zone=shop.time_zone,
        currency=shop.currency,
        is_demo=shop.is_demo,
        is_clock_set=abs(clock.offset()) > timedelta(minutes=1),
        programme=shop.programme,
        shop=shop.name,
        demo_source=shop.demo_source,
    )
