"""What coupons plug into the house."""

from shuke.people.members import MemberSection, TimelineSource
from shuke.platform.module import Job, Module, Schedule

from .batches.actions import WORK
from .batches.exports import CODES
from .batches.jobs import forget_rejects, work
from .facts import FACTS
from .holding.due import do_due, remind
from .holding.merging import PART
from .holding.privacy import PERSONAL_DATA
from .holding.schemas import CouponSectionOut
from .holding.sections import load_section, load_timeline
from .issuing.bulk import APPROVAL as BULK_APPROVAL
from .issuing.bulk import COUPON
from .issuing.many import APPROVAL, GIFT_JOB
from .issuing.many_jobs import run_gift
from .issuing.stock import STOCK_JOB, go_on
from .issuing.words import ISSUING_WORDS
from .permissions import PERMISSIONS
from .reports.exports import EXPORTS
from .routes import router
from .rush.actions import WINNERS_JOB
from .rush.claiming import CLAIM_LANE, ENTRY_LANE
from .rush.jobs import draw_what_is_due, give_to_winners
from .rush.places import SEEDS
from .templates.programme import COUPONS_PART
from .templates.words import WORDS

MODULE = Module(
    name="coupons",
    router=router,
    permissions=PERMISSIONS,
    schedules=(
        Schedule(name="coupons.draws", cron="* * * * *", run=draw_what_is_due),
        # Coupons end with local days and at any minute of a cart.
        Schedule(name="coupons.due", cron="*/5 * * * *", run=do_due),
        Schedule(name="coupons.forget_rejects", cron="53 3 * * *", run=forget_rejects),
        Schedule(name="coupons.reminders", cron="40 * * * *", run=remind),
    ),
    jobs=(
        Job(name=WORK, run=work),
        Job(name=WINNERS_JOB, run=give_to_winners),
        Job(name=GIFT_JOB, run=run_gift),
        Job(name=STOCK_JOB, run=go_on),
    ),
    contributions=(
        CLAIM_LANE,
        ENTRY_LANE,
        SEEDS,
        APPROVAL,
        BULK_APPROVAL,
        COUPON,
        *EXPORTS,
        CODES,
        FACTS,
        *PERSONAL_DATA,
        PART,
        MemberSection(key="coupons", shape=CouponSectionOut, load=load_section),
        TimelineSource(kind="coupon", load=load_timeline),
        COUPONS_PART,
        *WORDS,
        *ISSUING_WORDS,
    ),
)
