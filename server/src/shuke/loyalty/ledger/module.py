"""What the ledger plugs into the house."""

from shuke.commerce.orders import OrderFacts
from shuke.people.members import MemberSection, TimelineSource
from shuke.platform.module import Consumer, Job, Module, Schedule

from .configuring.routes import router as configuring
from .due import do_everything_due
from .events import EVENTS
from .exports import ENTRIES as EXPORTED
from .facts import FACTS
from .handlers import write_member_facts
from .liability.routes import router as liability
from .merging import PART
from .operations.adjustment_routes import router as adjustments
from .operations.bulk import APPROVAL, POINTS
from .operations.routes import router as operations
from .operations.sections import load_adjustments
from .permissions import (
    CURRENCIES_WRITE,
    POINTS_ADJUST,
    POINTS_APPROVE,
    POINTS_MERGE,
    POINTS_OPERATE,
    POINTS_READ,
)
from .privacy import PERSONAL_DATA
from .reminders import announce_expiries
from .routes import router
from .schemas import OrderPointsOut, PointsSectionOut
from .sections import load_order_points, load_points, load_section, load_timeline
from .statements.routes import router as statements
from .verify.jobs import make_nightly_root, verify_at_night
from .verify.permissions import LEDGER_VERIFY
from .verify.routes import router as verification
from .verify.runs import VERIFY, find_broken, verify_when_asked

for part in (operations, adjustments, configuring, statements, liability, verification):
    router.include_router(part)

MODULE = Module(
    name="ledger",
    router=router,
    permissions=(
        POINTS_READ,
        POINTS_OPERATE,
        POINTS_ADJUST,
        POINTS_APPROVE,
        POINTS_MERGE,
        CURRENCIES_WRITE,
        LEDGER_VERIFY,
    ),
    consumers=(
        Consumer(
            name="ledger.member_facts",
            events=tuple(sorted({event.name for event in EVENTS.values()})),
            handle=write_member_facts,
        ),
    ),
    # Value ends with local days and holds time out by the minute.
    schedules=(
        Schedule(name="ledger.due", cron="*/5 * * * *", run=do_everything_due),
        # Once for each local day, whenever that begins in UTC.
        Schedule(name="ledger.reminders", cron="10 * * * *", run=announce_expiries),
        # In the shop's night; every hour, because nobody's night is known here.
        Schedule(name="ledger.root", cron="17 * * * *", run=make_nightly_root),
        Schedule(name="ledger.verify_nightly", cron="27 * * * *", run=verify_at_night),
        Schedule(name="ledger.find_broken_verifications", cron="*/10 * * * *", run=find_broken),
    ),
    jobs=(Job(name=VERIFY, run=verify_when_asked),),
    contributions=(
        EXPORTED,
        APPROVAL,
        POINTS,
        FACTS,
        *PERSONAL_DATA,
        PART,
        MemberSection(key="points", shape=PointsSectionOut, load=load_section),
        TimelineSource(kind="points", load=load_timeline),
        TimelineSource(kind="adjustment", load=load_adjustments, permission=POINTS_READ.code),
        OrderFacts(
            key="points",
            in_list=int | None,
            on_page=list[OrderPointsOut],
            load=load_points,
            load_one=load_order_points,
        ),
    ),
)
