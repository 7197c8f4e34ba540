"""Names that belong to other modules: the shop's currency and zone, stores, employees, tiers."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from shuke.foundation import organization
from shuke.platform import module
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from ..extensions import TierLabels
from ..rules.values import StoreRef, TierRef

_NO_COLOUR = "#8c8c8c"


async def shop_currency(session: Session) -> str:
    """The currency of the shop's amounts."""
    return (await organization.get_shop(session)).currency


async def shop_zone(session: Session) -> ZoneInfo:
    """The time zone that decides the shop's days."""
    return (await organization.get_shop(session)).zone


async def store_refs(session: Session, store_ids: Sequence[int]) -> dict[int, StoreRef]:
    """Stores by id, with names."""
    if not store_ids:
        return {}
    stores = await organization.get_stores(session, sorted(set(store_ids)))
    return {store.id: StoreRef(id=store.id, name=store.name) for store in stores.values()}


async def stores_within(session: Session, region_id: int) -> list[int]:
    """The stores of a region and of the regions that lie in it."""
    parents = {region.id: region.parent_id for region in await organization.list_regions(session)}
    meant = organization.within([region_id], parents)
    return [store.id for store in await organization.list_stores(session) if store.region_id in meant]


async def employee_names(session: Session, employee_ids: Sequence[int]) -> dict[int, str]:
    """Names of the shop's employees by id."""
    if not employee_ids:
        return {}
    employees = await organization.get_employees(session, sorted(set(employee_ids)))
    return {employee.id: employee.name for employee in employees.values()}


async def tier_refs(session: Session, ranks: Mapping[str, int | None]) -> dict[str, TierRef]:
    """Tier levels by code; one that no module can name is shown by its code."""
    if not ranks:
        return {}
    found: dict[str, TierRef] = {}
    for labels in module.contributions(TierLabels):
        found.update(await labels.load(session))
    for code, rank in ranks.items():
        if code not in found:
            found[code] = TierRef(code=code, rank=rank or 0, name=LocalName(code, code), colour=_NO_COLOUR)
    return found
