"""The shop, its regions, stores and employees over HTTP."""

from datetime import timedelta
from importlib.metadata import version
from typing import Annotated

from fastapi import Path, Query, Response

from shuke.platform import clock
from shuke.platform.http import CurrentSight, RequestSession, Router, allowed, declares, signed_in

from .actions import changes
from .errors import (
    BadEmployment,
    CodeTaken,
    CurrencyFixed,
    EmployeeNotFound,
    RegionGoesRound,
    RegionNotEmpty,
    RegionNotFound,
    ShopNotSetUp,
    StoreNotFound,
    TimeZoneFixed,
)
from .permissions import EMPLOYEES_READ, EMPLOYEES_WRITE, SHOP_WRITE, STORES_READ, STORES_WRITE
from .queries import Employee, EmployeeState, Region, Shop, Store
from .queries import get_employee as find_one_employee
from .queries import get_shop as find_one_shop
from .queries import get_store as find_one_store
from .queries import list_employees as find_employees
from .queries import list_regions as find_regions
from .queries import list_stores as find_stores
from .schemas import (
    LARGEST,
    EmployeeChangeIn,
    EmployeeIn,
    EmployeeOut,
    EmployeesOut,
    LeavingIn,
    RegionChangeIn,
    RegionIn,
    RegionOut,
    RegionsOut,
    ShopChangeIn,
    ShopOut,
    StoreChangeIn,
    StoreIn,
    StoreOut,
    StoresOut,
    SystemOut,
)

router = Router(tags=["organization"])

PathId = Annotated[int, Path(ge=1, le=LARGEST)]


@router.get("/v1/stores", dependencies=[allowed(STORES_READ, reach="common")])
async def get_all_stores(session: RequestSession) -> StoresOut:
    """Every store, by code, closed ones too."""
    return StoresOut(items=[_store(item) for item in await find_stores(session)])


@router.post(
    "/v1/stores",
    status_code=201,
    dependencies=[allowed(STORES_WRITE)],
    responses=declares(CodeTaken, RegionNotFound),
)
async def add_store(session: RequestSession, body: StoreIn, response: Response) -> StoreOut:
    """Add a store. Its code names it for ever."""
    added = await changes.add_store(session, body.named())
    response.headers["Location"] = f"/v1/stores/{added.id}"
    return _store(added)


@router.get(
    "/v1/stores/{store}", dependencies=[allowed(STORES_READ, reach="common")], responses=declares(StoreNotFound)
)
async def get_store(session: RequestSession, store: PathId) -> StoreOut:
    """One store."""
    return _store(await find_one_store(session, store))


@router.patch(
    "/v1/stores/{store}",
    dependencies=[allowed(STORES_WRITE)],
    responses=declares(StoreNotFound, RegionNotFound),
)
async def change_store(session: RequestSession, store: PathId, body: StoreChangeIn) -> StoreOut:
    """Change what is known of a store; fields left out stay."""
    return _store(await changes.change_store(session, store, body.named()))


@router.post(
    "/v1/stores/{store}/close",
    dependencies=[allowed(STORES_WRITE)],
    responses=declares(StoreNotFound, ShopNotSetUp),
)
async def close_store(session: RequestSession, store: PathId) -> StoreOut:
    """Close a store. Its orders and members stay; it can be opened again."""
    return _store(await changes.close_store(session, store))


@router.post("/v1/stores/{store}/reopen", dependencies=[allowed(STORES_WRITE)], responses=declares(StoreNotFound))
async def reopen_store(session: RequestSession, store: PathId) -> StoreOut:
    """Open a closed store again."""
    return _store(await changes.reopen_store(session, store))


@router.get("/v1/regions", dependencies=[allowed(STORES_READ, reach="common")])
async def get_all_regions(session: RequestSession) -> RegionsOut:
    """Every region, by code; `parent_id` makes them a tree."""
    return RegionsOut(items=[_region(item) for item in await find_regions(session)])


@router.post(
    "/v1/regions",
    status_code=201,
    dependencies=[allowed(STORES_WRITE)],
    responses=declares(CodeTaken, RegionNotFound, RegionGoesRound),
)
async def add_region(session: RequestSession, body: RegionIn) -> RegionOut:
    """Add a region."""
    return _region(await changes.add_region(session, code=body.code, name=body.name, parent_id=body.parent_id))


@router.patch(
    "/v1/regions/{region}",
    dependencies=[allowed(STORES_WRITE)],
    responses=declares(RegionNotFound, RegionGoesRound),
)
async def change_region(session: RequestSession, region: PathId, body: RegionChangeIn) -> RegionOut:
    """Rename or move a region; fields left out stay."""
    return _region(await changes.change_region(session, region, body.named()))


