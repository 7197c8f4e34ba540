"""Setting the shop up, and taking in stores."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from shuke.platform import clock
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from ..errors import CurrencyFixed, TimeZoneFixed
from ..queries import Shop, get_shop
from ..tables import shop, store


@dataclass(frozen=True, kw_only=True)
class NewShop:
    """What a shop starts with."""

    name: LocalName
    programme: LocalName
    time_zone: str
    currency: str
    is_demo: bool = False
    demo_source: str | None = None


@dataclass(frozen=True, kw_only=True)
class NewStore:
    """A store to be known by its code."""

    code: str
    name: str
    country: str | None = None


async def set_up_shop(session: Session, new: NewShop) -> Shop:
    """Set up the shop; one that exists stays as it is. Returns the shop that there is now."""
    values = {
        "shop_id": 1,
        "name_zh": new.name.zh,
        "name_en": new.name.en,
        "programme_zh": new.programme.zh,
        "programme_en": new.programme.en,
        "time_zone": new.time_zone,
        "currency": new.currency,
        "is_demo": new.is_demo,
        "demo_source": new.demo_source,
        "set_up_at": clock.wall(),
    }
    await session.execute(insert(shop).values(values).on_conflict_do_nothing())
    return await get_shop(session)


def require_same(found: Shop, *, currency: str | None, time_zone: str | None) -> None:
    """Refuse another currency or time zone than a shop was set up with. Raises CurrencyFixed and TimeZoneFixed."""
    if currency not in (None, found.currency):
        raise CurrencyFixed(now=found.currency, wanted=currency)
    if time_zone not in (None, found.time_zone):
        raise TimeZoneFixed(now=found.time_zone, wanted=time_zone)


async def ensure_stores(session: Session, stores: Sequence[NewStore]) -> dict[str, int]:
    """The id of each store by code, making those that are new. Existing stores keep their names."""
    wanted = {new.code: new for new in stores}
    known = await _ids(session, list(wanted))
    # Sorted, so that two imports that bring the same new stores meet them in the same order and never deadlock.
    missing = [asdict(wanted[code]) | {"status": "open"} for code in sorted(wanted.keys() - known.keys())]
    if not missing:
        return known
    await session.execute(insert(store).on_conflict_do_nothing(), missing)
    return await _ids(session, list(wanted))


async def _ids(session: Session, codes: list[str]) -> dict[str, int]:
    rows = await session.execute(select(store.c.code, store.c.store_id).where(store.c.code == func.any(codes)))
    return {row.code: row.store_id for row in rows}
