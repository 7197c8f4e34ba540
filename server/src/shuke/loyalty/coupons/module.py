"""What coupons plug into the house."""

from shuke.people.members import MemberSection, TimelineSource
from shuke.platform.module import Module, Schedule

from .facts import FACTS
from .holding.due import do_due, remind
from .holding.merging import PART
from .holding.privacy import PERSONAL_DATA
from .holding.schemas import CouponSectionOut
from .holding.sections import load_section, load_timeline
from .permissions import PERMISSIONS
from .reports.exports import EXPORTS
from .routes import router

MODULE = Module(
    name="coupons",
    router=router,
    permissions=PERMISSIONS,
    schedules=(
        # Coupons end with local days and at any minute of a cart.
        Schedule(name="coupons.due", cron="*/5 * * * *", run=do_due),
        Schedule(name="coupons.reminders", cron="40 * * * *", run=remind),
    ),
    contributions=(
        *EXPORTS,
        FACTS,
        *PERSONAL_DATA,
        PART,
        MemberSection(key="coupons", shape=CouponSectionOut, load=load_section),
        TimelineSource(kind="coupon", load=load_timeline),
    ),
)