@router.delete(
    "/v1/regions/{region}",
    status_code=204,
    dependencies=[allowed(STORES_WRITE)],
    responses=declares(RegionNotFound, RegionNotEmpty),
)
async def remove_region(session: RequestSession, region: PathId) -> None:
    """Remove a region that nothing lies in."""
    await changes.remove_region(session, region)


@router.get("/v1/employees", dependencies=[allowed(EMPLOYEES_READ, reach="narrowed")])
async def get_all_employees(
    session: RequestSession,
    sight: CurrentSight,
    state: EmployeeState | None = None,
    store: Annotated[int | None, Query(ge=1, le=LARGEST)] = None,
    q: Annotated[str | None, Query(max_length=80, description="A part of the name or code.")] = None,
) -> EmployeesOut:
    """The employees whom the caller sees, by code."""
    found = await find_employees(session, sight, state=state, store_id=store, q=q)
    return EmployeesOut(items=[_employee(item) for item in found])


@router.post(
    "/v1/employees",
    status_code=201,
    dependencies=[allowed(EMPLOYEES_WRITE)],
    responses=declares(CodeTaken, StoreNotFound),
)
async def add_employee(session: RequestSession, body: EmployeeIn, response: Response) -> EmployeeOut:
    """Add an employee. The code names them for ever."""
    added = await changes.add_employee(session, body.named())
    response.headers["Location"] = f"/v1/employees/{added.id}"
    return _employee(added)


@router.get(
    "/v1/employees/{employee}",
    dependencies=[allowed(EMPLOYEES_READ, reach="narrowed")],
    responses=declares(EmployeeNotFound),
)
async def get_employee(session: RequestSession, sight: CurrentSight, employee: PathId) -> EmployeeOut:
    """One employee."""
    return _employee(await find_one_employee(session, employee, sight))


@router.patch(
    "/v1/employees/{employee}",
    dependencies=[allowed(EMPLOYEES_WRITE)],
    responses=declares(EmployeeNotFound, StoreNotFound, BadEmployment),
)
async def change_employee(session: RequestSession, employee: PathId, body: EmployeeChangeIn) -> EmployeeOut:
    """Change what is known of an employee; fields left out stay."""
    return _employee(await changes.change_employee(session, employee, body.named()))


@router.post(
    "/v1/employees/{employee}/leave",
    dependencies=[allowed(EMPLOYEES_WRITE)],
    responses=declares(EmployeeNotFound, BadEmployment, ShopNotSetUp),
)
async def note_left(session: RequestSession, employee: PathId, body: LeavingIn) -> EmployeeOut:
    """Note that an employee left. Who looks after their members from now on: `POST /v1/member-transfers`."""
    return _employee(await changes.note_left(session, employee, body.left_on))


@router.post(
    "/v1/employees/{employee}/return", dependencies=[allowed(EMPLOYEES_WRITE)], responses=declares(EmployeeNotFound)
)
async def note_back(session: RequestSession, employee: PathId) -> EmployeeOut:
    """Note that an employee is back."""
    return _employee(await changes.note_back(session, employee))


@router.get("/v1/shop", dependencies=[signed_in()], responses=declares(ShopNotSetUp))
async def get_shop(session: RequestSession) -> ShopOut:
    """The shop."""
    return _shop(await find_one_shop(session))


@router.patch(
    "/v1/shop", dependencies=[allowed(SHOP_WRITE)], responses=declares(ShopNotSetUp, CurrencyFixed, TimeZoneFixed)
)
async def change_shop(session: RequestSession, body: ShopChangeIn) -> ShopOut:
    """Change the names of the shop and its programme; fields left out stay."""
    return _shop(await changes.rename_shop(session, body.named()))


@router.get("/v1/system", dependencies=[signed_in()], responses=declares(ShopNotSetUp))
async def get_system(session: RequestSession) -> SystemOut:
    """The program and the shop; `now` is the shop's clock, which may be set back for a demonstration."""
    shop = await find_one_shop(session)
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


def _store(item: Store) -> StoreOut:
    return StoreOut(**vars(item))


def _region(item: Region) -> RegionOut:
    return RegionOut(**vars(item))


def _employee(item: Employee) -> EmployeeOut:
    return EmployeeOut(**vars(item))


def _shop(item: Shop) -> ShopOut:
    return ShopOut(name=item.name, programme=item.programme, time_zone=item.time_zone, currency=item.currency)
