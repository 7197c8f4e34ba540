"""Reports as they are shown: with the names of templates and stores."""

from collections.abc import Mapping
from datetime import date

from shuke.foundation import organization
from shuke.platform import clock
from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from ..promises import find_templates, find_templates_by_id
from ..templates.errors import TemplateNotFound
from .errors import BadReportPeriod
from .queries import Asked, list_figures, total_figures
from .rules import LONGEST_DAYS, By, Days, Figures, Place, choose_days
from .schemas import CouponFiguresOut, CouponReportOut, CouponReportPeriodOut, CouponReportRowOut


async def ask(
    session: Session,
    sight: Sight,
    first: date | None,
    last: date | None,
    *,
    template: str | None = None,
    store_id: int | None = None,
    channel: str | None = None,
) -> Asked:
    """What a report is about, from what was asked for. Raises BadReportPeriod and TemplateNotFound."""
    shop = await organization.get_shop(session)
    days = choose_days(first, last, today=clock.business_day(clock.now(), shop.zone))
    if days is None:
        raise BadReportPeriod(days=LONGEST_DAYS)
    found = await find_templates(session, [template]) if template is not None else {}
    if template is not None and template not in found:
        raise TemplateNotFound(template=template)
    return Asked(
        days=days,
        zone=shop.zone,
        currency=shop.currency,
        sight=sight,
        template_id=found[template].template_id if template is not None else None,
        store_id=store_id,
        channel=channel,
    )


async def show_report(session: Session, asked: Asked, by: By) -> CouponReportOut:
    """The figures of the days asked for, together and apart."""
    places = await list_figures(session, asked, by)
    total = await total_figures(session, asked, places)
    return CouponReportOut(
        period=CouponReportPeriodOut(from_=asked.days.first, to=asked.days.last),
        by=by,
        currency=asked.currency,
        as_of=clock.now(),
        total=CouponFiguresOut.model_validate(total),
        items=await _rows(session, by, asked.days, places),
    )


async def _rows(session: Session, by: By, days: Days, places: Mapping[Place, Figures]) -> list[CouponReportRowOut]:
    """Days in their order, also those on which nothing happened; others by what was redeemed and issued."""
    if by == "day":
        return [_row(day.isoformat(), None, places.get(day, Figures())) for day in days]
    ordered = sorted(places, key=lambda one: (-places[one].redeemed, -places[one].issued, str(one)))
    known = [one for one in ordered if isinstance(one, int)]
    if by == "template":
        templates = await find_templates_by_id(session, known)
        return [_row(templates[one].code, templates[one].name, places[one]) for one in known]
    if by == "store":
        stores = await organization.get_stores(session, known)
        names = {one: LocalName(store.name, store.name) for one, store in stores.items()}
        return [
            _row(str(one) if one else None, names.get(one) if isinstance(one, int) else None, places[one])
            for one in ordered
        ]
    return [_row(str(one) if one is not None else None, None, places[one]) for one in ordered]


def _row(key: str | None, name: LocalName | None, figures: Figures) -> CouponReportRowOut:
    return CouponReportRowOut(key=key, name=name, figures=CouponFiguresOut.model_validate(figures))
