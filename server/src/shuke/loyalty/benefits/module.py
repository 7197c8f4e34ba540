"""What benefits plug into the house."""

from shuke.people.members import MemberSection, TimelineSource
from shuke.platform.module import Consumer, Module, Schedule

from .exports import ENTITLEMENTS
from .handlers import CHANGES, on_changes
from .jobs import work_of_the_day
from .merging import PART
from .permissions import PERMISSIONS
from .privacy import PERSONAL_DATA, WORKED_OUT
from .routes import router
from .schemas import BenefitSectionOut
from .sections import load_section, load_timeline

MODULE = Module(
    name="benefits",
    router=router,
    permissions=PERMISSIONS,
    consumers=(Consumer(name="benefits.changes", events=CHANGES, handle=on_changes, batch=500),),
    # The shop's day begins at some hour of ours; looking costs next to nothing.
    schedules=(Schedule(name="benefits.day", cron="7 * * * *", run=work_of_the_day),),
    contributions=(
        ENTITLEMENTS,
        *PERSONAL_DATA,
        WORKED_OUT,
        PART,
        MemberSection(key="benefits", shape=BenefitSectionOut, load=load_section),
        TimelineSource(kind="benefit", load=load_timeline),
    ),
)
